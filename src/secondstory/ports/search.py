"""Full-text search: what is indexed of each incident, and who finds what in it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from secondstory.model.actor import Actor


@dataclass(frozen=True)
class Passage:
    """A piece of an incident that can be found. `key` names it to the page that shows it: a subject key, a label."""

    kind: str
    key: str
    title: str
    text: str


@dataclass(frozen=True)
class Indexed:
    """One part of an incident's passages: what was found of it, or what people said. `state` is what it was made of."""

    incident_id: str
    part: str
    state: str


@dataclass(frozen=True)
class Sought:
    """What is searched for: every one of the words, the last one perhaps half typed. Empty filters = everything."""

    words: tuple[str, ...]
    kinds: tuple[str, ...] = ()
    incident_id: str = ""
    limit: int = 20
    offset: int = 0


@dataclass(frozen=True)
class Hit:
    """A passage that was found; between `MARK` and `UNMARK` stands what matched."""

    incident_id: str
    kind: str
    key: str
    title: str
    snippet: str


@dataclass(frozen=True)
class Hits:
    """One page of hits, the best first, and how many there are of each kind."""

    hits: tuple[Hit, ...]
    counts: tuple[tuple[str, int], ...]


MARK, UNMARK = "\x02", "\x03"


class SearchIndex(Protocol):
    """The index. An actor's right to read is part of every query, also of counts."""

    def changed(self, actor: Actor, version: str) -> tuple[Indexed, ...]:
        """The parts of the actor's incidents that changed since they were indexed, as they are now."""

    def replace(self, part: Indexed, passages: tuple[Passage, ...]) -> None:
        """Index a part of an incident anew, in one transaction."""

    def find(self, actor: Actor, sought: Sought) -> Hits:
        """What the actor may read and holds every word."""
