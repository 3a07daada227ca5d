"""The document's way out: what is checked first, who agreed, and each version as it was published."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.text import ReviewState
from secondstory.model.window import require_utc

REVIEW = "review/state"
"""Subject of the decisions that move the document; what stands after the first word is the hash of its text."""
CIRCULATED = "circulate/"
"""First part of the keys of letters that carry a version."""
OVERRIDE = "review/override/"
"""First part of the subjects under which somebody says why a finding does not hold the document back."""


class Edition(StrEnum):
    """How much of a document is handed out; also the name of its files."""

    WHOLE = "document"
    EXECUTIVE = "executive"  # one page


class CheckKind(StrEnum):
    """What a finding before publishing is about."""

    NUMBER = "number"  # one that the evidence does not give
    STALE = "stale"
    BARE = "bare"
    NAME = "name"
    WORDING = "wording"
    MISSING = "missing"  # a section without a word
    LOST = "lost"  # a live block that the analysis no longer has
    GAP = "gap"
    OUTDATED = "outdated"  # the analysis is older than what is known


@dataclass(frozen=True)
class Check:
    """A finding before publishing. The same words give the same key, so an override ends with them."""

    key: str
    kind: CheckKind
    blocks: bool
    section: str
    sentence: str  # as it stands in the source, evidence by label; "" = about the whole section
    reason: str
    suggestion: str = ""
    override: str = ""  # why it does not hold the document back, as somebody said
    override_by: str = ""

    @property
    def holds_back(self) -> bool:
        """True while it must be settled before publishing."""
        return self.blocks and not self.override


@dataclass(frozen=True)
class Step:
    """One step of the review: who moved the document where, when and why."""

    state: ReviewState
    actor: str
    at: datetime
    why: str
    hash: str  # of the text that it was about


@dataclass(frozen=True)
class Review:
    """Where the document stands. `changed`: its text is another than the one approved or published last."""

    state: ReviewState
    steps: tuple[Step, ...]  # the newest first
    hash: str  # of the text as it is now
    changed: bool
    last_author: str  # who changed the text last; "" = nobody, it is the analysis


@dataclass(frozen=True)
class Publication:
    """A published version. It never changes; later ones stand beside it."""

    incident_id: str
    number: int
    title: str
    hash: str  # of the document as stored
    text_hash: str
    actor_id: str
    approved_by: str
    at: datetime
    note: str
    overrides: tuple[Check, ...]
    files: tuple[str, ...]  # names of what was rendered then

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of publishing")
        if self.number < 1:
            raise ValueError("versions are numbered from 1")


@dataclass(frozen=True)
class PublishedFile:
    """A published version in one format, as it was rendered then."""

    name: str
    media_type: str
    data: bytes


@dataclass(frozen=True)
class DiffLine:
    """A line of what differs between two versions: sign is +, - or a blank."""

    sign: str
    text: str
