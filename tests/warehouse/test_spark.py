"""Spark beside DuckDB: the same segments and answers, whatever the order of rows; what is missing is told in words."""

from __future__ import annotations

import random
import socket
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.query import LogSignalQuery, Query
from secondstory.model.segment import Recording
from secondstory.model.system import System
from secondstory.model.telemetry import Mapping, TableName
from secondstory.usecases.check_up import check_up
from secondstory.warehouse.engine import DuckDbWarehouse
from secondstory.warehouse.local_store import LocalStore
from secondstory.wiring import open_world

from .asking import RECORDINGS, Near, answer, asked_of, segments_of, table_of, window
from .test_queries import QUERIES, Tables, made_up, part_of

if TYPE_CHECKING:
    from pathlib import Path

    from .cluster import Cluster

ERRORS = LogSignalQuery(RECORDINGS, (window(0, 60),), 60)
LOGS = {TableName.LOGS: table_of(TableName.LOGS, [{"at": 5}, {"at": 50}])}


def shuffled(tables: Tables, pieces: int, seed: int) -> list[dict[TableName, pa.Table]]:
    """The same rows in another order, in several segments."""
    random_ = random.Random(seed)
    parts: list[Tables] = [{name: [] for name in tables} for _ in range(pieces)]
    for name, rows in tables.items():
        for row in random_.sample(rows, len(rows)):
            random_.choice(parts)[name].append(row)
    return [part_of(part) for part in parts]


def near(rows: list[dict[str, object]]) -> list[dict[str, object]]:
    return [{name: Near(value) if isinstance(value, float) else value for name, value in row.items()} for row in rows]


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_both_engines_answer_alike_in_any_order_of_rows(cluster: Cluster, query: Query) -> None:
    tables = made_up(11, 80)
    there = answer(query, part_of(tables))
    with asked_of(cluster.warehouse):
        here = answer(query, *shuffled(tables, 3, seed=5))
    assert there.rows > 0
    assert here.arrow.schema == there.arrow.schema
    assert near(here.records()) == there.records()


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: type(query).__name__)
def test_nothing_recorded_is_the_same_empty_answer(cluster: Cluster, query: Query) -> None:
    with asked_of(cluster.warehouse):
        empty = answer(query)
    assert empty.rows == 0
    assert empty.arrow.schema == answer(query).arrow.schema


def test_the_catalogue_says_the_same_of_a_segment_wherever_it_lies(cluster: Cluster, tmp_path: Path) -> None:
    part = part_of(made_up(2, 30))
    assert segments_of(cluster.warehouse(tmp_path), part) == segments_of(DuckDbWarehouse(tmp_path), part)


def test_the_settings_choose_the_engine_and_the_place(cluster: Cluster, tmp_path: Path) -> None:
    settings = Settings(
        data_dir=tmp_path,
        telemetry_engine="spark",
        spark_url=cluster.spark_url,
        telemetry_store="s3://telemetry/by-settings",
        telemetry_endpoint=cluster.endpoint,
    )
    with open_world(settings) as world:
        (segment,) = segments_of(world.warehouse, LOGS)
        assert world.warehouse.run(ERRORS, (segment,)).numbers("rows").tolist() == [2.0]
        assert world.warehouse.engine.startswith("spark ")
        paths = tuple(file.path for file in segment.files)
        assert world.files.missing((*paths, "segments/logs/other.parquet")) == ("segments/logs/other.parquet",)
        world.files.remove(paths)
        assert world.files.missing(paths) == paths
    assert not (tmp_path / "segments").exists()


def test_a_cluster_that_sees_the_data_directory_reads_it_there(cluster: Cluster, tmp_path: Path) -> None:
    with open_world(Settings(data_dir=tmp_path, telemetry_engine="spark", spark_url=cluster.spark_url)) as world:
        segments = segments_of(world.warehouse, LOGS)
        assert world.warehouse.run(ERRORS, segments).numbers("rows").tolist() == [2.0]
        assert DuckDbWarehouse(tmp_path).run(ERRORS, segments).numbers("rows").tolist() == [2.0]


