"""Turns live numbers into alerts that start, fire and resolve, by rules like those of Prometheus."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum

import yaml

from secondstory.gameday.watch import Watch


@dataclass(frozen=True)
class Rule:
    """Fires when `measure` stays above `threshold` for `for_s`; `expression` says the same in PromQL."""

    name: str
    service: str
    indicator: str
    expression: str
    threshold: float
    for_s: float
    severity: str
    summary: str
    measure: Callable[[Watch, float], float | None]


class State(StrEnum):
    """Where a rule stands."""

    CALM = "calm"
    PENDING = "pending"
    FIRING = "firing"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Change:
    """A rule began to fire or is resolved."""

    rule: Rule
    state: State
    value: float | None


class Evaluator:
    """Holds what a rule needs to know between two evaluations: since when its value has been too high."""

    def __init__(self, rules: tuple[Rule, ...]) -> None:
        self._rules = rules
        self._above_since_s: dict[str, float] = {}
        self._firing: set[str] = set()

    def evaluate(self, watch: Watch, now_s: float) -> tuple[Change, ...]:
        """The changes of state at `now_s`. A rule without data is not above its threshold, as in Prometheus."""
        changes: list[Change] = []
        for rule in self._rules:
            value = rule.measure(watch, now_s)
            state = self._step(rule, value is not None and value > rule.threshold, now_s)
            if state in (State.FIRING, State.RESOLVED):
                changes.append(Change(rule, state, value))
        return tuple(changes)

    def firing(self, name: str) -> bool:
        """Whether the rule fires now."""
        return name in self._firing

    def _step(self, rule: Rule, above: bool, now_s: float) -> State:
        if not above:
            self._above_since_s.pop(rule.name, None)
            if rule.name in self._firing:
                self._firing.discard(rule.name)
                return State.RESOLVED
            return State.CALM
        since_s = self._above_since_s.setdefault(rule.name, now_s)
        if rule.name not in self._firing and now_s - since_s >= rule.for_s:
            self._firing.add(rule.name)
            return State.FIRING
        return State.PENDING


def shop_rules(names: Mapping[str, str], time_factor: float) -> tuple[Rule, ...]:
    """The rules that the shop's people had; none looks at a pool. `time_factor` shortens windows for a quick run."""
    gateway = names["gateway"]
    window_s = 60 * time_factor
    requests = "http_server_request_duration_seconds"
    window = f"{window_s:g}s"
    return (
        Rule(
            "GatewayErrorRatioHigh",
            gateway,
            "error_ratio",
            f'sum(rate({requests}_count{{service_name="{gateway}",http_response_status_code=~"5.."}}[{window}]))'
            f' / sum(rate({requests}_count{{service_name="{gateway}"}}[{window}]))',
            0.05,
            20 * time_factor,
            "page",
            f"More than 5 % of requests to {gateway} fail",
            lambda watch, now_s: watch.error_ratio(gateway, now_s, window_s),
        ),
        Rule(
            "GatewayLatencyHigh",
            gateway,
            "latency_p95",
            f'histogram_quantile(0.95, sum by (le) (rate({requests}_bucket{{service_name="{gateway}"}}[{window}])))',
            1.0,
            40 * time_factor,
            "page",
            f"Slowest 5 % of requests to {gateway} take more than one second",
            lambda watch, now_s: watch.latency_s(gateway, now_s, window_s, 0.95),
        ),
        Rule(
            "NodeCpuHigh",
            "",
            "cpu_utilization",
            'sum(process_cpu_utilization_ratio{host_name="node-1"})',
            0.4,
            10 * time_factor,
            "ticket",
            "The shop's processes use more than 40 % of node-1's processors",
            lambda watch, now_s: watch.latest("", "process.cpu.utilization", now_s),
        ),
    )


def as_prometheus(rules: tuple[Rule, ...]) -> str:
    """The rules as a Prometheus rule file."""
    listed = [
        {
            "alert": rule.name,
            "expr": f"{rule.expression} > {rule.threshold:g}",
            "for": f"{rule.for_s:g}s",
            "labels": {"severity": rule.severity, **({"service": rule.service} if rule.service else {})},
            "annotations": {"summary": rule.summary},
        }
        for rule in rules
    ]
    return yaml.safe_dump({"groups": [{"name": "shop", "rules": listed}]}, sort_keys=False, width=140)
