"""Telemetry in Parquet segments below a data directory, asked through an in-memory DuckDB inside this process."""

from __future__ import annotations

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
from secondstory.texts import say
from secondstory.warehouse.asked import files, leave_selects_nested, require_present, tables, texts
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.queries import answering
from secondstory.warehouse.queries.tables import MICROS
from secondstory.warehouse.segments import write_segment
from secondstory.warehouse.stored import STORED


class DuckDbWarehouse:
    """Immutable Parquet segments below `data_dir`; every query opens an engine of its own and leaves nothing behind.

    The engine may read the data directory and spill into `data_dir/spill`, nothing else. Opening it costs about 20 ms.
    """

    def __init__(self, data_dir: Path, memory_mb: int = 800) -> None:
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
        expressions = tuple(build(query) for build in how.parts)
        statements = [_sql(expression) for expression in expressions]
        with self._connection() as connection:
            connection.register("given", texts(query))
            try:
                for name in tables(expressions):
                    _provide(connection, name, self._paths(files(name, query, segments)))
                answers = [connection.sql(statement).to_arrow_table() for statement in statements]
            except duckdb.OutOfMemoryException as error:
                told = say("engine.memory", query=type(query).__name__, limit_mb=self._memory_mb)
                raise Unavailable(told, say("engine.memory_next")) from error
            except (duckdb.IOException, duckdb.InvalidInputException) as error:
                raise Unavailable(say("engine.unreadable", said=error), say("engine.gone_next")) from error
        return Table(pa.concat_tables(answer.select(how.columns.names).cast(how.columns) for answer in answers))

    def _paths(self, stored: tuple[SegmentFile, ...]) -> list[str]:
        """Where the files are. Raises Unavailable where one is not there."""
        require_present(LocalStore(self._data_dir), stored)
        return [str(self._data_dir / file.path) for file in stored]

    def _connection(self) -> duckdb.DuckDBPyConnection:
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
        connection.execute("SET enable_progress_bar = false; SET TimeZone = 'UTC'")
        connection.execute("SET allowed_directories = [$1]", [str(self._data_dir)])
        connection.execute("SET enable_external_access = false; SET lock_configuration = true")
        return connection


def _sql(expression: ir.Table) -> str:
    """The expression in DuckDB's words."""
    return str(ibis.to_sql(expression, dialect="duckdb", pretty=False))


def _provide(connection: duckdb.DuckDBPyConnection, name: TableName, paths: list[str]) -> None:
    """Make a table visible under its name, with the whole microseconds that queries reckon with."""
    rows = connection.read_parquet(paths) if paths else connection.from_arrow(STORED[name].empty_table())
    micros = [f"epoch_us({time}) AS {added}" for added, time in MICROS[name].items()]
    rows.project(", ".join(["*", *micros])).create_view(name.value)
