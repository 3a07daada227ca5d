"""Small telemetry to spoil: log lines, and OTLP requests of logs, spans and gauges."""

import json
from collections.abc import Iterable
from pathlib import Path

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


def times(start_ns: int, end_ns: int) -> dict[str, object]:
    return {"startTimeUnixNano": str(start_ns), "endTimeUnixNano": str(end_ns)}


def moments(second: int) -> dict[str, object]:
    """The times of a span of a millisecond."""
    return times((START_S + second) * NS, (START_S + second) * NS + 1_000_000)


MINUTES = 30
OUTAGE_S = (20 * 60, 27 * 60)
WINDOW = "2026-03-01T12:18:00Z/2026-03-01T12:29:00Z"
SOUND_ROWS = {"sound/gauges.jsonl": {"metrics": 120}, "sound/orders.jsonl": {"logs": 600}}
SOUND_ROWS |= {"sound/spans.jsonl": {"spans": 1800}}


def write_sound(folder: Path) -> None:
    """Half an hour of two services, one of which fails for seven minutes: what an analysis has to find all the same."""
    (folder / "sound").mkdir(parents=True)
    seconds = range(0, MINUTES * 60, 2)
    (folder / "sound/spans.jsonl").write_text("".join(_request(second) for second in seconds))
    gauges = (gauge_line("orders", second, 50.0 if _fails(second) else 5.0) for second in range(0, MINUTES * 60, 15))
    (folder / "sound/gauges.jsonl").write_text("".join(gauges))
    lines = (log_line(second, f"request {second} done") for second in range(0, MINUTES * 60, 3))
    (folder / "sound/orders.jsonl").write_text("".join(lines))


def _request(second: int) -> str:
    status = {"status": {"code": 2}} if _fails(second) and second % 4 == 0 else {}
    root, child = 10 * second + 1, 10 * second + 2
    called = span(second, child, parentSpanId=f"{root + 1:016x}", **status)
    return spans_line("gateway", [span(second, root, name="GET /", **status)]) + spans_line("orders", [called])


def _fails(second: int) -> bool:
    return OUTAGE_S[0] <= second < OUTAGE_S[1]
