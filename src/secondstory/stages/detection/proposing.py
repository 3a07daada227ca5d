"""What the incident showed first, and what was promised, to rules that could have told of it.

- A **threshold** on each of the signals that left their band first and are metrics: the line lies half-way between the
  highest value of the fault-free record and the highest of the incident (for falling signals the lowest), so it claims
  no more than that the two are apart. Where they are not, nothing is proposed.
- A **burn rate** for each objective whose indicator is given in PromQL: the share of its period's budget that may go in
  a window, told by a long window and confirmed by a short one (Google SRE Workbook, chapter 5: 2 % in an hour, 5 % in
  six). Where nobody gave one, for those proposed from fault-free requests, on spans.
- **Absence** of the first of those signals.

Where no metric told, the same is proposed on what was counted from spans, and then from error lines.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from secondstory.algorithms.promql import (
    CannotReplay,
    Expression,
    duration_text,
    parse,
    selectors_of,
    with_range,
    written,
)
from secondstory.model.detection import Rule, RuleKind
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Burn
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.system import AlertRule, Objective
from secondstory.model.telemetry import REPLICA_ATTRIBUTES
from secondstory.model.timeline import Onset
from secondstory.stages.detection.derived import FAILURES, REQUESTS, derived_name
from secondstory.stages.detection.naming import label_name, metric_name
from secondstory.stages.detection.replaying import Record, compared_values
from secondstory.stages.detection.samples import Sampled
from secondstory.texts import say
from secondstory.texts.durations import duration

MOST_THRESHOLDS = 4
_KINDS = (SignalKind.SATURATION, SignalKind.ERRORS, SignalKind.LATENCY)
_HOLD_S = 15.0  # two samples at the usual pace of collecting, so that one odd sample wakes nobody
_LEAST_RANGE_S = 60.0
_SAMPLES_IN_RANGE = 4  # one missed scrape leaves a rate
_BUDGETS = ((0.02, 3600, 300, "Fast"), (0.05, 21_600, 1800, "Slow"))  # share, long and short window, name
_QUANTILES = {"p50": "0.5", "p95": "0.95"}
_SIDES = {">": "high", "<": "low"}
_WORDS = re.compile(r"[A-Za-z0-9]+")


@dataclass(frozen=True)
class Shown:
    """A signal that left its band, and its onset."""

    signal: Signal
    onset: Onset


def existing_rules(rules: tuple[AlertRule, ...], objectives: tuple[Objective, ...]) -> tuple[Rule, ...]:
    """The rules that were there, the burn rate alerts of objectives among them."""
    burns = [rule for objective in objectives for rule in _asked_burns(objective)]
    return (*_given(rules), *burns)


def _given(rules: tuple[AlertRule, ...]) -> tuple[Rule, ...]:
    return tuple(
        Rule(
            name=rule.name,
            kind=RuleKind.EXISTING,
            title=rule.name,
            short=rule.name,
            expression=rule.expression,
            hold_s=rule.hold.total_seconds(),
            keep_s=rule.keep.total_seconds(),
            severity=rule.severity,
        )
        for rule in rules
    )


def first_shown(evidence: EvidenceBody, onsets: tuple[Onset, ...]) -> tuple[Shown, ...]:
    """Metrics of fullness, failures or waiting in the order in which they left their band; each metric once."""
    by_key = {signal.key: signal for signal in evidence.signals}
    found: dict[tuple[str, str], Shown] = {}
    for onset in sorted(onsets, key=lambda one: (one.moment.latest, -abs(one.strength), one.signal_key)):
        signal = by_key.get(onset.signal_key)
        if signal is None or not signal.name or signal.kind not in _KINDS:
            continue
        if _statistic(signal) in ("value", "rate", *_QUANTILES):
            found.setdefault((signal.service, signal.name), Shown(signal, onset))
    return tuple(found.values())[:MOST_THRESHOLDS]


def proposed_rules(shown: tuple[Shown, ...], objectives: tuple[Objective, ...], record: Record) -> tuple[Rule, ...]:
    """All proposals; the label that names a service is the one that the rules at hand use."""
    thresholds = [rule for one in shown if (rule := _threshold(one, record)) is not None]
    burns = [rule for objective in objectives for rule in _burns(objective)]
    return (*thresholds, *burns, *_absence(shown, record))


def derived_rules(evidence: EvidenceBody, onsets: tuple[Onset, ...], record: Record) -> tuple[Rule, ...]:
    """Thresholds on requests as spans tell them, and silence of the service that showed first; else on error lines."""
    by_key = {signal.key: signal for signal in evidence.signals}
    ordered = sorted(onsets, key=lambda one: (one.moment.latest, -abs(one.strength), one.signal_key))
    shown = [Shown(signal, one) for one in ordered if (signal := by_key.get(one.signal_key)) is not None]
    shown = [one for one in shown if derived_name(one.signal) is not None]
    for kinds in (_KINDS, (SignalKind.LOGS,)):
        of_kind = [one for one in shown if one.signal.kind in kinds and one.onset.strength > 0]
        thresholds = [rule for one in of_kind if (rule := _threshold(one, record)) is not None][:MOST_THRESHOLDS]
        if thresholds:
            return (*thresholds, *_silence(of_kind[0].signal.service, record))
    return ()


def _silence(service: str, record: Record) -> tuple[Rule, ...]:
    if not any((one.name, one.service) == (REQUESTS, service) for one in record.derived):
        return ()
    rule = Rule(
        name=_name(service, "requests", "absent"),
        kind=RuleKind.ABSENCE,
        title=say("detection.watches_silence", service=service),
        short=say("detection.short_absence", service=service),
        expression=f'max_over_time({REQUESTS}{{service_name="{_quoted(service)}"}}[5m]) <= 0',
        hold_s=0.0,
        keep_s=0.0,
        severity="ticket",
        unit="1/s",
    )
    return (rule,)


def _threshold(shown: Shown, record: Record) -> Rule | None:
    compared = _expression(shown.signal, record)
    if compared is None:
        return None
    op = ">" if shown.onset.strength > 0 else "<"
    expression = parse(compared)
    assert not isinstance(expression, CannotReplay), compared  # we wrote it
    quiet = compared_values(expression, op, record, record.fault_free)
    during = compared_values(expression, op, record, (record.window,))
    if not quiet.size or not during.size:
        return None
    usual, worst = (quiet.max(), during.max()) if op == ">" else (quiet.min(), during.min())
    line = float(f"{(usual + worst) / 2:.2g}")
    if not (usual < line < worst if op == ">" else worst < line < usual):
        return None
    signal = shown.signal
    return Rule(
        name=_name(signal.service, signal.name or signal.indicator, *_told_statistic(signal), _SIDES[op]),
        kind=RuleKind.THRESHOLD,
        title=say(f"detection.watches_{signal.kind.value}", service=signal.service, indicator=_words(signal)),
        short=say(f"detection.short_{signal.kind.value}", service=signal.service),
        expression=f"{compared} {op} {line:.10g}",
        hold_s=_HOLD_S,
        keep_s=0.0,
        severity="page",
        unit=signal.unit,
    )


def _expression(signal: Signal, record: Record) -> str | None:
    """What the signal measures, in PromQL; None where its samples are not at hand."""
    derived = derived_name(signal)
    if derived is not None:
        name, labels = derived
        pairs = ", ".join(f'{label}="{_quoted(value)}"' for label, value in labels.items())
        return f"max({name}{{{pairs}}})"
    series = [one for one in record.sampled if _is_of(one, signal)]
    if not series:
        return None
    first = series[0]
    name = metric_name(first.name, first.unit, first.kind)
    conditions = _conditions(first, record)
    span = f"[{duration_text(_range_ms(record))}]"
    statistic = _statistic(signal)
    if statistic in _QUANTILES:
        return f"histogram_quantile({_QUANTILES[statistic]}, sum by (le) (rate({name}_bucket{conditions}{span})))"
    if statistic == "rate":
        counted = f"{name}_count" if first.kind == "histogram" else name
        return f"sum(rate({counted}{conditions}{span}))"
    return f"max({name}{conditions})"


def _is_of(one: Sampled, signal: Signal) -> bool:
    if (one.service, one.name) != (signal.service, signal.name):
        return False
    told = [f"{key}={value}" for key, value in one.attributes.items() if key not in REPLICA_ATTRIBUTES]
    return all(pair in signal.indicator for pair in told)


def _conditions(one: Sampled, record: Record) -> str:
    label = service_label(one, record)
    pairs = {label: one.service} | {
        label_name(key): value for key, value in one.attributes.items() if key not in REPLICA_ATTRIBUTES
    }
    return "{" + ", ".join(f'{key}="{_quoted(value)}"' for key, value in pairs.items()) + "}"


def service_label(one: Sampled, record: Record) -> str:
    """The label by which the rules at hand name a service; else what OpenTelemetry, or Prometheus, would use."""
    known = [label for label in record.labels_used if one.aliases.get(label) == one.service]
    return known[0] if known else "service_name" if "." in one.name else "job"


def _asked_burns(objective: Objective) -> list[Rule]:
    """The alerts that the objective's policies ask for."""
    ratio = _ratio(objective)
    if ratio is None:
        return []
    return [
        Rule(
            name=alert.name,
            kind=RuleKind.EXISTING,
            title=say(
                "detection.watches_budget",
                objective=objective.name,
                factor=f"{alert.threshold:.3g}",
                window=duration(alert.lookback.total_seconds()),
            ),
            short=alert.name,
            expression=f"({_bad(*ratio, round(alert.lookback.total_seconds()))}) > "
            f"{alert.threshold * (1 - objective.target_ratio):.6g}",
            hold_s=alert.hold.total_seconds(),
            keep_s=0.0,
            severity=alert.severity,
        )
        for alert in objective.alerts
    ]


