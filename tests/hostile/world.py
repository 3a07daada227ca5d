"""A world of real sources, an import into it, and the command line in a process of its own whose memory is measured."""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path
from secondstory.wiring import open_world

from .telemetry import WINDOW

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


@dataclass(frozen=True)
class Journey:
    """A folder's way through the product: what was imported, and what a person then reads."""

    peak_mb: float
    files: dict[str, dict[str, Any]]  # as `import --json` tells of them, by path
    gaps: tuple[str, ...]  # of the recording
    claims: str  # what the analysis says first
    report: str  # as `show` prints it

    def rows(self, path: str) -> dict[str, int]:
        return dict(self.files[path]["rows"])

    def told(self, path: str) -> str:
        """All that is said of a file; the report must say it too."""
        told = [detail for detail in self.gaps if path in detail]
        assert told, f"nothing is said of {path}"
        return " ".join(told)


def run(data_dir: Path, *arguments: str) -> Ran:
    """Run a verb in a process of its own."""
    return _measured(data_dir, "-m", "secondstory", *arguments)


def journey(folder: Path, below: Path) -> Journey:
    """Import the folder, open an incident, analyse it, write and show its report, as the command line does."""
    out = below / "out"
    out.mkdir()
    ran = _measured(below / "data", str(Path(__file__).with_name("journey.py")), str(folder), WINDOW, str(out))
    assert ran.code == 0, ran.errors
    imported = json.loads((out / "import.out").read_text(encoding="utf-8"))["import"]
    assert {path.suffix for path in out.iterdir()} >= {".html", ".md", ".json"}
    return Journey(
        peak_mb=ran.peak_mb,
        files={file["path"]: file for file in imported["files"]},
        gaps=tuple(gap["detail"] for gap in imported["gaps"]),
        claims=(out / "analyse.out").read_text(encoding="utf-8"),
        report=(out / "show.out").read_text(encoding="utf-8"),
    )


def _measured(data_dir: Path, *arguments: str) -> Ran:
    """Run Python in a process of its own, which ends by itself where it uses more than four minutes of processor."""
    output, errors = data_dir.with_suffix(".out"), data_dir.with_suffix(".err")
    with output.open("wb") as out, errors.open("wb") as err:
        process = subprocess.Popen(
            [sys.executable, *arguments],
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
