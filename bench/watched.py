"""A server that tells what it holds in memory: `secondstory serve` with a signal that writes the counts down.

Idea: for a bench that asks what grows. SIGUSR1 writes to the file in SECONDSTORY_WATCHED what the process holds: live
objects by type, memory that the C library gave out and keeps free, and, where SECONDSTORY_TRACED is set, the lines
that asked for what is still held. The product itself has nothing of it.
When it misleads: with SECONDSTORY_TRACED everything is slower and larger; then compare counts, not sizes.
"""

from __future__ import annotations

import ctypes
import gc
import json
import os
import signal
import sys
import threading
import tracemalloc
from collections import Counter
from pathlib import Path

from secondstory.cli.app import main as run

_MOST_LINES = 4000
_MALLINFO = ("arena", "ordblks", "smblks", "hblks", "hblkhd", "usmblks", "fsmblks", "uordblks", "fordblks", "keepcost")


class _Mallinfo(ctypes.Structure):
    """`struct mallinfo2` of glibc."""

    _fields_ = [(name, ctypes.c_size_t) for name in _MALLINFO]


def heap_mb() -> dict[str, float]:
    """What the C library gave out, keeps free and mapped apart; nothing where it is another library."""
    library = ctypes.CDLL(None)
    if not hasattr(library, "mallinfo2"):
        return {}
    library.mallinfo2.restype = _Mallinfo
    told = library.mallinfo2()
    wanted = {"given": told.uordblks, "free": told.fordblks, "mapped": told.hblkhd}
    return {name: round(value / 2**20, 2) for name, value in wanted.items()}


def held() -> dict[str, object]:
    """What the process holds now, after a collection."""
    unreachable = gc.collect()
    kinds = Counter(f"{type(one).__module__}.{type(one).__qualname__}" for one in gc.get_objects())
    lines: list[tuple[str, int, int]] = []
    if tracemalloc.is_tracing():
        ranked = tracemalloc.take_snapshot().statistics("lineno")[:_MOST_LINES]
        lines = [(f"{one.traceback[0].filename}:{one.traceback[0].lineno}", one.size, one.count) for one in ranked]
    return {
        "unreachable": unreachable,
        "blocks": sys.getallocatedblocks(),
        "heap_mb": heap_mb(),
        "threads": threading.active_count(),
        "kinds": dict(kinds.most_common(400)),
        "lines": lines,
    }


def main() -> None:
    """Serve, and tell when asked."""
    out = Path(os.environ["SECONDSTORY_WATCHED"])

    def tell(_signal: int, _frame: object) -> None:
        beside = out.with_suffix(".part")
        beside.write_text(json.dumps(held()))
        beside.replace(out)

    signal.signal(signal.SIGUSR1, tell)
    if os.environ.get("SECONDSTORY_TRACED"):
        tracemalloc.start(1)
    run()


if __name__ == "__main__":
    main()