def _ratio(objective: Objective) -> tuple[Expression, Expression] | None:
    """Good and all requests; None where they are not given in PromQL, or have no range that a window could stretch."""
    good, total = parse(objective.good_query or "?"), parse(objective.total_query or "?")
    if isinstance(good, CannotReplay) or isinstance(total, CannotReplay):
        return None
    ranged = all(one.range_ms for one in (*selectors_of(good), *selectors_of(total)))
    return (good, total) if ranged else None


def _burns(objective: Objective) -> list[Rule]:
    ratio = _ratio(objective)
    if ratio is None:
        return []
    return _budget_rules(objective.name, objective.target_ratio, objective.period, partial(_bad, *ratio))


def span_burns(burns: tuple[Burn, ...], record: Record) -> tuple[Rule, ...]:
    """Burn rates of objectives that nobody gave, on requests as spans tell them."""
    told = {one.service for one in record.derived if one.name == FAILURES}
    return tuple(
        rule
        for burn in burns
        if burn.proposed and burn.endpoint is None and burn.indicator == "availability" and burn.service in told
        for rule in _budget_rules(
            burn.objective, burn.target_ratio, timedelta(days=burn.period_days), partial(_bad_spans, burn.service)
        )
    )


def _budget_rules(name: str, target_ratio: float, period: timedelta, bad: Callable[[int], str]) -> list[Rule]:
    """`bad` gives the share of bad requests over so many seconds, in PromQL."""
    found = []
    for share, long_s, short_s, pace in _BUDGETS:
        factor = share * period / timedelta(seconds=long_s)
        line = f"{factor * (1 - target_ratio):.6g}"
        parts = [f"({bad(seconds)}) > {line}" for seconds in (long_s, short_s)]
        window = duration(long_s)
        found.append(
            Rule(
                name=_name(name, "budget", "burns", pace),
                kind=RuleKind.BURN_RATE,
                title=say("detection.watches_budget", objective=name, factor=f"{factor:.3g}", window=window),
                short=say("detection.short_budget", objective=name),
                expression=" and ".join(parts),
                hold_s=0.0,
                keep_s=0.0,
                severity="page" if pace == "Fast" else "ticket",
            )
        )
    return found


