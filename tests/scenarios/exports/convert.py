"""Recorded OTLP to what Prometheus, Loki and Jaeger would answer of it, by the public rules of each.

Written against the formats and not against our readers: requests are decoded by OpenTelemetry's own classes, and only
what the other systems keep is kept. Prometheus: OpenTelemetry's rules for metric names (dots to underscores, units as
endings, `_total`), `job` and `instance` for the resource and the rest of it on `target_info` alone, `query_range` at a
fixed step, a series ending with its instance. Loki: its OTLP endpoint's labels, everything else structured metadata.
Jaeger: the specification's translation of spans to tags, references and processes.
"""

from __future__ import annotations

import gzip
import json
import re
import struct
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue

STEP_S = 5
STALE_S = 11  # two of the recording's export intervals: then a target counts as gone
UNIT_ENDINGS = {"s": "seconds", "ms": "milliseconds", "By": "bytes"}
LOKI_LABELS = ("service.name", "service.namespace", "service.instance.id", "deployment.environment.name")
KINDS = (None, "internal", "server", "client", "producer", "consumer")

Labels = tuple[tuple[str, str], ...]


def write_exports(telemetry: Path, out: Path) -> None:
    """`metrics.json`, `logs.json` and `traces.json` of a folder with `*.otlp.pb.gz`."""
    out.mkdir(parents=True, exist_ok=True)
    _write(out / "metrics.json", _answer("matrix", _series(telemetry / "metrics.otlp.pb.gz")))
    _write(out / "logs.json", _answer("streams", _streams(telemetry / "logs.otlp.pb.gz")))
    _write(out / "traces.json", {"data": list(_traces(telemetry / "traces.otlp.pb.gz")), "total": 0, "errors": None})


def _write(path: Path, document: Any) -> None:
    path.write_text(json.dumps(document, separators=(",", ":")), encoding="utf-8")


def _answer(kind: str, result: Iterator[Any]) -> dict[str, Any]:
    return {"status": "success", "data": {"resultType": kind, "result": list(result)}}


def _requests(path: Path, kind: Any) -> Iterator[Any]:
    data = gzip.decompress(path.read_bytes())
    place = 0
    while place < len(data):
        (size,) = struct.unpack_from(">I", data, place)
        yield kind.FromString(data[place + 4 : place + 4 + size])
        place += 4 + size


def _value(value: AnyValue) -> str | bool | int | float:
    kind = value.WhichOneof("value")
    if kind in ("string_value", "bool_value", "int_value", "double_value"):
        plain: str | bool | int | float = getattr(value, kind)
        return plain
    return str(value)


def _text(value: AnyValue) -> str:
    plain = _value(value)
    return str(plain).lower() if isinstance(plain, bool) else str(plain)


def _texts(attributes: Any) -> dict[str, str]:
    return {pair.key: _text(pair.value) for pair in attributes}


def _underscored(name: str) -> str:
    return re.sub(r"[^a-zA-Z0-9_]", "_", name)


# Prometheus


def _series(path: Path) -> Iterator[dict[str, Any]]:
    samples: dict[Labels, dict[float, float]] = defaultdict(dict)
    requests = _requests(path, ExportMetricsServiceRequest)
    for resource in (resource for request in requests for resource in request.resource_metrics):
        given = _texts(resource.resource.attributes)
        target = {"job": given.pop("service.name"), "instance": given.pop("service.instance.id")}
        info = {"__name__": "target_info", **{_underscored(key): text for key, text in given.items()}, **target}
        metrics = (metric for scope in resource.scope_metrics for metric in scope.metrics)
        for name, labels, time, value in (sample for metric in metrics for sample in _samples(metric)):
            samples[_sorted({"__name__": name, **labels, **target})][time] = value
            samples[_sorted(info)][time] = 1.0
    times = [time for series in samples.values() for time in series]
    steps = range(int(min(times)) + 1, int(max(times)) + 1, STEP_S)
    for labels in sorted(samples):
        values = list(_at_steps(sorted(samples[labels].items()), steps))
        if values:
            yield {"metric": dict(labels), "values": values}


def _sorted(labels: dict[str, str]) -> Labels:
    return tuple(sorted(labels.items()))


def _samples(metric: Any) -> Iterator[tuple[str, dict[str, str], float, float]]:
    """(name, labels, seconds, value) of every sample of a metric, under the name that Prometheus gives it."""
    shape = metric.WhichOneof("data")
    data = getattr(metric, shape)
    name = _underscored(metric.name)
    if metric.unit in UNIT_ENDINGS and not name.endswith(UNIT_ENDINGS[metric.unit]):
        name += f"_{UNIT_ENDINGS[metric.unit]}"
    if metric.unit == "1" and shape == "gauge":
        name += "_ratio"
    if shape == "sum" and data.is_monotonic:
        name += "_total"
    for point in data.data_points:
        labels = {_underscored(key): text for key, text in _texts(point.attributes).items()}
        time = point.time_unix_nano / 1e9
        if shape != "histogram":
            yield name, labels, time, getattr(point, point.WhichOneof("value"))
            continue
        level = 0
        for bound, count in zip((*point.explicit_bounds, float("inf")), point.bucket_counts, strict=True):
            level += count
            yield f"{name}_bucket", {**labels, "le": "+Inf" if bound == float("inf") else f"{bound:g}"}, time, level
        yield f"{name}_count", labels, time, point.count
        yield f"{name}_sum", labels, time, point.sum


