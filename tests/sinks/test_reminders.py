"""Reminders reach a real mail server, each once, on the owner's clock, as long as there is something to do."""

from dataclasses import replace
from datetime import UTC, date, datetime
from email.message import EmailMessage
from pathlib import Path

import orjson
import pytest
from icalendar import Calendar
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.model.action_state import ActionState
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.incident import Incident, Severity
from secondstory.model.incident_record import Field
from secondstory.model.people import Member
from secondstory.model.reminder import Reach
from secondstory.model.status import Status
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.usecases.action_verifier import answer_verifying, ask_no_verifier, ask_verifier
from secondstory.usecases.actions import Written, add_action, advance, ask_no_owner, move_due, propose_owner
from secondstory.usecases.audit import restrict
from secondstory.usecases.chores import chores
from secondstory.usecases.factors import take_back
from secondstory.usecases.incident_record import change
from secondstory.usecases.mail import deliver, letters, set_address
from secondstory.usecases.plan import plan_now
from secondstory.usecases.remind import remind, reminders

from .conftest import HandClock, Letterbox

KIWI = "Pacific/Auckland"  # its day begins half a day before UTC's
OPEN, SECRET = "inc-open", "inc-secret"
TOKEN, ADDRESS = "responder-2", "r2@example.org"
DOER = Actor(TOKEN, roles=((OPEN, Role.RESPONDER), (SECRET, Role.RESPONDER)))
TITLE = "Alert when `pool in use` of orders stays above 85 %."


@pytest.fixture
def world(mail_world: World, clock: HandClock) -> World:
    clock.time = datetime(2026, 3, 2, 9, tzinfo=UTC)
    stretch = Window(datetime(2026, 3, 1, tzinfo=UTC), datetime(2026, 3, 1, 2, tzinfo=UTC))
    for name in (OPEN, SECRET):
        mail_world.incidents.save(Incident(name, f"Outage of {name}", Severity.SEV2, KIWI, stretch, ("none",)))
        mail_world.members.save(Member(name, TOKEN, Role.RESPONDER, clock.now()))
    restrict(LOCAL_OWNER, mail_world, SECRET, restricted=True, why="legal")
    set_address(LOCAL_OWNER, mail_world, TOKEN, ADDRESS)
    return mail_world


def agree(world: World, incident: str = OPEN, due: date = date(2026, 4, 15)) -> str:
    """An action that the responder took on, due on a Wednesday."""
    key = add_action(LOCAL_OWNER, world, incident, Written(title=TITLE, criterion="It fires before a user is hit."))
    propose_owner(DOER, world, incident, key, TOKEN)
    if plan_now(LOCAL_OWNER, world, incident).actions[-1].due != due:
        move_due(DOER, world, incident, key, (due, "after the freeze"))
    return key


def write(world: World, letterbox: Letterbox) -> list[EmailMessage]:
    """The letters that go out now, with the calendar read back from each."""
    before = len(letterbox.arrived)
    remind(LOCAL_OWNER, world)
    done = deliver(LOCAL_OWNER, world)
    assert (done.waiting, done.dead) == (0, 0), letters(LOCAL_OWNER, world, None)[-1].error
    return letterbox.arrived[before:]


def entry(letter: EmailMessage) -> tuple[str, Calendar]:
    """(method of the mail's part, calendar)."""
    file, *meeting = letter.iter_attachments()
    calendar = Calendar.from_ical(file.get_payload(decode=True))
    assert file.get_content_type() == "text/calendar" and file.get_param("method") == calendar["method"]
    assert [one.get_filename() for one in meeting] == ([] if calendar["method"] == "CANCEL" else ["follow-up.ics"])
    return str(calendar["method"]), calendar


def test_letters_come_before_on_and_weekly_after_the_day_until_somebody_verified(
    world: World, clock: HandClock, letterbox: Letterbox
) -> None:
    key = agree(world)
    days: dict[str, list[str]] = {}
    for hours in (10, 1, 13) * 60:  # at 9, 19 and 20 o'clock in UTC
        for letter in write(world, letterbox):
            days.setdefault(f"{clock.time:%m-%d %H}", []).append(" ".join(letter["Subject"].split()).partition(":")[0])
        clock.wait(hours=hours)
    plain = TITLE.replace("`", "")[:-1]
    assert days == {
        "03-02 09": [plain],  # the entry, at once
        "04-12 20": ["Due in 2 days"],  # at eight on Monday in Auckland: three days before is a Sunday
        "04-14 20": ["Due today"],
        "04-15 20": ["Was due Wed 15 Apr 2026"],
        "04-22 20": ["Was due Wed 15 Apr 2026"],
        "04-29 20": ["Was due Wed 15 Apr 2026"],
    }
    assert set(letterbox.recipients) == {ADDRESS}
    advance(DOER, world, OPEN, key, (ActionState.IMPLEMENTED, ""))
    clock.wait(days=7)
    (asking,) = write(world, letterbox)
    assert "not verified yet" in asking.get_body(("plain",)).get_content()
    advance(LOCAL_OWNER, world, OPEN, key, (ActionState.VERIFIED, "The planted leak fired it."))
    clock.wait(days=7)
    assert write(world, letterbox) == [] and reminders(LOCAL_OWNER, world, OPEN) == ()


