"""Times each summary query over what `bench/telemetry.py` left behind, beside a bare scan of the same columns.

`python bench/telemetry_summaries.py --work DIR` prints JSON and keeps it in `bench/results/`. A bare scan is the least
that an engine must do to look at every row: count, and minimum and maximum of each column that the query needs. Both
run on the same number of threads and over the same files, each in a process of its own, so its peak of memory is its
own; the faster of two runs counts. What must hold: all queries together within 3 times the scans, and under 2 GB.
"""

import argparse
import json
import os
import platform
import resource
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import duckdb

from secondstory.config import Settings
from secondstory.model.query import (
    CoverageQuery,
    EdgeSignalQuery,
    LogLineQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OperationQuery,
    OutcomeQuery,
    Query,
    ReplicaQuery,
    SpanSignalQuery,
    TopologyQuery,
    TraceExemplarQuery,
    UsersHitQuery,
)
from secondstory.model.segment import Segment
from secondstory.model.window import Window
from secondstory.warehouse.engine import DuckDbWarehouse
from secondstory.wiring import open_world
from telemetry import RECORDING
from telemetry_data import START

RESULTS = Path(__file__).parent / "results"
RUNS = 2
NAMES = (RECORDING,)
DAY = Window(START, START + timedelta(days=1))
LAST = Window(DAY.end - timedelta(hours=2), DAY.end)
BEFORE = Window(DAY.start, LAST.start)
WHO = "time service version instance"
SPAN = "time service kind status duration trace_id span_id parent_span_id sample_weight attributes"
ENTRY = ("gateway",)
QUERIES: dict[str, tuple[Query, dict[str, str]]] = {
    "coverage": (CoverageQuery(NAMES, DAY), dict.fromkeys(("logs", "metrics", "spans"), WHO)),
    "replicas": (ReplicaQuery(NAMES, DAY), dict.fromkeys(("logs", "metrics", "spans"), WHO)),
    "metric signals": (
        MetricSignalQuery(NAMES, (DAY,), 60),
        {
            "metrics": f"{WHO} environment resource name kind unit attributes temporality start_time value count sum "
            "bounds buckets"
        },
    ),
    "span signals": (SpanSignalQuery(NAMES, (DAY,), 60), {"spans": SPAN}),
    "edge signals": (EdgeSignalQuery(NAMES, (DAY,), 60), {"spans": SPAN}),
    "topology": (TopologyQuery(NAMES, DAY), {"spans": SPAN}),
    "operations": (OperationQuery(NAMES, LAST, (BEFORE,)), {"spans": SPAN}),
    "outcomes": (OutcomeQuery(NAMES, DAY, 60, ENTRY, 500.0), {"spans": SPAN}),
    "users hit": (UsersHitQuery(NAMES, DAY, ENTRY), {"spans": SPAN}),
    "exemplars": (TraceExemplarQuery(NAMES, DAY, "gateway"), {"spans": SPAN}),
    "log signals": (LogSignalQuery(NAMES, (DAY,), 60), {"logs": "time service severity_number"}),
    "log patterns": (
        LogPatternQuery(NAMES, LAST, (BEFORE,)),
        {"logs": "time service severity_number body trace_id"},
    ),
    "log lines": (LogLineQuery(NAMES, DAY, None, "no such text"), {"logs": "time service severity_number body"}),
}


def main() -> None:
    arguments = _arguments()
    if arguments.step:
        print(json.dumps(_step(arguments)))
        return
    rows = {name: {way: _measured(name, way) for way in ("query", "scan")} for name in arguments.only or QUERIES}
    totals = {
        clock: {way: round(sum(row[way][clock] for row in rows.values()), 2) for way in ("query", "scan")}
        for clock in ("seconds", "cpu_seconds")
    }
    result = {
        "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "engine": f"duckdb {duckdb.__version__}",
        "queries": {name: {**row, "ratio": _ratio(row["query"], row["scan"])} for name, row in rows.items()},
        **totals,
        "ratio": round(totals["seconds"]["query"] / totals["seconds"]["scan"], 2),
        "cpu_ratio": round(totals["cpu_seconds"]["query"] / totals["cpu_seconds"]["scan"], 2),
        "peak_mb": max(row["query"]["peak_mb"] for row in rows.values()),
    }
    print(json.dumps(result, indent=2))
    if not arguments.only:
        RESULTS.mkdir(exist_ok=True)
        (RESULTS / "telemetry_summaries.json").write_text(json.dumps(result, indent=2) + "\n")


def _ratio(query: dict[str, float], scan: dict[str, float]) -> float:
    return round(query["seconds"] / scan["seconds"], 2)


def _step(arguments: argparse.Namespace) -> dict[str, float]:
    way, name = arguments.step
    data_dir = arguments.work / "data"
    with open_world(Settings(data_dir=data_dir)) as world:
        segments = world.catalogue.segments(NAMES)
    seconds, cpu_seconds, rows = [], [], 0
    for _ in range(RUNS):
        began, began_cpu = time.perf_counter(), time.process_time()
        rows = _queried(data_dir, name, segments) if way == "query" else _scanned(data_dir, name, segments)
        seconds.append(time.perf_counter() - began)
        cpu_seconds.append(time.process_time() - began_cpu)
    peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return {
        "seconds": round(min(seconds), 3),
        "cpu_seconds": round(min(cpu_seconds), 3),
        "peak_mb": peak_mb,
        "rows": rows,
    }


def _queried(data_dir: Path, name: str, segments: tuple[Segment, ...]) -> int:
    return DuckDbWarehouse(data_dir).run(QUERIES[name][0], segments).rows


def _scanned(data_dir: Path, name: str, segments: tuple[Segment, ...]) -> int:
    connection = duckdb.connect(config={"threads": 1})
    connection.execute("SET enable_progress_bar = false")
    rows = 0
    for table, columns in QUERIES[name][1].items():
        files = [str(data_dir / file.path) for segment in segments for file in segment.files if file.table == table]
        least_and_most = ", ".join(f'min("{column}"), max("{column}")' for column in columns.split())
        scan = f"SELECT count(*) AS rows, {least_and_most} FROM read_parquet($1)"
        rows += connection.sql(scan, params=[files]).to_arrow_table()["rows"][0].as_py()
    return rows


def _measured(name: str, way: str) -> dict[str, float]:
    command = [sys.executable, __file__, *sys.argv[1:], "--step", way, name]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    told: dict[str, float] = json.loads(done.stdout)
    print(
        f"{name:15} {way:6} {told['seconds']:8.2f} s {told['cpu_seconds']:8.2f} s CPU {told['peak_mb']:6} MB",
        file=sys.stderr,
    )
    return told


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=Path, required=True, help="the folder that bench/telemetry.py was given")
    parser.add_argument("--only", nargs="+", choices=sorted(QUERIES), help="these queries alone; keeps no result")
    parser.add_argument("--step", nargs=2, metavar=("WAY", "NAME"), help="one measurement, in this process")
    return parser.parse_args()


if __name__ == "__main__":
    main()
