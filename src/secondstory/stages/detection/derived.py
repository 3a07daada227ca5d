"""Signals that were counted from spans and log lines to series that a rule can read, as if a server had recorded them.

No Prometheus scraped them, so a rule on them needs a recording rule first; for spans that is written into the rule
file, on the metrics that the span metrics connector of an OpenTelemetry Collector makes. The value of a step is known
at its end and not before. It misleads where the recording rule counts other spans than those of served requests.
Reference: OpenTelemetry Collector contrib, connector/spanmetricsconnector.
"""

from __future__ import annotations

import re

import numpy as np

from secondstory.model.findings import EvidenceBody
from secondstory.model.signal import Floats, Signal
from secondstory.stages.detection.samples import Sampled, with_ends

REQUESTS, FAILURES, FAILED = "span_request_rate", "span_failure_rate", "span_error_ratio"
LATENCY, LINES = "span_latency_p95_ms", "log_line_rate"
_NAMES = {"request_rate": REQUESTS, "error_ratio": FAILED, "latency_p95_ms": LATENCY}
_SEVERITY = re.compile(r"log_rate\{severity=(error|fatal)\}")
_SPANS = "traces_span_metrics"
_SERVED = 'span_kind=~"SPAN_KIND_(SERVER|CONSUMER)"'
_ALL = f"sum by (service_name) (rate({_SPANS}_calls_total{{{_SERVED}}}[1m]))"
_BAD = f'sum by (service_name) (rate({_SPANS}_calls_total{{{_SERVED}, status_code="STATUS_CODE_ERROR"}}[1m]))'
RECORDED = {
    REQUESTS: _ALL,
    FAILURES: f"{_BAD} or 0 * {_ALL}",
    FAILED: f"({_BAD} or 0 * {_ALL}) / {_ALL}",
    LATENCY: f"histogram_quantile(0.95, sum by (service_name, le) "
    f"(rate({_SPANS}_duration_milliseconds_bucket{{{_SERVED}}}[1m])))",
}
"""How a Prometheus records what we count from spans. Log lines are recorded by the log store, in its own language."""


def derived_series(evidence: EvidenceBody) -> tuple[Sampled, ...]:
    """A series for each service's requests, failures, latency and error lines."""
    found = [(signal, asked) for signal in evidence.signals if (asked := derived_name(signal)) is not None]
    failures = (
        (rate, ratio)
        for service in evidence.services
        if (rate := evidence.signal(service, "request_rate")) is not None
        and (ratio := evidence.signal(service, "error_ratio")) is not None
    )
    return (
        *(_series(signal, signal.values, *asked) for signal, asked in found),
        *(
            _series(rate, rate.values * np.nan_to_num(ratio.values), FAILURES, {"service_name": rate.service})
            for rate, ratio in failures
        ),
    )


def derived_name(signal: Signal) -> tuple[str, dict[str, str]] | None:
    """What a rule calls a signal that was counted from spans or lines, and its labels; None for any other signal."""
    if signal.name or signal.peer is not None or signal.version is not None:
        return None
    labels = {"service_name": signal.service}
    severity = _SEVERITY.fullmatch(signal.indicator)
    if severity is not None:
        return LINES, {**labels, "severity": severity[1]}
    name = _NAMES.get(signal.indicator)
    return None if name is None else (name, labels)


def _series(signal: Signal, values: Floats, name: str, labels: dict[str, str]) -> Sampled:
    step_ms = signal.grid.step_s * 1000
    times_ms = (signal.grid.starts_us // 1000 + step_ms).astype(np.int64)
    return Sampled(
        name=name,
        kind="gauge",
        unit=None,
        service=signal.service,
        attributes={key: value for key, value in labels.items() if key != "service_name"},
        labels=labels,
        aliases={},
        times_ms=times_ms,
        parts={("", ""): with_ends(times_ms, values, step_ms)},
    )