def test_who_said_they_would_look_is_written_to_once_there_is_something_to_look_at(
    world: World, clock: HandClock, letterbox: Letterbox
) -> None:
    other = world.sealed.token("Nadia Moreau", "responder")
    world.members.save(Member(OPEN, other, Role.RESPONDER, clock.now()))
    set_address(LOCAL_OWNER, world, other, "r3@example.org")
    looker = Actor(other, roles=((OPEN, Role.RESPONDER),))
    key = agree(world)
    ask_verifier(LOCAL_OWNER, world, OPEN, key, other)
    with pytest.raises(NotAllowed):
        answer_verifying(DOER, world, OPEN, key, (True, ""))
    with pytest.raises(BadInput):
        ask_verifier(DOER, world, OPEN, key, TOKEN)
    answer_verifying(looker, world, OPEN, key, (True, ""))
    assert other in str(entry(write(world, letterbox)[0])[1])  # the owner reads who looks
    advance(DOER, world, OPEN, key, (ActionState.IMPLEMENTED, ""))
    (asked,) = write(world, letterbox)
    assert asked["To"] == "r3@example.org" and not list(asked.iter_attachments())
    assert "It fires before a user is hit." in asked.get_body(("plain",)).get_content()
    assert write(world, letterbox) == []
    advance(DOER, world, OPEN, key, (ActionState.IN_PROGRESS, ""))
    advance(DOER, world, OPEN, key, (ActionState.IMPLEMENTED, ""))
    assert [one["To"] for one in write(world, letterbox)] == ["r3@example.org"]
    advance(DOER, world, OPEN, key, (ActionState.IN_PROGRESS, ""))
    with pytest.raises(NotAllowed):
        ask_no_verifier(looker, world, OPEN, key)
    ask_no_verifier(LOCAL_OWNER, world, OPEN, key)
    with pytest.raises(BadInput):
        answer_verifying(looker, world, OPEN, key, (True, ""))
    advance(DOER, world, OPEN, key, (ActionState.IMPLEMENTED, ""))
    assert write(world, letterbox) == [], "who was taken back is told no more"
    ask_no_owner(LOCAL_OWNER, world, OPEN, key)
    (gone,) = write(world, letterbox)
    assert (gone["To"], entry(gone)[0]) == (ADDRESS, "CANCEL")
    clock.wait(days=60)
    assert write(world, letterbox) == []
    for nobody in (ask_no_owner, ask_no_verifier):
        with pytest.raises(BadInput):
            nobody(LOCAL_OWNER, world, OPEN, key)


def test_a_day_that_moves_moves_the_entry_and_calling_off_takes_it_out(
    world: World, clock: HandClock, letterbox: Letterbox
) -> None:
    key = agree(world)
    method, first = entry(write(world, letterbox)[0])
    (event,) = first.walk("VEVENT")
    assert (method, event.decoded("dtstart"), event.decoded("dtend")) == (
        "PUBLISH",
        date(2026, 4, 15),
        date(2026, 4, 16),
    )
    assert write(world, letterbox) == [], "one letter says it once"
    clock.wait(days=2)
    move_due(DOER, world, OPEN, key, (date(2026, 5, 4), "the driver is out later"))
    move_due(DOER, world, OPEN, key, (date(2026, 5, 6), "and later still"))
    (moved,) = write(world, letterbox)
    (later,) = entry(moved)[1].walk("VEVENT")
    assert (later["uid"], later.decoded("dtstart")) == (event["uid"], date(2026, 5, 6))
    assert later["sequence"] > event["sequence"]
    move_due(DOER, world, OPEN, key, (date(2026, 4, 15), "it came after all"))
    (back,) = write(world, letterbox)
    (again,) = entry(back)[1].walk("VEVENT")
    assert again.decoded("dtstart") == date(2026, 4, 15) and again["sequence"] > later["sequence"]

    advance(LOCAL_OWNER, world, OPEN, key, (ActionState.CANCELLED, "the pool went away"))
    (off,) = write(world, letterbox)
    method, gone = entry(off)
    (cancelled,) = gone.walk("VEVENT")
    assert (method, cancelled["status"], cancelled["uid"]) == ("CANCEL", "CANCELLED", event["uid"])
    assert cancelled["sequence"] > again["sequence"]
    advance(LOCAL_OWNER, world, OPEN, key, (ActionState.OPEN, "it is still there"))
    assert [entry(letter)[0] for letter in write(world, letterbox)] == ["PUBLISH"]


