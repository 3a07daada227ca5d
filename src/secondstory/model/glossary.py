"""The glossary: what a term means, and where this incident's own data show it, or why they do not."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Seen:
    """What the incident shows of a term, and the place to see it: a page of the incident with its query."""

    sentence: str
    page: str
    query: tuple[tuple[str, str], ...] = ()
    evidence_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Absent:
    """Why the incident does not show a term."""

    sentence: str


@dataclass(frozen=True)
class Entry:
    """A term of the glossary, as this incident has it. `page` "" = not shown, and `sentence` says why."""

    key: str
    term: str
    means: str
    shown: bool
    sentence: str
    page: str
    query: tuple[tuple[str, str], ...]
    evidence: tuple[str, ...]
