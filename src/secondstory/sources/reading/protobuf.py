"""Decoded OTLP protobuf messages to rows; written for speed, since a span costs some ten microseconds."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import orjson

from secondstory.model.telemetry import Mapping
from secondstory.sources.reading.labels import Labels, as_text, split_labels
from secondstory.sources.reading.otlp import (
    SPAN_KINDS,
    TEMPORALITIES,
    Exponential,
    OtlpRows,
    Point,
    Series,
    sample_weight,
)

_NO_VALUE = 1  # flag of a data point that marks the end of a series


def add_spans(request: Any, rows: OtlpRows, mapping: Mapping) -> None:
    """The spans of an ExportTraceServiceRequest."""
    for resource in request.resource_spans:
        labels = _labels(resource, mapping)
        for scope in resource.scope_spans:
            for span in scope.spans:
                _add_span(span, labels, rows)


def _add_span(span: Any, labels: Labels, rows: OtlpRows) -> None:
    attributes = _attributes(span.attributes)
    kind = span.kind
    status = span.status
    record = (
        span.name,
        SPAN_KINDS[kind] if 0 <= kind < len(SPAN_KINDS) else None,
        status.code,
        status.message,
        span.trace_id.hex(),
        span.span_id.hex(),
        span.parent_span_id.hex(),
    )
    events = _events(span.events) if span.events else "[]"
    links = _links(span.links) if span.links else "[]"
    told = (events, links, sample_weight(span.trace_state, attributes), attributes)
    rows.add_span(labels, (span.start_time_unix_nano, span.end_time_unix_nano), record, told)


def _events(events: Iterable[Any]) -> str:
    told = [
        {"attributes": _attributes(event.attributes), "name": event.name, "time_us": event.time_unix_nano // 1000}
        for event in events
    ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _links(links: Iterable[Any]) -> str:
    told = [
        {"attributes": _attributes(link.attributes), "span_id": link.span_id.hex(), "trace_id": link.trace_id.hex()}
        for link in links
    ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def add_logs(request: Any, rows: OtlpRows, mapping: Mapping) -> None:
    """The records of an ExportLogsServiceRequest; one without a time of its own has that of its observation."""
    for resource in request.resource_logs:
        labels = _labels(resource, mapping)
        for scope in resource.scope_logs:
            for log in scope.log_records:
                _add_log(log, labels, rows)


def _add_log(log: Any, labels: Labels, rows: OtlpRows) -> None:
    attributes = _attributes(log.attributes)
    if log.event_name:
        attributes["event.name"] = log.event_name
    record = (log.severity_number, log.severity_text, _text(log.body), log.trace_id.hex(), log.span_id.hex())
    rows.add_log(labels, log.time_unix_nano or log.observed_time_unix_nano, record, attributes)


def add_metrics(request: Any, rows: OtlpRows, mapping: Mapping) -> None:
    """The data points of an ExportMetricsServiceRequest."""
    for resource in request.resource_metrics:
        labels = _labels(resource, mapping)
        for scope in resource.scope_metrics:
            for metric in scope.metrics:
                _add_metric(metric, labels, rows)


def _add_metric(metric: Any, labels: Labels, rows: OtlpRows) -> None:
    shape = metric.WhichOneof("data")
    if shape is None:
        rows.rejects.add("no_value", rows.line)
        return
    data = getattr(metric, shape)
    kind = "histogram" if shape == "exponential_histogram" else shape
    code = 0 if shape == "gauge" else 2 if shape == "summary" else data.aggregation_temporality
    temporality = TEMPORALITIES[code] if 0 <= code < len(TEMPORALITIES) else None
    monotonic = shape == "sum" and data.is_monotonic
    points = [_POINTS[shape](point) for point in data.data_points]
    rows.add_points(labels, Series(metric.name, metric.unit, kind, temporality, monotonic), points)


def _number_point(point: Any) -> Point:
    stated = None if point.flags & _NO_VALUE else point.WhichOneof("value")
    value = float(getattr(point, stated)) if stated else None
    return Point(*_when(point), value=value)


def _histogram_point(point: Any) -> Point:
    return Point(
        *_when(point),
        count=None if point.flags & _NO_VALUE else point.count,
        sum=point.sum if point.HasField("sum") else None,
        bounds=list(point.explicit_bounds),
        buckets=list(point.bucket_counts),
    )


def _exponential_point(point: Any) -> Point:
    sides = [(side.offset, list(side.bucket_counts)) for side in (point.positive, point.negative)]
    bounds, buckets = Exponential(point.scale, point.zero_count, point.zero_threshold, *sides).explicit()
    return Point(
        *_when(point),
        count=None if point.flags & _NO_VALUE else point.count,
        sum=point.sum if point.HasField("sum") else None,
        bounds=bounds,
        buckets=buckets,
    )


def _summary_point(point: Any) -> Point:
    return Point(
        *_when(point),
        count=None if point.flags & _NO_VALUE else point.count,
        sum=point.sum,
        quantiles=[(value.quantile, value.value) for value in point.quantile_values],
    )


_POINTS = {
    "gauge": _number_point,
    "sum": _number_point,
    "histogram": _histogram_point,
    "exponential_histogram": _exponential_point,
    "summary": _summary_point,
}


def _when(point: Any) -> tuple[int, int, dict[str, str]]:
    return point.time_unix_nano, point.start_time_unix_nano, _attributes(point.attributes)


def _labels(resource: Any, mapping: Mapping) -> Labels:
    return split_labels(_attributes(resource.resource.attributes), mapping)


def _attributes(pairs: Iterable[Any]) -> dict[str, str]:
    return {pair.key: pair.value.string_value or _text(pair.value) for pair in pairs}


def _text(value: Any) -> str:
    """An AnyValue as text; strings as they are, others as JSON."""
    return as_text(_plain(value))


def _plain(value: Any) -> object:
    kind = value.WhichOneof("value")
    if kind is None:
        return ""
    if kind == "array_value":
        return [_plain(item) for item in value.array_value.values]
    if kind == "kvlist_value":
        return {pair.key: _plain(pair.value) for pair in value.kvlist_value.values}
    if kind == "bytes_value":
        return value.bytes_value.hex()
    return getattr(value, kind)