def _at_steps(samples: list[tuple[float, float]], steps: range) -> Iterator[list[Any]]:
    """What `query_range` answers: at each step the latest sample, unless its target is gone."""
    place = -1
    for step in steps:
        while place + 1 < len(samples) and samples[place + 1][0] <= step:
            place += 1
        if place >= 0 and step - samples[place][0] <= STALE_S:
            yield [step, f"{samples[place][1]:.17g}"]


# Loki


def _streams(path: Path) -> Iterator[dict[str, Any]]:
    streams: dict[Labels, list[Any]] = defaultdict(list)
    requests = _requests(path, ExportLogsServiceRequest)
    for resource in (resource for request in requests for resource in request.resource_logs):
        given = _texts(resource.resource.attributes)
        stream = _sorted({_underscored(key): given.pop(key) for key in LOKI_LABELS if key in given})
        for log in (log for scope in resource.scope_logs for log in scope.log_records):
            metadata = {_underscored(key): text for key, text in (given | _texts(log.attributes)).items()}
            metadata |= {"severity_number": str(log.severity_number), "severity_text": log.severity_text}
            if log.trace_id:
                metadata |= {"trace_id": log.trace_id.hex(), "span_id": log.span_id.hex()}
            time = log.time_unix_nano or log.observed_time_unix_nano
            streams[stream].append([str(time), _text(log.body), metadata])
    for labels, values in sorted(streams.items()):
        newest_first = sorted(values, key=lambda value: int(value[0]), reverse=True)
        yield {"stream": dict(labels), "values": newest_first}


# Jaeger


def _traces(path: Path) -> Iterator[dict[str, Any]]:
    spans: dict[str, list[dict[str, Any]]] = defaultdict(list)
    processes: dict[str, dict[str, dict[str, Any]]] = defaultdict(dict)
    for request in _requests(path, ExportTraceServiceRequest):
        for resource in request.resource_spans:
            tags = [_tag(pair.key, pair.value) for pair in resource.resource.attributes if pair.key != "service.name"]
            name = _texts(resource.resource.attributes)["service.name"]
            process = {"serviceName": name, "tags": tags}
            for span in (span for scope in resource.scope_spans for span in scope.spans):
                trace_id = span.trace_id.hex()
                known = processes[trace_id]
                key = next((key for key, other in known.items() if other == process), f"p{len(known) + 1}")
                known[key] = process
                spans[trace_id].append(_span(span, key))
    for trace_id, found in spans.items():
        yield {"traceID": trace_id, "spans": found, "processes": processes[trace_id], "warnings": None}


def _span(span: Any, process: str) -> dict[str, Any]:
    trace_id = span.trace_id.hex()
    tags = [_tag(pair.key, pair.value) for pair in span.attributes]
    if KINDS[span.kind]:
        tags.append({"key": "span.kind", "type": "string", "value": KINDS[span.kind]})
    if span.status.code:
        code = ("UNSET", "OK", "ERROR")[span.status.code]
        tags.append({"key": "otel.status_code", "type": "string", "value": code})
        if code == "ERROR":
            tags.append({"key": "error", "type": "bool", "value": True})
    if span.status.message:
        tags.append({"key": "otel.status_description", "type": "string", "value": span.status.message})
    references = [("CHILD_OF", trace_id, span.parent_span_id.hex())] if span.parent_span_id else []
    references += [("FOLLOWS_FROM", link.trace_id.hex(), link.span_id.hex()) for link in span.links]
    return {
        "traceID": trace_id,
        "spanID": span.span_id.hex(),
        "operationName": span.name,
        "references": [{"refType": kind, "traceID": trace, "spanID": own} for kind, trace, own in references],
        "startTime": span.start_time_unix_nano // 1000,
        "duration": (span.end_time_unix_nano - span.start_time_unix_nano) // 1000,
        "tags": tags,
        "logs": [
            {
                "timestamp": event.time_unix_nano // 1000,
                "fields": [
                    {"key": "event", "type": "string", "value": event.name},
                    *(_tag(pair.key, pair.value) for pair in event.attributes),
                ],
            }
            for event in span.events
        ],
        "processID": process,
        "warnings": None,
    }


def _tag(key: str, value: AnyValue) -> dict[str, Any]:
    plain = _value(value)
    kind = {str: "string", bool: "bool", int: "int64", float: "float64"}[type(plain)]
    return {"key": key, "type": kind, "value": plain}
