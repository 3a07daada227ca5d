"""A database address to a migrated engine with durable transactions."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import DatabaseError, OperationalError
from sqlalchemy.pool import ConnectionPoolEntry

from secondstory.model.errors import Unavailable
from secondstory.records.acting import act_now, write_line
from secondstory.texts import say

_BUSY_MS = 20_000
_KEPT_OPEN = 20  # connections; a server's threads
_MIGRATIONS = Path(__file__).parent / "migrations"
_VERSION = sa.table("alembic_version", sa.column("version_num", sa.String))


class Database:
    """One SQLite file or PostgreSQL database. Writes are serialised and on disk when `write` returns."""

    def __init__(self, url: str) -> None:
        self._engine = _engine(url)
        self._writing = threading.Lock() if self._engine.dialect.name == "sqlite" else None

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A consistent view for reading. Raises Unavailable where the database does not answer."""
        with self._told(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """One transaction: all of it or nothing, durable on return; the first of an act holds its line of the audit.

        Raises Unavailable where it cannot be written.
        """
        with self._told(), self._turn(), self._engine.connect() as connection:
            connection.execution_options(writes=True)
            with connection.begin():
                yield connection
                act = act_now()
                if act is not None and not act.is_written:
                    write_line(connection, act)
        if act is not None:
            act.is_written = True

    def migrate(self) -> None:
        """Bring the schema up to date; safe to call at every start, and quick where it is."""
        if self._version() == newest_version():
            return
        from alembic import command  # noqa: PLC0415 - takes a tenth of a second, and most starts change no schema
        from alembic.config import Config  # noqa: PLC0415 - as above

        config = Config()
        config.set_main_option("script_location", str(_MIGRATIONS))
        with self.write() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _version(self) -> str | None:
        """The version of the schema; None where there is none yet."""
        with self.read() as connection:
            if not sa.inspect(connection).has_table(_VERSION.name):
                return None
            return connection.execute(sa.select(_VERSION.c.version_num)).scalar()

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Threads of this process wait here: the one whose turn it is goes on at once. Who waits for SQLite itself
        sleeps, longer each time, however short the other's write is."""
        if self._writing is None:
            yield
            return
        if not self._writing.acquire(timeout=_BUSY_MS / 1000):
            where = self._engine.url.render_as_string(hide_password=True)
            raise Unavailable(say("records.busy", where=where, seconds=_BUSY_MS // 1000), say("records.busy_next"))
        try:
            yield
        finally:
            self._writing.release()

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except DatabaseError as error:
            if type(error) not in (DatabaseError, OperationalError):
                raise  # a broken rule of the tables, which is our affair
            where = self._engine.url.render_as_string(hide_password=True)
            raise Unavailable(say("records.no_answer", where=where, problem=error.orig), say("records.next")) from error

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()


def newest_version() -> str:
    """The version that the last migration makes: its file is named after it (`v0021_sealed_notes.py` makes 0021)."""
    last = max(file.name for file in (_MIGRATIONS / "versions").glob("v*.py"))
    return last.removeprefix("v").partition("_")[0]


def upsert(connection: Connection, table: sa.Table, row: Mapping[str, object]) -> None:
    """Insert `row`, or replace the row with the same primary key."""
    keys = list(table.primary_key.columns)
    connection.execute(sa.delete(table).where(*(column == row[column.name] for column in keys)))
    connection.execute(sa.insert(table).values(**row))


def _engine(url: str) -> Engine:
    # What people write belongs into no error and no log.
    # SQLite: the connection used last is used next, so that a few have their pages in memory and not all in turn.
    engine = sa.create_engine(
        url,
        pool_size=_KEPT_OPEN,
        max_overflow=_KEPT_OPEN,
        pool_use_lifo=url.startswith("sqlite"),
        hide_parameters=True,
    )
    if engine.dialect.name == "sqlite":
        sa.event.listen(engine, "connect", _set_up_sqlite)
        sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _set_up_sqlite(connection: object, _record: ConnectionPoolEntry) -> None:
    # The driver's own transaction handling would begin too late (after the first read), so it is switched off.
    connection.isolation_level = None  # type: ignore[attr-defined]  # the DBAPI connection is untyped here
    cursor = connection.cursor()  # type: ignore[attr-defined]  # as above
    for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", f"busy_timeout={_BUSY_MS}"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    # IMMEDIATE takes the write lock at once; a deferred transaction that reads first can fail to upgrade later.
    writes = connection.get_execution_options().get("writes", False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
