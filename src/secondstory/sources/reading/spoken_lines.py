"""Lines of plain text to cues: `Speaker: words`, with or without a time, or a line with speaker and time before them.

Meet writes `Speaker: words` below lines that hold a time alone; Zoom's saved captions write `[Speaker] 10:03:22` and
the words below it; notes taken by hand write `[00:12] Speaker: words`. A line without a speaker goes on with the one
before, if no blank line lies between; in a text that names nobody each line is a cue of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from secondstory.sources.reading.cues import RawCue, prefix_of

_TIME = r"(?:(\d{1,2}):)?([0-5]?\d):([0-5]\d)(?:[.,]\d{1,3})?"
_ALONE = re.compile(rf"^\[?{_TIME}\]?$")
_BEFORE = re.compile(rf"^[\[(]?{_TIME}[\])]?[ \t]*(?:[-–][ \t]*)?(?=\S)")
_AFTER_NAME = re.compile(rf"^([^\W\d_][^:\[\]]{{0,58}}?) [\[(]{_TIME}[\])]: ?(?=\S)")
_NAME = r"[A-ZÀ-ÞŁŚŽČ][\w'’.-]*(?: [A-ZÀ-ÞŁŚŽČ][\w'’.-]*){0,3}"  # "The page came at 9:14" is a sentence
_HEAD = re.compile(rf"^(?:\[([^\]]{{1,60}})\]|({_NAME}))[ \t]+{_TIME}$")
_NOT_SPOKEN = re.compile(r"^(?:Meeting ended after \d|Transcription ended after \d|This editable transcript )")


@dataclass(frozen=True)
class _Heading:
    """What is told before the words: who, and when. A heading is spent on the line below it."""

    speaker: str | None = None
    start_s: float | None = None


def spoken_lines(lines: Iterable[str]) -> Iterator[RawCue]:
    """Each cue as soon as its line is there; wrapped lines are cues that go on with the speaker before."""
    heading, named = _Heading(), False
    for number, line in enumerate(lines, start=1):
        words = " ".join(line.split())
        told = _heading(words)
        if not words or told is not None or _NOT_SPOKEN.match(words):
            heading, named = told or _Heading(), False
            continue
        cue = _cue(number, words, heading)
        goes_on = named and cue.voice is None and cue.prefix is None
        yield RawCue(number, cue.start_s, None, cue.voice, cue.prefix, cue.words, goes_on)
        heading, named = _Heading(), goes_on or cue.voice is not None or cue.prefix is not None


def _heading(words: str) -> _Heading | None:
    """A line of a time alone, or of a speaker and a time."""
    alone = _ALONE.match(words)
    if alone is not None:
        return _Heading(None, _seconds(alone.groups()))
    head = _HEAD.match(words)
    return _Heading(head[1] or head[2], _seconds(head.groups()[2:])) if head is not None else None


def _cue(number: int, words: str, heading: _Heading) -> RawCue:
    """One line of words, with what stands before them."""
    after = _AFTER_NAME.match(words)
    if after is not None:
        return RawCue(number, _seconds(after.groups()[1:]), None, after[1], None, words[after.end() :])
    start_s = heading.start_s
    before = _BEFORE.match(words)
    if before is not None and prefix_of(words[before.end() :]) is not None:
        start_s, words = _seconds(before.groups()), words[before.end() :]
    return RawCue(number, start_s, None, heading.speaker, None if heading.speaker else prefix_of(words), words)


def _seconds(clock: tuple[str | None, ...]) -> float:
    hours, minutes, seconds = (int(part or 0) for part in clock)
    return float(hours * 3600 + minutes * 60 + seconds)
