"""Questions are open, belong to an event, and follow what the record lacks."""

import pytest
from tests.stages.meeting_dossier import bare_dossier, outage_dossier

from secondstory.blameless.bad_questions import QuestionFault, question_faults
from secondstory.model.question import QuestionKind
from secondstory.stages.meeting import questions
from secondstory.texts.questions import QUESTIONS


def test_each_subject_has_one_or_two_questions_and_none_is_asked_twice() -> None:
    asked = questions(outage_dossier())
    texts = [question.text for one in asked for question in one.questions]
    assert asked and all(1 <= len(one.questions) <= 2 for one in asked)
    assert len(set(texts)) == len(texts)


def test_the_change_is_asked_about_review_and_tests_and_the_edge_about_its_protection() -> None:
    dossier = outage_dossier()
    by_subject = {one.subject: one for one in questions(dossier)}
    assert dossier.change is not None
    kinds = [question.kind for question in by_subject[dossier.change.key].questions]
    assert kinds == [QuestionKind.REVIEW, QuestionKind.TESTS]
    hop = dossier.causes.cascade[0]
    (edge,) = by_subject[f"hop/{hop.caller}/{hop.callee}"].questions
    assert edge.kind is QuestionKind.PROTECTIONS and hop.caller in edge.text and hop.callee in edge.text


def test_every_step_of_the_agenda_has_a_question_even_where_nothing_is_known() -> None:
    for dossier in (outage_dossier(), bare_dossier()):
        steps = [one.subject for one in questions(dossier) if one.subject.startswith("agenda/")]
        assert steps == [f"agenda/{step}" for step in ("timeline", "causes", "factors", "actions", "open", "close")]


def test_none_of_our_questions_is_a_bad_one() -> None:
    asked = [text for pool in QUESTIONS.values() for text in pool]
    found = {text: question_faults(text) for text in asked}
    assert {text: told for text, told in found.items() if told} == {}
    assert all(text.endswith("?") and text.count("?") == 1 and "why did" not in text.lower() for text in asked)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("What did you see? And who told you?", QuestionFault.TWO_IN_ONE),
        ("Wouldn't you agree that the deploy did it?", QuestionFault.ANSWER_INSIDE),
        ("Didn't you see the graph?", QuestionFault.ANSWER_INSIDE),
        ("Everyone knows that, right?", QuestionFault.ANSWER_INSIDE),
        ("When did you realise your mistake?", QuestionFault.PRESUPPOSED_LAPSE),
        ("Who forgot to tell whom?", QuestionFault.PRESUPPOSED_LAPSE),
        ("Why did you restart it?", QuestionFault.JUSTIFY),
        ("How could you think it was fine?", QuestionFault.JUSTIFY),
        ("Was that wise?", QuestionFault.JUDGE_ANOTHER),
        ("What should you have done at ten?", QuestionFault.UNREAL_PAST),
        ("What could have been done differently?", QuestionFault.UNREAL_PAST),
        ("Did you follow the runbook?", QuestionFault.COMPLIANCE),
        ("Are we feeling calm now?", QuestionFault.WE_FOR_YOU),
    ],
)
def test_bad_questions_are_recognised(text: str, fault: QuestionFault) -> None:
    assert fault in question_faults(text), question_faults(text)


@pytest.mark.parametrize(
    "text",
    [
        "What was on your screen at 10:02?",
        "How did the page read at that step?",
        "Which alert fired first?",
        "I should have asked earlier. What did the panel show?",
    ],
)
def test_open_questions_are_left_alone(text: str) -> None:
    assert question_faults(text) == ()
