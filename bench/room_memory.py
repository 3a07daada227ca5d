"""What a server holds in memory during a meeting: its size again and again, and what it consists of at three times."""

from __future__ import annotations

import asyncio
import json
import os
import signal
from collections.abc import Iterable
from pathlib import Path
from typing import Any

Point = tuple[float, float]
"""Seconds of the room's time, megabytes."""
WARM_S = 1800.0
_MOST_TOLD = 25


def rss_mb(pid: int) -> float:
    """What a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def slope(points: Iterable[Point], after_s: float) -> float:
    """Megabytes an hour of the room's time: the straight line of least squares after a time."""
    later = [(at / 3600, mb) for at, mb in points if at >= after_s]
    if len(later) < 3:
        return 0.0
    mean_x, mean_y = (sum(values) / len(later) for values in zip(*later, strict=True))
    over = sum((x - mean_x) ** 2 for x, _ in later)
    return round(sum((x - mean_x) * (y - mean_y) for x, y in later) / over, 2)


def memory(points: list[Point]) -> dict[str, Any]:
    """The size when all is warm, in the middle and at the end, and how it rises after the first half hour and half."""
    end_s = points[-1][0]
    warm, middle = (next(mb for at, mb in points if at >= after) for after in (min(WARM_S, end_s), end_s / 2))
    return {
        "warm_up_mb": warm,
        "middle_mb": middle,
        "end_mb": points[-1][1],
        "slope_mb_per_hour": slope(points, WARM_S),
        "slope_of_second_half": slope(points, end_s / 2),
    }


async def counted(pid: int, out: Path) -> dict[str, Any]:
    """What a watched server holds (`bench/watched.py`)."""
    out.unlink(missing_ok=True)
    tries = 0
    while not out.exists():
        if tries % 100 == 0:  # one that another thread is woken by is heard when the main one wakes, which may be never
            os.kill(pid, signal.SIGUSR1)
        tries += 1
        await asyncio.sleep(0.05)
    told: dict[str, Any] = json.loads(out.read_text())
    return told


def grown(before: dict[str, Any], after: dict[str, Any]) -> dict[str, Any]:
    """What there is more of: objects by type, bytes by line, and what the C library gave out."""
    kinds = {name: count - before["kinds"].get(name, 0) for name, count in after["kinds"].items()}
    sizes = {line: size for line, size, _ in before["lines"]}
    lines = {line: size - sizes.get(line, 0) for line, size, _ in after["lines"]}
    return {
        "blocks": after["blocks"] - before["blocks"],
        "threads": after["threads"] - before["threads"],
        "unreachable": after["unreachable"],
        "heap_mb": {name: round(size - before["heap_mb"][name], 2) for name, size in after["heap_mb"].items()},
        "kinds": _most(kinds),
        "lines": _most(lines),
    }


def _most(found: dict[str, int]) -> dict[str, int]:
    ranked = sorted(found.items(), key=lambda one: -abs(one[1]))
    return {name: more for name, more in ranked[:_MOST_TOLD] if more}
