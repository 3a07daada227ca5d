"""A real `secondstory serve` in a process of its own, for benches and for tests that must not share the process."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def served(data_dir: Path, port: int = 0) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A running server, on a free port unless one is named, and the address that lets one browser in, once."""
    command = [sys.executable, "-m", "secondstory", "serve", "--port", f"{port}", "--data-dir", str(data_dir)]
    # In a wide window the address is not broken over two lines.
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "COLUMNS": "500"}) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            found = re.search(r"http://\S+", line)
            assert found is not None, line
            yield process, found[0]
        finally:
            process.terminate()
