"""Telemetry in Parquet segments below a data directory, asked through an in-memory DuckDB inside this process."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.errors import Unavailable
from secondstory.model.query import Query
from secondstory.model.segment import Privacy, Segment, SegmentFile
from secondstory.model.table import Table
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window
from secondstory.texts import say
from secondstory.warehouse.asked import files, leave_selects_nested, reach, require_present, tables, texts
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.queries import answering
from secondstory.warehouse.queries.tables import MICROS
from secondstory.warehouse.segments import write_segment
from secondstory.warehouse.stored import STORED


class DuckDbWarehouse:
    """Immutable Parquet segments below `data_dir`, and one engine, whose `memory_mb` all queries at once share.

    Each query has a connection of its own, which sees its own tables and leaves nothing behind. The engine may read the
    data directory and spill into `data_dir/spill`, nothing else.
    """

    def __init__(self, data_dir: Path, memory_mb: int = 1600) -> None:
        self._data_dir = data_dir.resolve()
        self._memory_mb = memory_mb
        leave_selects_nested()

    @property
    def engine(self) -> str:
        """Name and version, for evidence."""
        return f"duckdb {duckdb.__version__}"

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        """Redact, pseudonymise and store rows as one segment, durably; same id and rows, same file. Not yet visible."""
        return write_segment(LocalStore(self._data_dir), segment_id, tables, privacy)

    def run(self, query: Query, segments: tuple[Segment, ...]) -> Table:
        """Answer a query over these segments, exactly and independently of the order of rows."""
        how = answering(query)
        with self._engine.cursor() as connection:
            provided: set[TableName] = set()

            def rows(expression: ir.Table) -> pa.Table:
                for name in set(tables(expression)) - provided:
                    provided.add(name)
                    _provide(connection, name, self._paths(files(name, query, segments)), reach(name, query))
                return connection.sql(_sql(expression)).to_arrow_table()

            connection.register("given", texts(query))
            try:
                return how.answer(query, rows)
            except duckdb.OutOfMemoryException as error:
                told = say("engine.memory", query=type(query).__name__, limit_mb=self._memory_mb)
                raise Unavailable(told, say("engine.memory_next")) from error
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                raise Unavailable(say("engine.unreadable", said=error), say("engine.gone_next")) from error
            except (duckdb.FatalException, duckdb.InternalException):
                self.__dict__.pop("_engine", None)  # it answers nothing any more; the next query opens another
                raise

    def _paths(self, stored: tuple[SegmentFile, ...]) -> list[str]:
        """Where the files are. Raises Unavailable where one is not there."""
        require_present(LocalStore(self._data_dir), stored)
        return [str(self._data_dir / file.path) for file in stored]

    @cached_property
    def _engine(self) -> duckdb.DuckDBPyConnection:
        spill = self._data_dir / "spill"
        connection = duckdb.connect(
            ":memory:",
            config={
                # One thread: a design rule for evidence. No aggregate in use depends on it (see queries/exact.py).
                "threads": 1,
                "memory_limit": f"{self._memory_mb}MB",
                "temp_directory": str(spill),
                "autoinstall_known_extensions": False,
                "autoload_known_extensions": False,
            },
        )
        connection.execute("SET enable_progress_bar = false; SET GLOBAL TimeZone = 'UTC'")
        # Files are read anew: the engine outlives its queries, and would fill all of its memory with what they read.
        connection.execute("SET GLOBAL enable_external_file_cache = false")
        connection.execute("SET allowed_directories = [$1]", [str(self._data_dir)])
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        return connection


def _sql(expression: ir.Table) -> str:
    """The expression in DuckDB's words."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def _provide(connection: duckdb.DuckDBPyConnection, name: TableName, paths: list[str], asked: Window) -> None:
    """Make a table visible under its name, with the whole microseconds that queries reckon with.

    The asked stretch is a condition on `time` itself, by which DuckDB leaves out parts of files.
    """
    rows = connection.read_parquet(paths) if paths else connection.from_arrow(STORED[name].empty_table())
    rows = rows.filter(
        f"time >= TIMESTAMPTZ '{asked.start.isoformat()}' AND time < TIMESTAMPTZ '{asked.end.isoformat()}'"
    )
    micros = [f"epoch_us({time}) AS {added}" for added, time in MICROS[name].items()]
    connection.register(name.value, rows.project(", ".join(["*", *micros])))
