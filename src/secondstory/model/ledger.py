"""An incident's ledger as a stream: each entry under the number that it was committed with."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.decision import Contribution, Decision


@dataclass(frozen=True)
class Entry:
    """One entry and its place: 1, 2, 3, … in each incident, without a hole, in the order of the commits."""

    seq: int
    said: Decision | Contribution

    def __post_init__(self) -> None:
        if self.seq < 1:
            raise ValueError("entries of a ledger are numbered from 1")

    @property
    def verb(self) -> str:
        """What it does: the verb of a decision, the kind of a contribution."""
        return self.said.verb.value if isinstance(self.said, Decision) else self.said.kind.value
