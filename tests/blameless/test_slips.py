"""The facilitator's own slips: told where she speaks, and nowhere else."""

import pytest

from secondstory.blameless.people import is_question, who_is_meant
from secondstory.blameless.slips import own_slips
from secondstory.model.utterance import OwnSlip, SpeakerRole, Utterance


@pytest.mark.parametrize(
    ("text", "slip"),
    [
        ("That's not what I said.", OwnSlip.DEFENSIVE),
        ("Wouldn’t you agree that it was the cache?", OwnSlip.LEADING),
        ("so you missed the page", OwnSlip.LEADING),
        ("What could have been done differently, what should we have seen?", OwnSlip.HINDSIGHT),
        ("So the deploy was the trigger, right?", OwnSlip.LEADING),
        ("Why did you skip the canary?", OwnSlip.LEADING),
        ("Did you even read the checklist?", OwnSlip.LEADING),
        ("why didn't you roll back sooner", OwnSlip.LEADING),
        ("Surely somebody saw that?", OwnSlip.LEADING),
        ("What should we have done?", OwnSlip.HINDSIGHT),
        ("When did you realise your mistake?", OwnSlip.HINDSIGHT),
        ("Looking back, it was clear that the pool was too small.", OwnSlip.HINDSIGHT),
        ("I'm only trying to help here.", OwnSlip.DEFENSIVE),
        ("It wasn't us, so don't look at me.", OwnSlip.DEFENSIVE),
    ],
)
def test_a_slip_is_told_to_the_facilitator_alone(text: str, slip: OwnSlip) -> None:
    assert slip in own_slips(Utterance(text, speaker_role=SpeakerRole.FACILITATOR))
    assert own_slips(Utterance(text, speaker_role=SpeakerRole.ENGINEER)) == ()


@pytest.mark.parametrize(
    "text",
    [
        "What did the panel show at ten?",
        "Which options were open?",
        "Thanks, go on.",
        "What would have helped you at that moment?",
        "What questions would you have about the pool, Lorna?",
        "Didn't the alert fire at 11:51? I have that from the history.",
        "Is there anything that we have missed?",
        "Why does the panel stay flat after 11:52?",
        "It's a good observation, isn't it, that one action can do that.",
        "Was the alert on the pool there at that time?",
        "where did the runbook stop matching what you saw",
    ],
)
def test_an_open_question_is_no_slip(text: str) -> None:
    assert own_slips(Utterance(text, speaker_role=SpeakerRole.FACILITATOR)) == ()


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("I think that Priya knows more than she says.", "Priya"),
        ("the network team sat on it", "the network team"),
        ("on Monday you broke it", "you"),
        ("the lag went up", None),
    ],
)
def test_the_target_is_who_is_named(text: str, who: str | None) -> None:
    span = who_is_meant(Utterance(text))
    assert (text[span.start : span.end] if span else None) == who


@pytest.mark.parametrize(
    ("text", "asks"),
    [("How many orders?", True), ("so how many orders did we lose", True), ("We lost forty orders.", False)],
)
def test_a_question_needs_no_mark(text: str, asks: bool) -> None:
    assert is_question(text) is asks
