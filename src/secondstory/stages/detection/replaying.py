"""A rule and recorded samples to when it would have fired, in the incident and falsely.

Rules are evaluated every `step_s` seconds over each recorded stretch on its own, so nothing holds on across a hole. A
firing that begins in the fault-free record is a false alarm; several rows of one rule that fire together are one. It
misleads where the record begins: a range that reaches back before it holds less than it would have.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.promql import (
    CannotReplay,
    Expression,
    Row,
    Spell,
    evaluate,
    firing_spells,
    labels_named,
    line_of,
    parse,
    selectors_of,
    with_line,
    written,
)
from secondstory.model.detection import Lever, Outcome, QuietStretch, ReplayedRule, Rule, RuleKind, Trace, TracePoint
from secondstory.model.findings import Occurrence
from secondstory.model.subject import subject_key
from secondstory.model.telemetry import OccurrenceKind
from secondstory.model.window import EPOCH, Moment, Provenance, Window, epoch_us
from secondstory.stages.detection.naming import is_named
from secondstory.stages.detection.samples import Sampled, series_for
from secondstory.texts import say
from secondstory.texts.durations import duration

Floats = npt.NDArray[np.float64]
Millis = npt.NDArray[np.int64]
MOST_FALSE = 50
MOST_POINTS = 600
QUIET_PIECES = 28
_LEAD = 0.25  # share of the incident's window shown before it
_UP = (">", ">=")


@dataclass(frozen=True, eq=False)
class Record:
    """What rules are replayed on. `pieces` are the recorded stretches, `fault_free` those outside of the incident."""

    sampled: tuple[Sampled, ...]
    pieces: tuple[Window, ...]
    fault_free: tuple[Window, ...]
    window: Window
    step_s: int
    noticed: Moment | None
    alerts: tuple[Occurrence, ...]
    labels_used: tuple[str, ...]  # by the rules and objectives at hand
    evidence_ids: tuple[str, ...]
    derived: tuple[Sampled, ...] = ()  # counted from spans and log lines; no server recorded them
    derived_ids: tuple[str, ...] = ()  # evidence of these

    @property
    def readable(self) -> tuple[Sampled, ...]:
        """All that a rule can read."""
        return (*self.sampled, *self.derived)


def replay_rule(rule: Rule, record: Record) -> ReplayedRule:
    """When the rule would have fired on the record, or why that is not known."""
    nothing = _unanswered(rule, record)
    expression = parse(rule.expression)
    if isinstance(expression, CannotReplay):
        return replace(nothing, reason=_refused(expression))
    asked = selectors_of(expression)
    reads = tuple(dict.fromkeys(one.metric for one in asked if one.metric is not None))
    if any(one.metric is None for one in asked):
        return replace(nothing, reads=reads, reason=say("detection.no_single_name"))
    missing = tuple(name for name in reads if not _recorded(name, record))
    if missing:
        reason = say("detection.reads_missing", names=", ".join(missing))
        return replace(nothing, outcome=Outcome.NO_SIGNAL, reads=reads, missing=missing, reason=reason)
    counted = {one.name for one in record.derived} & {*reads}
    if counted:
        ids = {*record.derived_ids, *(record.evidence_ids if {*reads} - counted else ())}
        nothing = replace(nothing, evidence_ids=tuple(sorted(ids)))
    spells = _spells(expression, rule, record)
    if isinstance(spells, CannotReplay):
        return replace(nothing, reads=reads, reason=_refused(spells))
    judged = _judged(replace(nothing, reads=reads, lever=_lever(expression, record)), spells, record)
    if counted:
        judged = replace(judged, reason=f"{judged.reason} {say('detection.counted', names=', '.join(sorted(counted)))}")
    longest_s = max((one.range_ms or 0 for one in asked), default=0) / 1000
    recorded_s = max((piece.seconds for piece in record.pieces), default=0.0)
    if longest_s <= recorded_s:
        return judged
    short = say("detection.short_record", range=duration(longest_s), length=duration(recorded_s))
    return replace(judged, reason=f"{judged.reason} {short}")


def trace_of(replayed: ReplayedRule, record: Record) -> Trace | None:
    """What the rule compares with its line, over time; None for a rule without one."""
    expression = parse(replayed.rule.expression)
    line = None if isinstance(expression, CannotReplay) else line_of(expression)
    if line is None or replayed.lever is None:
        return None
    early = record.window.start - timedelta(seconds=record.window.seconds * _LEAD)
    asked = Window(early, record.window.end)
    shown = [cut for piece in record.pieces if (cut := piece.clip(asked)) is not None]
    if not shown:
        return None
    whole = Window(shown[0].start, shown[-1].end)
    times, values = _compared(line.left, line.op, record, tuple(shown))
    keep = np.arange(times.size) if times.size <= MOST_POINTS else _thinned(values, line.op)
    start_ms = epoch_us(whole.start) // 1000
    points = tuple(TracePoint((int(times[i]) - start_ms) / 1000, _known(values[i])) for i in keep)
    return Trace(whole, points, _quiet(replayed, line.left, line.op, record))


def moved(rule: Rule, value: float) -> Rule:
    """The rule with its line at `value`. Raises ValueError on a rule without a line."""
    expression = parse(rule.expression)
    if isinstance(expression, CannotReplay) or line_of(expression) is None:
        raise ValueError(f"{rule.name} compares with no single number")
    return replace(rule, expression=written(with_line(expression, value)))


def compared_values(expression: Expression, op: str, record: Record, pieces: tuple[Window, ...]) -> Floats:
    """What `op` would compare at each evaluation of these stretches, absent ones left out."""
    values = _compared(expression, op, record, pieces)[1]
    return values[~np.isnan(values)]


def _unanswered(rule: Rule, record: Record) -> ReplayedRule:
    return ReplayedRule(
        key=subject_key("detection", rule.kind.value, rule.name),
        rule=rule,
        outcome=Outcome.CANNOT_REPLAY,
        reason="",
        fires=None,
        sooner_s=None,
        firing=(),
        false_alarms=None,
        false_firing=(),
        recorded=_live(rule, record),
        reads=(),
        missing=(),
        lever=None,
        evidence_ids=record.evidence_ids,
    )


def _refused(refusal: CannotReplay) -> str:
    if refusal.position:
        return say("detection.cannot_replay_at", reason=refusal.reason, position=refusal.position)
    return say("detection.cannot_replay", reason=refusal.reason)


def _recorded(name: str, record: Record) -> bool:
    return any(is_named(name, one.name, one.unit, one.kind) for one in record.readable)


def _evaluated(
    expression: Expression, record: Record, pieces: Iterable[Window]
) -> tuple[tuple[Millis, tuple[Row, ...]], ...] | CannotReplay:
    """Times of evaluation and rows, stretch by stretch."""
    series = series_for(selectors_of(expression), labels_named(expression), record.readable)
    found = []
    for piece in pieces:
        edges = (epoch_us(piece.start) // 1000, epoch_us(piece.end) // 1000)
        times = np.arange(*edges, record.step_s * 1000, dtype=np.int64)
        rows = evaluate(expression, series, times)
        if isinstance(rows, CannotReplay):
            return rows
        found.append((times, rows))
    return tuple(found)


def _spells(expression: Expression, rule: Rule, record: Record) -> tuple[Spell, ...] | CannotReplay:
    evaluated = _evaluated(expression, record, record.pieces)
    if isinstance(evaluated, CannotReplay):
        return evaluated
    hold_ms, keep_ms = round(rule.hold_s * 1000), round(rule.keep_s * 1000)
    found: list[Spell] = []
    for (times, rows), piece in zip(evaluated, record.pieces, strict=True):
        end_ms = epoch_us(piece.end) // 1000
        for spell in firing_spells(rows, times, hold_ms=hold_ms, keep_ms=keep_ms):
            found.append(replace(spell, ended_ms=end_ms) if spell.ended_ms is None else spell)
    return tuple(found)


def _judged(replayed: ReplayedRule, spells: tuple[Spell, ...], record: Record) -> ReplayedRule:
    stretches = _together(spells)
    inside = tuple(one for one in stretches if record.window.holds(one.start))
    false = tuple(one for one in stretches if any(piece.holds(one.start) for piece in record.fault_free))
    judged = replace(replayed, firing=inside, false_alarms=len(false), false_firing=false[:MOST_FALSE])
    if not inside:
        if any(one.overlaps(record.window) for one in stretches):
            return replace(judged, outcome=Outcome.ALREADY, reason=say("detection.already"))
        return replace(judged, outcome=Outcome.SILENT, reason=say("detection.silent"))
    fired = inside[0].start
    fires = Moment(fired - timedelta(seconds=record.step_s), fired, Provenance.MEASURED)
    sooner = None
    if record.noticed is not None:
        low, high = record.noticed.earliest - fires.latest, record.noticed.latest - fires.earliest
        sooner = (low.total_seconds(), high.total_seconds())
    reason = say("detection.fires", step_s=record.step_s)
    if replayed.rule.kind is RuleKind.THRESHOLD:
        reason = f"{reason} {say('detection.chosen')}"
    return replace(judged, outcome=Outcome.FIRED, reason=reason, fires=fires, sooner_s=sooner)


def _together(spells: tuple[Spell, ...]) -> tuple[Window, ...]:
    """Spells of several rows as stretches in which any fires."""
    found: list[list[int]] = []
    for spell in sorted(spells, key=lambda one: one.fired_ms):
        assert spell.ended_ms is not None  # a stretch of the record ends it
        if found and spell.fired_ms <= found[-1][1]:
            found[-1][1] = max(found[-1][1], spell.ended_ms)
        else:
            found.append([spell.fired_ms, spell.ended_ms])
    return tuple(Window(_time(start), _time(max(end, start + 1))) for start, end in found)


def _time(at_ms: int) -> datetime:
    return EPOCH + timedelta(milliseconds=at_ms)


def _live(rule: Rule, record: Record) -> Moment | None:
    """When the records say that this rule first fired in the incident."""
    if rule.kind is not RuleKind.EXISTING:
        return None
    for one in record.alerts:
        named = rule.name in (dict(one.attributes).get("rule"), dict(one.attributes).get("alertname"))
        is_alert = one.kind == OccurrenceKind.ALERT and (named or one.title.split()[:1] == [rule.name])
        severity = dict(one.attributes).get("severity", rule.severity)  # tells rules of one name apart
        if is_alert and severity == rule.severity and record.window.holds(one.time):
            return Moment.at(one.time, Provenance.RECORDED)
    return None


def _compared(expression: Expression, op: str, record: Record, pieces: tuple[Window, ...]) -> tuple[Millis, Floats]:
    """Of all rows the value that is nearest to firing, at each evaluation; NaN where nothing is there."""
    evaluated = _evaluated(expression, record, pieces)
    if isinstance(evaluated, CannotReplay):
        return np.zeros(0, np.int64), np.zeros(0)
    keep = np.fmax if op in _UP else np.fmin
    found = []
    for times, rows in evaluated:
        values = np.full(times.shape, np.nan)
        for row in rows:
            finite = row.present & np.isfinite(row.values)
            values = keep(values, np.where(finite, row.values, np.nan))
        found.append((times, values))
    return np.concatenate([times for times, _ in found]), np.concatenate([values for _, values in found])


def _lever(expression: Expression, record: Record) -> Lever | None:
    line = line_of(expression)
    if line is None:
        return None
    values = compared_values(line.left, line.op, record, record.pieces)
    if not values.size:
        return None
    return Lever(line.op, line.value, float(values.min()), float(values.max()))


def _quiet(replayed: ReplayedRule, left: Expression, op: str, record: Record) -> tuple[QuietStretch, ...]:
    """The fault-free record in pieces of equal length, each with the value that it held through the rule's `for`."""
    total_s = sum(piece.seconds for piece in record.fault_free)
    length_s = max(total_s / QUIET_PIECES, float(record.step_s))
    held = max(1, round(replayed.rule.hold_s / record.step_s))
    found = []
    for piece in record.fault_free:
        times, values = _compared(left, op, record, (piece,))
        for part in _cut(piece, max(1, round(piece.seconds / length_s))):
            low, high = epoch_us(part.start) // 1000, epoch_us(part.end) // 1000
            alarms = sum(part.holds(one.start) for one in replayed.false_firing)
            found.append(QuietStretch(part, _held(values[(times >= low) & (times < high)], held, op), alarms))
    return tuple(found)


