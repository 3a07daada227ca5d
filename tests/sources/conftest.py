"""Reading a sample as the import does: recognise, cut, parse."""

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

import pyarrow as pa
import pytest

from secondstory.model.telemetry import Mapping
from secondstory.ports import Parsed

RECORDINGS = Path(__file__).parents[1] / "recordings"

Read = Callable[..., Parsed]
"""(source's module, recording's path below tests/recordings, or bytes with path=name) -> what all blocks told."""


@pytest.fixture
def read() -> Read:
    def run(module: ModuleType, given: str | bytes, path: str = "file", mapping: Mapping | None = None) -> Parsed:
        if isinstance(given, str):
            path, given = given, (RECORDINGS / given).read_bytes()
        parsed = [module.EXTENSION.parse(block, mapping or Mapping()) for block in module.EXTENSION.cut(path, [given])]
        tables: dict[str, list[pa.Table]] = {}
        for each in parsed:
            for name, table in each.tables:
                tables.setdefault(name, []).append(table)
        return Parsed(
            tables=tuple((name, pa.concat_tables(found)) for name, found in tables.items()),
            facts=tuple(fact for each in parsed for fact in each.facts),
            rejects=tuple(reject for each in parsed for reject in each.rejects),
            people=tuple(person for each in parsed for person in each.people),
        )

    return run


@pytest.fixture
def rows(read: Read) -> Callable[..., list[dict[str, object]]]:
    """The rows of the only table that a sample gives."""

    def run(module: ModuleType, given: str | bytes, path: str = "file", mapping: Mapping | None = None) -> list[dict]:
        ((_, table),) = read(module, given, path, mapping).tables
        return table.to_pylist()

    return run
