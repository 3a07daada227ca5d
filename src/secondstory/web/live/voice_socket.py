"""One page's end of the microphones: binary messages are sound, text messages tell whether it is taken, and the lag.

`voice` with the state, how far captions are behind in seconds, whether somebody is heard to speak, and how many seconds
were given up because too much waited; `heard` with the page's own words. While the state is not `open`, sound that
comes is dropped unread.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import asdict, dataclass

import orjson
from starlette.concurrency import run_in_threadpool
from starlette.websockets import WebSocket

from secondstory.ports.speech import RATE
from secondstory.texts import say
from secondstory.usecases.room.voice import VoiceNow, VoiceState
from secondstory.web.live.sitting import Shut, sit
from secondstory.web.live.voice import MOST_TRACKS, Track, VoiceDesk

UNREADABLE, NOT_ALLOWED, CROWDED = 4400, 4403, 4429
_ASK_AGAIN_S = 0.5
_MOST_MESSAGE = 64 * 1024
_BYTES_A_SECOND = RATE * 2
_AHEAD_S = 4.0  # a page that was held up sends what waited at once
_FASTER = 1.25


@dataclass(frozen=True)
class VoiceChannel:
    """`now` is asked twice a second: None = the one behind the page may not speak there any more."""

    desk: VoiceDesk
    incident_id: str
    now: Callable[[], VoiceNow | None]


class _Seat:
    def __init__(self, track: Track) -> None:
        self.track, self.now, self.taken = track, VoiceState.NOT_LIVE, 0


async def speak(socket: WebSocket, channel: VoiceChannel, speaker: str | None) -> None:
    """Serve one microphone until its page leaves or may not stay."""
    await socket.accept()
    desk, speech = channel.desk, channel.desk.speech
    if speech is None:
        now = await run_in_threadpool(channel.now)
        await socket.send_text(_told(now, 0.0, None) if now is not None else "{}")
        await socket.close(1000)
        return
    if len(desk.tracks) >= MOST_TRACKS:
        await socket.close(CROWDED, say("voice.crowded"))
        return
    seat = _Seat(Track(channel.incident_id, speaker, await run_in_threadpool(speech.ear)))
    desk.tracks.add(seat.track)
    try:
        await sit(socket, _hear(socket, channel, seat), _tell(socket, channel, seat))
    finally:
        desk.tracks.discard(seat.track)
        desk.add(seat.track, seat.track.end())


async def _hear(socket: WebSocket, channel: VoiceChannel, seat: _Seat) -> None:
    clock = asyncio.get_running_loop().time
    began = clock()
    while True:
        try:
            audio = await socket.receive_bytes()
        except KeyError as error:  # text in place of bytes
            raise Shut(UNREADABLE, say("voice.unreadable")) from error
        if len(audio) > _MOST_MESSAGE or len(audio) % 2:
            raise Shut(UNREADABLE, say("voice.unreadable"))
        seat.taken += len(audio)
        if seat.taken > ((clock() - began) * _FASTER + _AHEAD_S) * _BYTES_A_SECOND:
            raise Shut(CROWDED, say("voice.fast"))
        if seat.now is VoiceState.OPEN:
            channel.desk.add(seat.track, await run_in_threadpool(seat.track.take, audio))


async def _tell(socket: WebSocket, channel: VoiceChannel, seat: _Seat) -> None:
    before = ""
    while True:
        now = await run_in_threadpool(channel.now)
        if now is None or not now.may_speak:
            raise Shut(NOT_ALLOWED, say("voice.gone", incident=channel.incident_id))
        seat.now = now.state
        if now.state is not VoiceState.OPEN:
            seat.track.forget()
        told = _told(now, channel.desk.lag_s(), seat.track)
        if told != before:
            before = told
            await socket.send_text(told)
        while seat.track.heard:
            await socket.send_text(_heard(seat.track.heard.popleft()))
        await asyncio.sleep(_ASK_AGAIN_S)


def _told(now: VoiceNow | None, lag_s: float, track: Track | None) -> str:
    told = {"type": "voice", **(asdict(now) if now is not None else {}), "lag_s": round(lag_s)}
    told["speaking"] = bool(track and track.is_speaking)
    told["given_up_s"] = round(track.given_up_s) if track else 0
    return orjson.dumps(told).decode()


def _heard(words: str) -> str:
    return orjson.dumps({"type": "heard", "text": words}).decode()
