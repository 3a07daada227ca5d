"""Captions that arrive in pieces cut anywhere to cues, each as soon as it is whole.

A WebVTT or SRT cue is whole once the blank line behind it is there; a line of plain text once its end is. Any cut of
the same text gives the same cues.
"""

from __future__ import annotations

from collections.abc import Iterator

from secondstory.model.transcript import Cue
from secondstory.sources.reading.cues import Naming, cues_of, starts_a_cue
from secondstory.sources.reading.meetings import parted
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.spoken_lines import spoken_lines

_HEAD_LINES = 6


class CaptionStream:
    """One stream."""

    def __init__(self, name: str) -> None:
        self._rejects, self._naming = Rejects(name), Naming()
        self._text = ""  # of the line that has no end yet
        self._lines: list[str] = []  # of the cue that is not whole yet
        self._is_timed: bool | None = None
        self._number = 0
        self._is_amid = False  # of a line whose begin was passed over

    @property
    def unread(self) -> int:
        """Cues and lines that could not be read so far."""
        return sum(reject.count for reject in self._rejects.found())

    @property
    def held(self) -> int:
        """Characters that wait for the rest of their cue."""
        return len(self._text) + sum(map(len, self._lines))

    def feed(self, text: str) -> tuple[Cue, ...]:
        """The cues that are whole with this piece."""
        if self._is_amid:
            _, end, text = text.partition("\n")
            self._is_amid = not end
        *whole, self._text = (self._text + text).split("\n")
        return tuple(cue for line in whole for cue in self._line(line.removesuffix("\r")))

    def pass_over(self, text: str = "") -> None:
        """Forget what is held, and let this piece go by unread: the next cue is the first that begins after it."""
        gone = self._text + text
        if gone:
            self._is_amid = not gone.endswith("\n")
        self._text, self._lines = "", []

    def end(self) -> tuple[Cue, ...]:
        """What is left when nothing more comes."""
        left, self._text = self._text, ""
        cues = tuple(self._line(left)) if left else ()
        return (*cues, *self._flush())

    def _line(self, line: str) -> Iterator[Cue]:
        line = line.removeprefix("\ufeff")
        if self._is_timed is None:
            self._is_timed = self._form(line)
        if self._is_timed and not line.strip():
            yield from self._flush()
            return
        if self._is_timed and starts_a_cue(line) and any(starts_a_cue(before) for before in self._lines):
            held = [self._lines.pop()] if self._lines[-1].strip().isdigit() else []  # the number of the next cue
            yield from self._flush()
            self._lines += held
        self._lines.append(line)
        if self._is_timed is False and not _is_heading(line):
            yield from self._flush()

    def _form(self, line: str) -> bool | None:
        """Whether cues have their times on a line of their own; None while that cannot be told."""
        if line.startswith("WEBVTT") or starts_a_cue(line):
            return True
        is_open = not line.strip() or line.strip().isdigit()
        return None if is_open and len(self._lines) < _HEAD_LINES else False

    def _flush(self) -> Iterator[Cue]:
        lines, self._lines = self._lines, []
        if not any(line.strip() for line in lines):
            return
        raw = cues_of(lines, self._rejects) if self._is_timed else spoken_lines(lines)
        for cue in parted(raw):
            speaker, words = self._naming.told(self._naming.see(cue))
            self._number += 1
            yield Cue(self._number, cue.start_s, cue.end_s, speaker, words)


def _is_heading(line: str) -> bool:
    """A line of a time, or of a speaker and a time: the words come on the next."""
    return bool(line.strip()) and not any(True for _ in spoken_lines([line]))
