"""Runs one instance of one service on a socket that it is given."""

import os
import socket
import threading
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from secondstory.gameday.shop import cart, catalogue, checkout, gateway, orders, payment
from secondstory.gameday.shop.http import Caller, Endpoint, Means, as_route
from secondstory.gameday.shop.instance import Instance, Settings, read_instance
from secondstory.gameday.shop.telemetry import start_telemetry
from secondstory.gameday.shop.weakness import Weakness

ROLES: dict[str, Callable[[Means], tuple[Endpoint, ...]]] = {
    "gateway": gateway.endpoints,
    "checkout": checkout.endpoints,
    "cart": cart.endpoints,
    "orders": orders.endpoints,
    "payment": payment.endpoints,
    "catalogue": catalogue.endpoints,
}


def main(settings: str, socket_number: str) -> None:
    """Serve on the socket inherited from the fleet until SIGTERM, or until the recorder is gone."""
    instance = read_instance(Path(settings))
    threading.Thread(target=_end_with_parent, args=(os.getppid(),), daemon=True).start()
    config = uvicorn.Config(
        _application(instance), log_config=None, access_log=False, timeout_graceful_shutdown=3, lifespan="on"
    )
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=int(socket_number))])


def _application(instance: Instance) -> Starlette:
    telemetry = start_telemetry(instance)
    settings = Settings(instance)
    caller = Caller(instance, telemetry, settings)

    @asynccontextmanager
    async def lifespan(_: Starlette) -> AsyncIterator[None]:
        telemetry.log.info("%s %s ready", instance.name, instance.version)
        yield
        await caller.close()
        telemetry.close()

    async def health(_: Request) -> PlainTextResponse:
        return PlainTextResponse("ok")

    endpoints = ROLES[instance.role](Means(instance, settings, telemetry, caller))
    weakness = Weakness(settings, telemetry)
    routes = [as_route(weakness.borne_by(endpoint), telemetry) for endpoint in endpoints]
    return Starlette(routes=[*routes, Route("/health", health)], lifespan=lifespan)


def _end_with_parent(parent: int) -> None:
    # A killed recorder cannot end its children; each looks for itself.
    while os.getppid() == parent:
        time.sleep(0.5)
    os._exit(1)
