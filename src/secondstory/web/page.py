"""Serves rendered report files on loopback, read only, until told to stop."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from secondstory.model.errors import Unavailable
from secondstory.usecases.export_report import ReportFile

_LOOPBACK = "127.0.0.1"


@dataclass(frozen=True)
class Address:
    """Where the page is."""

    url: str
    _server_thread: threading.Thread

    def wait(self) -> None:
        """Until Ctrl-C."""
        self._server_thread.join()


@contextmanager
def serving(files: tuple[ReportFile, ...], port: int) -> Iterator[Address]:
    """Serve `files`, the HTML one at the root. Port 0 = a free one. Raises Unavailable where the port is taken."""
    pages = {f"/{file.name}": file for file in files}
    pages["/"] = next(file for file in files if file.media_type.startswith("text/html"))
    try:
        server = ThreadingHTTPServer((_LOOPBACK, port), _handler(pages))
    except OSError as error:
        raise Unavailable(
            f"Port {port} on {_LOOPBACK} cannot be used: {error}.", "Choose another with --port."
        ) from error
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, name="page", daemon=True)
    thread.start()
    try:
        yield Address(f"http://{_LOOPBACK}:{server.server_port}/", thread)
    finally:
        server.shutdown()
        server.server_close()


def _handler(pages: dict[str, ReportFile]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        """Answers GET and HEAD for the known paths."""

        def do_GET(self) -> None:
            """Send a page."""
            self._answer(with_body=True)

        def do_HEAD(self) -> None:
            """Send a page's headers."""
            self._answer(with_body=False)

        def _answer(self, *, with_body: bool) -> None:
            # A page elsewhere may point its own host name at loopback; only ours is answered.
            host = self.headers.get("Host", "").rsplit(":", 1)[0]
            file = pages.get(self.path.split("?", 1)[0])
            if host not in (_LOOPBACK, "localhost") or file is None:
                self.send_error(HTTPStatus.NOT_FOUND)
                return
            self.send_response(HTTPStatus.OK)
            self.send_header("Content-Type", file.media_type)
            self.send_header("Content-Length", str(len(file.data)))
            self.send_header("X-Content-Type-Options", "nosniff")
            self.send_header("Referrer-Policy", "no-referrer")
            self.send_header("Cache-Control", "no-store")
            self.end_headers()
            if with_body:
                self.wfile.write(file.data)

        def log_message(self, format: str, *args: object) -> None:
            """Requests for one's own page are not worth a line."""

    return Handler
