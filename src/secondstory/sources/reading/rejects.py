"""Collects what could not be read: one `Reject` a reason, with the first place and the number of rows."""

from __future__ import annotations

from dataclasses import replace

from secondstory.ports import Reject
from secondstory.texts import say

_KEPT = frozenset(
    (
        "text_replaced",
        "text_guessed",
        "zero_bytes",
        "attributes_unreadable",
        "jaeger_warned",
        "prometheus_warned",
        "chat_deleted",
    )
)
"""Reasons that cost no row."""


class Rejects:
    """Reasons are counted by text key, so a million rows of one defect make one line for the reader."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[str, Reject] = {}

    def add(self, key: str, line: int, count: int = 1, **facts: object) -> None:
        """`count` rows, the first at `line`, cannot be used because of `sources.<key>`; facts describe the first."""
        if count <= 0:
            return
        known = self._found.get(key)
        if known is None or line < known.line:
            reason, before = say(f"sources.{key}", **facts), known.count if known else 0
            self._found[key] = Reject(self._path, line, reason, before + count, key in _KEPT)
        else:
            self._found[key] = replace(known, count=known.count + count)

    def tell(self, key: str, line: int, **facts: object) -> None:
        """One part of a small document cannot be used; each such part is told, not only counted."""
        reason = say(f"sources.{key}", **facts)
        self._found[reason] = Reject(self._path, line, reason, 1, key in _KEPT)

    def found(self) -> tuple[Reject, ...]:
        """All of them, in order of place."""
        return tuple(sorted(self._found.values(), key=lambda reject: (reject.line, reject.reason)))
