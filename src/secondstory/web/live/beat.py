"""A sign of life on the sockets of a meeting, so that a page can tell a quiet room from a dead connection.

A browser does not tell its page of the protocol's own pings, and a network that dies without a word leaves a socket
open for minutes. So where nothing was told for a while the server says so; a page that hears nothing for two and a half
times as long takes the connection for lost. The other way round the server's own pings find pages that are gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from typing import TypeVar

T = TypeVar("T")
BEAT = '{"type":"beat"}'
BEAT_EVERY_S = 10.0
"""`SILENT_MS` in ui/src/lib/pulse.ts is two and a half times as long."""


async def within_a_beat(waiting: Awaitable[T], beat_s: float) -> T | None:
    """What is waited for, or None where a sign of life is due first."""
    with suppress(TimeoutError):
        async with asyncio.timeout(beat_s):
            return await waiting
    return None
