"""What any service can suffer from: memory never given back, requests that end the process, a guard on its load."""

import inspect
import os
import time
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from secondstory.gameday.shop.http import Endpoint, Payload, Refused
from secondstory.gameday.shop.instance import Settings
from secondstory.gameday.shop.telemetry import Telemetry

EXIT_CODE = 134  # what a shell shows of a process that called abort()


class Weakness:
    """Weaknesses by settings, shared by all endpoints of one process.

    `cache.entry_kb`: each request leaves an entry of that size in a cache that nothing empties. `abort.every`: each
    n-th request ends the process. `guard.per_s`: more requests a second are refused, and refused ones count.
    """

    def __init__(self, settings: Settings, telemetry: Telemetry) -> None:
        self._settings = settings
        self._telemetry = telemetry
        self._cache: list[bytes] = []
        self._served = 0
        self._recent_s: deque[float] = deque()

    def borne_by(self, endpoint: Endpoint) -> Endpoint:
        """`endpoint` with each request passing through the weaknesses first."""
        handler: Callable[[Payload], Any] = endpoint.handler
        if inspect.iscoroutinefunction(handler):

            async def handle(payload: Payload) -> Payload:
                self._bear()
                answer: Payload = await handler(payload)
                return answer

            return replace(endpoint, handler=handle)

        def handle_in_thread(payload: Payload) -> Payload:
            self._bear()
            answer: Payload = handler(payload)
            return answer

        return replace(endpoint, handler=handle_in_thread)

    def _bear(self) -> None:
        self._served += 1
        self._guard(self._settings.number("guard.per_s", 0))
        size = int(self._settings.number("cache.entry_kb", 0)) * 1024
        if size:
            self._cache.append(b"e" * size)
        every = int(self._settings.number("abort.every", 0))
        if every and self._served % every == 0:
            os._exit(EXIT_CODE)  # nothing is flushed, as when native code aborts

    def _guard(self, per_s: float) -> None:
        if not per_s:
            return
        now_s = time.monotonic()
        self._recent_s.append(now_s)
        while self._recent_s[0] < now_s - 1:
            self._recent_s.popleft()
        if len(self._recent_s) > per_s:
            self._telemetry.log.warning("refused: %d requests in the last second", len(self._recent_s))
            raise Refused(503, "overloaded", "too many requests")
