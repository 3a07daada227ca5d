"""Turns a database address into a pool of connections that measures itself, and statements into client spans."""

import threading
import time
from collections.abc import Callable, Iterable
from typing import cast

import psycopg
from opentelemetry.metrics import CallbackOptions, Observation
from opentelemetry.trace import SpanKind
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection, QueuePool

from secondstory.gameday.shop.instance import Instance
from secondstory.gameday.shop.telemetry import DURATION_BOUNDS_S, Telemetry


class Pool:
    """At most `db.pool.max` connections, waited for `db.pool.timeout_s` at most; it measures itself."""

    def __init__(self, instance: Instance, telemetry: Telemetry) -> None:
        self._telemetry = telemetry
        self._size = int(instance.options["db.pool.max"])
        self._url = instance.database_url
        self._pool = QueuePool(
            self._connect,
            pool_size=self._size,
            max_overflow=0,
            timeout=float(instance.options["db.pool.timeout_s"]),
        )
        self._database = instance.names["database"]
        self._attributes = {"db.client.connection.pool.name": f"{instance.name}-{self._database}"}
        self._waiting = 0
        self._lock = threading.Lock()
        self._measure()

    def take(self) -> PoolProxiedConnection:
        """A connection, to be given back by its `close()`; raises PoolTimeoutError when none became free in time."""
        started = time.perf_counter()
        with self._lock:
            self._waiting += 1
        try:
            return self._pool.connect()
        except PoolTimeoutError:
            self._timeouts.add(1, self._attributes)
            raise
        finally:
            with self._lock:
                self._waiting -= 1
            self._waited_s.record(time.perf_counter() - started, self._attributes)

    def run(
        self, connection: PoolProxiedConnection, sql: str, parameters: tuple[object, ...] = ()
    ) -> list[tuple[object, ...]]:
        """Run one statement inside a client span and return its rows."""
        operation, table = sql.split()[0], _table(sql)
        attributes = {
            "db.system.name": "postgresql",
            "db.namespace": "shop",
            "db.operation.name": operation,
            "db.collection.name": table,
            "db.query.text": sql,
            "server.address": self._database,
        }
        with self._telemetry.tracer.start_as_current_span(
            f"{operation} {table}", kind=SpanKind.CLIENT, attributes=attributes
        ):
            cursor = connection.cursor()
            cursor.execute(sql, parameters)
            rows = list(cursor.fetchall()) if cursor.description else []
            cursor.close()
            return rows

    def follow(self, sql: str, use: Callable[[str], None]) -> None:
        """Run `sql` every two seconds on a connection outside the pool and hand a first row's text to `use`; no end."""
        with psycopg.connect(self._url, autocommit=True) as connection:
            while True:
                row = connection.execute(sql.encode()).fetchone()
                if row:
                    use(str(row[0]))
                time.sleep(2.0)

    def _connect(self) -> DBAPIConnection:
        # The protocol of DB-API modules and psycopg's own types describe the same calls in different words.
        return cast(DBAPIConnection, psycopg.connect(self._url))

    def _measure(self) -> None:
        meter, state = self._telemetry.meter, "db.client.connection.state"

        def count(_: CallbackOptions) -> Iterable[Observation]:
            used, idle = self._pool.checkedout(), self._pool.checkedin()
            yield Observation(used, {**self._attributes, state: "used"})
            yield Observation(idle, {**self._attributes, state: "idle"})

        meter.create_observable_up_down_counter(
            "db.client.connection.count", [count], "{connection}", "Connections in the given state."
        )
        meter.create_observable_up_down_counter(
            "db.client.connection.max",
            [lambda _: [Observation(self._size, self._attributes)]],
            "{connection}",
            "The maximum number of open connections allowed.",
        )
        meter.create_observable_up_down_counter(
            "db.client.connection.pending_requests",
            [lambda _: [Observation(self._waiting, self._attributes)]],
            "{request}",
            "Requests that wait for an open connection.",
        )
        self._timeouts = meter.create_counter(
            "db.client.connection.timeouts", "{timeout}", "Waits for a connection that ended without one."
        )
        self._timeouts.add(0, self._attributes)
        self._waited_s = meter.create_histogram(
            "db.client.connection.wait_time",
            "s",
            "The time it took to obtain an open connection from the pool.",
            explicit_bucket_boundaries_advisory=DURATION_BOUNDS_S,
        )


def _table(sql: str) -> str:
    words = sql.split()
    for before in ("INTO", "FROM", "UPDATE"):
        if before in words:
            return words[words.index(before) + 1]
    return ""
