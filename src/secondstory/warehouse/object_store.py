"""Segments' files as objects in S3-compatible storage.

An object appears when all of it has arrived, so a name that exists holds a whole file. Keys are found where the AWS
tools find them (AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, a profile, a role) and never told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from urllib.parse import urlsplit

import pyarrow as pa
import pyarrow.parquet as pq
from pyarrow import fs

from secondstory.model.errors import BadInput, Unavailable
from secondstory.texts import say
from secondstory.warehouse.stored import write_parquet

_CONNECT_S = 5
_ANSWER_S = 60
_ATTEMPTS = 3
_SCHEMES = ("s3", "s3a")  # s3a is what Hadoop, and so Apache Spark, calls it


class ObjectStore:
    """`segments.SegmentStore` and `ports.SegmentFiles` below `place`, such as s3://bucket/prefix.

    `endpoint` is the http address of a storage other than Amazon's. Every method raises Unavailable, in words.
    """

    def __init__(self, place: str, endpoint: str = "") -> None:
        parts, server = urlsplit(place), urlsplit(endpoint)
        if parts.scheme not in _SCHEMES or not parts.netloc or "@" in parts.netloc or parts.query:
            raise BadInput(say("engine.store_place"), say("engine.store_place_next"))
        if endpoint and (server.scheme not in ("http", "https") or not server.hostname or server.username):
            raise BadInput(say("engine.store_endpoint"), say("engine.store_endpoint_next"))
        self._place = place.rstrip("/")
        self._prefix = f"{parts.netloc}{parts.path}".rstrip("/")
        self._bucket = parts.netloc
        self._server = server.netloc or "Amazon S3"
        self._files = fs.S3FileSystem(
            endpoint_override=server.netloc or None,
            scheme=server.scheme or None,
            allow_delayed_open=True,  # what is small goes in one request, not in three
            connect_timeout=_CONNECT_S,
            request_timeout=_ANSWER_S,
            retry_strategy=fs.AwsStandardS3RetryStrategy(max_attempts=_ATTEMPTS),
        )

    def write(self, path: str, rows: pa.Table) -> int:
        """Durably; gives the size in bytes."""
        # Whole before it is sent: a stream that breaks off would be closed, and closing it would keep what came.
        buffer = pa.BufferOutputStream()
        write_parquet(rows, buffer)
        whole = buffer.getvalue()
        self._send(path, whole)
        return int(whole.size)

    def copy_in(self, path: str, data: bytes) -> None:
        """Keep a file, durably and whole, in place of what is there."""
        self._send(path, data)

    def copy_out(self, path: str) -> bytes:
        """A file as it is."""
        with self._in_words(path), self._files.open_input_stream(self._key(path)) as stream:
            whole: bytes = stream.read()
        return whole

    def _send(self, path: str, whole: pa.Buffer | bytes) -> None:
        with self._in_words(path), self._files.open_output_stream(self._key(path)) as stream:
            stream.write(whole)

    def read(self, path: str) -> pa.Table:
        """The rows of a file."""
        with self._in_words(path):
            return pq.read_table(self._key(path), filesystem=self._files)

    def address(self, path: str) -> str:
        """How another program finds the file."""
        return f"{self._place}/{path}"

    def missing(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are not there."""
        with self._in_words(""):
            found = self._files.get_file_info([self._key(path) for path in paths])
        return tuple(path for path, info in zip(paths, found, strict=True) if info.type != fs.FileType.File)

    def remove(self, paths: tuple[str, ...]) -> None:
        """Take files away; those that are gone already are no error."""
        for path in paths:
            with self._in_words(path), suppress(FileNotFoundError):
                self._files.delete_file(self._key(path))

    def _key(self, path: str) -> str:
        return f"{self._prefix}/{path}"

    @contextmanager
    def _in_words(self, path: str) -> Iterator[None]:
        """Errors of the storage, as what they mean for whoever set it up."""
        where = {"bucket": self._bucket, "server": self._server}
        try:
            yield
        except FileNotFoundError as error:
            raise Unavailable(say("engine.no_file", path=path, **where), say("engine.no_file_next")) from error
        except OSError as error:
            named = _NAMED.search(str(error))
            said = named.group(1) if named else "no answer"
            told = next((key for signs, key in _MEANINGS if any(sign in said for sign in signs)), "no_store")
            raise Unavailable(say(f"engine.{told}", said=said, **where), say(f"engine.{told}_next")) from error


_NAMED = re.compile(r"AWS Error (\w+(?: \(HTTP status \d+\))?)")
_MEANINGS = (
    (("NO_SUCH_BUCKET",), "no_bucket"),
    (("HTTP status 301",), "store_region"),
    (("ACCESS_DENIED", "INVALID_ACCESS_KEY_ID", "SIGNATURE", "HTTP status 403"), "store_refuses"),
)