def _bad_spans(service: str, seconds: int) -> str:
    of = f'{{service_name="{_quoted(service)}"}}[{duration_text(seconds * 1000)}]'
    return f"sum_over_time({FAILURES}{of}) / sum_over_time({REQUESTS}{of})"


def _bad(good: Expression, total: Expression, seconds: int) -> str:
    first, second = (written(with_range(one, seconds * 1000)) for one in (good, total))
    return f"1 - ({first}) / ({second})"


def _absence(shown: tuple[Shown, ...], record: Record) -> tuple[Rule, ...]:
    for one in shown:
        series = [each for each in record.sampled if (each.service, each.name) == (one.signal.service, one.signal.name)]
        if not series:
            continue
        first = series[0]
        name = metric_name(first.name, first.unit, first.kind) + ("_count" if first.kind == "histogram" else "")
        condition = f'{{{service_label(first, record)}="{_quoted(first.service)}"}}'
        return (
            Rule(
                short=say("detection.short_absence", service=first.service),
                name=_name(first.service, first.name, "absent"),
                kind=RuleKind.ABSENCE,
                title=say("detection.watches_absence", service=first.service, indicator=first.name),
                expression=f"absent_over_time({name}{condition}[5m])",
                hold_s=0.0,
                keep_s=0.0,
                severity="ticket",
            ),
        )
    return ()


def _range_ms(record: Record) -> int:
    """Several samples long, whatever their pace."""
    steps = sorted(one.step_ms for one in record.sampled if one.times_ms.size > 1)
    usual_s = steps[len(steps) // 2] / 1000 if steps else 0.0
    return int(max(_LEAST_RANGE_S, -(-_SAMPLES_IN_RANGE * usual_s // 60) * 60) * 1000)


def _statistic(signal: Signal) -> str:
    """From `name.p95{…}` the statistic; a signal turned over (1-name) has none that a rule could use."""
    if not signal.name:
        return "value"
    if not signal.indicator.startswith(signal.name):
        return "turned"
    return signal.indicator[len(signal.name) :].partition("{")[0].lstrip(".") or "value"


def _told_statistic(signal: Signal) -> tuple[str, ...]:
    statistic = _statistic(signal)
    return () if statistic == "value" else (statistic,)


def _words(signal: Signal) -> str:
    """The metric and what tells it from its siblings: db.client.connection.count, used."""
    head, _, inside = signal.indicator.partition("{")
    values = [pair.partition("=")[2] for pair in inside.rstrip("}").split(",") if "=" in pair]
    return ", ".join([head, *(value for value in values if value.isidentifier())])


def _name(*parts: str) -> str:
    words = [word for part in parts for word in _WORDS.findall(part)]
    return "".join(word[:1].upper() + word[1:] for word in words)


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
