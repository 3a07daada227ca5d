"""The invitation by a real mail server: letters that are read, entries that a calendar takes, moves and drops."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar
from typer.testing import CliRunner

from secondstory.blameless.lint.linter import lint_text
from secondstory.cli.app import APP
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conduct import Step
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.incident import Incident, Severity
from secondstory.model.invitation import MOST_WORDS, Reached
from secondstory.model.meeting_plan import Independence, MeetingPlan, Template
from secondstory.model.people import Member
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.stages.meeting.agenda import agenda
from secondstory.stages.meeting.inviting import Reading, invitation_text
from secondstory.usecases.audit import restrict
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.mail import deliver, set_address
from secondstory.usecases.meeting_plan.changing import call_off, choose_template, list_person, set_place, set_time
from secondstory.usecases.meeting_plan.inviting import invitation_of, meeting_calendar, send_invitation

from .conftest import HandClock, Letterbox

INC = "inc-open"
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
AT = NOW + timedelta(days=2)


@pytest.fixture
def world(mail_world: World, clock: HandClock) -> World:
    clock.time = NOW
    stretch = Window(NOW - timedelta(days=1), NOW - timedelta(hours=22))
    mail_world.incidents.save(Incident(INC, "Checkout fails", Severity.SEV2, "Europe/Berlin", stretch, ("none",)))
    for token in ("responder-2", "responder-3"):
        mail_world.members.save(Member(INC, token, Role.RESPONDER, clock.now()))
        set_address(LOCAL_OWNER, mail_world, token, f"{token}@example.org")
    return mail_world


def sent(world: World, letterbox: Letterbox) -> dict[str, EmailMessage]:
    """Send what is due; gives the new letters by recipient."""
    before = len(letterbox.arrived)
    send_invitation(LOCAL_OWNER, world, INC)
    done = deliver(LOCAL_OWNER, world)
    assert (done.waiting, done.dead) == (0, 0)
    return {str(one["To"]).partition("@")[0]: one for one in letterbox.arrived[before:]}


def entry(letter: EmailMessage, number: int = 0) -> Calendar:
    """An entry as a calendar reads it, held against what RFC 5546 asks of a REQUEST and a CANCEL."""
    file = list(letter.iter_attachments())[number]
    data = file.get_payload(decode=True)
    assert isinstance(data, bytes)
    assert all(len(line) <= 75 for line in data.split(b"\r\n")), "lines are folded (RFC 5545, 3.1)"
    calendar = Calendar.from_ical(data)
    assert file.get_content_type() == "text/calendar" and file.get_param("method") == calendar["method"]
    assert (calendar["version"], calendar["prodid"]) == ("2.0", "-//Second Story//Meeting//EN")
    (event,) = calendar.walk("VEVENT")
    asked = ("uid", "dtstamp", "sequence", "organizer", "attendee", "dtstart", "dtend", "summary", "status")
    assert all(name in event for name in asked), "3.2.2 and 3.2.5 name these"
    assert event.decoded("dtstart").tzinfo is not None and event.decoded("dtend") > event.decoded("dtstart")
    assert str(event["attendee"]) == f"mailto:{letter['To']}", "only whom it goes to"
    assert (calendar["method"], event["status"]) in (("REQUEST", "CONFIRMED"), ("CANCEL", "CANCELLED"))
    return calendar


def test_a_meeting_is_asked_for_moved_and_called_off_by_mail_and_calendar(
    world: World, letterbox: Letterbox, clock: HandClock
) -> None:
    with pytest.raises(BadInput, match="no time that somebody set"):
        send_invitation(LOCAL_OWNER, world, INC)
    set_time(LOCAL_OWNER, world, INC, AT)
    set_place(LOCAL_OWNER, world, INC, "Room 4")
    first = sent(world, letterbox)
    assert set(first) == {"responder-2", "responder-3"}
    letter = first["responder-2"]
    assert letter["Subject"] == "Review: Checkout fails, Wed 4 Mar 2026, 10:00 (Europe/Berlin)"
    body = letter.get_body(("plain",))
    assert body is not None
    words = body.get_content()
    for asked in ("Room 4", "blameless", "You may pass", "without your name", "Nothing is recorded unless", "5 min:"):
        assert asked in words
    assert len(words.split("\n- ")[0].split()) <= MOST_WORDS
    (asked_for,) = entry(letter).walk("VEVENT")
    assert (asked_for.decoded("dtstart"), asked_for["location"]) == (AT, "Room 4")
    assert asked_for.decoded("dtend") - AT == timedelta(hours=1)
    assert conduct_of(LOCAL_OWNER, world, INC).step(Step.INVITE).done == NOW, "the step is ticked"
    assert sent(world, letterbox) == {}, "one letter says it once"

    clock.wait(hours=1)
    set_time(LOCAL_OWNER, world, INC, AT + timedelta(days=1))
    (moved,) = entry(sent(world, letterbox)["responder-2"]).walk("VEVENT")
    assert moved["uid"] == asked_for["uid"] and moved["sequence"] > asked_for["sequence"]
    assert moved.decoded("dtstart") == AT + timedelta(days=1)

    list_person(LOCAL_OWNER, world, INC, "responder-3", is_in=False)
    (struck,) = sent(world, letterbox).items()
    assert struck[0] == "responder-3" and entry(struck[1])["method"] == "CANCEL"
    (gone,) = entry(struck[1]).walk("VEVENT")
    assert gone["sequence"] > moved["sequence"]
    assert sent(world, letterbox) == {}
    list_person(LOCAL_OWNER, world, INC, "responder-3", is_in=True)
    (back,) = entry(sent(world, letterbox)["responder-3"]).walk("VEVENT")
    assert back["sequence"] > gone["sequence"], "who is put on the list again is asked again"

    call_off(LOCAL_OWNER, world, INC, "The data is not there yet.")
    off = sent(world, letterbox)
    assert {entry(one)["method"] for one in off.values()} == {"CANCEL"} and len(off) == 2
    assert sent(world, letterbox) == {}
    call_off(LOCAL_OWNER, world, INC, "", is_off=False)
    assert {entry(one)["method"] for one in sent(world, letterbox).values()} == {"REQUEST"}


def test_two_sittings_are_two_entries_and_a_file_for_ones_own_calendar_asks_nobody(
    world: World, letterbox: Letterbox
) -> None:
    set_time(LOCAL_OWNER, world, INC, AT)
    choose_template(LOCAL_OWNER, world, INC, Template.SPLIT)
    letter = sent(world, letterbox)["responder-2"]
    (first,), (second,) = (entry(letter, number).walk("VEVENT") for number in (0, 1))
    assert first["uid"] != second["uid"] and second.decoded("dtstart") == AT + timedelta(days=1)
    assert second.decoded("dtend") - second.decoded("dtstart") == timedelta(minutes=30)
    own = Calendar.from_ical(meeting_calendar(LOCAL_OWNER, world, INC, 2))
    (event,) = own.walk("VEVENT")
    assert own["method"] == "PUBLISH" and "attendee" not in event and event["uid"] == second["uid"]


def test_nothing_goes_out_without_a_mail_server_or_to_who_may_not_read(
    world: World, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_time(LOCAL_OWNER, world, INC, AT)
    with pytest.raises(BadInput, match="No mail server"):
        send_invitation(LOCAL_OWNER, replace(world, post=None), INC)
    assert world.outbox.posted(INC) == ()
    with pytest.raises(NotAllowed):
        invitation_of(Actor("responder-2", roles=((INC, Role.RESPONDER),)), world, INC)
    restrict(LOCAL_OWNER, world, INC, restricted=True, why="legal")
    list_person(LOCAL_OWNER, world, INC, "Kim Larsen", is_in=True)
    set_address(LOCAL_OWNER, world, "responder-1", "r9@example.org")
    states = {one.token: one.reached for one in invitation_of(LOCAL_OWNER, world, INC).recipients}
    assert states == {
        "responder-2": Reached.DUE,
        "responder-3": Reached.DUE,
        "responder-1": Reached.NO_PART,
    }
    letters = sent(world, letterbox)
    everything = "".join(str(one) + entry(one).to_ical().decode() for one in letters.values())
    assert "Checkout" not in everything and "an outage" in everything
    monkeypatch.setenv("SECONDSTORY_DATA_DIR", str(world.data_dir))
    shown = CliRunner().invoke(APP, ["meeting", "invite", INC, "--calendar", str(Path(world.data_dir) / "own.ics")])
    assert shown.exit_code == 0 and "words above the agenda" in shown.output, shown.output


@given(
    template=st.sampled_from(Template),
    title=st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1, max_size=200),
    place=st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=500),
    minutes=st.integers(0, 99),
    link=st.sampled_from(["", "https://review.example.org/#/i/inc/prepare"]),
)
def test_no_title_and_no_place_makes_the_letter_too_long(
    template: Template, title: str, place: str, minutes: int, link: str
) -> None:
    second = AT + timedelta(days=1) if template is Template.SPLIT else None
    who = Independence("owner", False, (), "")
    told = (title, template, "owner", "", AT, "owner", second, "America/Argentina/Buenos_Aires", place, False)
    plan = MeetingPlan(*told, agenda(template, (), {}, {}), (), (), who, (), 1, NOW)
    letter = invitation_text(plan, Reading(minutes, link))
    assert 0 < letter.words <= MOST_WORDS


def test_the_letter_passes_our_own_linter(world: World) -> None:
    set_time(LOCAL_OWNER, world, INC, AT)
    letter = invitation_of(LOCAL_OWNER, world, INC)
    assert not [one.words for one in lint_text("letter", letter.text).findings if one.severity]
