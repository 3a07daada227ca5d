"""Lines of WebVTT or SRT to cues as they stand: when, in whose voice, and the words.

Times count from the begin of the recording. A speaker is told by `<v Name>` or by `Name:` before the words. Whether
such words are a name only the file as a whole tells: where fewer than half of the cues without a voice begin so,
somebody spoke with a colon. Teams leaves leading zeros out: `0:0:6.90` is six seconds and ninety milliseconds.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from secondstory.sources.reading.rejects import Rejects

_CLOCK = r"(?:(\d{1,4}):)?([0-5]?\d):([0-5]?\d)[.,](\d{1,3})"
_TIMING = re.compile(rf"^[ \t]*{_CLOCK}[ \t]+-->[ \t]+{_CLOCK}(?:[ \t].*)?$")
_VOICE = re.compile(r"<v(?:\.[^\s>]*)?[ \t]+([^>]+)>")
_TAG = re.compile(r"</?(?:[cibuv]|ruby|rt|lang|\d[\d:.]*)(?:[ .][^>]*)?>")
_NAME = r"[^\W\d_][\w'’.-]*(?: [^\W\d_][\w'’.-]*){0,3}"
_PREFIX = re.compile(rf"^(?:- ?)?({_NAME})(?: \([^)]*\))?: +(?=\S)")
_NOT_SPOKEN = ("NOTE", "STYLE", "REGION")


@dataclass(frozen=True)
class RawCue:
    """What one voice says in one cue. Seconds are None where the file tells no times."""

    line: int  # the cue's first in the file
    start_s: float | None
    end_s: float | None
    voice: str | None
    prefix: str | None  # what may be the speaker's name
    words: str
    goes_on: bool = False  # the speaker of the cue before goes on


@dataclass
class Naming:
    """How the cues of a file tell who speaks; it knows what it has seen so far. Cues are told in order."""

    _plain: int = 0
    _prefixed: int = 0
    _last: str | None = None

    def see(self, cue: RawCue) -> RawCue:
        """Count the cue, and give it back."""
        if cue.voice is None and not cue.goes_on:
            self._plain += 1
            self._prefixed += cue.prefix is not None
        return cue

    def told(self, cue: RawCue) -> tuple[str | None, str]:
        """(speaker, words) of a cue."""
        if cue.goes_on:
            return self._last, cue.words
        if cue.voice is None and cue.prefix is not None and 2 * self._prefixed >= self._plain:
            self._last = cue.prefix
            return cue.prefix, _PREFIX.sub("", cue.words, count=1)
        self._last = cue.voice
        return cue.voice, cue.words


@dataclass
class Part:
    """Lines that belong together: a cue, a header or a note."""

    line: int
    lines: list[str] = field(default_factory=list)

    def is_cue(self) -> bool:
        """True where there is a line with two times, readable or not."""
        return any("-->" in line for line in self.lines)

    def is_told_by_format(self) -> bool:
        """True for the header, a note or a style: nobody says them."""
        first = self.lines[0]
        return (self.line == 1 and first.startswith("WEBVTT")) or first.split(" ")[0] in _NOT_SPOKEN


def parts(lines: Iterable[str]) -> Iterator[Part]:
    """Lines parted where one is blank or the times of a next cue begin; each part as soon as it is whole."""
    part = Part(1)
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            if part.lines:
                yield part
            part = Part(number + 1)
            continue
        if part.lines and _TIMING.match(line) and any(_TIMING.match(before) for before in part.lines):
            held = [part.lines.pop()] if part.lines[-1].strip().isdigit() else []  # the number of the next cue
            yield part
            part = Part(number - len(held), held)
        if not part.lines:
            part.line = number
        part.lines.append(line)
    if part.lines:
        yield part


def cues_of(lines: Iterable[str], rejects: Rejects) -> Iterator[RawCue]:
    """Each cue as soon as it is whole, once for each voice in it; one without readable times is a reject."""
    for part in parts(lines):
        place = next((place for place, line in enumerate(part.lines) if "-->" in line), None)
        if place is None:
            if not part.is_told_by_format():
                rejects.add("cue_timeless", part.line)
            continue
        found = _TIMING.match(part.lines[place])
        if found is None:
            rejects.add("cue_time", part.line)
            continue
        times = _seconds(found.groups()[:4]), _seconds(found.groups()[4:])
        yield from _voices(part.line, times, part.lines[place + 1 :])


def prefix_of(words: str) -> str | None:
    """The words before a first colon that may be a name."""
    found = _PREFIX.match(words)
    return found[1] if found else None


def starts_a_cue(line: str) -> bool:
    """True for a line with the two times of a cue."""
    return _TIMING.match(line) is not None


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds, millis = (int(part or 0) for part in clock)
    return hours * 3600 + minutes * 60 + seconds + millis / 1000


def _voices(line: int, times: tuple[float, float], lines: list[str]) -> Iterator[RawCue]:
    pieces = _VOICE.split("\n".join(lines))
    for voice, piece in zip((None, *pieces[1::2]), pieces[::2], strict=True):
        words = " ".join(html.unescape(_TAG.sub("", piece)).split())
        if words:
            speaker = " ".join(html.unescape(voice).split()) if voice else None
            yield RawCue(line, *times, speaker or None, None if speaker else prefix_of(words), words)
