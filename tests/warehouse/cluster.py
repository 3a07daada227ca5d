"""A Spark Connect cluster and S3-compatible storage inside the tests' process: Sail with workers, and moto.

With SECONDSTORY_TEST_SPARK=sc://host:port a cluster that runs on this machine is asked instead of Sail. It reads
segments from a folder, because Apache Spark speaks S3 only with jars that it does not come with.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import boto3
import ibis
import pytest
from moto.server import ThreadedMotoServer
from pysail.spark import SparkConnectServer

from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.object_store import ObjectStore
from secondstory.warehouse.spark import SharedStore, SparkWarehouse

BUCKET = "telemetry"


@dataclass(frozen=True)
class Cluster:
    """Where both listen."""

    spark_url: str
    endpoint: str
    folder: Path | None = None  # where a cluster that we did not start finds segments
    _places: Iterator[int] = field(default_factory=count)

    def store(self) -> ObjectStore:
        """A place of its own in the bucket."""
        return ObjectStore(f"s3://{BUCKET}/place-{next(self._places)}", self.endpoint)

    def warehouse(self, _directory: Path) -> SparkWarehouse:
        """Spark over a place of its own; the directory is what another engine would be given."""
        if self.folder is None:
            return self.over(self.store())
        return self.over(LocalStore(self.folder / f"place-{next(self._places)}"))

    def over(self, store: SharedStore) -> SparkWarehouse:
        """Spark over a store, in a process where Ibis is as it comes: where Spark answers, nobody opens DuckDB."""
        ibis.options.sql.fuse_selects = True
        return SparkWarehouse(self.spark_url, store)

    def dying(self, directory: Path) -> SparkWarehouse:
        """Another server over a folder; it ends when it is told where a file lies."""
        server = SparkConnectServer("127.0.0.1", 0)
        server.start(background=True)
        host, port = server.listening_address

        class Ending(LocalStore):
            def address(self, path: str) -> str:
                server.stop()
                return super().address(path)

        return SparkWarehouse(f"sc://{host}:{port}", Ending(directory))


@contextmanager
def started() -> Iterator[Cluster]:
    """Both, with an empty bucket; gone on leaving."""
    storage = ThreadedMotoServer("127.0.0.1", 0, verbose=False)
    storage.start()
    host, port = storage.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    with ExitStack() as leaving:
        leaving.callback(storage.stop)
        environment = leaving.enter_context(pytest.MonkeyPatch.context())
        for name, value in _environment(endpoint).items():
            environment.setenv(name, value)
        boto3.client("s3", endpoint_url=endpoint).create_bucket(Bucket=BUCKET)
        there = os.environ.get("SECONDSTORY_TEST_SPARK")
        if there:
            yield Cluster(there, endpoint, Path(leaving.enter_context(tempfile.TemporaryDirectory())))
            return
        spark = SparkConnectServer("127.0.0.1", 0)
        spark.start(background=True)
        leaving.callback(spark.stop)
        host, port = spark.listening_address
        yield Cluster(f"sc://{host}:{port}", endpoint)


def _environment(endpoint: str) -> dict[str, str]:
    return {
        "RUST_LOG": "error",
        "SAIL_MODE": "local-cluster",
        "AWS_ACCESS_KEY_ID": "tests",
        "AWS_SECRET_ACCESS_KEY": "tests",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT": endpoint,
        "AWS_ALLOW_HTTP": "true",
        "AWS_VIRTUAL_HOSTED_STYLE_REQUEST": "false",
        "AWS_REQUEST_CHECKSUM_CALCULATION": "when_required",  # moto takes a trailing checksum for content
    }
