"""Cuts a track of speech into stretches that can be read one by one, where the speaker pauses.

Idea: a stretch begins a little before the first frame with a voice, and ends when nobody has spoken for 0.6 s, or after
12 s, so that captions do not wait for a long sentence. What is shorter than a quarter of a second is a cough.
Input: frames of 32 ms and whether somebody speaks in each. When it misleads: two people on one microphone are one.
"""

from __future__ import annotations

from collections import deque

_BEFORE = 6  # frames that are kept from before the voice: its first sound is often the faintest
_PAUSE = 19
_SHORTEST = 8
_LONGEST = 375


class Cutter:
    """The state of one track."""

    def __init__(self) -> None:
        self._before: deque[bytes] = deque(maxlen=_BEFORE)
        self._frames: list[bytes] = []
        self._voiced = 0
        self._silent = 0

    @property
    def is_speaking(self) -> bool:
        """True from the first frame with a voice until the pause."""
        return bool(self._frames)

    def take(self, frame: bytes, speaks: bool) -> bytes:
        """The next frame; gives the stretch that it ends, b"" = none."""
        if not self._frames:
            self._before.append(frame)
            if speaks:
                self._frames, self._voiced, self._silent = list(self._before), 1, 0
                self._before.clear()
            return b""
        self._frames.append(frame)
        self._voiced += speaks
        self._silent = 0 if speaks else self._silent + 1
        return self.end() if self._silent >= _PAUSE or len(self._frames) >= _LONGEST else b""

    def end(self) -> bytes:
        """The stretch that is not over yet, as the track ends here."""
        frames, voiced = self._frames, self._voiced
        self.forget()
        return b"".join(frames) if voiced >= _SHORTEST else b""

    def forget(self) -> None:
        """Give up what was taken and not cut yet."""
        self._before.clear()
        self._frames, self._voiced, self._silent = [], 0, 0
