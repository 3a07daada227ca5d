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


def write(name: str, time: str, rows: list[dict[str, object]]) -> None:
    table = pa.Table.from_pylist(rows)
    times = table.column(time).cast(TIME)
    pq.write_table(
        table.set_column(table.column_names.index(time), time, times), FOLDER / f"{name}.parquet", compression="zstd"
    )


def main() -> None:
    pod = json.dumps({"pod": "orders-v2-x", "version": "v2", "container": "server"})
    write(
        "metrics",
        "time",
        [
            {
                "time": at(60 * i),
                "service": "orders",
                "name": "CpuUsageRate(%)",
                "value": 10.0 + i,
                "unit": "%",
                "attributes": pod,
            }
            for i in range(10)
        ]
        + [
            {
                "time": at(0),
                "service": "Frontend",
                "name": "LatencyP50(s)",
                "value": 0.2,
                "unit": None,
                "attributes": "{}",
            }
        ],
    )
    ids = {"trace_id": f"{91:032x}", "span_id": f"{17:016x}"}
    write(
        "spans",
        "start",
        [
            {
                "start": at(1.5),
                "duration_us": 1200,
                "service": "orders",
                "name": "POST /orders",
                "kind": None,
                "status": None,
                **ids,
                "parent_span_id": None,
                "attributes": pod,
            }
        ],
    )
    write(
        "logs",
        "time",
        [
            {
                "time": at(2),
                "service": "orders",
                "severity_text": "WARN",
                "body": "pool: 10 of 10 in use",
                **ids,
                "attributes": pod,
            },
            {
                "time": at(3),
                "service": "orders",
                "severity_text": None,
                "body": "…",
                "trace_id": None,
                "span_id": None,
                "attributes": "{}",
            },
        ],
    )
    deploy = json.dumps({"old_pods": "4", "new_pods": "1", "target_pods": "5"})
    write(
        "events",
        "time",
        [
            {
                "time": at(30),
                "kind": "deploy",
                "service": "orders",
                "title": "roll-out of v2",
                "body": None,
                "attributes": deploy,
            }
        ],
    )


if __name__ == "__main__":
    main()
