"""An answer is graded by what it does, and not by which words of the criteria it holds."""

import pytest

from secondstory.blameless.rehearsal.caps import Ground
from secondstory.blameless.rehearsal.situation import Answer, Situation
from secondstory.model.rehearsal import Criterion, HardMoment

from .rooms import ACCUSATION, DEMAND, QUESTION, SELF_BLAME, THREATENED, graded, situation

TWELVE = (
    (
        ACCUSATION,
        "There is a flag change at 10:02. Priya, what does the pool panel show in the two minutes before?",
        "good",
    ),
    (
        ACCUSATION,
        "I hear your frustration, let's stay blameless and look at the system and the evidence so "
        "all voices are heard.",
        "bad",
    ),
    (ACCUSATION, "Pointing fingers isn't productive. What happened?", "weak"),
    (ACCUSATION, "Nobody blames Ravi for missing the flag. What can we improve?", "bad"),
    (THREATENED, "The log has all six steps by 10:11. At which one did the page stop matching what you saw?", "good"),
    (THREATENED, "I understand you feel that way, but procedures can fail. What assumptions did you make?", "weak"),
    (
        SELF_BLAME,
        "That helps us, thank you. Both prompts look the same at 10:04, so it goes up as a display problem. "
        "We take the next point without you.",
        "good",
    ),
    (SELF_BLAME, "What does the data show about the system at that point?", "weak or bad"),
    (
        QUESTION,
        "The alert watches errors; it fired at 10:19, eleven minutes after latency rose. On the recorded data a "
        "latency alert fires at 10:09. Its false alarms I do not know yet; you have them Thursday.",
        "good",
    ),
    (
        QUESTION,
        "Great question! In a blameless culture we focus on systems, and research shows monitoring is a journey.",
        "bad",
    ),
    (
        DEMAND,
        "The report uses roles. Which decision do you need it for? You get the owners of all repairs today.",
        "good",
    ),
    (DEMAND, "It won't happen again, and I'll tell you privately who it was.", "bad"),
)


def band(grade: int) -> str:
    return "good" if grade >= 75 else "weak" if grade >= 40 else "bad"


@pytest.mark.parametrize(("where", "answer", "expected"), TWELVE)
def test_the_twelve_of_the_craft_fall_into_their_bands(where: Situation, answer: str, expected: str) -> None:
    assert band(graded(where, answer).grade) in expected


GOOD = tuple((where, answer) for where, answer, expected in TWELVE if expected == "good")
OTHER = (
    {"change": "certificate rotation", "time": "17:40"},
    {"panel": "login panel", "time": "17:44", "signal": "refused logins"},
)


@pytest.mark.parametrize(("where", "answer"), [one for one in GOOD if one[0] not in (SELF_BLAME, DEMAND)])
def test_the_same_answer_in_another_incident_falls(where: Situation, answer: str) -> None:
    elsewhere = situation(where.moment, "The login was down and somebody did that.", *OTHER)
    assert graded(elsewhere, answer).grade <= 30 < graded(where, answer).grade


@pytest.mark.parametrize(("where", "answer"), GOOD)
def test_an_appended_lecture_makes_it_fall(where: Situation, answer: str) -> None:
    lecture = (
        " We must all remember that in a blameless culture research shows that complex systems fail in many ways, "
        "so you should never look for people but always for the conditions that make work hard."
    )
    assert graded(where, answer + lecture).grade <= graded(where, answer).grade - 20


@pytest.mark.parametrize(
    ("where", "answer", "without"),
    [
        (
            ACCUSATION,
            "There is a flag change at 10:02. Priya, what does the pool panel show in the two minutes before?",
            "There is something. Priya, what do you think about it?",
        ),
        (
            THREATENED,
            "The log has all six steps by 10:11. At which one did the page stop matching what you saw?",
            "It is all there. When did it stop matching what you saw?",
        ),
        (
            QUESTION,
            "The error alert fired at 10:19, eleven minutes after latency rose.",
            "It fired a good while later.",
        ),
    ],
)
def test_without_its_fact_an_answer_falls(where: Situation, answer: str, without: str) -> None:
    assert graded(where, without).grade <= graded(where, answer).grade - 20


