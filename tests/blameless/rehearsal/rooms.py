"""Rooms to test in: the facts and people of the scoring table, and the made-up incident."""

from secondstory.blameless.rehearsal.scoring import Score, score
from secondstory.blameless.rehearsal.situation import Situation
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.rehearsal import HardMoment
from secondstory.wiring import coach

JUDGE = coach().judge


def sheet(*facts: dict[str, str]) -> FactSheet:
    scenes = tuple(Scene(str(at), tuple(sorted(fact.items())), ()) for at, fact in enumerate(facts))
    return FactSheet("incident", "Title", scenes)


def situation(moment: HardMoment, cue: str, *facts: dict[str, str], earlier: tuple[str, ...] = ()) -> Situation:
    return Situation(cue, moment, sheet(*facts), ("Priya", "Checkout engineer"), "", earlier)


ACCUSATION = situation(
    HardMoment.ACCUSATION,
    "Ravi's deploy killed checkout.",
    {"change": "flag", "time": "10:02"},
    {"panel": "pool panel", "time": "10:04"},
)
THREATENED = situation(
    HardMoment.THREATENED,
    "I followed the runbook, step by step!",
    {"runbook": "failover page", "source": "log", "time": "10:11", "value": "six steps"},
)
SELF_BLAME = situation(HardMoment.SELF_BLAME, "It was me. I ruined the launch.", {"panel": "prompt", "time": "10:04"})
QUESTION = situation(
    HardMoment.FACT_QUESTION,
    "Why wasn't this caught earlier?",
    {"alert": "error alert", "signal": "latency", "time": "10:19", "minutes": "11 min", "time_b": "10:09"},
    {"unknown": "false alarms", "due": "Thursday"},
)
DEMAND = situation(
    HardMoment.DEMAND,
    "I want a name in that report.",
    {"action": "pool limit", "owner": "Platform lead", "due": "4 December"},
)


def graded(where: Situation, answer: str) -> Score:
    return score(where, answer, JUDGE)
