"""Turns the metrics that arrive into the live numbers that alert rules and people on duty look at."""

from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import Metric

WATCHED = (
    "http.server.request.duration",
    "process.cpu.utilization",
    "process.memory.usage",
    "db.client.connection.count",
    "db.client.connection.max",
    "db.client.connection.pending_requests",
)
# Long enough for the widest rule window; older samples are of no use to anyone live.
KEEP_S = 300.0
# Three exports: an instance that is silent for longer is not counted among the living.
STALE_S = 15.0


@dataclass(frozen=True)
class Sample:
    """A value at a time in seconds since 1970; for a histogram `counts` are cumulative since the process started."""

    at_s: float
    value: float
    counts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Series:
    """What identifies a line of samples."""

    service: str
    instance: str
    metric: str
    attributes: frozenset[tuple[str, str]]

    def attribute(self, name: str) -> str:
        """The attribute's value as text, or nothing."""
        return dict(self.attributes).get(name, "")


class Watch:
    """The last minutes of the watched metrics, by service and instance."""

    def __init__(self) -> None:
        self._series: dict[Series, deque[Sample]] = {}
        self._ended: set[str] = set()
        self._bounds_s: tuple[float, ...] = ()

    def receive(self, request: ExportMetricsServiceRequest) -> None:
        """Take in one export."""
        for resource in request.resource_metrics:
            described = dict(_texts(resource.resource.attributes))
            for metric in (metric for scope in resource.scope_metrics for metric in scope.metrics):
                if metric.name in WATCHED:
                    self._add(described, metric)

    def add(self, series: Series, sample: Sample, bounds_s: tuple[float, ...] = ()) -> None:
        """Take in one sample."""
        kept = self._series.setdefault(series, deque())
        kept.append(sample)
        while kept[0].at_s < sample.at_s - KEEP_S:
            kept.popleft()
        self._bounds_s = bounds_s or self._bounds_s

    def end(self, instance: str) -> None:
        """An instance has stopped: what it said last is no longer so."""
        self._ended.add(instance)

    def error_ratio(self, service: str, now_s: float, window_s: float) -> float | None:
        """The share of a service's requests answered with 5xx in the window; None without any request."""
        total = failed = 0.0
        for series, samples in self._matching(service, "http.server.request.duration"):
            increase = sum(_increase(samples, now_s, window_s))
            total += increase
            if series.attribute("http.response.status_code").startswith("5"):
                failed += increase
        return failed / total if total else None

    def latency_s(self, service: str, now_s: float, window_s: float, quantile: float) -> float | None:
        """A quantile of a service's request durations, linear inside its bucket, as Prometheus' histogram_quantile."""
        counts = [0.0] * (len(self._bounds_s) + 1)
        for _, samples in self._matching(service, "http.server.request.duration"):
            for position, increase in enumerate(_increase(samples, now_s, window_s)):
                counts[position] += increase
        wanted = sum(counts) * quantile
        if not wanted:
            return None
        below, lower = 0.0, 0.0
        for count, upper in zip(counts, self._bounds_s, strict=False):
            if below + count >= wanted:
                return lower + (upper - lower) * (wanted - below) / count
            below, lower = below + count, upper
        return self._bounds_s[-1]

    def latest(self, service: str, metric: str, now_s: float, state: str = "") -> float | None:
        """The sum over a service's live series of their last values; any service when `service` is empty."""
        found = [
            samples[-1].value
            for series, samples in self._matching(service, metric)
            if series.instance not in self._ended
            and now_s - samples[-1].at_s <= STALE_S
            and (not state or state in dict(series.attributes).values())
        ]
        return sum(found) if found else None

    def _matching(self, service: str, metric: str) -> Iterator[tuple[Series, deque[Sample]]]:
        for series, samples in self._series.items():
            if series.metric == metric and service in ("", series.service):
                yield series, samples

    def _add(self, described: dict[str, str], metric: Metric) -> None:
        points = getattr(metric, str(metric.WhichOneof("data"))).data_points
        for point in points:
            series = Series(
                described.get("service.name", ""),
                described.get("service.instance.id", ""),
                metric.name,
                frozenset(_texts(point.attributes)),
            )
            at_s = point.time_unix_nano / 1e9
            if metric.HasField("histogram"):
                self.add(series, Sample(at_s, point.sum, tuple(point.bucket_counts)), tuple(point.explicit_bounds))
            else:
                value = point.as_double if point.HasField("as_double") else point.as_int
                self.add(series, Sample(at_s, float(value)))


def _increase(samples: deque[Sample], now_s: float, window_s: float) -> Iterable[float]:
    """How much each bucket grew inside (now - window, now].

    A series that began inside the window grew from zero: its process counts from its own start, so unlike a scraped
    counter nothing can have been missed.
    """
    inside = [sample for sample in samples if now_s - window_s < sample.at_s <= now_s]
    if not inside:
        return []
    before = [sample for sample in samples if sample.at_s <= now_s - window_s]
    last = inside[-1].counts
    first = before[-1].counts if before else (0,) * len(last)
    return [float(after - earlier) for after, earlier in zip(last, first, strict=True)]


def _texts(attributes: Iterable[KeyValue]) -> Iterator[tuple[str, str]]:
    for attribute in attributes:
        kind = attribute.value.WhichOneof("value")
        yield attribute.key, str(getattr(attribute.value, kind)) if kind else ""
