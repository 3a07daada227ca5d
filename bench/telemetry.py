"""Imports 10 million log lines, 5 million samples and 2 million spans, and says how long it took and how much memory.

`python bench/telemetry.py [--work DIR] [--scale 0.01] [--seed 1]` prints JSON and keeps it in `bench/results/local/`.
Log lines go the whole way from a file of JSON lines; samples and spans enter as tables. Each step runs in a process of
its own, so its peak of memory is its own. What is left in DIR is read by `bench/telemetry_summaries.py`; without
`--work` a temporary folder is used and removed. With `--engine spark` it makes smaller ones and compares both engines
(`bench/telemetry_engines.py`).
"""

import argparse
import importlib
import json
import os
import platform
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

import telemetry_data as data
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.segment import Privacy, Recording
from secondstory.model.system import System
from secondstory.model.telemetry import Mapping, TableName
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.wiring import open_world

ROWS = {"logs": 10_000_000, "samples": 5_000_000, "spans": 2_000_000}
RECORDING = "bench"
RESULTS = Path(__file__).parent / "results" / "local"


def main() -> None:
    """Run one step here, or all of them in processes of their own."""
    arguments = _arguments()
    if arguments.step:
        told = STEPS[arguments.step](arguments)
        peak_mb = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        print(json.dumps(told | {"peak_mb": peak_mb, "arrow_pool": pa.default_memory_pool().backend_name}))
        return
    run = _run_all if arguments.engine == "duckdb" else _compare_engines
    if arguments.work is not None:
        run(arguments)
        return
    with tempfile.TemporaryDirectory() as folder:
        arguments.work = Path(folder)
        run(arguments)


def _run_all(arguments: argparse.Namespace) -> None:
    result = {
        "machine": {"cores": os.cpu_count(), "processor": platform.processor() or platform.machine()},
        "commit": _commit(),
        "scale": arguments.scale,
        "steps": {step: _measured(step, arguments) for step in STEPS},
    }
    print(json.dumps(result, indent=2))
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "telemetry_import.json").write_text(json.dumps(result, indent=2) + "\n")


def _compare_engines(arguments: argparse.Namespace) -> None:
    folders = {scale: arguments.work / f"scale-{scale:g}" for scale in arguments.scales}
    for scale, folder in folders.items():
        if not folder.exists():
            for step in ("generate_logs", "import_logs", "write_samples", "write_spans"):
                _measured(step, argparse.Namespace(work=folder, scale=scale, seed=arguments.seed))
    importlib.import_module("telemetry_engines").compare(folders, _commit())  # by name, for it needs the extra `spark`


def generate(arguments: argparse.Namespace) -> dict[str, object]:
    """Write the log file."""
    folder = arguments.work / "logs"
    folder.mkdir(parents=True, exist_ok=True)
    rows = _rows("logs", arguments)
    data.write_log_lines(folder / "app.jsonl", rows, arguments.seed)
    return {"rows": rows, "bytes": (folder / "app.jsonl").stat().st_size}


def import_logs(arguments: argparse.Namespace) -> dict[str, object]:
    """Import the log file as a user would."""
    with open_world(Settings(data_dir=arguments.work / "data")) as world:
        request = ImportRequest(arguments.work / "logs", RECORDING)
        result = import_path(LOCAL_OWNER, world, request, lambda what, done, total: None)  # noqa: ARG005 - not watched
    return {"rows": dict(result.rows).get("logs", 0), "redactions": dict(result.redactions), "gaps": len(result.gaps)}


def write_samples(arguments: argparse.Namespace) -> dict[str, object]:
    """Write metrics as segments."""
    return _write(TableName.METRICS, data.sample_tables(_rows("samples", arguments), arguments.seed), arguments)


def write_spans(arguments: argparse.Namespace) -> dict[str, object]:
    """Write spans as segments."""
    return _write(TableName.SPANS, data.span_tables(_rows("spans", arguments), arguments.seed), arguments)


STEPS: dict[str, Callable[[argparse.Namespace], dict[str, object]]] = {
    "generate_logs": generate,
    "import_logs": import_logs,
    "import_logs_again": import_logs,
    "write_samples": write_samples,
    "write_spans": write_spans,
}


def _write(name: TableName, tables: Iterator[pa.Table], arguments: argparse.Namespace) -> dict[str, object]:
    rows, seconds = 0, 0.0
    with open_world(Settings(data_dir=arguments.work / "data")) as world:
        if world.recordings.get(RECORDING) is None:
            world.recordings.save(Recording(RECORDING, Mapping(), System()))
        privacy = Privacy((), world.sealed.user_key())
        for number, table in enumerate(tables):
            began = time.perf_counter()
            segment = world.warehouse.write(f"bench-{name.value}-{number:04d}", ((name, table),), privacy)
            world.catalogue.commit(RECORDING, replace(segment, source="bench"), None)
            seconds += time.perf_counter() - began
            rows += table.num_rows
    return {"rows": rows, "write_seconds": round(seconds, 2)}


def _measured(step: str, arguments: argparse.Namespace) -> dict[str, object]:
    began = time.perf_counter()
    command = [sys.executable, __file__, "--step", step, "--work", str(arguments.work)]
    command += ["--scale", str(arguments.scale), "--seed", str(arguments.seed)]
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, text=True)
    seconds = time.perf_counter() - began
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    told: dict[str, object] = json.loads(done.stdout)
    rows = told.get("rows", 0)
    return told | {
        "seconds": round(seconds, 2),
        "cpu_seconds": round(used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime, 2),
        "rows_per_second": round(rows / seconds) if isinstance(rows, int) else 0,
    }


def _rows(what: str, arguments: argparse.Namespace) -> int:
    return int(ROWS[what] * arguments.scale)


def _commit() -> str:
    command = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short", "HEAD"]
    return subprocess.run(command, stdout=subprocess.PIPE, check=False, text=True).stdout.strip()


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--work", type=Path, help="folder for what is generated, to keep it; 4 GB at full scale")
    parser.add_argument("--scale", type=float, default=1.0, help="share of the full size")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--engine", choices=("duckdb", "spark"), default="duckdb")
    parser.add_argument(
        "--scales", type=float, nargs="+", default=[0.01, 0.04, 0.16], help="sizes to compare both engines on"
    )
    parser.add_argument("--step", choices=sorted(STEPS), help="one step alone, in this process")
    return parser.parse_args()


if __name__ == "__main__":
    main()
