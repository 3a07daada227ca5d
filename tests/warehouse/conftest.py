"""Tests that ask queries ask them of both engines."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from typing import Any

import pytest

from secondstory.warehouse.engine import DuckDbWarehouse

from .asking import asked_of


@pytest.fixture(scope="session")
def cluster() -> Iterator[Any]:
    """A `cluster.Cluster`."""
    for needed in ("pysail", "pyspark", "moto"):
        pytest.importorskip(needed, reason=f"{needed} is not installed; `make setup` brings it")
    with importlib.import_module("tests.warehouse.cluster").started() as cluster:
        yield cluster


@pytest.fixture(params=["duckdb", "spark"])
def both_engines(request: pytest.FixtureRequest) -> Iterator[None]:
    """The test runs once on each engine."""
    spark = request.param == "spark"
    with asked_of(request.getfixturevalue("cluster").warehouse if spark else DuckDbWarehouse):
        yield
