"""Telemetry in Parquet segments that a Spark cluster reads where they lie, asked over Spark Connect.

Any server that speaks Spark Connect will do: Apache Spark, Sail, a hosted one. Needs the extra `spark`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Protocol

import grpc
import ibis.expr.types as ir
import pyarrow as pa
from pyspark.errors import PySparkException
from pyspark.errors.exceptions.base import RetriesExceeded
from pyspark.sql.connect.client import DefaultChannelBuilder
from pyspark.sql.connect.client.retries import DefaultPolicy
from pyspark.sql.connect.dataframe import DataFrame
from pyspark.sql.connect.session import SparkSession
from pyspark.sql.pandas.types import from_arrow_schema

from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.query import Query
from secondstory.model.segment import Privacy, Segment, SegmentFile
from secondstory.model.table import Table
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window, epoch_us
from secondstory.ports import SegmentFiles
from secondstory.texts import say
from secondstory.warehouse.asked import files, leave_selects_nested, reach, require_present, tables, texts
from secondstory.warehouse.queries import answering
from secondstory.warehouse.queries.tables import MICROS
from secondstory.warehouse.segments import SegmentStore, write_segment
from secondstory.warehouse.spark_dialect import spark_sql
from secondstory.warehouse.stored import STORED

_CONNECT_S = 10
_RETRIES = 4  # of a call that broke off, over about four seconds; the client's own habit is minutes
_SHOWN = 200  # characters of what the server says
# A server that froze, or whose network is gone, never answers. More pings than one in five minutes would be refused.
_PINGS = {
    "grpc.keepalive_time_ms": 330_000,
    "grpc.keepalive_timeout_ms": 20_000,
    "grpc.http2.max_pings_without_data": 0,
}
_SETTINGS = {"spark.sql.session.timeZone": "UTC", "spark.sql.ansi.enabled": "true"}


class SharedStore(SegmentStore, SegmentFiles, Protocol):
    """A store that the cluster reads as well."""

    def address(self, path: str) -> str:
        """How the cluster finds the file."""


class SparkWarehouse:
    """Immutable Parquet segments in `store`; every query opens a session of its own and leaves nothing behind.

    `url` is the address of a Spark Connect server, such as sc://spark:15002; what follows its host (a token) is never
    told. Counts equal those of DuckDB, and floats do within 1e-9 of their size.
    """

    def __init__(self, url: str, store: SharedStore) -> None:
        try:
            self._server = DefaultChannelBuilder(url).endpoint
        except (PySparkException, ValueError) as error:
            raise BadInput(say("engine.spark_url"), say("engine.spark_url_next")) from error
        self._url = url
        self._store = store
        leave_selects_nested()

    @cached_property
    def engine(self) -> str:
        """Name and version, for evidence."""
        with self._session("version") as session:
            return f"spark {session.version}"

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        """Redact, pseudonymise and store rows as one segment, durably; same id and rows, same file. Not yet visible."""
        return write_segment(self._store, segment_id, tables, privacy)

    def run(self, query: Query, segments: tuple[Segment, ...]) -> Table:
        """Answer a query over these segments, independently of the order of rows."""
        with self._session(type(query).__name__) as session:
            provided: set[TableName] = set()

            def rows(expression: ir.Table) -> pa.Table:
                for name in set(tables(expression)) - provided:
                    provided.add(name)
                    self._provide(session, name, files(name, query, segments), reach(name, query))
                return session.sql(spark_sql(expression)).toArrow()

            _held(session, texts(query)).createOrReplaceTempView("given")
            return answering(query).answer(query, rows)

    def _provide(self, session: SparkSession, name: TableName, stored: tuple[SegmentFile, ...], asked: Window) -> None:
        """Make a table visible under its name, with the whole microseconds that queries reckon with.

        The asked stretch is a condition on `time` itself, by which Spark leaves out parts of files.
        """
        rows = self._whole(session, stored) if stored else _held(session, STORED[name].empty_table())
        rows = rows.where(f"time >= timestamp_micros({epoch_us(asked.start)})")
        rows = rows.where(f"time < timestamp_micros({epoch_us(asked.end)})")
        micros = [f"unix_micros({time}) AS {added}" for added, time in MICROS[name].items()]
        rows.selectExpr("*", *micros).createOrReplaceTempView(name.value)

    def _whole(self, session: SparkSession, stored: tuple[SegmentFile, ...]) -> DataFrame:
        """All rows of a table's files.

        A cluster may take a file that it does not see for an empty one, so it is asked how many rows it sees. That
        number stands at each file's end, and costs no look at the rows.
        """
        addresses = [self._store.address(file.path) for file in stored]
        # The columns are known: asking the files for them would be a job before the job.
        rows = session.read.schema(from_arrow_schema(STORED[TableName(stored[0].table)])).parquet(*addresses)
        seen, expected = rows.count(), sum(file.rows for file in stored)
        if seen != expected:
            require_present(self._store, stored)
            told = say("engine.unseen", server=self._server, seen=seen, stored=expected)
            raise Unavailable(told, say("engine.unseen_next"))
        return rows

    @contextmanager
    def _session(self, asked: str) -> Iterator[SparkSession]:
        """A session, closed on leaving. Raises Unavailable where the server is not there or cannot answer."""
        builder = DefaultChannelBuilder(self._url, list(_PINGS.items()))
        self._wait_for_server(builder)
        try:
            session = SparkSession.builder.channelBuilder(builder).create()
            try:
                session.client.set_retry_policies([DefaultPolicy(max_retries=_RETRIES)])
                for name, value in _SETTINGS.items():
                    session.conf.set(name, value)
                yield session
            finally:
                session.stop()
        except RetriesExceeded as error:
            told = say("engine.spark_gone", query=asked, server=self._server)
            raise Unavailable(told, say("engine.spark_gone_next")) from error
        except (PySparkException, grpc.RpcError) as error:
            said = str(error).strip().partition("\n")[0][:_SHOWN]
            told = say("engine.spark_failed", query=asked, server=self._server, said=said)
            raise Unavailable(told, say("engine.spark_failed_next")) from error

    def _wait_for_server(self, builder: DefaultChannelBuilder) -> None:
        """A server that is not there is told at once; the client would go on trying for minutes."""
        channel = builder.toChannel()
        try:
            grpc.channel_ready_future(channel).result(timeout=_CONNECT_S)
        except grpc.FutureTimeoutError as error:
            told = say("engine.no_spark", server=self._server, seconds=_CONNECT_S)
            raise Unavailable(told, say("engine.no_spark_next")) from error
        finally:
            channel.close()


def _held(session: SparkSession, rows: pa.Table) -> DataFrame:
    return session.createDataFrame(rows, from_arrow_schema(rows.schema))
