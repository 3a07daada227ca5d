"""What is captured stands in the ledger, where its page reads it, and on the board; once, and is gone when struck."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.people import Member
from secondstory.model.plan import Ownership as Owned
from secondstory.model.room import Box, Ended, ItemKind, Ownership, Shown, Started
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.usecases.plan import plan_now
from secondstory.usecases.policy import keep_policy, read_policy, with_sprint
from secondstory.usecases.room.capture import Capture, answer, answer_look, capture, strike
from secondstory.usecases.room.keeping import captures_of
from secondstory.usecases.room.log import begin, happen, room_of
from secondstory.usecases.room.sentence import Preview, Sentence, read_sentence
from secondstory.usecases.timeline_now import amended
from secondstory.usecases.weigh import weigh
from secondstory.wiring import coach

from ..conftest import only_incident

AGENDA = (Box("timeline", AgendaStep.TIMELINE, "Timeline", 20),)


def begun(world: World) -> str:
    incident_id = only_incident(world).id
    for token in ("responder-1", "responder-2"):
        world.members.save(Member(incident_id, token, Role.RESPONDER, world.clock.now()))
    begin(LOCAL_OWNER, world, incident_id, Started("Outage", AGENDA, "What and how."))
    return incident_id


def keep(world: World, incident_id: str, ident: str, kind: ItemKind, text: str, **more: object) -> str:
    given = replace(Capture(ident, Sentence(kind, text)), **more)  # type: ignore[arg-type]  # the fields that each test names
    return capture(LOCAL_OWNER, world, incident_id, given, coach().judge).line.key


def test_every_kind_is_kept_where_its_page_reads_it(own_world: World) -> None:
    incident_id = begun(own_world)
    event = amended(own_world, incident_id)[1].events[0]
    happen(LOCAL_OWNER, own_world, incident_id, Shown(event.key))
    service = weigh(LOCAL_OWNER, own_world, incident_id).services[0]

    action = keep(own_world, incident_id, "c1", ItemKind.ACTION, "responder-1 adds a pool alert in two weeks")
    account = keep(own_world, incident_id, "c2", ItemKind.ACCOUNT, "The panel showed nothing for the pool")
    decision = keep(own_world, incident_id, "c3", ItemKind.DECISION, "We keep the step and look at the pool first")
    row = keep(own_world, incident_id, "c4", ItemKind.HYPOTHESIS, f"The {service} thread queue was never drained")
    factor = keep(own_world, incident_id, "c5", ItemKind.FACTOR, "No check reads driver settings")
    keep(own_world, incident_id, "c6", ItemKind.PARKED, "Who may page the payments side")

    (made,) = (one for one in plan_now(LOCAL_OWNER, own_world, incident_id).actions if one.key == action)
    assert (made.title, made.owner, made.ownership) == ("Add a pool alert", "responder-1", Owned.PROPOSED)
    told = next(one for one in amended(own_world, incident_id)[1].events if one.key == account)
    assert told.moment.earliest == event.moment.earliest
    assert any(one.key == row for one in weigh(LOCAL_OWNER, own_world, incident_id).causes.hypotheses)
    assert any(one.key == factor for one in plan_now(LOCAL_OWNER, own_world, incident_id).factors)
    assert decision == "meeting/capture/c3"
    board = room_of(LOCAL_OWNER, own_world, incident_id).board
    assert [one.line.id for one in board] == ["c1", "c2", "c3", "c4", "c5", "c6"]
    assert board[0].ownership is Ownership.ASKED
    assert len(captures_of(own_world.ledger.decisions(incident_id))) == len(board)


def test_who_verifies_is_asked_and_stands_in_the_plan_as_in_the_room(own_world: World) -> None:
    incident_id = begun(own_world)
    key = keep(own_world, incident_id, "c1", ItemKind.ACTION, "responder-1 caps the retries, responder-2 verifies")
    looker = Actor("responder-2", roles=((incident_id, Role.RESPONDER),))
    with pytest.raises(NotAllowed):
        answer_look(LOCAL_OWNER, own_world, incident_id, ("c1", True, ""))
    answer_look(looker, own_world, incident_id, ("c1", True, ""))
    assert room_of(LOCAL_OWNER, own_world, incident_id).board[0].verifying is Ownership.ACCEPTED
    (made,) = (one for one in plan_now(LOCAL_OWNER, own_world, incident_id).actions if one.key == key)
    assert (made.owner, made.verifier, made.verifying) == ("responder-1", "responder-2", Owned.ACCEPTED)


def test_the_end_of_the_sprint_is_read_by_the_policy_and_read_back_as_such(own_world: World) -> None:
    incident_id = begun(own_world)
    said = Sentence(ItemKind.ACTION, "responder-1 caps the retries by the end of the sprint")
    before = read_sentence(LOCAL_OWNER, own_world, incident_id, said, coach().judge)
    assert before.reading.due is None and "sprint" in before.asked[0].question
    today = own_world.clock.now().date()
    ends = today + timedelta(days=8 - today.weekday() + 3)  # the Friday of next week
    keep_policy(LOCAL_OWNER, own_world, with_sprint(read_policy(own_world), ends, 2))
    after = read_sentence(LOCAL_OWNER, own_world, incident_id, said, coach().judge)
    assert (after.reading.due, after.due_told, after.asked) == (ends, "the end of the sprint", ())


def test_sent_twice_it_is_kept_once_and_struck_it_is_gone_from_both(own_world: World) -> None:
    incident_id = begun(own_world)
    for _ in range(2):
        key = keep(own_world, incident_id, "c1", ItemKind.ACTION, "I'll cap the retries at two", owner="responder-1")
    assert [one.key for one in plan_now(LOCAL_OWNER, own_world, incident_id).actions].count(key) == 1
    assert len(room_of(LOCAL_OWNER, own_world, incident_id).board) == 1

    strike(LOCAL_OWNER, own_world, incident_id, "c1")
    assert key not in [one.key for one in plan_now(LOCAL_OWNER, own_world, incident_id).actions]
    assert room_of(LOCAL_OWNER, own_world, incident_id).board == ()
    assert captures_of(own_world.ledger.decisions(incident_id)) == ()


def test_only_who_was_asked_takes_an_action_on_and_the_plan_knows_it(own_world: World) -> None:
    incident_id = begun(own_world)
    key = keep(own_world, incident_id, "c1", ItemKind.ACTION, "responder-1 removes the old flag by tomorrow")
    asked, other = (Actor(name, roles=((incident_id, Role.RESPONDER),)) for name in ("responder-1", "responder-2"))
    with pytest.raises(NotAllowed):
        answer(other, own_world, incident_id, ("c1", True, ""))
    answer(asked, own_world, incident_id, ("c1", True, ""))
    assert room_of(LOCAL_OWNER, own_world, incident_id).board[0].ownership is Ownership.ACCEPTED
    (made,) = (one for one in plan_now(LOCAL_OWNER, own_world, incident_id).actions if one.key == key)
    assert made.ownership is Owned.ACCEPTED


def test_words_that_speak_of_a_person_are_kept_only_when_somebody_says_so(own_world: World) -> None:
    incident_id = begun(own_world)
    own_world.sealed.token("Ravi Patel", "responder")
    text = "Human error: Ravi Patel broke the pool because he was careless"
    with pytest.raises(BadInput) as refused:
        keep(own_world, incident_id, "c1", ItemKind.ACCOUNT, text)
    assert "Ravi" not in refused.value.next_step
    assert room_of(LOCAL_OWNER, own_world, incident_id).board == ()

    keep(own_world, incident_id, "c1", ItemKind.ACCOUNT, text, as_said=True)
    (item,) = room_of(LOCAL_OWNER, own_world, incident_id).board
    assert "Ravi" not in item.line.text
    assert "careless" in item.line.text  # nobody's words are changed into others


def test_an_account_stands_at_the_time_that_it_tells(own_world: World) -> None:
    incident_id = begun(own_world)
    incident = only_incident(own_world)
    middle = incident.window.start + (incident.window.end - incident.window.start) / 2
    key = keep(own_world, incident_id, "c1", ItemKind.ACCOUNT, "The pool was full by 10:04", at=middle.astimezone(UTC))
    told = next(one for one in amended(own_world, incident_id)[1].events if one.key == key)
    assert told.moment.earliest == middle


def test_whoever_tells_is_kept_as_a_token_whatever_was_typed(own_world: World) -> None:
    incident_id = begun(own_world)
    at = only_incident(own_world).window.start
    sentence = Sentence(ItemKind.ACCOUNT, "The pool looked full", speaker="Mara Quill")
    capture(LOCAL_OWNER, own_world, incident_id, Capture("c1", sentence, at=at), coach().judge)
    (item,) = room_of(LOCAL_OWNER, own_world, incident_id).board
    told = next(one for one in amended(own_world, incident_id)[1].events if one.key == item.line.key)
    assert told.amended is not None and told.amended.told_by == own_world.sealed.token("Mara Quill", "responder")


def test_a_preview_keeps_nothing_and_asks_what_is_open(world: World) -> None:
    incident_id = only_incident(world).id
    before = len(world.ledger.decisions(incident_id))
    sentence = Sentence(ItemKind.ACTION, "someone should look at the retry budget before the launch")
    preview: Preview = read_sentence(LOCAL_OWNER, world, incident_id, sentence, coach().judge)
    assert [one.slot.value for one in preview.asked] == ["owner", "due"]
    assert "someone" in preview.asked[0].question
    assert len(world.ledger.decisions(incident_id)) == before


def test_after_the_end_nothing_is_captured(own_world: World) -> None:
    incident_id = begun(own_world)
    happen(LOCAL_OWNER, own_world, incident_id, Ended())
    with pytest.raises(BadInput):
        keep(own_world, incident_id, "c1", ItemKind.DECISION, "Too late")
    assert captures_of(own_world.ledger.decisions(incident_id)) == ()


def test_a_time_of_day_is_read_on_the_day_of_the_incident(world: World) -> None:
    incident = only_incident(world)
    when = incident.window.start.astimezone(UTC)
    sentence = Sentence(ItemKind.ACCOUNT, f"At {when:%H:%M} the panel was green")
    at = read_sentence(LOCAL_OWNER, world, incident.id, sentence, coach().judge).at
    assert isinstance(at, datetime)
    assert abs((at - when).total_seconds()) <= 12 * 3600


@pytest.mark.parametrize("who", ["responder-1", "responder-9", "Olga"])
def test_an_action_that_judges_its_owner_is_not_kept_unseen_whoever_is_named(world: World, who: str) -> None:
    incident_id = only_incident(world).id
    sentence = Sentence(ItemKind.ACTION, f"{who} should have checked the pool by Friday")
    read = read_sentence(LOCAL_OWNER, world, incident_id, sentence, coach().judge)
    assert read.concern is not None and read.concern.neutral.endswith("that nobody has checked the pool")
    assert read.reading.owner is None
    again = Sentence(ItemKind.ACTION, read.concern.neutral)
    assert read_sentence(LOCAL_OWNER, world, incident_id, again, coach().judge).concern is None


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("At 10:24 the panel was green", "10:24:00"),
        ("It was full by 10.24.", "10:24:00"),
        ("10:24:05.250 said the log", "10:24:05"),
        ("At 2:50 pm somebody wrote", "14:50:00"),
        ("12:05 am was the page", "00:05:00"),
        ("The checkout took 2.50 seconds", None),
        ("Errors rose to 12.45 percent after 1.25.3", None),
    ],
)
def test_only_a_time_of_day_is_read_as_one(world: World, words: str, told: str | None) -> None:
    incident = only_incident(world)
    sentence = Sentence(ItemKind.ACCOUNT, words)
    at = read_sentence(LOCAL_OWNER, world, incident.id, sentence, coach().judge).at
    assert (f"{wall_time(at, incident.time_zone):%H:%M:%S}" if at is not None else None) == told
