"""What cannot be evaluated here, as a value with the reason and the place, never as a guess."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class CannotReplay:
    """Why an expression has no answer here; `position` counts characters from 1, 0 = the expression as a whole."""

    reason: str
    position: int


class Refused(ValueError):
    """Carries a refusal up to the public functions of this package, which return it as a value."""

    def __init__(self, reason: str, position: int = 0) -> None:
        super().__init__(reason)
        self.refusal = CannotReplay(reason, position)
