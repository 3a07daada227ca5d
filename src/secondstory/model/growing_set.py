"""A set that only grows, as a value: adding to it leaves what it was, and copies little."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True)
class GrowingSet(Generic[T]):
    """Sets of which each is larger than the next: of n members each is copied about log2(n) times in all, where adding
    to one frozen set copies all of them every time."""

    parts: tuple[frozenset[T], ...] = ()

    def __contains__(self, member: object) -> bool:
        return any(member in part for part in self.parts)

    def __iter__(self) -> Iterator[T]:
        return (member for part in self.parts for member in part)

    def __len__(self) -> int:
        return sum(len(part) for part in self.parts)

    def with_one(self, member: T) -> GrowingSet[T]:
        """This set and one more member; itself where it is in already."""
        if member in self:
            return self
        parts, last = self.parts, frozenset((member,))
        while parts and len(parts[-1]) <= len(last):
            *kept, smaller = parts
            parts, last = tuple(kept), smaller | last
        return GrowingSet((*parts, last))
