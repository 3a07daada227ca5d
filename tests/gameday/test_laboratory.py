"""The laboratory really runs: a short recording of the pool running empty, and a Ctrl-C that leaves nothing behind."""

import os
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from secondstory.gameday import RecordRequest, record
from secondstory.gameday.postgres import server_program
from secondstory.model.errors import Unavailable


def missing_server() -> str:
    """Why there is no PostgreSQL, or nothing where there is one."""
    try:
        server_program("postgres")
    except Unavailable as reason:
        return str(reason)
    return ""


pytestmark = [
    pytest.mark.laboratory,
    pytest.mark.postgres,
    pytest.mark.slow,
    pytest.mark.skipif(bool(missing_server()), reason=missing_server() or "PostgreSQL is there"),
]

RECORD = """
import sys
from pathlib import Path
from secondstory.gameday import RecordRequest, record
from secondstory.gameday.postgres import server_program
from secondstory.model.errors import Unavailable
record(RecordRequest("pool-exhaustion", 3, Path(sys.argv[1]), quick=True), lambda step, share: print(step, flush=True))
"""


def descendants(parent: int) -> set[int]:
    """The children of `parent` and theirs, by what the kernel says."""
    parents: dict[int, int] = {}
    for status in Path("/proc").glob("[0-9]*/stat"):
        try:
            after_name = status.read_text().rsplit(")", 1)[1].split()
        except (FileNotFoundError, ProcessLookupError):
            continue
        parents[int(status.parent.name)] = int(after_name[1])
    children = {child for child, its_parent in parents.items() if its_parent == parent}
    return children.union(*(descendants(child) for child in children))


def test_a_short_recording_holds_the_story_and_leaves_no_process(tmp_path: Path, read_recording: Any) -> None:
    before, steps = descendants(os.getpid()), []
    out = record(RecordRequest("pool-exhaustion", 3, tmp_path / "out", quick=True), lambda step, _: steps.append(step))
    assert descendants(os.getpid()) == before
    recording = read_recording(out)
    assert len({span.service for span in recording.server_spans()}) == 6
    used = max(sample.value for sample in recording.pool() if (sample.service, sample.state) == ("orders", "used"))
    assert used == max(
        sample.value for sample in recording.pool() if (sample.service, sample.name) == ("orders", "max")
    )
    assert [row["title"] for row in recording.occurrences if row["kind"] == "deploy"][-1] == "orders 1.7.4 (rollback)"
    assert "people respond" in steps


@pytest.mark.parametrize(
    ("moment", "processes"),
    [("starting the database", 0), ("starting the services", 1), ("recording quiet minutes", 9)],
)
def test_ctrl_c_ends_every_child_and_leaves_no_folder(tmp_path: Path, moment: str, processes: int) -> None:
    out = tmp_path / "out"
    with subprocess.Popen([sys.executable, "-c", RECORD, str(out)], stdout=subprocess.PIPE, text=True) as recorder:
        assert recorder.stdout
        assert moment in (line.strip() for line in recorder.stdout)
        started = descendants(recorder.pid)
        recorder.send_signal(signal.SIGINT)
        assert recorder.wait(60) != 0
    assert len(started) >= processes
    assert not any(Path(f"/proc/{child}").exists() for child in started)
    assert not out.exists()
