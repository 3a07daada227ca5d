"""What the coach reads in an utterance, and what it leaves alone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.utterance import Label, Move, Span, SpeakerRole, Utterance
from secondstory.wiring import coach

COACH = coach()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Who is to blame for this?", Label.ASKS_FOR_NAME),
        ("You should have checked the lag before you failed over.", Label.COUNTERFACTUAL),
        ("The root cause was human error.", Label.STOPS_AT_PEOPLE),
    ],
)
def test_blame_gets_a_reply_with_its_reason(text: str, label: Label) -> None:
    verdict = COACH.judge(Utterance(text))
    assert label in verdict.labels
    assert verdict.move is Move.REPLY
    assert verdict.severity > 0
    assert all(reason.words in text for reason in verdict.reasons)


@pytest.mark.parametrize(
    "text",
    [
        "We keep names out of this, but you never read the runbook.",
        "The ticket said 'do not touch', and you just ignored the warning.",
    ],
)
def test_a_rule_or_a_quotation_beside_blame_does_not_excuse_it(text: str) -> None:
    assert COACH.judge(Utterance(text)).move is Move.REPLY


@pytest.mark.parametrize(
    "text", ["That one is on me, I should have seen it.", "The mistake was mine, I did not read the prompt."]
)
def test_self_blame_gets_support_and_never_a_reply(text: str) -> None:
    verdict = COACH.judge(Utterance(text))
    assert verdict.labels == (Label.SELF_BLAME,)
    assert (verdict.move, verdict.severity) == (Move.SUPPORT, 0)


@pytest.mark.parametrize(
    "text",
    [
        "We are not here to find out who is at fault.",
        "The alert should have fired at ten.",
        "git blame shows the line came in March.",
        "Reviews look at what the tools showed rather than who was at the keyboard.",
        "Blaming people makes the next report shorter.",
        "Sam rolled back at 10:04.",
        "Nobody in this room is on trial, we look at what the tools showed.",
        "We do not ask who typed it.",
        "Nothing you say in this review can be used in an appraisal.",
        "When people are punished for reporting, the next outage is found later.",
        "The first draft read 'the operator was careless'; it now says what the panel showed.",
        'A user on the forum wrote "fire whoever did this" while the patch was going out.',
        "'Human error' is not accepted as a cause in this template.",
    ],
)
def test_norms_quotations_systems_and_facts_are_left_alone(text: str) -> None:
    assert COACH.judge(Utterance(text)).labels == ()


@pytest.mark.parametrize(
    "text",
    [
        "How many customers were affected?",
        "What happened, and how bad is it?",
        "Are we safe tonight?",
        "Is it safe now?",
        "Why wasn't this caught earlier?",
        "why was this not caught in testing",
        "Why wasn't it tested before release?",
        "Why did the alert not fire?",
        "How did this get through?",
        "Okay, how did that get past the review?",
        "Why did it take so long?",
        "So why did it take forty minutes to roll back?",
        "Is it the same as last time?",
        "Who is accountable?",
        "Was a procedure broken?",
        "Was it human error?",
        "Can it happen again?",
        "How do we prevent it?",
        "What do you need from me?",
        "What do I tell customers, the board, the regulator?",
    ],
)
def test_an_executive_who_asks_for_a_fact_gets_an_answer(text: str) -> None:
    verdict = COACH.judge(Utterance(text, speaker_role=SpeakerRole.EXECUTIVE))
    assert (verdict.move, verdict.labels) == (Move.ANSWER, ())
    assert COACH.judge(Utterance(text)).move is Move.LEAVE


@pytest.mark.parametrize(
    "text",
    [
        "Why did you not catch this earlier?",
        "Why wasn't this caught earlier, Ravi?",
        "How did nobody see this?",
        "Who let this through?",
        "I want a name.",
    ],
)
def test_an_executive_who_means_somebody_gets_a_reply(text: str) -> None:
    assert COACH.judge(Utterance(text, speaker_role=SpeakerRole.EXECUTIVE)).move is Move.REPLY


@pytest.mark.parametrize(
    "text",
    [
        "Wer hat das kaputt gemacht und warum war niemand da?",
        "¿Quién tiene la culpa de esto y por qué no lo vio?",
        "谁应该为这次故障负责？",
        "Qui est responsable de la panne et pourquoi nous ne savons pas?",
    ],
)
def test_other_languages_are_not_read(text: str) -> None:
    verdict = COACH.judge(Utterance(text))
    assert not verdict.is_read
    assert verdict.labels == ()


@pytest.mark.parametrize("text", ["", "ok", "Sure.", "p99 went to 4 s", "Who did it?", "Jürgen's fault, no?"])
def test_short_texts_are_read(text: str) -> None:
    assert COACH.judge(Utterance(text)).is_read


@given(st.lists(st.text(max_size=80), max_size=4))
def test_any_text_gets_a_verdict_and_each_the_one_it_gets_alone(texts: list[str]) -> None:
    said = tuple(Utterance(text) for text in texts)
    assert COACH.judge_all(said) == tuple(COACH.judge(one) for one in said)


def test_a_name_of_somebody_in_the_room_counts_without_its_capital_too() -> None:
    bare = "karl took the shop down again on saturday"
    assert coach().judge(Utterance(bare)).move is Move.LEAVE
    verdict = coach().judge(Utterance(bare, people=("Karl", "Ines")))
    assert verdict.move is Move.REPLY and verdict.target == Span(0, 4)


@pytest.mark.parametrize(
    "text",
    [
        "It was Karl's fault.",
        "Honestly, that was all Ines's doing",
        "Karl is to blame",
        "this is clearly on Ines",
        "It was responder-2’s mistake",
        "That was his fault",
    ],
)
def test_fault_that_is_laid_at_somebody_s_door_is_seen_by_name_token_and_pronoun(text: str) -> None:
    verdict = COACH.judge(Utterance(text, people=("Karl", "Ines")))
    assert Label.BLAMES_PERSON in verdict.labels and verdict.severity == 2


@pytest.mark.parametrize(
    "text", ["It was the cache's fault", "It was nobody's fault", "Karl's fault tolerance patch", "is this on Karl?"]
)
def test_a_thing_at_fault_and_a_question_who_takes_it_are_left_alone(text: str) -> None:
    assert COACH.judge(Utterance(text, people=("Karl", "Ines"))).severity == 0


@pytest.mark.parametrize(
    "text",
    [
        "It was Priyanka's fault.",
        "it was priya's fault",
        "That's all Zbigniew's doing, really.",
        "So Okonkwo is to blame.",
        "This is on Maria.",
        "It was Ana Lindqvist’s mistake.",
        "It was James' own mess.",
    ],
)
def test_fault_that_is_laid_at_the_door_of_somebody_never_heard_of_is_seen(text: str) -> None:
    verdict = COACH.judge(Utterance(text))
    assert Label.BLAMES_PERSON in verdict.labels and verdict.severity == 2


@pytest.mark.parametrize(
    "text",
    [
        "It was Redis's fault",
        "It was Google Cloud's fault",
        "It was GitHub's fault",
        "It was Monday's deploy",
        "It was Monday's mistake in the calendar",
        "I think Monitoring was at fault",
        "Zola is at fault",  # the capital is the sentence's
        "It's on Maria's screen",
        "This is on Jenkins",
        "It was Frankfurt's fault",
        "It was Ledger's fault",
        "It was Priyanka's fault tolerance patch",
    ],
)
def test_things_that_are_blamed_are_no_people(text: str) -> None:
    assert COACH.judge(Utterance(text, things=("ledger",))).severity == 0
