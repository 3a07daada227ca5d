"""The document's text as people own it: each section as Markdown with what its sentences rested on when written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.report import ReportBody

TEXT = "text/"
"""First part of the subject keys of edited sections."""
MOST_TEXT = 60_000  # characters of one section


@dataclass(frozen=True)
class Rest:
    """What a sentence rested on when it was written: (evidence id, hash of its result).

    `machine` = it stood so in the analysis at that time.
    """

    sentence: str
    on: tuple[tuple[str, str], ...]
    machine: bool = False


@dataclass(frozen=True)
class SectionText:
    """One version of a section, as the ledger keeps it. In `markdown` evidence is cited by id: `[@ev-450441b05dae]`."""

    markdown: str
    rests: tuple[Rest, ...]
    is_machine: bool = False  # handed back to the analysis, whose text it follows again


@dataclass(frozen=True)
class Stale:
    """A sentence whose ground has changed since it was written, and what the analysis says there now ("" = nothing)."""

    sentence: str
    why: str
    suggestion: str


@dataclass(frozen=True)
class Version:
    """One version of a section: the decision that made it."""

    id: str
    actor: str
    at: datetime
    why: str
    words: int
    is_machine: bool = False


@dataclass(frozen=True)
class SectionNow:
    """A section as it reads now. `head` names the version that an edit is based on, "" = the analysis itself."""

    key: str
    title: str
    head: str
    markdown: str  # evidence cited by label: [@E07]
    machine: str  # what the analysis says here now, in the same form
    stale: tuple[Stale, ...]
    lost: tuple[str, ...]  # live blocks that the text names and the analysis no longer has
    versions: tuple[Version, ...]  # the newest first
    is_edited: bool


@dataclass(frozen=True)
class Folded:
    """The document with people's text in it."""

    body: ReportBody
    sections: tuple[SectionNow, ...]


@dataclass(frozen=True)
class Merged:
    """Two edits of one section in one text; where both changed the same lines, both stand, marked."""

    markdown: str
    conflicts: int


class ReviewState(StrEnum):
    """Where the document is on its way out."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    APPROVED = "approved"
    PUBLISHED = "published"
