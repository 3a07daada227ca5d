"""What holds for every query: order of rows, cut into segments and process change nothing; empty answers are typed."""

from __future__ import annotations

import os
import random
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import get_args

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from secondstory.model.errors import Unavailable
from secondstory.model.query import (
    CoverageQuery,
    EdgeSignalQuery,
    EndpointQuery,
    LogLineQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    OperationQuery,
    OutcomeQuery,
    Query,
    ReplicaQuery,
    SampleQuery,
    SpanSignalQuery,
    TopologyQuery,
    TraceExemplarQuery,
    TraceLogQuery,
    TracePatternQuery,
    TraceQuery,
    TraceSearchQuery,
    TraceShapeQuery,
    UsersHitQuery,
    UserStepQuery,
)
from secondstory.model.telemetry import TableName
from secondstory.warehouse.engine import DuckDbWarehouse

from .asking import RECORDINGS, START, Row, answer, at, segments_of, table_of, window

HALVES = (window(0, 25), window(30, 60))
QUERIES: tuple[Query, ...] = (
    CoverageQuery(RECORDINGS, window(0, 60)),
    ReplicaQuery(RECORDINGS, window(0, 60)),
    MetricSignalQuery(RECORDINGS, HALVES, 10, by_version=True),
    SpanSignalQuery(RECORDINGS, HALVES, 10),
    EdgeSignalQuery(RECORDINGS, HALVES, 10),
    TopologyQuery(RECORDINGS, window(0, 60)),
    OperationQuery(RECORDINGS, window(30, 60), (window(0, 25),)),
    LogSignalQuery(RECORDINGS, HALVES, 10),
    LogPatternQuery(RECORDINGS, window(30, 60), (window(0, 25),), limit=3),
    LogLineQuery(RECORDINGS, window(0, 60), "a", "took", limit=3),
    OccurrenceQuery(RECORDINGS, window(0, 60)),
    OutcomeQuery(RECORDINGS, window(0, 60), 10, ("a", "b"), slow_ms=2.0),
    UsersHitQuery(RECORDINGS, window(0, 60), ("a", "b")),
    TraceExemplarQuery(RECORDINGS, window(0, 60), "a", limit=3),
    TraceQuery(RECORDINGS, window(0, 60), "t1"),
    TraceShapeQuery(RECORDINGS, window(0, 60)),
    TraceLogQuery(RECORDINGS, window(0, 60), ("t1",), limit=5),
    TraceSearchQuery(RECORDINGS, window(0, 60), "server.address", "bank"),
    EndpointQuery(RECORDINGS, HALVES, 10, ("a", "b"), (1.0, 2.5), most=1),
    UserStepQuery(RECORDINGS, window(0, 60), 10, ("a", "b")),
    SampleQuery(RECORDINGS, HALVES, ("m-gauge", "m-histogram"), at(30), limit=20),
    TracePatternQuery(RECORDINGS, window(30, 60), (window(0, 25),), limit=5),
)
Tables = dict[TableName, list[Row]]


def made_up(seed: int, count: int) -> Tables:
    """Rows that collide a lot: few services, instances, times and ids, so that ties and equal rows are common."""
    random_ = random.Random(seed)
    pick = random_.choice

    def common() -> dict[str, object]:
        named = {"service": pick("ab"), "instance": pick("xy"), "version": pick(["1", "2", None])}
        return {"at": pick([0, 4, 9.999999, 10, 24, 26, 30, 31, 44, 59]), **named}

    def metric() -> Row:
        kind = pick(["gauge", "sum", "histogram"])
        more: dict[str, object] = {"kind": kind, "temporality": pick(["cumulative", "delta"]), "name": f"m-{kind}"}
        if kind == "histogram":
            buckets = [random_.randrange(50) for _ in range(3)]
            return {**common(), **more, "bounds": [0.1, 0.3], "buckets": buckets, "count": sum(buckets), "sum": 0.7}
        return {**common(), **more, "value": pick([0.1, 0.2, 0.3, 1e16, -1e16, 7.7, float("nan")])}

    def span() -> Row:
        ids = {"trace_id": pick(["t1", "t2"]), "span_id": pick("12345"), "parent_span_id": pick(["1", "2", "3", None])}
        told = {"kind": pick(["server", "client", None]), "status": pick(["ok", "error"]), "name": pick("pq")}
        user = {"user.id": pick("uvw"), "server.address": "bank"}
        weights = {"duration": random_.randrange(5000), "sample_weight": pick([0.1, 0.3, 1.0]), "attributes": user}
        return {**common(), **ids, **told, **weights}

    def log() -> Row:
        body = pick(["took {} ms", "took {}\nValueError: {}", "no"]).format(random_.randrange(9), 1)
        return {**common(), "body": body, "severity_number": pick([9, 17, None]), "trace_id": pick(["t1", "t2", None])}

    def occurrence() -> Row:
        return {**common(), "kind": pick(["deploy", "alert"]), "title": pick("rs")}

    makers = {
        TableName.METRICS: metric,
        TableName.SPANS: span,
        TableName.LOGS: log,
        TableName.OCCURRENCES: occurrence,
    }
    return {name: [make() for _ in range(count)] for name, make in makers.items()}


