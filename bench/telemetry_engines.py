"""Asks DuckDB and a Spark cluster of this machine the same questions over growing telemetry: where do they cross?

`python bench/telemetry.py --engine spark [--work DIR] [--scales 0.01 0.04 0.16]` makes the telemetry of each size,
starts Sail with workers in this process, and keeps `bench/results/telemetry_engines.json`. Seconds tell what this
machine did; CPU seconds, of the engine and its client together, do not depend on who else used it. A line through the
sizes gives each engine's fixed cost and its cost per million rows; on c cores Spark's share per row is taken to be a
c-th, DuckDB asks with one thread by design.
"""

import json
import os
import platform
import time
from collections import Counter
from pathlib import Path

import duckdb
import numpy as np
from pysail.spark import SparkConnectServer

from secondstory.config import Settings
from secondstory.model.query import Query
from secondstory.model.segment import Segment
from secondstory.ports import Warehouse
from secondstory.warehouse.engine import DuckDbWarehouse
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.spark import SparkWarehouse
from secondstory.wiring import open_world
from telemetry_summaries import NAMES, QUERIES

QUESTIONS = ("metric signals", "span signals", "edge signals", "operations", "log signals", "log patterns")
ENGINES = ("duckdb", "spark")
CORES = (2, 8, 32, 128)
RESULT = Path(__file__).parent / "results" / "telemetry_engines.json"
Cost = dict[str, float]


def compare(folders: dict[float, Path], commit: str) -> None:
    """Measure both engines on the telemetry of each size; keep and print the result."""
    os.environ.setdefault("SAIL_MODE", "local-cluster")
    os.environ.setdefault("RUST_LOG", "error")
    server = SparkConnectServer("127.0.0.1", 0)
    server.start(background=True)
    host, port = server.listening_address
    try:
        sizes = [_size(folder / "data", f"sc://{host}:{port}") | {"scale": scale} for scale, folder in folders.items()]
    finally:
        server.stop()
    rows = [float(size["rows"]) for size in sizes]
    result = {
        "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "commit": commit,
        "sizes": sizes,
        "questions": {name: _line([size["questions"][name] for size in sizes], rows) for name in QUESTIONS},
        "all": _line([size["all"] for size in sizes], rows),
    }
    print(json.dumps(result, indent=2))
    RESULT.write_text(json.dumps(result, indent=2) + "\n")
    print("\n".join(_row(name, line) for name, line in result["questions"].items()))


def _row(name: str, line: dict[str, object]) -> str:
    """A question's row in the table of docs/guide/when-one-machine-is-too-small.md."""
    costs = [f"{line[engine]['fixed_cpu_s']:.2f}, {line[engine]['cpu_s_per_million_rows']:.2f}" for engine in ENGINES]
    crossings = [line["crossing_million_rows_by_cores"][cores] for cores in CORES[1:]]
    told = ["never" if crossing is None else f"{crossing:.1f}" for crossing in crossings]
    return f"| {name} | {' | '.join(costs)} | {' / '.join(told)} |"


def _size(data_dir: Path, spark_url: str) -> dict[str, object]:
    """What one size holds, and what each question costs on both engines."""
    with open_world(Settings(data_dir=data_dir)) as world:
        segments = world.catalogue.segments(NAMES)
    spark = SparkWarehouse(spark_url, LocalStore(data_dir))
    engines: dict[str, Warehouse] = {"duckdb": DuckDbWarehouse(data_dir), "spark": spark}
    for warehouse in engines.values():
        warehouse.run(QUERIES["coverage"][0], segments)  # the first question of a process pays for loading
    questions: dict[str, dict[str, Cost]] = {}
    for name in QUESTIONS:
        query = QUERIES[name][0]
        questions[name] = {engine: _cost(warehouse, query, segments) for engine, warehouse in engines.items()}
        print(f"{name:16} {questions[name]}", flush=True)
    files = [file for segment in segments for file in segment.files]
    told_bytes, told_rows = Counter[str](), Counter[str]()
    for file in files:
        told_bytes[file.table] += file.bytes
        told_rows[file.table] += file.rows
    return {
        "rows": told_rows.total(),
        "bytes_per_row": {table: round(told_bytes[table] / rows, 1) for table, rows in sorted(told_rows.items())},
        "engines": {"duckdb": duckdb.__version__, "spark": spark.engine},
        "questions": questions,
        "all": {
            engine: {kind: round(sum(told[engine][kind] for told in questions.values()), 3) for kind in ("s", "cpu_s")}
            for engine in engines
        },
    }


def _cost(warehouse: Warehouse, query: Query, segments: tuple[Segment, ...]) -> Cost:
    began, began_cpu = time.perf_counter(), time.process_time()
    warehouse.run(query, segments)
    return {"s": round(time.perf_counter() - began, 3), "cpu_s": round(time.process_time() - began_cpu, 3)}


def _line(costs: list[dict[str, Cost]], rows: list[float]) -> dict[str, object]:
    """Fixed CPU seconds and those per million rows of each engine, and the million rows at which they cross."""
    told: dict[str, object] = {}
    fits = {}
    for engine in ENGINES:
        slope, fixed = np.polyfit(np.array(rows) / 1e6, [cost[engine]["cpu_s"] for cost in costs], 1)
        fits[engine] = (float(fixed), max(float(slope), 0.0))
        told[engine] = {"fixed_cpu_s": round(float(fixed), 3), "cpu_s_per_million_rows": round(float(slope), 4)}
    (fixed_here, each_here), (fixed_there, each_there) = fits["duckdb"], fits["spark"]
    gains = {cores: each_here - each_there / cores for cores in CORES}
    told["crossing_million_rows_by_cores"] = {
        cores: round(max(fixed_there - fixed_here, 0.0) / gain, 2) if gain > 0 else None
        for cores, gain in gains.items()
    }
    return told
