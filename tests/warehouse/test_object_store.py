"""Segments in S3-compatible storage: whole or not there, the same bytes twice; what is missing is told in words."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from typing import TYPE_CHECKING

import pyarrow as pa
import pytest

from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.segment import Privacy
from secondstory.model.telemetry import TableName
from secondstory.warehouse.object_store import ObjectStore
from secondstory.warehouse.segments import SegmentRedactor, write_segment

from .asking import table_of

if TYPE_CHECKING:
    from .cluster import Cluster

ROWS = pa.table({"body": [f"line {number}" for number in range(1000)]})
PATH = "segments/logs/s.parquet"


@contextmanager
def refusing(status: int, code: str) -> Iterator[str]:
    """The address of a storage that answers everything with this error."""

    class Refusing(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response(status)
            self.end_headers()

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers.get("Content-Length", 0)))
            self.do_GET()

        def do_GET(self) -> None:
            body = f"<Error><Code>{code}</Code><Message>no</Message></Error>".encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing."""

    server = HTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_what_was_written_is_read_again_and_writing_twice_changes_nothing(cluster: Cluster) -> None:
    store = cluster.store()
    size = store.write(PATH, ROWS)
    assert store.write(PATH, ROWS) == size > 0
    assert store.read(PATH).equals(ROWS)


def test_a_name_that_became_known_is_taken_out_of_what_is_stored(cluster: Cluster) -> None:
    store = cluster.store()
    logs = table_of(TableName.LOGS, [{"body": "deployed by Maria Lopez"}])
    before = write_segment(store, "one", ((TableName.LOGS, logs),), Privacy((), bytes(32)))
    after = SegmentRedactor(store).anew(before, "two", Privacy((("Maria Lopez", "responder-1"),), bytes(32)))
    assert store.read(after.files[0].path)["body"].to_pylist() == ["deployed by responder-1"]
    store.remove(tuple(file.path for file in before.files))
    store.remove(tuple(file.path for file in before.files))
    assert store.missing((before.files[0].path, after.files[0].path)) == (before.files[0].path,)


def test_a_missing_file_is_named(cluster: Cluster) -> None:
    with pytest.raises(Unavailable, match=f"{PATH} is not in the bucket telemetry"):
        cluster.store().read(PATH)


def test_a_missing_bucket_is_named_and_not_made(cluster: Cluster) -> None:
    store = ObjectStore("s3://elsewhere/prefix", cluster.endpoint)
    for _ in range(2):
        with pytest.raises(Unavailable, match="no bucket named elsewhere"):
            store.write(PATH, ROWS)


@pytest.mark.parametrize(
    ("status", "code"), [(403, "AccessDenied"), (403, "InvalidAccessKeyId"), (403, "SignatureDoesNotMatch")]
)
def test_a_wrong_key_is_told_and_the_key_is_not(monkeypatch: pytest.MonkeyPatch, status: int, code: str) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIDHUNTER2")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hunter2")
    with refusing(status, code) as endpoint:
        store = ObjectStore("s3://telemetry", endpoint)
        for attempt in (lambda: store.write(PATH, ROWS), lambda: store.read(PATH), lambda: store.missing((PATH,))):
            with pytest.raises(Unavailable, match="does not let us into the bucket telemetry") as told:
                attempt()
            assert "hunter2" not in str(told.value).lower()


def test_a_bucket_of_another_region_is_told() -> None:
    with (
        refusing(301, "PermanentRedirect") as endpoint,
        pytest.raises(Unavailable, match=r"another region.* AWS_REGION"),
    ):
        ObjectStore("s3://telemetry", endpoint).write(PATH, ROWS)


def test_another_error_of_the_storage_is_told_by_its_name() -> None:
    with refusing(501, "NotImplemented") as endpoint, pytest.raises(Unavailable, match=r"as it should: UNKNOWN .*501"):
        ObjectStore("s3://telemetry", endpoint).missing((PATH,))


def test_a_storage_that_is_not_there_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "k")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s")
    with pytest.raises(
        Unavailable, match=r"storage at 127\.0\.0\.1:9 does not answer as it should: NETWORK_CONNECTION"
    ):
        ObjectStore("s3://telemetry/prefix", "http://127.0.0.1:9").write(PATH, ROWS)


@pytest.mark.parametrize("place", ["telemetry", "/srv/telemetry", "s3://", "s3://key:secret@telemetry", "gs://bucket"])
def test_a_place_that_is_none_is_refused(place: str) -> None:
    with pytest.raises(BadInput, match="s3://bucket/prefix"):
        ObjectStore(place)


@pytest.mark.parametrize("endpoint", ["minio:9000", "ftp://minio", "http://key:secret@minio:9000"])
def test_an_endpoint_that_is_none_is_refused(endpoint: str) -> None:
    with pytest.raises(BadInput, match="http://minio:9000"):
        ObjectStore("s3://telemetry", endpoint)
