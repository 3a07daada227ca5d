"""One page's end of the shared notes: binary messages are y-protocols' own, text messages are ours.

Ours, as JSON: `welcome` with the number of the meeting, what the page may do, and who is behind it; `rights` where that
has changed; `saved` with how many of this connection's updates are on disk; `trouble` while the disk takes none.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import dataclass

import orjson
from pycrdt import Decoder, YMessageType, YSyncMessageType, write_message
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from secondstory.model.errors import SecondStoryError
from secondstory.texts import say
from secondstory.usecases.room.notes import Standing
from secondstory.web.live.awareness import read_states
from secondstory.web.live.notes import MOST_BYTES, NotesPage, NotesRoom, NotesRooms
from secondstory.web.live.sitting import Shut, sit

_ASK_AGAIN_S = 1.0
_NOTHING = b"\x00\x00"
MOST_PAGES = 500
MOST_MESSAGE = 256 * 1024
UNREADABLE, NOT_ALLOWED, READ_ONLY, SLOW, NEXT_MEETING, FULL, CROWDED = 4400, 4403, 4405, 4408, 4409, 4413, 4429
AGAIN, NO_ANSWER = 1012, 1013
"""Codes that a socket is closed with."""


@dataclass(frozen=True)
class NotesChannel:
    """What the one behind the page may do, asked every second: None = may not read any more."""

    rooms: NotesRooms
    incident_id: str
    actor_id: str
    standing_now: Callable[[], Standing | None]


class _Seat:
    """A page in the room, with its right to write as it was asked last."""

    def __init__(self, room: NotesRoom, page: NotesPage, standing: Standing) -> None:
        self.room, self.page, self.standing = room, page, standing


async def write_along(socket: WebSocket, channel: NotesChannel, standing: Standing) -> None:
    """Serve one page until it leaves or may not stay."""
    await socket.accept()
    page = NotesPage(channel.actor_id)
    try:
        room = await channel.rooms.join(standing.notebook, page)
    except SecondStoryError as error:
        await socket.close(NO_ANSWER, str(error)[:100])
        return
    seat = _Seat(room, page, standing)
    try:
        await sit(socket, _send(socket, seat), _hear(socket, seat), _watch(channel, seat))
    finally:
        channel.rooms.leave(room, page)


async def _send(socket: WebSocket, seat: _Seat) -> None:
    page = seat.page
    if len(seat.room.pages) > MOST_PAGES:
        raise Shut(CROWDED, say("notes.crowded"))
    await socket.send_text(_told("welcome", seat, page.actor_id))
    for message in seat.room.greeting():
        await socket.send_bytes(message)
    while True:
        waiting = await page.waiting.get()
        if page.is_slow:
            raise Shut(SLOW, say("notes.slow"))
        if isinstance(waiting, str):
            await socket.send_text(waiting)
        else:
            await socket.send_bytes(waiting)


async def _hear(socket: WebSocket, seat: _Seat) -> None:
    while True:
        try:
            message = await socket.receive_bytes()
            if len(message) > MOST_MESSAGE:
                raise ValueError(f"a message of {len(message)} bytes")
            _take(seat, message)
        except (ValueError, IndexError, RuntimeError, KeyError) as error:  # KeyError: text in place of bytes
            raise Shut(UNREADABLE, say("notes.unreadable")) from error


def _take(seat: _Seat, message: bytes) -> None:
    room, page = seat.room, seat.page
    if message[0] == YMessageType.AWARENESS:
        if seat.standing.may_write:
            room.look(page, read_states(_payload(message[1:])))
        return
    if message[0] != YMessageType.SYNC:
        raise ValueError(f"a message of type {message[0]}")
    payload = _payload(message[2:])
    if message[1] == YSyncMessageType.SYNC_STEP1:
        page.tell(bytes([YMessageType.SYNC, YSyncMessageType.SYNC_STEP2]) + write_message(room.since(payload)))
    elif not seat.standing.may_write:
        if payload != _NOTHING:
            raise Shut(READ_ONLY, say("notes.read_only"))
    elif not room.take(page, payload):
        raise Shut(FULL, say("notes.full", most=MOST_BYTES // 2**20))


def _payload(data: bytes) -> bytes:
    payload = Decoder(data).read_message()
    if payload is None:
        raise ValueError("a message without its payload")
    return payload


async def _watch(channel: NotesChannel, seat: _Seat) -> None:
    """Ask again and again what the page may do: a role may have changed, and the next meeting may have begun."""
    while True:
        await asyncio.sleep(_ASK_AGAIN_S)
        if seat.room.is_broken:
            raise Shut(AGAIN, say("notes.again"))
        now = await run_in_threadpool(channel.standing_now)
        if now is None:
            raise Shut(NOT_ALLOWED, say("notes.gone", incident=channel.incident_id))
        if now.notebook != seat.standing.notebook:
            raise Shut(NEXT_MEETING, say("notes.next_meeting"))
        if now != seat.standing:
            seat.standing = now
            seat.page.tell(_told("rights", seat, seat.page.actor_id))


def _told(kind: str, seat: _Seat, you: str) -> str:
    standing = seat.standing
    told = {"type": kind, "meeting": standing.notebook.meeting, "may_write": standing.may_write, "you": you}
    return orjson.dumps(told).decode()
