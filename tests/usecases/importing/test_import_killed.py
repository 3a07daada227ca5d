"""An import whose process is killed anywhere goes on to the exact rows."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from subprocess import PIPE

from .world import importing_world, known, log_line, stored_rows

KILLS = 20
ROWS = 4000


def test_killed_at_twenty_points_every_row_is_there_once(tmp_path: Path) -> None:
    folder, data_dir = tmp_path / "outage", tmp_path / "data"
    folder.mkdir()
    for name, first in (("a", 0), ("b", ROWS // 2)):
        rows = range(first, first + ROWS // 2)
        (folder / f"{name}.lines").write_text("".join(log_line(f"request {number}") + "\n" for number in rows))
    (folder / "system.facts").write_text("gateway -> orders")
    (folder / "talk.chat").write_text("Maria Lopez: looking")
    points = random.Random(7)
    with importing_process(data_dir, folder) as process:
        ends = [run_once(process, kill_after=points.randint(1, 80)) for _ in range(KILLS)]
        assert ends == [-signal.SIGKILL] * KILLS
        assert run_once(process, kill_after=None) == 0
    with importing_world(data_dir) as world:
        bodies = Counter(stored_rows(world, "outage")["body"].to_pylist())
        assert bodies == Counter({f"request {number}": 1 for number in range(ROWS)})
        assert stored_rows(world, "outage", "occurrences")["actor"].to_pylist() == ["responder-1"]
        assert known(world, "outage").system.edges == (("gateway", "orders"),)


@contextmanager
def importing_process(data_dir: Path, folder: Path) -> Iterator[subprocess.Popen[str]]:
    environment = os.environ | {"PYTHONPATH": os.pathsep.join([str(Path(__file__).parents[1]), *sys.path])}
    command = [sys.executable, "-m", "importing.child", str(data_dir), str(folder)]
    with subprocess.Popen(command, env=environment, stdin=PIPE, stdout=PIPE, text=True) as process:
        yield process
        assert process.stdin is not None
        process.stdin.close()


def run_once(process: subprocess.Popen[str], kill_after: int | None) -> int:
    """Import once; the process is killed, while it goes on, after so many steps. Its exit code."""
    assert process.stdin is not None and process.stdout is not None
    process.stdin.write("import\n")
    process.stdin.flush()
    number = int(process.stdout.readline().split()[1])
    for step, line in enumerate(process.stdout, start=1):
        if line.startswith("exit "):
            return int(line.split()[1])
        if step == kill_after:
            os.kill(number, signal.SIGKILL)
    raise AssertionError("the importing process ended")