def test_a_server_that_is_not_there_is_named_without_its_token(cluster: Cluster, tmp_path: Path) -> None:
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))
        url = f"sc://127.0.0.1:{nobody.getsockname()[1]}/;token=hunter2"
        with (
            open_world(Settings(data_dir=tmp_path, telemetry_engine="spark", spark_url=url)) as world,
            pytest.raises(Unavailable) as told,
        ):
            world.warehouse.run(ERRORS, ())
    assert "No Spark Connect server answered at 127.0.0.1" in told.value.what
    assert "hunter2" not in str(told.value)


def test_the_check_up_tells_of_an_engine_and_a_storage_that_are_not_there(cluster: Cluster, tmp_path: Path) -> None:
    with open_world(Settings(data_dir=tmp_path)) as world:
        world.recordings.save(Recording("shop", Mapping(), System()))
        world.catalogue.commit("shop", segments_of(world.warehouse, LOGS)[0], None)
    away = Settings(
        data_dir=tmp_path,
        telemetry_engine="spark",
        spark_url="sc://127.0.0.1:9",
        telemetry_store="s3://telemetry/away",
        telemetry_endpoint="http://127.0.0.1:9",
    )
    with open_world(away) as world:
        found = {check.name: check for check in check_up(LOCAL_OWNER, world)}
    assert found["engine"].state == found["recording shop"].state == "fails"
    assert "No Spark Connect server" in found["engine"].found
    assert "127.0.0.1:9" in found["recording shop"].found


def test_an_address_that_is_none_is_refused(cluster: Cluster, tmp_path: Path) -> None:
    with (
        pytest.raises(BadInput, match="SECONDSTORY_SPARK_URL"),
        open_world(Settings(data_dir=tmp_path, telemetry_engine="spark", spark_url="http://127.0.0.1:15002")),
    ):
        pass


def test_a_segment_that_is_gone_is_no_calm(cluster: Cluster) -> None:
    store = cluster.store()
    warehouse = cluster.over(store)
    segments = segments_of(warehouse, LOGS)
    assert warehouse.run(ERRORS, segments).numbers("rows").tolist() == [2.0]
    store.remove((segments[0].files[0].path,))
    with pytest.raises(Unavailable, match=r"not where they were written, first segments/logs/segment-0\.parquet"):
        warehouse.run(ERRORS, segments)


def test_a_place_that_the_cluster_does_not_see_is_no_calm(cluster: Cluster, tmp_path: Path) -> None:
    class Elsewhere(LocalStore):
        def address(self, path: str) -> str:
            return (tmp_path / "nothing-here" / path).as_uri()

    warehouse = cluster.over(Elsewhere(tmp_path))
    with pytest.raises(Unavailable, match="sees 0 of the 2 rows that are stored"):
        warehouse.run(ERRORS, segments_of(warehouse, LOGS))


def test_a_server_that_goes_away_amid_a_question_is_told_so(cluster: Cluster, tmp_path: Path) -> None:
    warehouse = cluster.dying(tmp_path)
    with pytest.raises(Unavailable, match=r"Spark at 127\.0\.0\.1:\d+ went away while it answered LogSignalQuery"):
        warehouse.run(ERRORS, segments_of(warehouse, LOGS))


def test_what_spark_says_is_told_with_the_question(cluster: Cluster, tmp_path: Path) -> None:
    store = LocalStore(tmp_path)
    segments = segments_of(cluster.over(store), LOGS)
    (tmp_path / segments[0].files[0].path).write_bytes(b"no Parquet at all")
    with pytest.raises(Unavailable, match=r"Spark at 127\.0\.0\.1:\d+ could not answer LogSignalQuery: .*Parquet"):
        cluster.over(store).run(ERRORS, segments)
