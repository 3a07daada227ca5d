"""A world of real sources, an import into it, and the command line in a process of its own whose memory is measured."""

import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path
from secondstory.wiring import open_world

CPU_SECONDS = 240


@contextmanager
def real_world(data_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=data_dir)) as world:
        yield world


def imported(world: World, path: Path, recording: str = "outage") -> ImportResult:
    return import_path(LOCAL_OWNER, world, ImportRequest(path, recording), lambda _what, _done, _total: None)


@dataclass(frozen=True)
class Ran:
    """How a command ended; `peak_mb` is the most memory that it held."""

    code: int
    printed: str
    errors: str
    peak_mb: float


def run(data_dir: Path, *arguments: str) -> Ran:
    """Run a verb in a process of its own, which ends by itself where it uses more than four minutes of processor."""
    output, errors = data_dir.with_suffix(".out"), data_dir.with_suffix(".err")
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, "-m", "secondstory", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=err,
            env=os.environ | {"SECONDSTORY_DATA_DIR": str(data_dir), "COLUMNS": "400"},
            preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS)),
        )
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    told = errors.read_text(encoding="utf-8")
    assert "Traceback" not in told, told
    return Ran(process.returncode, output.read_text(encoding="utf-8"), told, usage.ru_maxrss / 1024)
