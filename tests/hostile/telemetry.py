"""Small telemetry to spoil: log lines, and OTLP requests of logs, spans and gauges."""

import json
from collections.abc import Iterable

START_S = 1_772_366_400  # 2026-03-01T12:00:00Z
NS = 1_000_000_000


def log_line(second: int, message: str = "done", service: str = "orders") -> str:
    return json.dumps({"time": START_S + second, "service": service, "level": "INFO", "message": message}) + "\n"


def log_lines(count: int) -> str:
    return "".join(log_line(number % 600, f"request {number}") for number in range(count))


def resource(service: str) -> dict[str, object]:
    return {"attributes": [attribute("service.name", service)]}


def attribute(key: str, value: str) -> dict[str, object]:
    return {"key": key, "value": {"stringValue": value}}


def span(trace: int, number: int, **changed: object) -> dict[str, object]:
    start = START_S * NS + trace * NS
    usual = {
        "traceId": f"{trace + 1:032x}",
        "spanId": f"{number + 1:016x}",
        "name": "GET /orders",
        "kind": 2,
        "startTimeUnixNano": str(start),
        "endTimeUnixNano": str(start + 20_000_000),
        "status": {},
    }
    return usual | changed


def spans_line(service: str, spans: Iterable[dict[str, object]]) -> str:
    scopes = [{"scope": {"name": "s"}, "spans": list(spans)}]
    return json.dumps({"resourceSpans": [{"resource": resource(service), "scopeSpans": scopes}]}) + "\n"


def gauge_line(service: str, second: int, value: object) -> str:
    point = {"timeUnixNano": str((START_S + second) * NS), "asDouble": value}
    metrics = [{"name": "queue.length", "gauge": {"dataPoints": [point]}}]
    resources = [{"resource": resource(service), "scopeMetrics": [{"scope": {"name": "s"}, "metrics": metrics}]}]
    return json.dumps({"resourceMetrics": resources}) + "\n"