def part_of(tables: Tables) -> dict[TableName, pa.Table]:
    return {name: table_of(name, rows) for name, rows in tables.items()}


def hashes(parts: list[Tables], directory: Path) -> list[str]:
    warehouse = DuckDbWarehouse(directory)
    segments = segments_of(warehouse, *(part_of(part) for part in parts))
    return [warehouse.run(query, segments).hash for query in QUERIES]


def test_every_kind_of_query_is_tried() -> None:
    assert {type(query) for query in QUERIES} == set(get_args(Query))


@settings(max_examples=6)
@given(seed=st.integers(0, 10**6), pieces=st.integers(1, 4))
def test_the_order_of_rows_and_the_cut_into_segments_change_no_answer(
    tmp_path_factory: pytest.TempPathFactory, seed: int, pieces: int
) -> None:
    tables = made_up(seed, 40)
    random_ = random.Random(seed)
    parts: list[Tables] = [{name: [] for name in tables} for _ in range(pieces)]
    for name, rows in tables.items():
        for row in random_.sample(rows, len(rows)):
            random_.choice(parts)[name].append(row)
    whole = hashes([tables], tmp_path_factory.mktemp("whole"))
    assert hashes(parts, tmp_path_factory.mktemp("parts")) == whole


def test_another_process_with_another_hash_seed_and_time_zone_gives_the_same_answers(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1]); "
        "from warehouse.test_queries import hashes, made_up; "
        "print(hashes([made_up(7, 40)], Path(sys.argv[2])))"
    )
    told = []
    for seed, zone in (("1", "Pacific/Auckland"), ("2", "America/St_Johns")):
        directory = tmp_path / seed
        directory.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone}
        command = [sys.executable, "-c", program, str(Path(__file__).parents[1]), str(directory)]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
        told.append(done.stdout)
    assert told[0] == told[1] == f"{hashes([made_up(7, 40)], tmp_path)}\n"


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_nothing_recorded_is_an_empty_answer_with_the_same_columns(query: Query) -> None:
    full = answer(query, part_of(made_up(3, 60)))
    empty = answer(query)
    assert full.rows > 0
    assert empty.rows == 0
    assert empty.arrow.schema == full.arrow.schema


def test_segments_outside_of_the_window_are_not_opened(tmp_path: Path) -> None:
    warehouse = DuckDbWarehouse(tmp_path)
    inside, outside = segments_of(
        warehouse,
        {TableName.LOGS: table_of(TableName.LOGS, [{"at": 5}])},
        {TableName.LOGS: table_of(TableName.LOGS, [{"at": 500}])},
    )
    (tmp_path / outside.files[0].path).unlink()
    found = warehouse.run(LogSignalQuery(RECORDINGS, (window(0, 60),), 60), (inside, outside))
    assert found.records() == [{"service": "orders", "severity": "unset", "time": START, "rows": 1}]


def test_a_file_that_is_gone_or_broken_is_told_and_is_no_calm(tmp_path: Path) -> None:
    warehouse = DuckDbWarehouse(tmp_path)
    segments = segments_of(warehouse, {TableName.LOGS: table_of(TableName.LOGS, [{"at": 5}])})
    stored = tmp_path / segments[0].files[0].path
    query = LogSignalQuery(RECORDINGS, (window(0, 60),), 60)
    stored.write_bytes(b"no Parquet at all")
    with pytest.raises(Unavailable, match=r"cannot be read: .*segment-0\.parquet.*Restore"):
        warehouse.run(query, segments)
    stored.unlink()
    with pytest.raises(Unavailable, match=r"not where they were written, first segments/logs/segment-0\.parquet"):
        warehouse.run(query, segments)


def test_segments_of_the_reference_are_read_though_they_lie_outside_of_the_window(tmp_path: Path) -> None:
    warehouse = DuckDbWarehouse(tmp_path)
    segments = segments_of(
        warehouse,
        {TableName.LOGS: table_of(TableName.LOGS, [{"at": 5, "body": "before"}])},
        {TableName.LOGS: table_of(TableName.LOGS, [{"at": 500, "body": "now"}])},
    )
    found = warehouse.run(LogPatternQuery(RECORDINGS, window(490, 510), (window(0, 10),)), segments)
    assert found.texts("pattern") == ["before", "now"]


def test_the_engine_reads_nothing_outside_of_the_data_directory(tmp_path: Path) -> None:
    data_dir = tmp_path / "data"
    data_dir.mkdir()
    warehouse = DuckDbWarehouse(data_dir)
    (segment,) = segments_of(warehouse, {TableName.LOGS: table_of(TableName.LOGS, [{"at": 5}])})
    (data_dir / segment.files[0].path).rename(tmp_path / "elsewhere.parquet")
    stray = replace(segment, files=(replace(segment.files[0], path="../elsewhere.parquet"),))
    with pytest.raises(duckdb.PermissionException):
        warehouse.run(LogSignalQuery(RECORDINGS, (window(0, 60),), 60), (stray,))