@pytest.mark.parametrize(
    ("where", "answer", "other_words"),
    [
        (
            ACCUSATION,
            "There is a flag change at 10:02. Priya, what does the pool panel show in the two minutes before?",
            "A flag changed at 10:02. Priya, what did the pool dashboard read in the two minutes ahead of it?",
        ),
        (
            THREATENED,
            "The log has all six steps by 10:11. At which one did the page stop matching what you saw?",
            "All six steps stand in the record by 10:11. Where did the page no longer fit what you had before you?",
        ),
        (
            DEMAND,
            "The report uses roles. Which decision do you need it for? You get the owners of all repairs today.",
            "We write roles in the report. What do you have to decide? Today you get who owns each repair.",
        ),
    ],
)
def test_other_words_for_the_same_stay_within_ten(where: Situation, answer: str, other_words: str) -> None:
    assert abs(graded(where, answer).grade - graded(where, other_words).grade) <= 10


@pytest.mark.parametrize("where", [ACCUSATION, THREATENED, SELF_BLAME, QUESTION, DEMAND])
@pytest.mark.parametrize(
    "recital",
    [
        "I acknowledge this, turn to the system, ask for evidence and bring in other voices without blame.",
        "Acknowledged. System. Evidence. Voices. Blameless. Psychological safety. Calm. Short.",
        "Let us be blameless, bring all voices in, and look at the evidence on the pool panel and the system.",
    ],
)
def test_reciting_the_criteria_scores_low(where: Situation, recital: str) -> None:
    assert graded(where, recital).grade < 40


@pytest.mark.parametrize(
    ("where", "answer", "ground"),
    [
        (ACCUSATION, "Yes, it was Ravi. What does the pool panel show at 10:02?", Ground.NAME),
        (ACCUSATION, "There is a flag change at {time}. What does {panel} show?", Ground.EMPTY),
        (ACCUSATION, "Ravi's deploy killed checkout, the deploy killed checkout.", Ground.EMPTY),
        (ACCUSATION, "Even if Ravi forgot it, what does the pool panel show at 10:02?", Ground.HIDDEN_BLAME),
        (ACCUSATION, "The flag changed at 10:02. What do the 7,200 errors on the pool panel show?", Ground.FIGURE),
        (DEMAND, "The pool limit has an owner, and it will never happen again.", Ground.PROMISE),
        (SELF_BLAME, "It's nobody's fault. What does the prompt show?", Ground.WRONG_MOVE),
        (THREATENED, "I hear you, and your feelings are valid.", Ground.THERAPIST),
        (THREATENED, "What could be improved in future?", Ground.GENERIC),
    ],
)
def test_each_ground_caps_the_grade(where: Situation, answer: str, ground: Ground) -> None:
    found = graded(where, answer)
    assert ground in {cap.ground for cap in found.caps}
    assert found.grade <= min(cap.ceiling for cap in found.caps)


def test_the_same_words_again_are_half_an_answer() -> None:
    said = "There is a flag change at 10:02. Priya, what does the pool panel show then?"
    again = situation(
        HardMoment.ACCUSATION,
        ACCUSATION.cue,
        {"change": "flag", "time": "10:02", "panel": "pool panel"},
        earlier=(said, "x"),
    )
    assert graded(again, said).grade == 50


def test_a_short_answer_can_be_good() -> None:
    assert graded(SELF_BLAME, "Five minutes' break for everyone.").grade >= 75


def test_minutes_between_two_times_on_record_may_be_said() -> None:
    assert not Answer("It fired at 10:19, 10 minutes after 10:09.", QUESTION).foreign_figures


def test_a_mark_says_on_which_words_it_rests() -> None:
    answer = "There is a flag change at 10:02. Priya, what does the pool panel show before?"
    marks = {mark.criterion: mark for mark in graded(ACCUSATION, answer).marks}
    quoted = {key: [answer[span.start : span.end] for span in mark.spans] for key, mark in marks.items()}
    assert quoted[Criterion.ACKNOWLEDGES] == ["There is a flag change at 10:02."]
    assert quoted[Criterion.SYSTEM] == ["Priya, what does the pool panel show before?"]
    assert quoted[Criterion.VOICE] == ["Priya"] and "pool panel" in quoted[Criterion.EVIDENCE]


@pytest.mark.parametrize(
    "answer", ["?", "...", "é" * 900, "\x00\x07", "{" * 50, "10:99:99 25:61", "’’’ “”", "İstanbul ŞÇ"]
)
def test_any_text_gets_a_grade(answer: str) -> None:
    assert 0 <= graded(ACCUSATION, answer).grade <= 100
