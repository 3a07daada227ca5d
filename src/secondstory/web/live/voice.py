"""The microphones of live meetings: tracks are cut where the speaker pauses and read by two at a time, in order.

Sound is in memory alone, for as long as it takes to read it. Whether everybody agrees is asked before sound is taken,
again before a stretch is read, and again before its words are passed on.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from secondstory.algorithms.speech_cuts import Cutter
from secondstory.model.errors import SecondStoryError
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.ports.speech import FRAME_BYTES, RATE, Ear, Speech
from secondstory.usecases.room.log import room_now
from secondstory.usecases.room.voice import VoiceState, cue_of, voice_state

Hear = Callable[[World, str, tuple[Cue, ...]], object]
AT_ONCE = 2
_MOST_WAITING_S = 90.0
"""Stretches that wait longer than that together: the oldest are given up, and their pages are told."""
MOST_TRACKS = 40


class Track:
    """One microphone. `speaker` None = several people share it."""

    def __init__(self, incident_id: str, speaker: str | None, ear: Ear) -> None:
        self.incident_id, self.speaker = incident_id, speaker
        self._ear, self._cutter, self._rest = ear, Cutter(), b""
        self.heard: deque[str] = deque(maxlen=20)  # its own words, for its own page
        self.given_up_s = 0.0

    @property
    def is_speaking(self) -> bool:
        """Whether somebody speaks right now."""
        return self._cutter.is_speaking

    def take(self, audio: bytes) -> list[bytes]:
        """More sound; gives the stretches that it ends."""
        audio = self._rest + audio
        whole = len(audio) - len(audio) % FRAME_BYTES
        self._rest = audio[whole:]
        frames = (audio[at : at + FRAME_BYTES] for at in range(0, whole, FRAME_BYTES))
        cuts = (self._cutter.take(frame, self._ear.speaks(frame)) for frame in frames)
        return [cut for cut in cuts if cut]

    def end(self) -> list[bytes]:
        """The stretch that was not over yet."""
        return [cut for cut in (self._cutter.end(),) if cut]

    def forget(self) -> None:
        """Give up what was taken and not read yet."""
        self._cutter.forget()
        self._rest = b""


@dataclass(eq=False)
class Stretch:
    """Speech that waits to be read."""

    track: Track
    audio: bytes
    ended_at: datetime

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.audio) / 2 / RATE


class VoiceDesk:
    """Reads the stretches of all meetings of this server, two at a time. It belongs to the server's event loop."""

    def __init__(self, world: World, hear: Hear) -> None:
        self._world, self._hear = world, hear
        self._waiting: deque[Stretch] = deque()
        self._reading: set[Stretch] = set()
        self._workers: set[asyncio.Task[None]] = set()
        self._threads = ThreadPoolExecutor(AT_ONCE, "speech")
        self.tracks: set[Track] = set()

    @property
    def speech(self) -> Speech | None:
        """What reads speech here; None = it is not installed."""
        return self._world.speech

    def add(self, track: Track, cuts: list[bytes]) -> None:
        """Read these as soon as their turn comes."""
        self._waiting.extend(Stretch(track, cut, self._world.clock.now()) for cut in cuts)
        while sum(one.seconds for one in self._waiting) > _MOST_WAITING_S:
            oldest = self._waiting.popleft()
            oldest.track.given_up_s += oldest.seconds
        while self._waiting and len(self._workers) < AT_ONCE:
            worker = asyncio.create_task(self._work())
            self._workers.add(worker)
            worker.add_done_callback(self._workers.discard)

    def lag_s(self) -> float:
        """How far captions are behind: the age of the oldest stretch that has no words yet."""
        open_ones = [*self._waiting, *self._reading]
        if not open_ones:
            return 0.0
        return (self._world.clock.now() - min(one.ended_at for one in open_ones)).total_seconds()

    async def settled(self) -> None:
        """Wait until all that came is read."""
        while self._workers:
            await asyncio.wait(tuple(self._workers))

    async def _work(self) -> None:
        loop = asyncio.get_running_loop()
        while self._waiting:
            stretch = self._waiting.popleft()
            self._reading.add(stretch)
            words = ""
            try:
                with suppress(SecondStoryError):  # the meeting ended meanwhile, or the records do not answer
                    words = await loop.run_in_executor(self._threads, self._read, stretch)
            finally:  # also where the reader fails: what is read by nobody is no lag
                self._reading.discard(stretch)
            if words:
                stretch.track.heard.append(words)

    def _read(self, stretch: Stretch) -> str:
        """The words of a stretch, once they are passed on; "" = there are none, or somebody agrees no more."""
        track, speech = stretch.track, self._world.speech
        if speech is None or not self._is_open(track):
            return ""
        words = speech.words(stretch.audio)
        room = room_now(self._world, track.incident_id)
        if not words or room is None or not self._is_open(track):
            return ""
        started_at = stretch.ended_at - timedelta(seconds=stretch.seconds)
        cue = cue_of(room, track.speaker, started_at, stretch.ended_at, words)
        self._hear(self._world, track.incident_id, (cue,))
        return words

    def _is_open(self, track: Track) -> bool:
        return voice_state(self._world, track.incident_id)[0] is VoiceState.OPEN
