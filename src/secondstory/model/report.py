"""The post-mortem as a tree that every format renders: sections of blocks, and claims that name their evidence."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap


class ClaimKind(StrEnum):
    """How a sentence is meant."""

    FACT = "fact"  # rests on evidence
    INFERENCE = "inference"  # concluded from evidence
    OPINION = "opinion"
    FRAME = "frame"  # says how to read the document; claims nothing about the incident
    BARE = "bare"  # written by a person, with nothing that it rests on


@dataclass(frozen=True)
class Claim:
    """One sentence. Facts and inferences name their evidence; without it they cannot be constructed."""

    text: str
    kind: ClaimKind
    evidence_ids: tuple[str, ...] = ()
    gap_keys: tuple[str, ...] = ()
    is_markup: bool = False  # a person's words: inline Markdown; else plain text with recorded words in back-ticks

    def __post_init__(self) -> None:
        if self.kind in (ClaimKind.FACT, ClaimKind.INFERENCE) and not (self.evidence_ids or self.gap_keys):
            raise ValueError(f"a {self.kind.value} rests on evidence or a gap: {self.text!r}")


@dataclass(frozen=True)
class Paragraph:
    """Sentences that are read together; `voice` "bluf" stands on top of everything."""

    claims: tuple[Claim, ...]
    voice: str = "text"


@dataclass(frozen=True)
class Bullets:
    """A list of claims."""

    claims: tuple[Claim, ...]
    is_numbered: bool = False


@dataclass(frozen=True)
class Row:
    """One row of a grid: cells of text, with what the row rests on."""

    cells: tuple[str, ...]
    evidence_ids: tuple[str, ...]
    gap_keys: tuple[str, ...] = ()
    key: str = ""


@dataclass(frozen=True)
class Rows:
    """A table with its caption. `look` says what it shows, so that a format can set it well; all are plain tables."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    look: str = "table"  # figures, milestones, events, steps, arguments, actions, gaps, hashes


@dataclass(frozen=True)
class Point:
    """A sample of a drawn signal; value None = no data in that step."""

    at_s: float  # seconds since the chart's start
    value: float | None


@dataclass(frozen=True)
class Mark:
    """Something drawn at a time on a chart; `kind` is an event or milestone kind."""

    from_s: float
    to_s: float
    label: str
    kind: str


@dataclass(frozen=True)
class Chart:
    """One signal over time, small enough to ship inside a document."""

    key: str
    title: str
    summary: str  # the chart in one sentence, for who cannot see it
    unit: str
    start: str  # RFC 3339
    length_s: float
    points: tuple[Point, ...]
    band_low: float | None
    band_high: float | None
    limit: float | None
    marks: tuple[Mark, ...]
    evidence_ids: tuple[str, ...]


Block = Paragraph | Bullets | Rows | Chart


@dataclass(frozen=True)
class Section:
    """A part of the document."""

    key: str
    title: str
    blocks: tuple[Block, ...]


@dataclass(frozen=True)
class ReportBody:
    """The whole document. `labels`: evidence id or gap key to short label (E01, G1), in order of first use."""

    title: str
    incident_id: str
    time_zone: str
    sections: tuple[Section, ...]
    labels: tuple[tuple[str, str], ...]
    evidence: tuple[EvidenceRef, ...]
    evidence_charts: tuple[tuple[str, Chart], ...]  # (evidence id, chart)
    gaps: tuple[Gap, ...]
    document_hashes: tuple[tuple[str, str], ...]  # (kind, hash) of the documents it was made from