def _held(values: Floats, steps: int, op: str) -> float | None:
    """The value nearest to firing that `steps` evaluations in a row did not fall back from."""
    sign = 1.0 if op in _UP else -1.0
    known = np.where(np.isnan(values), -np.inf, values * sign)
    if known.size < steps:
        steps = max(1, known.size)
    if not known.size:
        return None
    best = np.lib.stride_tricks.sliding_window_view(known, steps).min(axis=1).max()
    return _known(float(best) * sign)


def _cut(piece: Window, count: int) -> tuple[Window, ...]:
    length = (piece.end - piece.start) / count
    edges = [*(piece.start + length * number for number in range(count)), piece.end]
    return tuple(Window(edges[number], edges[number + 1]) for number in range(count))


def _thinned(values: Floats, op: str) -> npt.NDArray[np.int64]:
    """Of each column the value nearest to firing."""
    edges = np.linspace(0, values.size, MOST_POINTS + 1).astype(int)
    pick = np.argmax if op in _UP else np.argmin
    filled = np.where(np.isnan(values), -np.inf if op in _UP else np.inf, values)
    return np.array([low + int(pick(filled[low:high])) for low, high in pairwise(edges)])


def _known(value: float) -> float | None:
    return float(f"{value:.6g}") if np.isfinite(value) else None
