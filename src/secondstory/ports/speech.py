"""Speech into words, on this machine."""

from __future__ import annotations

from typing import Protocol

RATE = 16_000
"""Samples a second: one channel, each a signed number of 16 bits, the smaller byte first."""
FRAME_BYTES = 1024
"""What an ear takes at a time: 512 samples, 32 ms."""


class Ear(Protocol):
    """Listens to one track, frame after frame."""

    def speaks(self, frame: bytes) -> bool:
        """Whether somebody speaks in this frame."""


class Speech(Protocol):
    """Turns speech into words. Nothing of it is kept and nothing leaves the machine."""

    def ear(self) -> Ear:
        """A new ear, for one track."""

    def words(self, audio: bytes) -> str:
        """What is said in a stretch of speech; "" = nothing that can be told. From any thread, two at a time."""
