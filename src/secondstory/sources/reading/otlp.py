"""Parts of OTLP that its two encodings share: weights, exponential histograms, log bodies and checked rows.

Rows are tuples in the column order of `model.telemetry.SCHEMAS`. Both encodings bring their records to plain values
(nanoseconds, hex ids, attributes as strings) and hand them to `OtlpRows`, which decides what becomes of them.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from secondstory.model.telemetry import TableName
from secondstory.ports import Parsed
from secondstory.sources.reading.labels import Labels, json_object
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_rows
from secondstory.sources.reading.severity import severity_number
from secondstory.sources.reading.times import believable, unit_words

SPAN_KINDS = (None, "internal", "server", "client", "producer", "consumer")
STATUSES = ("unset", "ok", "error")
TEMPORALITIES = (None, "delta", "cumulative")

_WEIGHTS = ("sample_weight", "SampleRate")
_STACK = "exception.stacktrace"
_SETTLE_ROWS = 8192
_MOST = 2**63 - 1
_THRESHOLD_DIGITS = 14
_EVER_KEPT = 63  # p-value that stands for "kept whatever the sampler said": it represents no request


@dataclass(frozen=True, slots=True)
class Point:
    """One metric data point in plain values; `value` for gauges and sums, the rest for histograms and summaries."""

    time_ns: int
    start_ns: int
    attributes: dict[str, str]
    value: float | None = None
    count: int | None = None
    sum: float | None = None
    bounds: Sequence[float] | None = None
    buckets: Sequence[int] | None = None
    quantiles: Sequence[tuple[float, float]] = ()


@dataclass(frozen=True, slots=True)
class Series:
    """What all points of one metric share."""

    name: str
    unit: str
    kind: str  # gauge, sum, histogram, summary
    temporality: str | None
    monotonic: bool

    def as_stored(self) -> tuple[str, str | None]:
        """Kind and temporality. A cumulative sum that may fall (connections in use) is a level, so a gauge."""
        if self.kind == "sum" and not self.monotonic and self.temporality == "cumulative":
            return "gauge", None
        return self.kind, self.temporality


LogRecord = tuple[int, str, str, str, str]
"""Severity number, severity text, body, trace id, span id; ids as lower-case hex, "" where there is none."""

SpanRecord = tuple[str, str | None, int, str, str, str, str]
"""Name, kind, status code, status message, trace id, span id, parent's span id."""

SpanDetail = tuple[str, str, float, dict[str, str]]
"""Events as JSON, links as JSON, sample weight, attributes."""


@dataclass
class OtlpRows:
    """Rows of one block as they are read; `line` is the message or line that a record stands in."""

    rejects: Rejects
    line: int = 1
    _waiting: dict[TableName, list[tuple[object, ...]]] = field(default_factory=dict)
    _done: dict[TableName, list[pa.Table]] = field(default_factory=dict)

    def time_us(self, nanoseconds: int) -> int | None:
        """Microseconds, or None (and a reject) where the time is missing or cannot be meant."""
        micros = nanoseconds // 1000
        if believable(micros):
            return micros
        if nanoseconds == 0:
            self.rejects.add("time_missing", self.line)
        else:
            looks = unit_words(nanoseconds)
            self.rejects.add("time_outside", self.line, seen=nanoseconds, unit="nanoseconds", looks=looks)
        return None

    def add_log(self, labels: Labels, time_ns: int, record: LogRecord, attributes: dict[str, str]) -> None:
        """One log record; a stack trace among its attributes moves into the body."""
        time = self.time_us(time_ns)
        if time is None:
            return
        number, word, body, trace_id, span_id = record
        body = with_stack(body, attributes)
        number = number if 0 < number <= 24 else severity_number(word)
        known = (number, body, _id(trace_id), _id(span_id))
        self._add(TableName.LOGS, (time, *labels, *known, json_object(attributes)))

    def add_span(self, labels: Labels, times_ns: tuple[int, int], record: SpanRecord, told: SpanDetail) -> None:
        """One span; times are (start, end)."""
        time = self.time_us(times_ns[0])
        end = None if time is None else self.time_us(times_ns[1])
        if time is None or end is None:
            return
        duration = end - time
        name, kind, code, message, trace_id, span_id, parent = record
        if duration < 0:
            self.rejects.add("span_backwards", self.line)
        elif not _id(trace_id) or not _id(span_id):
            self.rejects.add("ids_missing", self.line)
        else:
            status = STATUSES[code] if 0 <= code < len(STATUSES) else None
            ids = (trace_id, span_id, _id(parent))
            events, links, weight, attributes = told
            known = (duration, name, kind, status, message or None, *ids, events, links, weight)
            self._add(TableName.SPANS, (time, *labels, *known, json_object(attributes)))

    def add_points(self, labels: Labels, series: Series, points: Sequence[Point]) -> None:
        """All points of a metric."""
        kind, temporality = series.as_stored()
        for point in points:
            time = self.time_us(point.time_ns)
            if time is None or not self._sound(kind, point):
                continue
            start = point.start_ns // 1000
            shared = (temporality, start if believable(start) else None)
            told = (point.value, point.count, point.sum, point.bounds, point.buckets, series.unit or None)
            row = (time, *labels, series.name, kind, *shared, *told, json_object(point.attributes))
            self._add(TableName.METRICS, row)
            for quantile, value in point.quantiles:
                if not math.isfinite(value):
                    self.rejects.add("not_finite", self.line)
                    continue
                # A quantile is a level of its own, as Prometheus has it: a gauge with the label `quantile`.
                attributes = json_object({**point.attributes, "quantile": f"{quantile:g}"})
                level = ("gauge", None, None, value, None, None, None, None, series.unit or None, attributes)
                self._add(TableName.METRICS, (time, *labels, series.name, *level))

    def _sound(self, kind: str, point: Point) -> bool:
        """True if the point can be stored; else its defect is counted."""
        buckets, bounds = point.buckets or (), point.bounds or ()
        if (point.value if kind in ("gauge", "sum") else point.count) is None:
            self.rejects.add("no_value", self.line)
        elif not all(map(math.isfinite, (point.value or 0.0, point.sum or 0.0, *bounds))):
            self.rejects.add("not_finite", self.line)
        elif buckets and len(buckets) != len(bounds) + 1:
            self.rejects.add("histogram_shape", self.line, buckets=len(buckets), bounds=len(bounds))
        elif not all(0 <= count <= _MOST for count in (point.count or 0, *buckets)):
            self.rejects.add("count_outside", self.line, most=_MOST)
        else:
            return True
        return False

    def parsed(self) -> Parsed:
        """The tables of all rows so far."""
        for name in tuple(self._waiting):
            self._settle(name)
        tables = tuple((name, pa.concat_tables(self._done[name]).combine_chunks()) for name in sorted(self._done))
        return Parsed(tables=tables, rejects=self.rejects.found())

    def _add(self, name: TableName, row: tuple[object, ...]) -> None:
        waiting = self._waiting.setdefault(name, [])
        waiting.append(row)
        if len(waiting) >= _SETTLE_ROWS:
            self._settle(name)

    def _settle(self, name: TableName) -> None:
        # A row of Python objects takes ten times the memory of its Arrow form, and slows the garbage collector.
        for _, table in table_of_rows(name, self._waiting.pop(name)):
            self._done.setdefault(name, []).append(table)


