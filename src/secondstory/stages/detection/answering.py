"""The answer in one sentence, for who reads nothing else."""

from __future__ import annotations

from secondstory.algorithms.promql import CannotReplay, line_of, parse
from secondstory.model.detection import Outcome, ReplayedRule, Rule
from secondstory.model.window import Moment, wall_time
from secondstory.stages.detection.replaying import Record
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.texts.measures import measure

_DAY_S = 86_400


def answer_sentence(best: ReplayedRule | None, rules: tuple[ReplayedRule, ...], record: Record, zone: str) -> str:
    """What would have fired, how much sooner, and how often for nothing."""
    if best is None or best.fires is None:
        replayed = sum(one.outcome in (Outcome.SILENT, Outcome.ALREADY) for one in rules)
        return say("detection.answer_none", count=replayed) if replayed else say("detection.answer_nothing")
    facts = {"watch": best.rule.short, "time": clock(best.fires, zone), "false": _falsely(best, record)}
    if best.sooner_s is None:
        return say("detection.answer_unnoticed", **facts)
    low, high = best.sooner_s
    if high <= 0:
        return say("detection.answer_later", later=between(-high, -low), **facts)
    return say("detection.answer", sooner=between(low, high), **facts)


def watched(rule: Rule) -> str:
    """What the rule watches, with its line in words where it has one."""
    expression = parse(rule.expression)
    line = None if isinstance(expression, CannotReplay) else line_of(expression)
    if line is None:
        return rule.title
    side = say("detection.above" if line.op in (">", ">=") else "detection.below")
    told = say("detection.line", title=rule.title, side=side, value=measure(line.value, rule.unit))
    return say("detection.held", what=told, hold=duration(rule.hold_s)) if rule.hold_s else told


def clock(moment: Moment, zone: str) -> str:
    """The latest time of a moment on the incident's clocks."""
    return f"{wall_time(moment.latest, zone):%H:%M:%S}"


def _falsely(best: ReplayedRule, record: Record) -> str:
    total_s = sum(piece.seconds for piece in record.fault_free)
    if not total_s or best.false_alarms is None:
        return say("detection.false_unknown")
    name = {0: "never", 1: "once"}.get(best.false_alarms, "often")
    false = say(f"detection.false_{name}", count=best.false_alarms, length=duration(total_s))
    return say("detection.false_short", false=false) if total_s < _DAY_S else false
