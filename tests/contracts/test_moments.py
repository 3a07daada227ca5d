"""Every word that we put into a facilitator's mouth: short, plain, without blame, and never the same twice."""

import re
from itertools import combinations

import pytest

from secondstory.blameless.judge import Coach
from secondstory.blameless.replies.filling import MOST_WORDS, words_in
from secondstory.blameless.replies.moment import Moment, Wording, slots_of
from secondstory.blameless.replies.recognising import moments
from secondstory.blameless.replies.reviewing import avoided_words, faults
from secondstory.model.fact_sheet import SLOTS
from secondstory.model.reply import Step
from secondstory.model.utterance import Channel, SpeakerRole, Utterance
from secondstory.texts import catalogue
from secondstory.texts.questions import QUESTIONS
from secondstory.texts.replies import INVITATIONS
from secondstory.wiring import coach as build_coach

WORDINGS = [(moment, wording) for moment in moments() for wording in moment.wordings]
LISTED = ("M01", "M02", "M03", "M04", "M05", "M14", "M15", "M17", "M20", "M31", "M32", "M33")
LOUD = (Step.NUDGE, Step.REDIRECT, Step.FIRM)


@pytest.fixture(scope="module")
def coach() -> Coach:
    return build_coach()


def test_all_forty_moments_are_there() -> None:
    assert [moment.key for moment in moments()] == [f"M{number:02}" for number in range(1, 41)]


@pytest.mark.parametrize("moment", moments(), ids=lambda moment: moment.key)
def test_each_step_keeps_a_wording_that_needs_no_fact(moment: Moment) -> None:
    steps = {wording.step for wording in moment.wordings}
    bare = {w.step for w in moment.wordings if not w.slots and not w.speakers and not w.targets}
    assert steps == bare and Step.NOTE in steps and moment.entry in steps


@pytest.mark.parametrize("key", LISTED)
def test_the_moments_of_the_guides_have_four_frames_a_step(key: str) -> None:
    moment = next(one for one in moments() if one.key == key)
    for step in LOUD:
        frames = {wording.frame for wording in moment.wordings if wording.step is step}
        assert len(frames) >= 4, (key, step, frames)


def test_support_has_as_many_and_no_turn() -> None:
    own = next(moment for moment in moments() if moment.key == "M22")
    assert {wording.step for wording in own.wordings} == {Step.NOTE, Step.SUPPORT}
    assert len([wording for wording in own.wordings if wording.step is Step.SUPPORT]) >= 8


def test_every_wording_reads_well(coach: Coach) -> None:
    found = {wording.key: faults(wording.text, wording.step, coach.judge) for _, wording in WORDINGS}
    assert {key: told for key, told in found.items() if told} == {}


def test_points_and_invitations_read_well(coach: Coach) -> None:
    texts = [*INVITATIONS, *(point for moment in moments() for point in moment.points if point)]
    found = {text: faults(text, Step.FIRM, coach.judge) for text in texts}
    assert {text: told for text, told in found.items() if told} == {}
    assert all(not slots_of(moment.points[-1]) for moment in moments())


def test_no_text_that_we_ship_is_read_as_blame(coach: Coach) -> None:
    read = {}
    for key, text in catalogue().items():
        verdict = coach.judge(Utterance(re.sub(r"\{[^}]*\}", "it", text), channel=Channel.DOCUMENT))
        if verdict.labels:
            read[key] = (text, verdict.labels)
    for text in (text for pool in QUESTIONS.values() for text in pool):
        verdict = coach.judge(Utterance(re.sub(r"\{[^}]*\}", "it", text), speaker_role=SpeakerRole.FACILITATOR))
        if verdict.labels or verdict.own_slips:
            read[text] = (text, verdict.labels)
    allowed = {key for key in read if key.startswith(("wordings.", "questions.fault_"))}
    assert {key: told for key, told in read.items() if key not in allowed} == {}


def test_no_wording_is_in_the_bank_twice() -> None:
    """Near enough to sound alike counts: three quarters of the words in common."""
    worded = [(wording.key, frozenset(_words(wording))) for _, wording in WORDINGS]
    alike = [
        (first, second)
        for (first, mine), (second, theirs) in combinations(worded, 2)
        if len(mine & theirs) > 0.75 * len(mine | theirs)
    ]
    assert alike == []


def _words(wording: Wording) -> list[str]:
    return re.findall(r"\{\w+\}|[a-z]+", wording.text.lower())


def test_a_sentence_names_what_its_value_is_of() -> None:
    for _, wording in WORDINGS:
        assert wording.slots <= SLOTS
        if "value" in wording.slots:
            assert wording.slots & {"signal", "panel", "service_b"}, wording.text
        assert words_in(wording.text) <= MOST_WORDS[wording.step], wording.text


def test_a_sentence_never_makes_one_thing_of_many() -> None:
    """A source may be “the metrics of orders”, so no verb in the singular follows it."""
    after = re.compile(r"\{(?:source|signal|impact)\} (?:is|was|has|says|tells|shows|covers|holds|does|stands)\b")
    assert [wording.text for _, wording in WORDINGS if after.search(wording.text)] == []


def test_support_begins_with_what_was_said() -> None:
    own = next(moment for moment in moments() if moment.key == "M22")
    taken = ("Thank you", "That was", "You ")
    assert [w.text for w in own.wordings if w.step is Step.SUPPORT and not w.text.startswith(taken)] == []


def test_notes_fit_into_the_rail() -> None:
    assert [w.text for _, w in WORDINGS if w.step is Step.NOTE and words_in(w.text) > 12] == []


def test_banned_words_are_found() -> None:
    assert avoided_words("However, I hear you: who forgot it?") == ("However", "I hear you", "forgot")
