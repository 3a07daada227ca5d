"""A whole meeting of our own, with its truth: who spoke, what was agreed, what is open, and what the coach says."""

import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.conversation import Conversation
from secondstory.model.errors import NotAllowed
from secondstory.model.transcript import Cue, Participant, Transcript
from secondstory.model.utterance import SpeakerRole
from secondstory.sources.reading.meetings import transcript_of
from secondstory.usecases.coach import coach_as_said, coach_transcript
from secondstory.wiring import coach

SAMPLES = Path(__file__).parents[1] / "recordings" / "transcripts-coach"
TRUTH = json.loads((SAMPLES / "review.truth.json").read_text())
PEOPLE = tuple(Participant(name, SpeakerRole(role)) for name, role in TRUTH["roles"].items())
COACH = coach()


def read(transcript: Transcript) -> Conversation:
    return coach_transcript(LOCAL_OWNER, COACH, transcript).conversation


BEFORE = ("Ana: The page came at 9:14.", "Jonas: The pool was full then.") * 3


def spoken(*said: str) -> Transcript:
    """`Name: words` as cues of two seconds."""
    cues = [
        Cue(number, 3.0 * number, 3.0 * number + 2, *line.split(": ", 1)) for number, line in enumerate(said, start=1)
    ]
    return Transcript("call.vtt", tuple(cues))


@pytest.fixture(scope="module")
def review() -> Transcript:
    return replace(transcript_of("review.vtt", (SAMPLES / "review.vtt").read_bytes()), participants=PEOPLE)


@pytest.fixture(scope="module")
def heard(review: Transcript) -> Conversation:
    return read(review)


def test_shares_add_up_and_the_silent_are_named(heard: Conversation) -> None:
    assert sum(voice.share_ratio for voice in heard.voices) == pytest.approx(1)
    assert [voice.name for voice in heard.voices if not voice.cues] == TRUTH["never_spoke"]
    assert {voice.name: voice.turns for voice in heard.voices}["Theo Brandt"] == 2


def test_steps_are_found_where_they_are_called(heard: Conversation) -> None:
    assert {step.step.value: step.cue for step in heard.agenda} == TRUTH["agenda"]
    assert heard.ground_rule_cue == TRUTH["ground_rule_cue"]
    assert all((step.minutes is None) == (step.cue is None) for step in heard.agenda)


def test_decisions_carry_their_words_and_those_who_agreed(heard: Conversation) -> None:
    found = [(one.cue, one.text.lower(), list(one.agreed_by)) for one in heard.agreements]
    assert [(cue, names) for cue, _, names in found] == [(cue, names) for cue, _, names in TRUTH["decisions"]]
    assert TRUTH["decisions"][0][1] in found[0][1]


def test_action_items_carry_owner_date_and_how_they_came(heard: Conversation) -> None:
    found = [[one.cue, one.owner, one.due, one.text.lower(), one.consent.value] for one in heard.commitments]
    assert [[*one[:3], one[4]] for one in found] == [[*one[:3], one[4]] for one in TRUTH["actions"]]
    assert all(true[3] in one[3] for true, one in zip(TRUTH["actions"], found, strict=True))


def test_what_is_open_is_told(heard: Conversation) -> None:
    assert [[one.cue, one.text.lower()] for one in heard.parked] == TRUTH["parked"]
    assert [[one.cue for one in group] for group in heard.claims] == TRUTH["claims"]
    assert [[one.cue, one.answered_cue] for one in heard.questions] == TRUTH["questions"]
    assert [[one.cue, one.interrupted] for one in heard.interruptions] == TRUTH["interrupted"]


def test_the_facilitator_is_inferred_and_said_to_be(review: Transcript) -> None:
    voices = read(replace(review, participants=())).voices
    assert [(voice.name, voice.role) for voice in voices if voice.is_inferred] == [
        ("Ana Lind", SpeakerRole.FACILITATOR)
    ]
    assert all(voice.role is SpeakerRole.UNKNOWN for voice in voices if not voice.is_inferred)


def test_nobody_leads_where_the_text_does_not_tell() -> None:
    voices = read(spoken("Ana: The page came at 9:14.", "Jonas: And the pool was full.")).voices
    assert [voice.role for voice in voices] == [SpeakerRole.UNKNOWN] * 2


@settings(max_examples=15, deadline=None)
@given(names=st.permutations(["Ada", "Bo Chen", "Çelik", "Dr. Eve", "Zoë"]))
def test_other_names_change_the_names_and_nothing_else(names: list[str]) -> None:
    review = transcript_of("review.vtt", (SAMPLES / "review.vtt").read_bytes())
    new = dict(zip(TRUTH["roles"], names, strict=True))
    renamed = replace(
        review,
        cues=tuple(replace(cue, speaker=new[cue.speaker or ""]) for cue in review.cues),
        participants=tuple(Participant(new[name], SpeakerRole(role)) for name, role in TRUTH["roles"].items()),
    )
    expected = read(replace(review, participants=PEOPLE))
    back = {name: old for old, name in new.items()}
    told = re.sub("|".join(map(re.escape, back)), lambda found: back[found[0]], repr(read(renamed)))
    assert told == repr(expected)


