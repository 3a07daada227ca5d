"""Decoded OTLP/JSON objects to rows, straight from the JSON.

Protobuf's own JSON reader would take ids for base64, while OTLP writes them as hex; so it is not used. 64-bit integers
come as strings or numbers, enumerations as numbers or names; keys that we do not know are left alone.
"""

from __future__ import annotations

import math
import re
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

_HEX = re.compile(r"[0-9a-fA-F]*")
_NO_VALUE = 1
_BEYOND = 2**63
_DEPTH = 32  # of an attribute's value; more than any exporter nests
_STATUS_NAMES = ("STATUS_CODE_UNSET", "STATUS_CODE_OK", "STATUS_CODE_ERROR")
_KIND_NAMES = tuple(f"SPAN_KIND_{(name or 'unspecified').upper()}" for name in SPAN_KINDS)
_TEMPORALITY_NAMES = tuple(f"AGGREGATION_TEMPORALITY_{(name or 'unspecified').upper()}" for name in TEMPORALITIES)
_SHAPES = ("gauge", "sum", "histogram", "exponentialHistogram", "summary")


class WrongShape(Exception):
    """A part of the object is not what OTLP/JSON makes of it; the text says which. Never leaves the connector."""


def add_request(request: dict[str, Any], rows: OtlpRows, mapping: Mapping) -> None:
    """All signals of one Export…ServiceRequest; a record of a wrong shape is a reject and costs only itself."""
    for signal, scopes, records, add in _SIGNALS:
        for resource in _guarded(rows, request, signal):
            labels = _labels(resource, rows, mapping)
            found = [record for scope in _guarded(rows, resource, scopes) for record in _guarded(rows, scope, records)]
            for record in found:
                _try(add, record, labels, rows)


