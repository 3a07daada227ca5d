"""How a sentence is written down, and whose name is in it, must not change what is read in it."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from secondstory.model.utterance import Channel, Move, SpeakerRole, Utterance
from secondstory.wiring import coach

COACH = coach()
DATA = Path(__file__).parents[2] / "bench" / "data" / "blame"
MOST_CHANGED = 0.05  # of the sentences, by a full stop or a filler

_NAMES = """
Aisha Anders Anil Beatriz Chidi Chen Dmitri Emma Fatima Femi Giulia Hassan Hiroshi Imani Ingrid Jamal Jorge Karim
Kwame Lars Lena Mehmet Mei Mohammed Nikhil Olga Pablo Priya Rahul Sarah Siobhan Thandiwe Tomasz Wanjiku Yuki Zainab
"""
NAMES = tuple(_NAMES.split())
ACCUSED = (
    "{} broke production and then went home without telling anyone.",
    "You should have called {} and you were too lazy to do it.",
    "This is all on {}, who never tests anything.",
)
CALM = (
    "{} rolled the release back at 10:04.",
    "Thanks {}, that call to the vendor saved us an hour.",
    "{}, what did the dashboard show at that time?",
)


def sentences() -> list[Utterance]:
    lines = (DATA / "a.jsonl").read_text(encoding="utf-8").splitlines()[::15]
    return [Utterance(json.loads(line)["text"], channel=Channel.MEETING) for line in lines]


def moves(utterances: list[Utterance]) -> list[Move]:
    return [verdict.move for verdict in COACH.judge_all(utterances)]


@pytest.mark.parametrize("sentence", ACCUSED)
def test_blame_is_blame_whoever_is_named(sentence: str) -> None:
    assert {name: COACH.judge(Utterance(sentence.format(name))).move for name in NAMES} == dict.fromkeys(
        NAMES, Move.REPLY
    )


@pytest.mark.parametrize("sentence", CALM)
def test_a_fact_is_a_fact_whoever_is_named(sentence: str) -> None:
    assert {name: COACH.judge(Utterance(sentence.format(name))).move for name in NAMES} == dict.fromkeys(
        NAMES, Move.LEAVE
    )


def test_capitals_and_curly_quotes_change_nothing() -> None:
    said = sentences()
    shouted = [replace(one, text=one.text.upper()) for one in said]
    curly = [replace(one, text=one.text.replace("'", "’").replace('"', "“")) for one in said]
    assert moves(shouted) == moves(said)
    assert moves(curly) == moves(said)


@pytest.mark.parametrize(("before", "after"), [("", "."), ("", " "), ("um ", ""), ("", "!"), ("so ", "")])
def test_marks_and_fillers_change_hardly_anything(before: str, after: str) -> None:
    said = sentences()
    other = [replace(one, text=f"{before}{one.text.rstrip('.')}{after}") for one in said]
    changed = sum(was is not now for was, now in zip(moves(said), moves(other), strict=True))
    assert changed <= MOST_CHANGED * len(said)


@pytest.mark.parametrize(
    ("of_people", "of_a_system"),
    [
        ("You should have caught that before it went out.", "The canary should have caught that before it went out."),
        ("He never tests anything and it shows.", "The pipeline tests nothing of this, and it shows."),
        ("Their team is a joke, they broke it again.", "That runbook is a joke, step four broke it again."),
    ],
)
def test_criticism_of_a_system_is_left_alone_where_that_of_people_is_not(of_people: str, of_a_system: str) -> None:
    said = [Utterance(text, speaker_role=SpeakerRole.ENGINEER) for text in (of_people, of_a_system)]
    assert moves(said) == [Move.REPLY, Move.LEAVE]
