"""Writes the tiny dataset folder beside it, in the documented layout: `python generate.py`. All of it is invented."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = Path(__file__).parent
START = datetime(2026, 3, 1, 12, tzinfo=UTC)
TIME = pa.timestamp("us", tz="UTC")


def at(seconds: float) -> datetime:
    return START + timedelta(seconds=seconds)


def write(name: str, columns: str, rows: list[tuple[object, ...]]) -> None:
    """One table; the time comes first."""
    first, *others = zip(*rows, strict=True)
    arrays = [pa.array(first, TIME), *map(pa.array, others)]
    pq.write_table(pa.table(arrays, names=columns.split()), FOLDER / f"{name}.parquet", compression="zstd")


def main() -> None:
    pod = json.dumps({"pod": "orders-v2-x", "version": "v2", "container": "server"})
    trace, span = f"{91:032x}", f"{17:016x}"
    samples = [(at(60 * i), "orders", "CpuUsageRate(%)", 10.0 + i, "%", pod) for i in range(10)]
    samples.append((at(0), "Frontend", "LatencyP50(s)", 0.2, None, "{}"))
    write("metrics", "time service name value unit attributes", samples)
    write(
        "spans",
        "start duration_us service name kind status trace_id span_id parent_span_id attributes",
        [(at(1.5), 1200, "orders", "POST /orders", None, None, trace, span, None, pod)],
    )
    logs = [
        (at(2), "orders", "WARN", "pool: 10 of 10 in use", trace, span, pod),
        (at(3), "orders", None, "…", None, None, "{}"),
    ]
    write("logs", "time service severity_text body trace_id span_id attributes", logs)
    deploy = json.dumps({"old_pods": "4", "new_pods": "1", "target_pods": "5"})
    events = [(at(30), "deploy", "orders", "roll-out of v2", None, deploy)]
    write("events", "time kind service title body attributes", events)


if __name__ == "__main__":
    main()
