"""What may be asked of the warehouse: a closed union, each member with the columns of its answer.

Every query names its recordings and one half-open window, or several disjoint ones in order. Steps are whole seconds,
counted from the start of each window: step k covers start + k*step_s <= t < start + (k+1)*step_s, cut at the window's
end, and `time` in an answer is the start of the step.
Steps without rows are absent from an answer, never zero. Answers are exact and do not depend on the order of rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.window import Window, hull


@dataclass(frozen=True)
class CoverageQuery:
    """What was recorded. Columns: table, service, version, instance, rows, first_time, last_time."""

    recordings: tuple[str, ...]
    window: Window


@dataclass(frozen=True)
class MetricSignalQuery:
    """Metrics as numbers per step.

    Columns: service, name, kind, unit, attributes (JSON without replica attributes), version (or null), statistic
    (value, rate, p50, p95, mean), time, value, samples. Gauges: mean over replicas of each replica's mean. Counters:
    rate per second, resets respected, added over replicas; a step shorter than the time between samples sees some
    replicas only. Histograms: rate, mean, p50, p95 from bucket differences. `by_version` keeps versions apart.
    """

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    step_s: int
    by_version: bool = False

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


@dataclass(frozen=True)
class SpanSignalQuery:
    """Served requests per step and service, from server and consumer spans (or spans without kind).

    Columns: service, version (or null), time, requests, failed, p50_ms, p95_ms, self_p95_ms. Requests and failed are
    sums of sample weights; quantiles are of the recorded spans. Self time is a span's duration less the sum of its
    direct children's, never below 0.
    """

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    step_s: int
    by_version: bool = False

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


@dataclass(frozen=True)
class EdgeSignalQuery:
    """Calls per step along caller -> callee, from parent and child spans of different services.

    Columns: caller, callee, time, calls, failed, p50_ms, p95_ms, gap_p95_ms (client span minus server span; a
    span without kind stands for the client). Latency is the callee's span, and the step the one in which that span
    began; calls and failed are sums of its sample weights. A client span without a server span names its peer
    (database, third party) as callee.
    """

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    step_s: int

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


@dataclass(frozen=True)
class LogSignalQuery:
    """Log rows per step. Columns: service, severity (debug, info, warn, error, fatal, unset), time, rows."""

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    step_s: int

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


@dataclass(frozen=True)
class LogPatternQuery:
    """Shapes of log lines inside the window against the reference windows.

    Columns: service, pattern, severity, rows, reference_rows, first_time, last_time, sample, traces, reference_traces.
    Times are of the first and last row in window or reference; the sample is the first line by the alphabet, from the
    window if it has one; traces are distinct. The `limit` keeps the shapes with most rows in either.
    """

    recordings: tuple[str, ...]
    window: Window
    reference: tuple[Window, ...]
    limit: int = 2000


@dataclass(frozen=True)
class OperationQuery:
    """Operations of spans inside the window against the reference windows.

    Columns: service, operation, spans, failed, p50_ms, p95_ms, self_p50_ms, self_p95_ms, children_mean and the same
    with the prefix reference_. Counts are of recorded spans, not of sample weights.
    """

    recordings: tuple[str, ...]
    window: Window
    reference: tuple[Window, ...]


@dataclass(frozen=True)
class TracePatternQuery:
    """What follows what inside requests, in the window against the reference windows.

    Columns: service, kind, event, following, times, reference_times. Kind `line`: a log line was the next of its span
    (an event is a place in the code where the line names one, else the line's shape). Kind `begin`: an operation's span
    began with that line. Kind `call`: an operation's span had a child of that service and operation, counted once a
    span. `following` is empty where nothing followed, so the rows of one event of kind line or begin add up to all of
    its times. Counts are of recorded rows. The `limit` keeps the most frequent of each kind.
    """

    recordings: tuple[str, ...]
    window: Window
    reference: tuple[Window, ...]
    limit: int = 4000


@dataclass(frozen=True)
class OccurrenceQuery:
    """Deploys, alerts, chat and the like. Columns: time, kind, service, title, body, actor, url, attributes."""

    recordings: tuple[str, ...]
    window: Window
    kinds: tuple[str, ...] = ()  # empty = all


@dataclass(frozen=True)
class TopologyQuery:
    """Who calls whom, over the whole window. Columns: caller, callee, calls, failed."""

    recordings: tuple[str, ...]
    window: Window


@dataclass(frozen=True)
class OutcomeQuery:
    """Requests at the entry services per step.

    Columns: service, time, total, failed, slow (duration above slow_ms; null without it), users, users_failed
    (distinct pseudonyms; null where requests carry none), seen, failed_seen, slow_seen (spans that stand for total,
    failed and slow). A request is a served span whose parent is not of the same service; requests are counted by sample
    weight.
    """

    recordings: tuple[str, ...]
    window: Window
    step_s: int
    services: tuple[str, ...]
    slow_ms: float | None = None


@dataclass(frozen=True)
class UsersHitQuery:
    """Distinct users over the whole window. Columns: service, users, users_failed, requests_with_user, requests."""

    recordings: tuple[str, ...]
    window: Window
    services: tuple[str, ...]


@dataclass(frozen=True)
class EndpointQuery:
    """Requests at some services by endpoint (the span's name), step and how long they took.

    Columns: service, endpoint, time, up_to_ms, requests, failed, seen, failed_seen. `up_to_ms` is the least of
    `limits_ms` that the request did not exceed, null beyond the last. A request is one as in OutcomeQuery, counted by
    sample weight. Of each service the `most` endpoints with most requests are named; the others have a null endpoint.
    """

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    step_s: int
    services: tuple[str, ...]
    limits_ms: tuple[float, ...]
    most: int = 20

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


@dataclass(frozen=True)
class UserStepQuery:
    """Distinct users per step at some services together.

    Columns: time, users, users_failed, users_first (those whose first failed request in the window lies in the step).
    Requests that name no user count for nothing; `users_first` adds up to the users hit over the whole window.
    """

    recordings: tuple[str, ...]
    window: Window
    step_s: int
    services: tuple[str, ...]


@dataclass(frozen=True)
class TraceExemplarQuery:
    """Requests worth opening: failed, then slowest. Columns: trace_id, service, name, time, duration_ms, failed."""

    recordings: tuple[str, ...]
    window: Window
    service: str
    limit: int = 5


@dataclass(frozen=True)
class TraceQuery:
    """Requests across services, by their trace ids.

    Columns: trace_id, time, service, name, kind, status, status_message, duration_ms, span_id, parent_span_id,
    attributes.
    """

    recordings: tuple[str, ...]
    window: Window
    trace_ids: tuple[str, ...]


@dataclass(frozen=True)
class TraceLogQuery:
    """The oldest log rows of some requests. Columns: trace_id, time, service, severity, body, span_id."""

    recordings: tuple[str, ...]
    window: Window
    trace_ids: tuple[str, ...]
    limit: int = 1000


@dataclass(frozen=True)
class TraceSearchQuery:
    """Requests with a span or log row whose attribute has this value, the oldest first.

    Columns: table (spans, logs), trace_id (null for log rows outside of any trace), time of the first, rows. The value
    is compared as text, so 7 finds the number 7 and the text "7".
    """

    recordings: tuple[str, ...]
    window: Window
    attribute: str
    value: str
    limit: int = 50


@dataclass(frozen=True)
class LogLineQuery:
    """Log rows that contain a text, oldest first. Columns: time, service, severity, body, trace_id, span_id."""

    recordings: tuple[str, ...]
    window: Window
    service: str | None
    contains: str
    limit: int = 50


@dataclass(frozen=True)
class ReplicaQuery:
    """Which versions and instances ran when. Columns: service, version, instance, first_time, last_time, rows."""

    recordings: tuple[str, ...]
    window: Window


@dataclass(frozen=True)
class TraceShapeQuery:
    """Spans that do not fit into a trace. Columns: defect (repeated, orphaned, circular), spans, trace_id (of one)."""

    recordings: tuple[str, ...]
    window: Window


@dataclass(frozen=True)
class SampleQuery:
    """Samples of metrics as they were recorded, the nearest to a time first; `limit` leaves out the farthest.

    Columns: service, instance, version, environment, resource, attributes (both JSON), name, kind, temporality, unit,
    time, value, count, sum, bounds, buckets (both numbers with commas between, null but for histograms).
    """

    recordings: tuple[str, ...]
    windows: tuple[Window, ...]
    names: tuple[str, ...]
    near: datetime
    limit: int

    @property
    def window(self) -> Window:
        """From the first stretch to the last."""
        return hull(self.windows)


Query = (
    CoverageQuery
    | MetricSignalQuery
    | SpanSignalQuery
    | EdgeSignalQuery
    | LogSignalQuery
    | LogPatternQuery
    | OperationQuery
    | OccurrenceQuery
    | TopologyQuery
    | OutcomeQuery
    | UsersHitQuery
    | EndpointQuery
    | UserStepQuery
    | TraceExemplarQuery
    | TraceQuery
    | TraceLogQuery
    | TraceSearchQuery
    | LogLineQuery
    | ReplicaQuery
    | TraceShapeQuery
    | SampleQuery
    | TracePatternQuery
)


@dataclass(frozen=True)
class Ask:
    """What a stage returns instead of a finding when it needs more evidence; two rounds at most."""

    queries: tuple[Query, ...]

    def __post_init__(self) -> None:
        if not self.queries:
            raise ValueError("a stage that asks must ask something")
