"""The time of day and fresh ids."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Now, in UTC."""


class Ids(Protocol):
    """Fresh ids."""

    def new(self, prefix: str) -> str:
        """A new id that begins with `prefix-`; later ids sort after earlier ones."""