def _id(digits: str) -> str | None:
    """An id, or None where it is missing, which some exporters write as zeros."""
    return digits if digits.strip("0") else None


def with_stack(body: str, attributes: dict[str, str]) -> str:
    """The body with the stack trace of the attributes as further lines, so that a trace is one row of text."""
    stack = attributes.pop(_STACK, "").rstrip()
    if not stack or stack in body:
        return body
    return f"{body}\n{stack}" if body else stack


def sample_weight(trace_state: str, attributes: dict[str, str]) -> float:
    """How many requests a span stands for: by the OpenTelemetry entry of its trace state, an attribute, or 1.

    `th` is the rejection threshold in up to 14 hex digits, a share of 2**56; `p` (older) the exponent of 2.
    """
    if "ot=" in trace_state:
        entry = next((part.strip()[3:] for part in trace_state.split(",") if part.strip().startswith("ot=")), "")
        fields = dict(part.split(":", 1) for part in entry.split(";") if ":" in part)
        stated = _threshold_weight(fields.get("th", "")) or _power_weight(fields.get("p", ""))
        if stated is not None:
            return stated
    for name in _WEIGHTS:
        if name in attributes:
            return _positive(attributes[name])
    return 1.0


def _threshold_weight(digits: str) -> float | None:
    try:
        threshold = int(digits.ljust(_THRESHOLD_DIGITS, "0"), 16) if digits else -1
    except ValueError:
        return None
    whole = 1 << (4 * _THRESHOLD_DIGITS)
    return whole / (whole - threshold) if 0 <= threshold < whole else None


def _power_weight(text: str) -> float | None:
    if not text.isdecimal() or int(text) > _EVER_KEPT:
        return None
    return 0.0 if int(text) == _EVER_KEPT else float(2 ** int(text))


def _positive(text: str) -> float:
    try:
        weight = float(text)
    except ValueError:
        return 1.0
    return weight if math.isfinite(weight) and weight > 0 else 1.0


@dataclass(frozen=True)
class Exponential:
    """An exponential histogram: bucket i of a side holds values of size base**(offset+i) to base**(offset+i+1)."""

    scale: int  # base = 2 ** (2 ** -scale)
    zero_count: int
    zero_threshold: float
    positive: tuple[int, Sequence[int]]  # (offset, counts)
    negative: tuple[int, Sequence[int]]

    def explicit(self) -> tuple[list[float], list[int]]:
        """Bounds and buckets that hold exactly the same counts: every edge becomes a bound, outside there is nothing.

        Zeros fall between the innermost edges of the two sides. No count moves, so a quantile read from the buckets is
        as precise as it was.
        """
        low_offset, low = _trimmed(self.negative)
        high_offset, high = _trimmed(self.positive)
        bounds = [-self._edge(low_offset + place) for place in range(len(low), -1, -1)] if low else []
        bounds += [self._edge(high_offset + place) for place in range(len(high) + 1)] if high else [self.zero_threshold]
        below = [0, *reversed(low)] if low else []
        return bounds, [*below, self.zero_count, *high, 0]

    def _edge(self, index: int) -> float:
        # Edges beyond the range of floats are cut to it; no measured value lies there.
        exponent = index * 2.0**-self.scale
        return 2.0**exponent if exponent < sys.float_info.max_exp else sys.float_info.max


def _trimmed(side: tuple[int, Sequence[int]]) -> tuple[int, Sequence[int]]:
    """A side without the empty buckets that stand at its ends."""
    offset, counts = side
    filled = [place for place, count in enumerate(counts) if count]
    return (offset + filled[0], counts[filled[0] : filled[-1] + 1]) if filled else (0, ())
