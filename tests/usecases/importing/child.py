"""Imports a folder in processes of their own and tells each step, so that a test can kill one somewhere.

For each line on standard input a process is forked off that imports; what it costs to load the libraries is paid once.
"""

import os
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa

from importing.world import importing_world
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.import_telemetry import ImportRequest, import_path


class Told:
    """A part of the world whose calls are told before and after."""

    def __init__(self, part: object) -> None:
        self._part = part

    def __getattr__(self, name: str) -> object:
        def call(*arguments: object) -> object:
            tell(f"before {name}")
            result = getattr(self._part, name)(*arguments)
            tell(f"after {name}")
            return result

        return call


def tell(what: str) -> None:
    sys.stdout.write(f"{what}\n")
    sys.stdout.flush()


def serve(data_dir: Path, folder: Path) -> None:
    pa.array([""])  # Arrow looks for pandas at the first such call, which takes a second
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            tell(f"process {os.getpid()}")
            run(data_dir, folder)
            os._exit(0)
        _, status = os.waitpid(child, 0)
        tell(f"exit {os.waitstatus_to_exitcode(status)}")


def run(data_dir: Path, folder: Path) -> None:
    with importing_world(data_dir) as world:
        told = replace(
            world,
            warehouse=Told(world.warehouse),  # type: ignore[arg-type]  # it passes every call on
            catalogue=Told(world.catalogue),  # type: ignore[arg-type]  # it passes every call on
        )
        import_path(LOCAL_OWNER, told, ImportRequest(folder, "outage"), lambda what, _done, _total: tell(what))


if __name__ == "__main__":
    serve(Path(sys.argv[1]), Path(sys.argv[2]))
