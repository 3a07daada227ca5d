"""Collects what could not be read: one `Reject` a reason, with the first place and the number of rows."""

from __future__ import annotations

from secondstory.ports import Reject
from secondstory.texts import say


class Rejects:
    """Reasons are counted by text key, so a million rows of one defect make one line for the reader."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._found: dict[str, tuple[int, str, int]] = {}

    def add(self, key: str, line: int, count: int = 1, **facts: object) -> None:
        """`count` rows, the first at `line`, cannot be used because of `sources.<key>`; facts describe the first."""
        if count <= 0:
            return
        first, reason, before = self._found.get(key, (line, "", 0))
        if not reason or line < first:
            first, reason = line, say(f"sources.{key}", **facts)
        self._found[key] = (first, reason, before + count)

    def tell(self, key: str, line: int, **facts: object) -> None:
        """One part of a small document cannot be used; each such part is told, not only counted."""
        reason = say(f"sources.{key}", **facts)
        self._found[reason] = (line, reason, 1)

    def found(self) -> tuple[Reject, ...]:
        """All of them, in order of place."""
        rows = [Reject(self._path, line, reason, count) for line, reason, count in self._found.values()]
        return tuple(sorted(rows, key=lambda reject: (reject.line, reject.reason)))