@settings(max_examples=40, deadline=None)
@given(data=st.data())
def test_a_cue_cut_at_a_word_keeps_what_was_decided_and_taken_on(data: st.DataObject) -> None:
    review = transcript_of("review.vtt", (SAMPLES / "review.vtt").read_bytes())
    place = data.draw(st.sampled_from([place for place, cue in enumerate(review.cues) if " " in cue.text]))
    cue = review.cues[place]
    words = cue.text.split(" ")
    at = data.draw(st.integers(1, len(words) - 1))
    start_s, end_s = cue.start_s or 0.0, cue.end_s or 0.0
    middle_s = start_s + (end_s - start_s) * at / len(words)
    halves = (
        replace(cue, end_s=middle_s, text=" ".join(words[:at])),
        replace(cue, start_s=middle_s, text=" ".join(words[at:])),
    )
    cues = (*review.cues[:place], *halves, *review.cues[place + 1 :])
    numbered = tuple(replace(one, number=number) for number, one in enumerate(cues, start=1))
    whole, cut = read(review), read(replace(review, cues=numbered))
    assert [(one.text, one.agreed_by) for one in cut.agreements] == [
        (one.text, one.agreed_by) for one in whole.agreements
    ]
    assert [(one.owner, one.due) for one in cut.commitments] == [(one.owner, one.due) for one in whole.commitments]


def test_bare_captions_are_heard_too() -> None:
    heard = read(
        spoken(
            *BEFORE,
            "Ana: so decision uh we freeze deploys on election day any objections",
            "Jonas: no",
            "Mira: none from me",
            "Ana: okay owners",
            "Jonas: um i'll write the freeze rule by wednesday",
            "Mira: and the holiday calendar that's mine next week",
            "Ana: thanks everyone bye",
        )
    )
    assert [(one.cue, one.agreed_by) for one in heard.agreements] == [(9, ("Jonas", "Mira"))]
    assert [(one.owner, one.due) for one in heard.commitments] == [("Jonas", "wednesday"), ("Mira", "next week")]


@pytest.mark.parametrize(
    "said",
    [
        "I'll be brief, I only have five minutes today.",
        "I'll send the draft by Monday.",
        "We restarted it on Friday and it came back.",
        "If I can sleep tonight I'm happy.",
        "The export keeps thirty days of logs.",
    ],
)
def test_what_is_no_promise_of_work_makes_no_action(said: str) -> None:
    assert read(spoken("Ana: Actions. Who does what?", f"Jonas: {said}")).commitments == ()


def test_objections_to_the_agenda_are_asked_for_and_make_no_decision() -> None:
    assert read(spoken("Ana: This is the agenda. Any objections?", "Jonas: None.", "Mira: No.")).agreements == ()


@pytest.mark.parametrize(
    ("said", "text"),
    [
        (("Jonas: Proposal, we move the export to the replica.", "Ana: Any concerns? Okay, decided."), "the export"),
        (("Jonas: Who is told by mail?", "Ana: Decision, reminders go to the team address."), "reminders go to"),
    ],
)
def test_a_decision_that_is_only_declared_is_heard(said: tuple[str, ...], text: str) -> None:
    (found,) = read(spoken(*BEFORE, *said)).agreements
    assert (text in found.text.lower(), found.cue) == (True, len(BEFORE) + 2)


def test_a_bare_parked_confirms_the_topic_before() -> None:
    (found,) = read(spoken("Mira: Can we park the question of a second cluster?", "Ana: Parked.")).parked
    assert "second cluster" in found.text


def test_who_says_the_same_over_and_over_is_read_in_one_go() -> None:
    said = transcript_of("call.txt", b"Ana: Actions, please.\nJonas: " + b"I'll fix the link by Friday. " * 800)
    assert {(one.owner, one.due) for one in read(said).commitments} == {("Jonas", "Friday")}


def test_an_action_that_is_declined_has_no_owner() -> None:
    heard = read(
        spoken("Ana: Actions, please.", "Ana: Jonas, could you raise the pool limit?", "Jonas: No, I have no access.")
    )
    assert [(one.owner, one.consent.value) for one in heard.commitments] == [(None, "declined")]


def test_a_proposal_that_somebody_refuses_is_no_decision() -> None:
    heard = read(
        spoken(
            *BEFORE, "Ana: Can we agree to freeze deploys in December?", "Jonas: No, that stops payments.", "Mira: Yes."
        )
    )
    assert heard.agreements == ()


def test_a_transcript_without_speakers_or_times_is_read_and_says_so() -> None:
    text = (
        b"Let's begin.\n"
        + b"The pool was full.\n" * 5
        + b"Can we agree to keep the old page? Any objections?\nNone.\nI'll fix the link by Friday.\n"
    )
    heard = read(transcript_of("notes.txt", text))
    assert (heard.voices, heard.unnamed_cues) == ((), 9)
    assert [one.agreed_by for one in heard.agreements] == [()]
    assert [(one.owner, one.due) for one in heard.commitments] == [(None, "Friday")]


def test_no_wording_comes_twice_and_without_an_incident_none_has_an_open_slot() -> None:
    hard = ("Theo: Who is to blame for this? I want a name.", "Mira: The pool was full.") * 3
    told = [one.replies for one in read(spoken(*hard)).findings]
    texts = [text for replies in told for text in replies]
    assert texts
    assert len(texts) == len(set(texts))
    assert not any("{" in text for text in texts)


def test_a_finding_comes_before_the_next_cue_is_waited_for() -> None:
    said = spoken("Ana: The page came at 9:14.", "Theo: Who is to blame for this? I want a name.", "Ana: Next.").cues
    taken: list[int] = []

    def cues() -> Iterator[Cue]:
        for cue in said:
            taken.append(cue.number)
            yield cue

    cue, finding, _ = next(coach_as_said(LOCAL_OWNER, COACH, cues(), PEOPLE))
    assert (cue.number, finding.cue, taken) == (2, 2, [1, 2])


def test_without_an_incident_only_the_owner_of_the_installation_reads() -> None:
    with pytest.raises(NotAllowed):
        coach_transcript(Actor("stranger"), COACH, spoken("Ana: Hello."))
