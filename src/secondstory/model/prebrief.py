"""The people to speak with alone before the meeting, with a sentence for each; for one reader only, and sealed."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Spoken:
    """What whoever leads noted for one person: that they spoke, and words for themselves."""

    token: str
    is_done: bool
    note: str


@dataclass(frozen=True)
class PreBriefed:
    """One person whose acts lie on the causal path: by what, what to say in private, and whether that was done."""

    token: str
    why: tuple[str, ...]
    sentence: str
    is_done: bool
    note: str


@dataclass(frozen=True)
class PreBriefs:
    """The list. `is_over`: the document is published, so the list is gone for good."""

    people: tuple[PreBriefed, ...]
    is_over: bool