def test_who_hands_an_action_over_loses_the_entry_and_one_taken_back_leaves_every_calendar(
    world: World, letterbox: Letterbox
) -> None:
    key = agree(world)
    write(world, letterbox)
    propose_owner(LOCAL_OWNER, world, OPEN, key, "owner")
    gone, taken = sorted(write(world, letterbox), key=lambda letter: letter["To"], reverse=True)
    assert (gone["To"], entry(gone)[0], taken["To"], entry(taken)[0]) == (
        ADDRESS,
        "CANCEL",
        "owner@example.org",
        "PUBLISH",
    )
    (action,) = plan_now(LOCAL_OWNER, world, OPEN).actions
    take_back(LOCAL_OWNER, world, OPEN, action.history[0].id)
    assert plan_now(LOCAL_OWNER, world, OPEN).actions == ()
    (back,) = write(world, letterbox)
    assert (back["To"], entry(back)[0]) == ("owner@example.org", "CANCEL")
    assert write(world, letterbox) == []


def test_letters_outlive_the_incident_and_say_nothing_of_a_restricted_one(
    world: World, clock: HandClock, letterbox: Letterbox
) -> None:
    for name in (OPEN, SECRET):
        agree(world, name)
        for status in (Status.RESOLVED, Status.LEARNING, Status.PUBLISHED, Status.CLOSED):
            change(LOCAL_OWNER, world, name, Field.STATUS, (status.value, "done"))
    write(world, letterbox)
    clock.time = datetime(2026, 4, 15, 1, tzinfo=UTC)
    write(world, letterbox)
    assert len(letterbox.arrived) == 4, "an entry and the day itself, of each incident"
    silent = [letter for letter in letterbox.arrived if "Outage" not in letter.get_body(("plain",)).get_content()]
    assert len(silent) == 2
    for letter in silent:
        everything = str(letter) + "".join(file.get_content() for file in letter.iter_attachments())
        assert SECRET not in everything and "Outage" not in everything and "SEV2" not in everything
        assert "pool in use" in everything


def test_nobody_is_written_to_without_an_address_or_a_part_in_the_incident(world: World, letterbox: Letterbox) -> None:
    agree(world)
    add_action(LOCAL_OWNER, world, OPEN, Written(title="Write the runbook."))
    set_address(LOCAL_OWNER, world, TOKEN, "")
    assert write(world, letterbox) == []
    assert [one.reach for one in reminders(LOCAL_OWNER, world, None)] == [Reach.NOBODY, Reach.NO_ADDRESS]
    set_address(LOCAL_OWNER, world, TOKEN, ADDRESS)
    world.members.remove(OPEN, TOKEN)
    assert write(world, letterbox) == []
    assert [one.reach for one in reminders(LOCAL_OWNER, world, None)] == [Reach.NOBODY, Reach.NO_PART]


def test_a_running_server_reminds_by_itself(world: World, letterbox: Letterbox) -> None:
    agree(world)
    for chore in chores(LOCAL_OWNER, world):
        chore.run()
    assert letterbox.recipients == [ADDRESS]
    assert "reminders" not in {chore.name for chore in chores(LOCAL_OWNER, replace(world, post=None))}


def test_the_command_writes_what_is_due_once_and_says_whom_nothing_reaches(
    world: World, mail_port: int, letterbox: Letterbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    agree(world)
    agree(world, SECRET)
    propose_owner(LOCAL_OWNER, world, SECRET, "A1", "owner")
    monkeypatch.setenv("SECONDSTORY_DATA_DIR", str(world.data_dir))
    quiet = CliRunner().invoke(APP, ["reminders"])
    assert "No mail server is set up" in quiet.stdout and "Without an address: owner" in quiet.stdout
    assert CliRunner().invoke(APP, ["reminders", "--send"]).exit_code == 3
    for name, value in (("SERVER", "127.0.0.1"), ("PORT", str(mail_port)), ("TLS", "none"), ("FROM", "a@b.example")):
        monkeypatch.setenv(f"SECONDSTORY_MAIL_{name}", value)
    for _ in range(2):
        sent = CliRunner().invoke(APP, ["reminders", "--send"])
        assert sent.exit_code == 0, sent.output
    assert letterbox.recipients == [ADDRESS]
    listed = orjson.loads(CliRunner().invoke(APP, ["reminders", SECRET, "--json"]).stdout)
    assert [(one["incident"], one["owner"], one["reach"]) for one in listed] == [(SECRET, "owner", "no_address")]
    assert "looked at together" in CliRunner().invoke(APP, ["actions", "follow-up", OPEN]).stdout
    file = tmp_path / "plan.ics"
    assert CliRunner().invoke(APP, ["actions", "calendar", OPEN, "--to", str(file)]).exit_code == 0
    assert len(Calendar.from_ical(file.read_bytes()).walk("VEVENT")) == 2
