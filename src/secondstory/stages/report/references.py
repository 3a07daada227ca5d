"""Where the document rests on what: places of claims, rows and charts, and the evidence behind each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap
from secondstory.model.report import Block, Bullets, Chart, Paragraph, ReportBody, Rows, Section
from secondstory.texts import say

Rest = tuple[tuple[str, ...], tuple[str, ...]]
_CELLS = 4


@dataclass(frozen=True)
class Place:
    """A spot in the document that rests on something: its anchor, its section and its first words."""

    anchor: str
    section: str
    text: str


@dataclass(frozen=True, eq=False)
class Index:
    """The document's evidence and gaps by id, with their labels and the places that rest on them."""

    body: ReportBody

    @cached_property
    def refs(self) -> dict[str, EvidenceRef]:
        """Evidence by id."""
        return {ref.id: ref for ref in self.body.evidence}

    @cached_property
    def gaps(self) -> dict[str, Gap]:
        """Gaps by key."""
        return {gap.key: gap for gap in self.body.gaps}

    @cached_property
    def charts(self) -> dict[str, tuple[Chart, ...]]:
        """Charts by evidence id."""
        charts: dict[str, tuple[Chart, ...]] = {}
        for key, chart in self.body.evidence_charts:
            charts[key] = (*charts.get(key, ()), chart)
        return charts

    @cached_property
    def entries(self) -> tuple[tuple[str, str], ...]:
        """(id or key, label) of everything that a claim can open, in order of labels; none is left without one."""
        unlabelled = sorted(self.places.keys() - dict(self.body.labels).keys())
        return (*self.body.labels, *((key, f"X{place}") for place, key in enumerate(unlabelled, start=1)))

    @cached_property
    def names(self) -> dict[str, str]:
        """Label of everything that a claim can open."""
        return dict(self.entries)

    @cached_property
    def places(self) -> dict[str, tuple[Place, ...]]:
        """What rests on each evidence id or gap key, in order of reading."""
        found: dict[str, tuple[Place, ...]] = {}
        for number, section in enumerate(self.body.sections):
            for anchor, text, (ids, keys) in _spots(number, section):
                for key in dict.fromkeys((*ids, *keys)):
                    found[key] = (*found.get(key, ()), Place(anchor, section.title, text))
        return found


def anchor_of(section: int, block: int, item: int) -> str:
    """The id of a claim, a row or a chart in the document."""
    return f"s{section}-{block}-{item}"


def rested_on(section: Section) -> Iterator[Rest]:
    """Evidence ids and gap keys of each claim, row and chart of a section, in order of reading."""
    for _, _, rest in _spots(0, section):
        yield rest


def _spots(number: int, section: Section) -> Iterator[tuple[str, str, Rest]]:
    for place, block in enumerate(section.blocks):
        for item, (text, rest) in enumerate(_items(block)):
            yield anchor_of(number, place, item), text, rest


def _items(block: Block) -> Iterator[tuple[str, Rest]]:
    match block:
        case Paragraph(claims=claims) | Bullets(claims=claims):
            yield from ((claim.text, (claim.evidence_ids, claim.gap_keys)) for claim in claims)
        case Rows(columns=columns, rows=rows):
            yield from ((_row_words(columns, row.cells), (row.evidence_ids, row.gap_keys)) for row in rows)
        case Chart(title=title, evidence_ids=ids):
            yield title, (ids, ())


def _row_words(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """What tells a row from its neighbours; its time stands there once, in the incident's zone."""
    told = [cell for column, cell in zip(columns, cells, strict=False) if column != say("report.column_utc")]
    return " · ".join(told[:_CELLS])