def _guarded(rows: OtlpRows, holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    try:
        return _objects(holder, key)
    except WrongShape as problem:
        rows.rejects.add("otlp_shape", rows.line, problem=problem)
        return []


def _try(add: Any, record: dict[str, Any], labels: Labels, rows: OtlpRows) -> None:
    try:
        add(record, labels, rows)
    except WrongShape as problem:
        rows.rejects.add("otlp_shape", rows.line, problem=problem)


def _labels(resource: dict[str, Any], rows: OtlpRows, mapping: Mapping) -> Labels:
    try:
        return split_labels(_attributes(_object(resource, "resource")), mapping)
    except WrongShape as problem:
        rows.rejects.add("otlp_shape", rows.line, problem=problem)
        return Labels("", None, None, None, "{}")


def _add_span(span: dict[str, Any], labels: Labels, rows: OtlpRows) -> None:
    attributes = _attributes(span)
    kind = _enum(span, "kind", _KIND_NAMES)
    status = _object(span, "status")
    record = (
        _string(span, "name"),
        SPAN_KINDS[kind] if 0 <= kind < len(SPAN_KINDS) else None,
        _enum(status, "code", _STATUS_NAMES),
        _string(status, "message"),
        _hex(span, "traceId", 32),
        _hex(span, "spanId", 16),
        _hex(span, "parentSpanId", 16),
    )
    weight = sample_weight(_string(span, "traceState"), attributes)
    times = (_whole(span, "startTimeUnixNano"), _whole(span, "endTimeUnixNano"))
    rows.add_span(labels, times, record, (_events(span), _links(span), weight, attributes))


def _events(span: dict[str, Any]) -> str:
    told = [
        {
            "attributes": _attributes(event),
            "name": _string(event, "name"),
            "time_us": _whole(event, "timeUnixNano") // 1000,
        }
        for event in _objects(span, "events")
    ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _links(span: dict[str, Any]) -> str:
    told = [
        {
            "attributes": _attributes(link),
            "span_id": _hex(link, "spanId", 16),
            "trace_id": _hex(link, "traceId", 32),
        }
        for link in _objects(span, "links")
    ]
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _add_log(log: dict[str, Any], labels: Labels, rows: OtlpRows) -> None:
    attributes = _attributes(log)
    if event := _string(log, "eventName"):
        attributes["event.name"] = event
    record = (
        _whole(log, "severityNumber") if not isinstance(log.get("severityNumber"), str) else _severity_code(log),
        _string(log, "severityText"),
        as_text(_plain(_object(log, "body"))),
        _hex(log, "traceId", 32),
        _hex(log, "spanId", 16),
    )
    rows.add_log(labels, _whole(log, "timeUnixNano") or _whole(log, "observedTimeUnixNano"), record, attributes)


def _severity_code(log: dict[str, Any]) -> int:
    """A severity by its name, such as SEVERITY_NUMBER_WARN2, or by its number as text."""
    text: str = log["severityNumber"].removeprefix("SEVERITY_NUMBER_")
    if text.isdecimal():
        return int(text)
    words = ("TRACE", "DEBUG", "INFO", "WARN", "ERROR", "FATAL")
    word = text.rstrip("234")
    step = int(text[len(word) :] or "1")
    return 4 * words.index(word) + step if word in words and step <= 4 else 0


def _add_metric(metric: dict[str, Any], labels: Labels, rows: OtlpRows) -> None:
    shape = next((name for name in _SHAPES if name in metric), None)
    if shape is None:
        rows.rejects.add("no_value", rows.line)
        return
    data = _object(metric, shape)
    kind = "histogram" if shape == "exponentialHistogram" else shape
    code = 2 if shape == "summary" else _enum(data, "aggregationTemporality", _TEMPORALITY_NAMES)
    temporality = TEMPORALITIES[code] if kind != "gauge" and 0 <= code < len(TEMPORALITIES) else None
    series = Series(
        _string(metric, "name"), _string(metric, "unit"), kind, temporality, data.get("isMonotonic") is True
    )
    points = []
    for given in _objects(data, "dataPoints"):
        try:
            points.append(_point(shape, given))
        except WrongShape as problem:
            rows.rejects.add("otlp_shape", rows.line, problem=problem)
    rows.add_points(labels, series, points)


def _point(shape: str, given: dict[str, Any]) -> Point:
    when = (_whole(given, "timeUnixNano"), _whole(given, "startTimeUnixNano"), _attributes(given))
    missing = bool(_whole(given, "flags") & _NO_VALUE)
    if shape in ("gauge", "sum"):
        stated = next((name for name in ("asDouble", "asInt") if name in given), None)
        return Point(*when, value=_number(given, stated) if stated and not missing else None)
    bounds, buckets = _buckets(shape, given)
    return Point(
        *when,
        count=None if missing else _whole(given, "count"),
        sum=_number(given, "sum") if "sum" in given else None,
        bounds=bounds,
        buckets=buckets,
        quantiles=[(_number(item, "quantile"), _number(item, "value")) for item in _objects(given, "quantileValues")],
    )


def _buckets(shape: str, given: dict[str, Any]) -> tuple[list[float] | None, list[int] | None]:
    if shape == "summary":
        return None, None
    if shape == "histogram":
        return [_float(item, "explicitBounds") for item in _list(given, "explicitBounds")], _counts(given)
    sides = [
        (_whole(side, "offset"), _counts(side)) for side in (_object(given, "positive"), _object(given, "negative"))
    ]
    scale, zeros = _whole(given, "scale"), _whole(given, "zeroCount")
    threshold = _number(given, "zeroThreshold") if "zeroThreshold" in given else 0.0
    return Exponential(scale, zeros, threshold, *sides).explicit()


def _counts(holder: dict[str, Any]) -> list[int]:
    return [_integer(item, "bucketCounts") for item in _list(holder, "bucketCounts")]


def _attributes(holder: dict[str, Any]) -> dict[str, str]:
    return {_string(pair, "key"): as_text(_plain(_object(pair, "value"))) for pair in _objects(holder, "attributes")}


def _plain(value: dict[str, Any], depth: int = _DEPTH) -> object:
    """An AnyValue as a JSON value; bytes stay as they are written."""
    if not depth:
        raise WrongShape("an attribute is nested too deeply")
    if not value:
        return ""
    kind, content = next(iter(value.items()))
    if kind == "intValue":
        return _integer(content, kind)
    if kind == "doubleValue":
        number = _float(content, kind)
        return number if math.isfinite(number) else str(number)
    if kind == "arrayValue":
        return [_plain(item, depth - 1) for item in _objects({"values": _values(content)}, "values")]
    if kind == "kvlistValue":
        pairs = _objects({"values": _values(content)}, "values")
        return {_string(pair, "key"): _plain(_object(pair, "value"), depth - 1) for pair in pairs}
    if isinstance(content, str | bool):
        return content
    raise WrongShape(f"{kind} is no value")


def _values(content: Any) -> Any:
    # The specification's own example writes the pairs without the object around them.
    return content if isinstance(content, list) else _list(_object({"value": content}, "value"), "values")


def _object(holder: dict[str, Any], key: str) -> dict[str, Any]:
    value = holder.get(key)
    if value is None or isinstance(value, dict):
        return value or {}
    raise WrongShape(f"{key} is no object")


def _objects(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    items = _list(holder, key)
    if all(isinstance(item, dict) for item in items):
        return items
    raise WrongShape(f"{key} holds something else than objects")


def _list(holder: dict[str, Any], key: str) -> list[Any]:
    value = holder.get(key)
    if value is None or isinstance(value, list):
        return value or []
    raise WrongShape(f"{key} is no list")


def _string(holder: dict[str, Any], key: str) -> str:
    value = holder.get(key)
    if value is None or isinstance(value, str):
        return value or ""
    raise WrongShape(f"{key} is no string")


def _whole(holder: dict[str, Any], key: str) -> int:
    return _integer(holder[key], key) if holder.get(key) is not None else 0


def _number(holder: dict[str, Any], key: str) -> float:
    return _float(holder.get(key), key)


def _integer(value: Any, key: str) -> int:
    try:
        number = int(value)
    except (TypeError, ValueError, OverflowError):
        raise WrongShape(f"{key} is no integer") from None
    if not -_BEYOND <= number < _BEYOND:
        raise WrongShape(f"{key} is beyond 64 bits")
    return number


def _float(value: Any, key: str) -> float:
    try:
        return float(value)
    except (TypeError, ValueError, OverflowError):
        raise WrongShape(f"{key} is no number") from None


def _enum(holder: dict[str, Any], key: str, names: tuple[str, ...]) -> int:
    value = holder.get(key)
    return names.index(value) if value in names else _whole(holder, key)


def _hex(holder: dict[str, Any], key: str, digits: int) -> str:
    text = _string(holder, key)
    if len(text) not in (0, digits) or not _HEX.fullmatch(text):
        raise WrongShape(f"{key} {text!r} is not {digits} hexadecimal digits")
    return text.lower()


_SIGNALS = (
    ("resourceSpans", "scopeSpans", "spans", _add_span),
    ("resourceLogs", "scopeLogs", "logRecords", _add_log),
    ("resourceMetrics", "scopeMetrics", "metrics", _add_metric),
)
