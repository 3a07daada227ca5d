"""A few rows of telemetry, written as segments and asked of DuckDB or of Spark: what the tests of queries share."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from secondstory.model.query import Query
from secondstory.model.segment import Privacy, Segment
from secondstory.model.table import Table
from secondstory.model.telemetry import SCHEMAS, TableName
from secondstory.model.window import Window
from secondstory.ports import Warehouse
from secondstory.warehouse.engine import DuckDbWarehouse

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
RECORDINGS = ("shop",)
Row = Mapping[str, object]
Engine = Callable[[Path], Warehouse]
_ENGINE: ContextVar[Engine] = ContextVar("engine", default=DuckDbWarehouse)

_DEFAULTS: dict[TableName, Row] = {
    TableName.LOGS: {"body": ""},
    TableName.METRICS: {"name": "load", "kind": "gauge"},
    TableName.SPANS: {
        "duration": 1000,
        "name": "GET /",
        "trace_id": "t1",
        "events": "[]",
        "links": "[]",
        "sample_weight": 1.0,
    },
    TableName.OCCURRENCES: {"kind": "chat", "title": "", "body": ""},
}


def at(seconds: float) -> datetime:
    """A time after START."""
    return START + timedelta(seconds=seconds)


def window(start_s: float, end_s: float) -> Window:
    """A window by seconds after START."""
    return Window(at(start_s), at(end_s))


def table_of(name: TableName, rows: Sequence[Row]) -> pa.Table:
    """Rows in the table's schema; `at` is the time in seconds after START, dictionaries become JSON."""
    plain: Row = {"at": 0, "service": "orders", "resource": {}, "attributes": {}}
    full = [_stored({**plain, **_DEFAULTS[name], **row}) for row in rows]
    schema = SCHEMAS[name]
    return pa.Table.from_pylist([{column: row.get(column) for column in schema.names} for row in full], schema)


class Near(float):
    """A number that another engine may have reckoned: equal within 1e-9 of its size, and NaN to NaN."""

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, int | float):
            return NotImplemented
        here, there = float(self), float(other)
        return math.isclose(here, there, rel_tol=1e-9) or (math.isnan(here) and math.isnan(there))

    __hash__ = None  # type: ignore[assignment]  # nearness is no equivalence


@contextmanager
def asked_of(engine: Engine) -> Iterator[None]:
    """Whoever asks meanwhile asks this engine."""
    token = _ENGINE.set(engine)
    try:
        yield
    finally:
        _ENGINE.reset(token)


def segments_of(warehouse: Warehouse, *parts: Mapping[TableName, pa.Table]) -> tuple[Segment, ...]:
    """One segment for each part."""
    return tuple(
        warehouse.write(
            f"segment-{number}",
            tuple(part.items()),
            Privacy((), bytes(32)),
        )
        for number, part in enumerate(parts)
    )


def answer(query: Query, *parts: Mapping[TableName, pa.Table]) -> Table:
    """The answer to a query over segments with these tables, in a data directory of its own."""
    with tempfile.TemporaryDirectory() as directory:
        warehouse = _ENGINE.get()(Path(directory))
        return warehouse.run(query, segments_of(warehouse, *parts))


def ask(query: Query, **rows: Sequence[Row]) -> list[dict[str, object]]:
    """The rows of the answer over one segment that holds these rows, by table; times in seconds after START."""
    tables = {TableName(name): table_of(TableName(name), given) for name, given in rows.items()}
    return [{name: _told(value) for name, value in row.items()} for row in answer(query, tables).records()]


def column(found: Sequence[Row], *names: str) -> list[object]:
    """The values of a column, or tuples of several, row by row."""
    return [row[names[0]] if len(names) == 1 else tuple(row[name] for name in names) for row in found]


def _told(value: object) -> object:
    if isinstance(value, datetime):
        return (value - START).total_seconds()
    return Near(value) if isinstance(value, float) and _ENGINE.get() is not DuckDbWarehouse else value


def _stored(row: Row) -> dict[str, object]:
    full = {
        name: json.dumps(value, sort_keys=True, separators=(",", ":")) if isinstance(value, dict) else value
        for name, value in row.items()
    }
    seconds = full["at"]
    assert isinstance(seconds, int | float)
    return {"time": at(seconds), **full}
