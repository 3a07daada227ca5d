"""Runs the web app, on loopback or behind TLS, until it is told to stop."""

from __future__ import annotations

import gc
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass

import uvicorn
from fastapi import FastAPI

from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import Unavailable
from secondstory.ports import World
from secondstory.usecases.room.log import is_any_on
from secondstory.web.app import build_app
from secondstory.web.door import Door
from secondstory.web.entrance import Entrance, try_tls
from secondstory.web.local import Local, announced, left_behind
from secondstory.web.receiver import Receiver
from secondstory.web.rounds import RoundsThread
from secondstory.web.worker import QueueThread

_LARGEST_MESSAGE = 256 * 1024  # bytes; what was written in the notes while the connection was lost
_COLLECTED_AFTER = (20_000, 20, 50)  # new objects, and rounds of the younger generations before an older one's


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
def serving(
    world: World,
    port: int,
    upload_limit_mb: int,
    entrance: Entrance | None = None,
    receiver: Receiver | None = None,
) -> Iterator[Served]:
    """Serve the app for the machine's owner and those who were invited. Port 0 = a free one.

    Raises Unavailable where the port is taken, BadInput where the certificate cannot be used.
    """
    entrance = entrance or Entrance()
    try_tls(entrance)
    listening = _listen(entrance.bind, port)
    door = Door(LOCAL_OWNER, listening.getsockname()[1], entrance, receiver)
    if (before := None if door.entrance.public_url else left_behind(world.data_dir, door.address)) is not None:
        door.take_over(before.cookie, before.csrf)
    queue, rounds = QueueThread(LOCAL_OWNER, world), RoundsThread(LOCAL_OWNER, world)
    # The access log would hold the token of the first request, so there is none.
    app = build_app(world, door, upload_limit_mb, queue.wake)
    _made_ready(app)
    config = uvicorn.Config(
        app,
        access_log=False,
        log_level="warning",
        lifespan="off",
        server_header=False,
        proxy_headers=False,  # whose word counts is the guard's to say
        ssl_certfile=entrance.certificate,
        ssl_keyfile=entrance.key,
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
        with _told(world, door), _rarely_collected():
            yield Served(door.invitation(), door.address, thread)
    finally:
        server.should_exit = True
        thread.join()
        queue.stop()
        rounds.stop()
        listening.close()


@contextmanager
def _rarely_collected() -> Iterator[None]:
    """What is loaded by now stays for as long as the server runs, so the collector need not walk through it again: a
    walk holds up every request for up to a tenth of a second. Most garbage is freed without it."""
    before = gc.get_threshold()
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()


def _made_ready(app: FastAPI) -> None:
    """Let every router make its routes, which it does when it is first asked: else the first to come wait for it."""
    nothing = {"type": "http", "method": "GET", "path": "/api/v1/-", "root_path": "", "headers": []}
    for route in app.routes:
        route.matches(nothing)


def _told(world: World, door: Door) -> AbstractContextManager[None]:
    """On loopback the owner's programs find the server; behind TLS they work on the data, and pages see it as soon.

    Who stops a server while a meeting is on means to start it again, and whoever leads is to come back as all do.
    """
    if door.entrance.public_url:
        return nullcontext()
    local = Local(door.address, *door.for_programs(), door.csrf, os.getpid())
    return announced(world.data_dir, local, lambda: is_any_on(LOCAL_OWNER, world))


def _listen(bind: str, port: int) -> socket.socket:
    # With the protocol named, asyncio switches delayed sending off; without, each answer waits 40 ms for the client.
    family = socket.AF_INET6 if ":" in bind else socket.AF_INET
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listening.bind((bind, port))
    except OSError as error:
        listening.close()
        raise Unavailable(f"Port {port} on {bind} cannot be used: {error}.", "Choose another with --port.") from error
    listening.listen()
    return listening
