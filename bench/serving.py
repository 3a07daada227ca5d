"""A real `secondstory serve` in a process of its own, for benches and for tests that must not share the process."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(
    data_dir: Path, port: int = 0, watched: dict[str, str] | None = None
) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server, on a free port unless one is named, and the address that lets one browser in, once.

    `watched`: the variables of `watched.py`, which is started in place of the plain program.
    """
    program = ["-m", "secondstory"] if watched is None else [str(Path(__file__).with_name("watched.py"))]
    command = [sys.executable, *program, "serve", "--port", f"{port}", "--data-dir", str(data_dir)]
    # In a wide window the address is not broken over two lines.
    variables = {**os.environ, "COLUMNS": "500", **(watched or {})}
    variables.pop("PYTHONDONTWRITEBYTECODE", None)  # as `make demo` does: what is installed is compiled once
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=variables) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found is not None, line
            yield process, found[0]
        finally:
            process.terminate()
