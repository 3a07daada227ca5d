"""The records as a file, for backups."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol


class Snapshots(Protocol):
    """The database as it is at one moment."""

    def snapshot(self, target: Path) -> tuple[str, ...]:
        """Write it to `target` while others go on writing; gives the paths of the segments' files that it names.

        Raises Unavailable where the database has to be copied by tools of its own.
        """
