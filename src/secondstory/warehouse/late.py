"""A warehouse whose engine is loaded when it is first needed: that takes half a second, and a room needs none."""

from __future__ import annotations

import threading
from collections.abc import Callable

import pyarrow as pa

from secondstory.model.query import Query
from secondstory.model.segment import Privacy, Segment
from secondstory.model.table import Table
from secondstory.model.telemetry import TableName
from secondstory.ports import Warehouse


class LateWarehouse:
    """`ports.Warehouse` that `open_now` gives, asked for once, by the thread that comes first."""

    def __init__(self, open_now: Callable[[], Warehouse]) -> None:
        self._open_now, self._opening = open_now, threading.Lock()
        self._opened: Warehouse | None = None

    @property
    def engine(self) -> str:
        """Name and version, for evidence."""
        return self._warehouse().engine

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        """Redact, pseudonymise and store rows as one segment, durably; same id and rows, same file. Not yet visible."""
        return self._warehouse().write(segment_id, tables, privacy)

    def run(self, query: Query, segments: tuple[Segment, ...]) -> Table:
        """Answer a query over these segments, exactly and independently of the order of rows."""
        return self._warehouse().run(query, segments)

    def _warehouse(self) -> Warehouse:
        with self._opening:
            if self._opened is None:
                self._opened = self._open_now()
            return self._opened
