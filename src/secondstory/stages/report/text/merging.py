"""Two edits of one text in one: what only one of them changed is taken, what both changed stands twice, marked."""

from __future__ import annotations

from difflib import SequenceMatcher

from secondstory.model.text import Merged
from secondstory.texts import say


def merge(base: str, mine: str, theirs: str) -> Merged:
    """Merge by lines. The result holds every line that either side wrote."""
    lines, conflicts = [], 0
    old, ours, others = base.splitlines(), mine.splitlines(), theirs.splitlines()
    at = a = b = 0
    for start, start_a, start_b, length in [*_anchors(old, ours, others), (len(old), len(ours), len(others), 0)]:
        was, left, right = old[at:start], ours[a:start_a], others[b:start_b]
        if left == right or right == was:
            lines += left
        elif left == was:
            lines += right
        else:
            conflicts += 1
            lines += [say("text.merged_mine"), "", *left, "", say("text.merged_theirs"), "", *right, ""]
            lines += [say("text.merged_end")]
        lines += old[start : start + length]
        at, a, b = start + length, start_a + length, start_b + length
    return Merged("\n".join(lines) + "\n", conflicts)


def _anchors(old: list[str], ours: list[str], others: list[str]) -> list[tuple[int, int, int, int]]:
    """Lines that all three have in the same order, as (place in each, how many)."""
    mine = _places(old, ours)
    theirs = _places(old, others)
    found: list[tuple[int, int, int, int]] = []
    for place in sorted(mine.keys() & theirs.keys()):
        last = found[-1] if found else None
        a, b = mine[place], theirs[place]
        if last is not None and (place, a, b) == tuple(start + last[3] for start in last[:3]):
            found[-1] = (*last[:3], last[3] + 1)
        else:
            found.append((place, a, b, 1))
    return found


def _places(old: list[str], new: list[str]) -> dict[int, int]:
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {block.a + step: block.b + step for block in blocks for step in range(block.size)}
