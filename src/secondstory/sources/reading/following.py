"""A text file that still grows to its lines, each once it is whole."""

from __future__ import annotations

import codecs
import os
from collections.abc import Callable, Iterator
from pathlib import Path

from secondstory.model.errors import BadInput
from secondstory.texts import say

_CHUNK_BYTES = 1 << 16


def lines_while_growing(path: Path, wait: Callable[[], bool]) -> Iterator[str]:
    """The lines of the file; at its end `wait` is asked to wait for more, and False ends it with what stands there.

    Raises BadInput where the file becomes shorter, for then it is another one.
    """
    decoder = codecs.getincrementaldecoder("utf-8-sig")(errors="replace")
    waiting, read_bytes = "", 0
    with path.open("rb") as file:
        while True:
            chunk = file.read(_CHUNK_BYTES)
            read_bytes += len(chunk)
            if chunk:
                *whole, waiting = (waiting + decoder.decode(chunk)).split("\n")
                yield from (line.removesuffix("\r") for line in whole)
            elif os.fstat(file.fileno()).st_size < read_bytes:
                raise BadInput(say("coaching.shorter", path=path.name), say("coaching.shorter_next"))
            elif not wait():
                break
    waiting += decoder.decode(b"", final=True)
    if waiting:
        yield waiting
