"""The ladder of a meeting: one prompt in three minutes, firmer only after a used reply, softer after "not blame"."""

from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import NotBlame, Offered, Room, Used, apply_event
from secondstory.blameless.replies.recognising import Occasion
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.reply import Reply, Step
from secondstory.model.utterance import Basis, Label, Move, OwnSlip, Reason, SpeakerRole, Utterance, Verdict

PANEL = (("panel", "the pool panel of orders"), ("service", "orders"), ("signal", "connections"), ("time", "10:02:10"))
SHEET = FactSheet("i", "Checkout", (Scene("signal/orders", PANEL, ("ev-1",)),), ("responder-1", "responder-2"))
BARE = FactSheet("i", "Checkout", ())
RULE = Reason(Basis.RULE, "accuses", "names a person as cause", "Tom broke it")


def said(at_s: float | None, severity: int = 2, label: Label = Label.BLAMES_PERSON, **more: str) -> Occasion:
    verdict = Verdict((label,), severity, 0.9, reasons=(RULE,), move=Move.REPLY)
    return Occasion(Utterance(more.get("text", "Tom broke it.")), verdict, at_s, moment=more.get("moment"))


def chosen(occasion: Occasion, room: Room, sheet: FactSheet = SHEET) -> Reply:
    reply = choose(occasion, sheet, room, seed=1)
    assert reply is not None
    return reply


def after(room: Room, reply: Reply, at_s: float | None, *, used: bool) -> Room:
    room = apply_event(room, Offered(reply, at_s))
    return apply_event(room, Used(reply.wording)) if used else room


def test_the_next_step_comes_only_after_a_used_reply() -> None:
    steps = {}
    for used in (True, False):
        room, found = Room(), []
        for turn in range(4):
            reply = chosen(said(turn * 200.0), room)
            found.append(reply.step)
            room = after(room, reply, turn * 200.0, used=used)
        steps[used] = found
    assert steps[True] == [Step.REDIRECT, Step.FIRM, Step.OUTSIDE, Step.OUTSIDE]
    assert steps[False] == [Step.REDIRECT] * 4


def test_within_three_minutes_the_same_topic_is_only_noted() -> None:
    room = after(Room(), chosen(said(0.0), Room()), 0.0, used=True)
    assert chosen(said(179.0), room).step is Step.NOTE
    assert chosen(said(180.0), room).step is Step.FIRM
    other = said(10.0, label=Label.COUNTERFACTUAL)
    assert chosen(other, room).step is Step.NUDGE


def test_a_mild_one_is_a_note_however_often_it_comes() -> None:
    room = Room()
    for turn in range(3):
        reply = chosen(said(turn * 200.0, severity=1), room)
        assert reply.step is Step.NOTE
        room = after(room, reply, turn * 200.0, used=True)


def test_not_blame_lowers_that_rule_for_this_meeting() -> None:
    once = apply_event(Room(), NotBlame(("accuses",)))
    assert chosen(said(0.0), once).step is Step.NOTE
    assert choose(said(0.0), SHEET, apply_event(once, NotBlame(("accuses",))), seed=1) is None
    assert chosen(said(0.0), apply_event(Room(), NotBlame(("other",)))).step is Step.REDIRECT


def test_outside_brings_a_draft_without_a_name() -> None:
    room = Room()
    for turn in range(3):
        reply = chosen(said(turn * 200.0), room)
        room = after(room, reply, turn * 200.0, used=True)
    assert "3 times" in reply.draft and "Tom" not in reply.draft and len(reply.draft.split()) <= 120


def test_without_facts_words_without_slots_are_said() -> None:
    reply = chosen(said(0.0), Room(), BARE)
    assert not reply.cites and reply.evidence_ids == () and "{" not in f"{reply.text}{reply.point}{reply.invitation}"


def test_a_plain_statement_gets_nothing_and_a_named_moment_its_own_words() -> None:
    plain = Occasion(Utterance("Sam rolled back at ten."), Verdict())
    assert choose(plain, SHEET, Room(), seed=1) is None
    silence = Occasion(Utterance("…"), Verdict(), 5.0, moment="M32")
    assert chosen(silence, Room()).step is Step.NUDGE


def test_a_slip_of_the_facilitator_is_put_in_better_words() -> None:
    verdict = Verdict(own_slips=(OwnSlip.LEADING,))
    own = Occasion(Utterance("Didn't you see it?", speaker_role=SpeakerRole.FACILITATOR), verdict, 5.0)
    assert chosen(own, Room()).moment == "M38"
