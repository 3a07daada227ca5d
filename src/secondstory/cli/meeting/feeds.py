"""What `meeting run` is told, from two sides at the same time: captions, and typed commands.

Each side has a thread that reads and does nothing else; what it read stands in one queue, from which the verb takes it.
A command goes before captions that wait, for somebody sits there and has just pressed Enter.
"""

from __future__ import annotations

import itertools
import sys
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import RawIOBase
from pathlib import Path
from queue import Empty, PriorityQueue
from typing import BinaryIO, TextIO

from secondstory.model.errors import BadInput, SecondStoryError
from secondstory.model.transcript import Cue
from secondstory.ports import Reject
from secondstory.sources.reading.following import lines_while_growing
from secondstory.sources.reading.meetings import cues_as_said, transcript_of
from secondstory.texts import say

STANDARD_INPUT = "-"
_TERMINAL = Path("/dev/tty")
_LOOK_EVERY_S = 0.5
_AT_ONCE = 10  # cues of a whole file that are heard between two looks at what was typed


@dataclass(frozen=True)
class Said:
    """Cues that came together."""

    cues: tuple[Cue, ...]


@dataclass(frozen=True)
class Typed:
    """A line from the terminal or from the file of commands."""

    line: str


@dataclass(frozen=True)
class Over:
    """Nothing more comes from one side. `problem`: what could not be read, "" = it was at its end."""

    captions: bool
    problem: str = ""


@dataclass(frozen=True)
class Unread:
    """So many pieces of the captions could not be read."""

    reason: str
    count: int


Told = Said | Typed | Over | Unread


class Feeds:
    """Both sides. `follow`: the captions still grow; `commands` "" = they are typed in the terminal."""

    def __init__(self, captions: str, commands: str, *, follow: bool) -> None:
        _refuse_missing(captions)
        _refuse_missing(commands)
        self._captions, self._commands, self._follow = captions, commands, follow
        self._queue: PriorityQueue[tuple[int, int, Told]] = PriorityQueue()
        self._numbers = itertools.count()
        self._ended = threading.Event()
        self._heard = threading.Event()
        self._typed = _keyboard(captions) if commands in ("", STANDARD_INPUT) else None

    def start(self) -> None:
        """Begin to read; the threads end with the process, one may wait for a line that never comes."""
        for reading in (self._read_captions, self._read_commands):
            threading.Thread(target=reading, daemon=True, name=reading.__name__).start()

    def take(self, patience_s: float) -> Told | None:
        """What comes next, or None where nothing came in so many seconds."""
        try:
            _, _, told = self._queue.get(timeout=patience_s)
        except Empty:
            return None
        return told

    def captions_were_heard(self) -> None:
        """Let commands out of a file begin, which speak of what was heard."""
        self._heard.set()

    def end(self) -> None:
        """Look no more whether the captions grew."""
        self._ended.set()
        self._heard.set()

    def _put(self, told: Told) -> None:
        is_first = isinstance(told, Typed) or (isinstance(told, Over) and not told.captions)
        self._queue.put((0 if is_first else 1, next(self._numbers), told))

    def _read_captions(self) -> None:
        problem = ""
        try:
            for told in self._chunks():
                self._put(told)
        except SecondStoryError as error:
            problem = f"{error.what} {error.next_step}".strip()
        except OSError as error:
            problem = say("run.unreadable", path=self._captions, problem=error.strerror or error)
        self._put(Over(captions=True, problem=problem))

    def _read_commands(self) -> None:
        problem = ""
        try:
            if self._typed is not None:
                lines: Iterable[str] = self._typed
            else:
                if not (self._follow or self._captions == STANDARD_INPUT):
                    self._heard.wait()  # a script is the same each time: first all that was said, then what is done
                lines = Path(self._commands).read_text(encoding="utf-8").splitlines()
            for line in lines:
                self._put(Typed(line))
        except (OSError, UnicodeDecodeError) as error:
            problem = say("run.unreadable", path=self._commands or say("run.terminal"), problem=error)
        self._put(Over(captions=False, problem=problem))

    def _chunks(self) -> Iterator[Told]:
        if not (self._follow or self._captions == STANDARD_INPUT):
            path = Path(self._captions)
            found = transcript_of(path.name, path.read_bytes())
            yield from (Unread(reason, count) for reason, count in found.rejects)
            for first in range(0, len(found.cues), _AT_ONCE):
                yield Said(found.cues[first : first + _AT_ONCE])
            return
        standing = self._captions == STANDARD_INPUT
        lines = _raw_lines(sys.stdin) if standing else lines_while_growing(Path(self._captions), self._wait)
        for one in cues_as_said(self._captions, lines):
            yield Unread(one.reason, one.count) if isinstance(one, Reject) else Said((one,))

    def _wait(self) -> bool:
        return not self._ended.wait(_LOOK_EVERY_S)


def _refuse_missing(file: str) -> None:
    if file and file != STANDARD_INPUT and not Path(file).is_file():
        raise BadInput(say("coaching.no_file", path=file), say("coaching.no_file_next"))


def _keyboard(captions: str) -> Iterator[str]:
    """Lines as they are typed: from the terminal itself where standard input brings captions. Raises BadInput."""
    if captions != STANDARD_INPUT:
        return _raw_lines(sys.stdin)
    try:
        terminal = _TERMINAL.open("rb", buffering=0)
    except OSError as error:
        raise BadInput(say("run.no_terminal"), say("run.no_terminal_next")) from error
    return _decoded(terminal)


def _raw_lines(stream: TextIO) -> Iterator[str]:
    """Past the stream's buffer, whose lock a waiting thread would hold when the process ends."""
    return _decoded(getattr(stream.buffer, "raw", stream.buffer))


def _decoded(raw: RawIOBase | BinaryIO) -> Iterator[str]:
    while line := raw.readline():
        yield line.decode("utf-8", errors="replace").rstrip("\r\n")
