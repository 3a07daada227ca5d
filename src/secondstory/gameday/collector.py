"""Turns OTLP over HTTP into files, byte by byte as it was received, and lets a watch look at the metrics."""

import asyncio
import contextlib
import gzip
import socket
from collections.abc import Iterator
from pathlib import Path

import uvicorn
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from secondstory.gameday.watch import Watch

KINDS = ("traces", "metrics", "logs")


class Collector:
    """Listens on a loopback port and appends each request body to `<kind>.otlp.pb.gz`.

    A body is preceded by its length as four bytes, big endian, as the OpenTelemetry Collector's file exporter does it.
    """

    def __init__(self, folder: Path, watch: Watch) -> None:
        folder.mkdir(parents=True)
        self._watch = watch
        # No time stamp in the gzip header: the same messages give the same file.
        self._files = {
            kind: gzip.GzipFile(folder / f"{kind}.otlp.pb.gz", "wb", compresslevel=9, mtime=0) for kind in KINDS
        }
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}"
        routes = [Route(f"/v1/{kind}", self._receive, methods=["POST"]) for kind in KINDS]
        self._server = _QuietServer(
            uvicorn.Config(Starlette(routes=routes), log_config=None, access_log=False, lifespan="off")
        )
        self._task: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Begin to listen."""
        self._task = asyncio.create_task(self._server.serve(sockets=[self._socket]))
        while not self._server.started:
            await asyncio.sleep(0.01)

    async def stop(self) -> None:
        """Stop listening and close the files."""
        self._server.should_exit = True
        if self._task:
            await self._task
        for file in self._files.values():
            file.close()

    def take_metrics(self, request: ExportMetricsServiceRequest) -> None:
        """Keep metrics of this very process as if they had come in."""
        self._keep("metrics", request.SerializeToString())

    async def _receive(self, request: Request) -> Response:
        kind = request.url.path.rsplit("/", 1)[-1]
        body = await request.body()
        if request.headers.get("content-encoding") == "gzip":
            body = gzip.decompress(body)
        self._keep(kind, body)
        # An empty Export*ServiceResponse is zero bytes long: everything was accepted.
        return Response(b"", media_type="application/x-protobuf")

    def _keep(self, kind: str, body: bytes) -> None:
        self._files[kind].write(len(body).to_bytes(4, "big") + body)
        if kind == "metrics":
            self._watch.receive(ExportMetricsServiceRequest.FromString(body))


class _QuietServer(uvicorn.Server):
    """A server that leaves the signals to the recorder, which has children to end first."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield
