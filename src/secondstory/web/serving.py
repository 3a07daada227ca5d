"""Runs the web app on loopback until it is told to stop."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

import uvicorn

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import Unavailable
from secondstory.ports import World
from secondstory.web.app import build_app
from secondstory.web.door import Door
from secondstory.web.rounds import RoundsThread
from secondstory.web.worker import QueueThread

LOOPBACK = "127.0.0.1"
_LARGEST_MESSAGE = 4096  # bytes; a page tells its name


@dataclass(frozen=True)
class Served:
    """A running server: `url` lets one browser in, once."""

    url: str
    address: str
    _thread: threading.Thread

    def wait(self) -> None:
        """Until Ctrl-C."""
        self._thread.join()


@contextmanager
def serving(world: World, port: int, upload_limit_mb: int) -> Iterator[Served]:
    """Serve the app for the machine's owner. Port 0 = a free one. Raises Unavailable where the port is taken."""
    listening = _listen(port)
    door = Door(LOCAL_OWNER, listening.getsockname()[1])
    queue, rounds = QueueThread(LOCAL_OWNER, world), RoundsThread(LOCAL_OWNER, world)
    # The access log would hold the token of the first request, so there is none.
    config = uvicorn.Config(
        build_app(world, door, upload_limit_mb, queue.wake),
        access_log=False,
        log_level="warning",
        lifespan="off",
        server_header=False,
        timeout_graceful_shutdown=5,
        ws="websockets-sansio",
        ws_max_size=_LARGEST_MESSAGE,
        ws_per_message_deflate=False,  # many short messages: packing them costs more than sending them
    )
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, name="web", daemon=True)
    thread.start()
    queue.start()
    rounds.start()
    try:
        yield Served(door.invitation(), door.address, thread)
    finally:
        server.should_exit = True
        thread.join()
        queue.stop()
        rounds.stop()
        listening.close()


def _listen(port: int) -> socket.socket:
    # With the protocol named, asyncio switches delayed sending off; without, each answer waits 40 ms for the client.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((LOOPBACK, port))
    except OSError as error:
        listening.close()
        raise Unavailable(
            f"Port {port} on {LOOPBACK} cannot be used: {error}.", "Choose another with --port."
        ) from error
    listening.listen()
    return listening
