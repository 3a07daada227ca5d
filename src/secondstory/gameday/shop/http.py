"""Turns handlers into HTTP endpoints and calls into HTTP requests, each with its span and its measurements."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from opentelemetry.propagate import extract, inject
from opentelemetry.trace import Span, SpanKind, Status, StatusCode
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from secondstory.gameday.shop.instance import Directory, Instance, Settings
from secondstory.gameday.shop.telemetry import Telemetry

Payload = Mapping[str, Any]


class Refused(Exception):
    """A handler's answer other than 200: an HTTP status and what kind of error it is."""

    def __init__(self, status: int, error_type: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.error_type = error_type


@dataclass(frozen=True)
class Endpoint:
    """One route of a service; a handler that waits for the database runs in the worker threads."""

    method: str
    route: str
    handler: Callable[[Payload], Awaitable[Payload]] | Callable[[Payload], Payload]
    in_thread: bool = False
    entry: bool = False


def as_route(endpoint: Endpoint, telemetry: Telemetry) -> Route:
    """`endpoint` with a server span, duration and active-request count around it."""
    request_attributes = {"http.request.method": endpoint.method, "url.scheme": "http"}

    async def serve(request: Request) -> Response:
        started = time.perf_counter()
        measured: dict[str, str | int] = {**request_attributes, "http.route": endpoint.route}
        telemetry.active.add(1, request_attributes)
        attributes: dict[str, str | int] = {**measured, "url.path": request.url.path}
        if endpoint.entry and "x-user" in request.headers:
            attributes["enduser.id"] = request.headers["x-user"]
        with telemetry.tracer.start_as_current_span(
            f"{endpoint.method} {endpoint.route}",
            extract(request.headers),
            SpanKind.SERVER,
            attributes,
            record_exception=False,
        ) as span:
            try:
                response = await _answer(endpoint, request, span)
                measured["http.response.status_code"] = response.status_code
                if response.status_code >= 500:
                    measured["error.type"] = response.headers.get("x-error-type", str(response.status_code))
                return response
            finally:
                telemetry.active.add(-1, request_attributes)
                telemetry.served_s.record(time.perf_counter() - started, measured)

    return Route(endpoint.route, serve, methods=[endpoint.method])


async def _answer(endpoint: Endpoint, request: Request, span: Span) -> Response:
    body: dict[str, Any] = await request.json() if endpoint.method == "POST" else {}
    payload = {**body, **request.path_params, **request.query_params}
    if "x-user" in request.headers:
        payload["user"] = request.headers["x-user"]
    try:
        if endpoint.in_thread:
            answer: Any = await run_in_threadpool(endpoint.handler, payload)
        else:
            answer = endpoint.handler(payload)
            answer = await answer
    except Refused as refused:
        span.set_attribute("http.response.status_code", refused.status)
        if refused.status < 500:
            return JSONResponse({"error": str(refused)}, refused.status)
        span.set_attribute("error.type", refused.error_type)
        span.set_status(Status(StatusCode.ERROR, str(refused)))
        return JSONResponse({"error": str(refused)}, refused.status, {"x-error-type": refused.error_type})
    span.set_attribute("http.response.status_code", 200)
    return JSONResponse(answer)


class Caller:
    """Sends requests to other services, as a client with a time-out and a number of retries.

    The settings `client.timeout_s`, `client.retries` and `client.wait_s` override what the code asks for.
    """

    def __init__(self, instance: Instance, telemetry: Telemetry, settings: Settings) -> None:
        self._instance = instance
        self._telemetry = telemetry
        self._settings = settings
        self._directory = Directory(instance.directory)
        self._client = httpx.AsyncClient(limits=httpx.Limits(max_connections=400))

    async def post(self, role: str, path: str, payload: Payload, *, timeout_s: float, retries: int = 0) -> Payload:
        """Send and return the answer; raises Refused with 504 on time-out, 502 or 503 where the callee failed."""
        service = self._instance.names[role]
        timeout_s = self._settings.number("client.timeout_s", timeout_s)
        retries = int(self._settings.number("client.retries", retries))
        attempt = 0
        while True:
            try:
                return await self._attempt(service, path, payload, timeout_s, attempt)
            except Refused as refused:
                if refused.status < 500:
                    raise
                if attempt == retries:
                    self._telemetry.log.warning(
                        "%s did not answer POST %s after %d attempts: %s", service, path, attempt + 1, refused
                    )
                    raise
            attempt += 1
            self._telemetry.retries.add(1, {"server.address": service})
            # A wait that is set by hand does not grow; a thousand doublings would not end.
            set_s = self._settings.get("client.wait_s")
            await asyncio.sleep(float(set_s) if set_s else 0.1 * 2**attempt)

    async def close(self) -> None:
        """Close the connections."""
        await self._client.aclose()

    async def _attempt(self, service: str, path: str, payload: Payload, timeout_s: float, attempt: int) -> Payload:
        attributes: dict[str, str | int] = {
            "http.request.method": "POST",
            "server.address": service,
            "url.path": path,
        }
        if attempt:
            attributes["http.request.resend_count"] = attempt
        with self._telemetry.tracer.start_as_current_span(
            "POST", kind=SpanKind.CLIENT, attributes=attributes, record_exception=False, set_status_on_exception=False
        ) as span:
            headers = {"x-user": str(payload.get("user", ""))}
            inject(headers)
            try:
                port = self._directory.port(service)
                response = await self._client.post(
                    f"http://127.0.0.1:{port}{path}", json=dict(payload), headers=headers, timeout=timeout_s
                )
            except httpx.TimeoutException as error:
                raise _failed(span, 504, "timeout", f"{service} did not answer within {timeout_s:g} s") from error
            except (httpx.TransportError, LookupError) as error:
                raise _failed(span, 502, type(error).__name__, f"{service} cannot be reached: {error}") from error
            span.set_attribute("http.response.status_code", response.status_code)
            answer: dict[str, Any] = response.json()
            if response.status_code >= 400:
                message = f"{service} answered {response.status_code}: {answer.get('error', '')}"
                raise _failed(span, min(response.status_code, 503), str(response.status_code), message)
            return answer


@dataclass(frozen=True)
class Means:
    """What a service has to work with: what it knows, what it measures with, what it calls others with."""

    instance: Instance
    settings: Settings
    telemetry: Telemetry
    caller: Caller


def _failed(span: Span, status: int, error_type: str, message: str) -> Refused:
    span.set_attribute("error.type", error_type)
    span.set_status(Status(StatusCode.ERROR, message))
    return Refused(status, error_type, message)
