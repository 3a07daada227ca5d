"""The room is what its events make of it, one after the other: clocks, hands, polls, board, consents."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.actor import Role
from secondstory.model.codec import decode, encode
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import (
    TOLD_KEPT,
    Box,
    BreakBegan,
    BreakEnded,
    Captured,
    Consent,
    ConsentAsked,
    Consented,
    Ended,
    HandLowered,
    HandRaised,
    Happened,
    ItemKind,
    Joined,
    Left,
    OwnerAnswered,
    Ownership,
    PollClosed,
    PollOpened,
    Room,
    RoomEvent,
    Shown,
    Started,
    StepBegan,
    Struck,
    Told,
    VerifierAnswered,
    Voted,
)
from secondstory.stages.meeting.room import apply_event, is_repeated, must_agree, refusal, seconds_in

BEGIN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
AGENDA = (Box("opening", AgendaStep.OPENING, "Opening", 5), Box("timeline", AgendaStep.TIMELINE, "Timeline", 18))
STARTED = Started("Checkout outage", AGENDA, "We ask what and how.")


def held(*events: tuple[float, str, RoomEvent]) -> Room:
    """The room after these events: minutes after the begin, who, what."""
    room = Room(1)
    for seq, (minutes, actor, event) in enumerate(((0, "lead", STARTED), *events), 1):
        assert refusal(room, event) == ""
        room = apply_event(room, Happened(seq, BEGIN + timedelta(minutes=minutes), actor, event))
    return room


def test_a_box_is_charged_for_the_time_that_the_room_was_in_it_and_for_no_break() -> None:
    room = held(
        (4, "lead", StepBegan("timeline")),
        (10, "lead", BreakBegan(5)),
        (16, "lead", BreakEnded()),
        (20, "lead", StepBegan("opening")),
        (21, "lead", StepBegan("timeline")),
    )
    assert seconds_in(room.clock, "opening", BEGIN + timedelta(minutes=30)) == 5 * 60
    assert seconds_in(room.clock, "timeline", BEGIN + timedelta(minutes=30)) == (6 + 4 + 9) * 60


def test_time_stops_at_the_end() -> None:
    room = held((4, "lead", Ended()))
    assert seconds_in(room.clock, "opening", BEGIN + timedelta(hours=9)) == 4 * 60
    assert refusal(room, HandRaised()) == "over"


def test_hands_wait_in_the_order_in_which_they_went_up() -> None:
    room = held((1, "b", HandRaised()), (2, "a", HandRaised("the pool")), (3, "b", HandRaised("again")))
    assert [(hand.actor, hand.about) for hand in room.hands] == [("b", "again"), ("a", "the pool")]
    room = apply_event(room, Happened(5, BEGIN, "lead", HandLowered("b")))
    assert [hand.actor for hand in room.hands] == ["a"]


def test_the_last_answer_to_a_poll_counts_and_a_closed_poll_takes_none() -> None:
    asked = PollOpened("p", "Was this new to you?", ("yes", "partly", "no"))
    room = held((1, "lead", asked), (2, "a", Voted("p", 0)), (3, "a", Voted("p", 2)), (4, "b", Voted("p", 1)))
    (poll,) = room.polls
    assert sorted(poll.votes) == [("a", 2), ("b", 1)]
    assert refusal(room, Voted("p", 3)) == "no_choice"
    closed = apply_event(room, Happened(6, BEGIN, "lead", PollClosed("p")))
    assert refusal(closed, Voted("p", 1)) == "poll_closed"


def test_who_left_is_not_asked_who_comes_back_is_and_a_no_stands_until_it_is_asked_anew() -> None:
    asked = ConsentAsked(Consent.CAPTIONS)
    came = tuple((1, name, Joined(Role.RESPONDER)) for name in ("a", "b", "c"))
    room = held(*came, (2, "lead", asked), (3, "b", Consented(Consent.CAPTIONS, yes=False)))

    def then(actor: str, event: RoomEvent) -> tuple[str, ...]:
        nonlocal room
        room = apply_event(room, Happened(room.seq + 1, BEGIN + timedelta(minutes=9), actor, event))
        return must_agree(room, room.consents[0])

    assert then("owner", Left("a")) == ("b", "c")
    assert then("owner", Left("b")) == ("b", "c"), "who said no did not mean: as long as I am there"
    assert then("a", Joined(Role.RESPONDER)) == ("a", "b", "c")
    assert then("lead", asked) == ("a", "c")
    assert [one.actor for one in room.people] == ["a", "b", "c"], "who left was there"


def test_a_message_sent_again_is_known_also_when_many_others_were_written_since() -> None:
    first, others = Told("a-1", "We saw it too."), (Told(f"b-{place}", "So did we.") for place in range(TOLD_KEPT))
    room = held((1, "a", first), *((2, "b", one) for one in others))
    assert first.id not in {one.id for one in room.told}
    assert is_repeated(room, "a", first)
    assert not is_repeated(room, "b", first), "another's own name for another message"


def test_an_action_is_asked_of_its_owner_and_a_line_may_be_struck() -> None:
    room = held(
        (1, "lead", Captured("i", ItemKind.ACTION, "Add an alert", owner="responder-2")),
        (2, "lead", Captured("j", ItemKind.DECISION, "Keep the step")),
    )
    assert [one.ownership for one in room.board] == [Ownership.ASKED, Ownership.NOBODY]
    room = apply_event(room, Happened(4, BEGIN, "responder-2", OwnerAnswered("i", False)))
    room = apply_event(room, Happened(5, BEGIN, "lead", Struck("j")))
    assert [(one.line.id, one.ownership) for one in room.board] == [("i", Ownership.DECLINED)]
    assert refusal(room, Captured("i", ItemKind.DECISION, "again")) == "is_used"


def test_who_looks_is_asked_too_and_who_then_takes_it_on_does_not_look() -> None:
    room = held((1, "lead", Captured("i", ItemKind.ACTION, "Add an alert", verifier="responder-2")))
    assert room.board[0].verifying is Ownership.ASKED
    said = apply_event(room, Happened(3, BEGIN, "responder-2", VerifierAnswered("i", True)))
    assert said.board[0].verifying is Ownership.ACCEPTED
    (line,) = apply_event(said, Happened(4, BEGIN, "responder-2", OwnerAnswered("i", True))).board
    assert (line.line.owner, line.line.verifier, line.verifying) == ("responder-2", "", Ownership.NOBODY)


def test_who_takes_consent_back_no_longer_counts_as_agreeing() -> None:
    room = held(
        (1, "lead", ConsentAsked(Consent.AUDIO)),
        (2, "a", Consented(Consent.AUDIO, True)),
        (3, "b", Consented(Consent.AUDIO, True)),
        (4, "a", Consented(Consent.AUDIO, False)),
    )
    (consent,) = room.consents
    assert (consent.yes, consent.no) == (("b",), ("a",))
    assert refusal(room, Consented(Consent.CAPTIONS, True)) == "not_asked"


@pytest.mark.parametrize("event", [HandRaised(), Told("t", "I saw it"), Shown("event/x"), Ended()])
def test_nothing_happens_before_the_begin(event: RoomEvent) -> None:
    assert refusal(Room(1), event) == "not_begun"


EVENTS = st.one_of(
    st.just(STARTED),
    st.sampled_from(["opening", "timeline", "none"]).map(StepBegan),
    st.builds(Shown, st.sampled_from(["", "event/a", "event/b"])),
    st.builds(Joined, st.sampled_from([None, *Role])),
    st.builds(HandRaised, st.text(max_size=5)),
    st.builds(HandLowered, st.sampled_from(["a", "b"])),
    st.builds(Told, st.text(max_size=3), st.text(max_size=5)),
    st.builds(Captured, st.text(max_size=2), st.sampled_from(ItemKind), st.text(max_size=5)),
    st.builds(Voted, st.just("p"), st.integers(0, 3)),
    st.just(PollOpened("p", "?", ("yes", "no"))),
    st.builds(BreakBegan, st.integers(0, 9)),
    st.just(BreakEnded()),
    st.just(Ended()),
)


@given(st.lists(st.tuples(st.sampled_from(["a", "b", "lead"]), EVENTS), max_size=30))
def test_whatever_happens_the_log_gives_the_same_room_from_any_place_on(events: list[tuple[str, RoomEvent]]) -> None:
    """A client or a restarted server that read half of the log and then the rest has the same room."""
    log: list[Happened] = []
    room = Room(1)
    for actor, event in events:
        if refusal(room, event) == "":
            log.append(Happened(len(log) + 1, BEGIN + timedelta(seconds=len(log)), actor, event))
            room = apply_event(room, log[-1])
    read = [decode(encode(one, Happened), Happened) for one in log]
    again = Room(1)
    for one in read:
        again = apply_event(again, one)
    assert again == room
    spent = sum(seconds_in(room.clock, one.box.key, BEGIN + timedelta(hours=1)) for one in room.clock.boxes)
    assert spent <= 3600 + 1e-6


def test_a_line_that_its_sender_sends_again_is_there_already_and_anothers_is_not() -> None:
    line = Captured("card-1", ItemKind.CARD, "The list is long.", key="1")
    room = held((1, "lead", line))
    assert is_repeated(room, "lead", line)
    assert not is_repeated(room, "second", line) and refusal(room, line) == "is_used"
    assert not is_repeated(room, "lead", Captured("card-1", ItemKind.CARD, "Other words."))
