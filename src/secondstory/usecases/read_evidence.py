"""Frozen evidence to read: the list of it, one piece with its rows and chart, and what in the document rests on it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache

import numpy as np

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.errors import NotFound
from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap
from secondstory.model.report import ReportBody
from secondstory.model.window import Window, format_time, parse_time
from secondstory.ports import StoredDocument, World
from secondstory.stages.report import Index, query_parameters, query_title, with_gaps
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.not_kept import gaps_not_kept
from secondstory.usecases.signals import Measured, cut, measured, numbers

Cell = str | int | float | bool | None
_CHART_COLUMNS = 600


@dataclass(frozen=True)
class LabelledGap:
    """A gap with its label, such as G2."""

    key: str
    label: str
    source: str
    window: Window | None
    reason: str
    detail: str


@dataclass(frozen=True)
class EvidenceItem:
    """A piece of evidence as a row of the list; `rests` counts the places of the document that rest on it."""

    id: str
    label: str
    title: str
    kind: str
    window: Window
    rows: int
    result_hash: str
    fetched_at: datetime
    source: str
    rests: int


@dataclass(frozen=True)
class EvidenceList:
    """All evidence of an incident in order of labels, and all that is missing."""

    evidence: tuple[EvidenceItem, ...]
    gaps: tuple[LabelledGap, ...]


@dataclass(frozen=True)
class AskedQuery:
    """What was asked: the kind of query, and its parameters as text."""

    kind: str
    fields: dict[str, str]


@dataclass(frozen=True)
class Series:
    """A drawn signal: a value for each time (null = no data), and the band that it keeps when nothing is wrong."""

    name: str
    unit: str | None
    values: tuple[float | None, ...]
    low: float | None
    high: float | None


@dataclass(frozen=True)
class EvidenceChart:
    """Signals over the same times. `beside`: drawn from other evidence, for this piece holds counts or a list."""

    times: tuple[datetime, ...]
    series: tuple[Series, ...]
    beside: bool


@dataclass(frozen=True)
class Rest:
    """A place in a document that rests on a piece of evidence; `key` is its section and anchor."""

    document: str
    key: str
    section: str
    text: str


@dataclass(frozen=True)
class EvidencePage:
    """One piece of evidence with a page of its rows."""

    id: str
    label: str
    title: str
    query: AskedQuery
    source: str
    window: Window
    result_hash: str
    fetched_at: datetime
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: int
    chart: EvidenceChart | None
    rests_on_it: tuple[Rest, ...]


@dataclass(frozen=True)
class Page:
    """Which rows: `limit` of them from `offset` on."""

    offset: int
    limit: int


def list_evidence(actor: Actor, world: World, incident_id: str) -> EvidenceList:
    """The evidence and gaps that the report names. Raises NotFound where the incident was never analysed."""
    require(actor, Verb.READ, incident_id)
    index = _index(world, incident_id)
    items = tuple(
        EvidenceItem(
            id=ref.id,
            label=index.names[ref.id],
            title=query_title(ref),
            kind=type(ref.query).__name__,
            window=ref.query.window,
            rows=ref.rows,
            result_hash=ref.result_hash,
            fetched_at=ref.fetched_at,
            source=ref.source,
            rests=len(index.places.get(ref.id, ())),
        )
        for ref in index.body.evidence
    )
    here = Index(with_gaps(index.body, gaps_not_kept(world, get_incident(world, incident_id))))
    return EvidenceList(items, tuple(_labelled(here, gap) for gap in here.body.gaps))


def read_evidence(actor: Actor, world: World, incident_id: str, name: str, page: Page) -> EvidencePage:
    """A piece of evidence by id or label. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    index = _index(world, incident_id)
    ref = _named(index, name)
    rows = _rows(world, incident_id, ref.id, ref.result_hash)
    return EvidencePage(
        id=ref.id,
        label=index.names[ref.id],
        title=query_title(ref),
        query=AskedQuery(type(ref.query).__name__, dict(query_parameters(ref.query))),
        source=ref.source,
        window=ref.query.window,
        result_hash=ref.result_hash,
        fetched_at=ref.fetched_at,
        columns=ref.columns,
        rows=rows[page.offset : page.offset + page.limit],
        total=len(rows),
        chart=_chart(measured(world, incident_id), index, ref.id),
        rests_on_it=tuple(
            Rest("report", place.anchor, place.section, place.text) for place in index.places.get(ref.id, ())
        ),
    )


def _index(world: World, incident_id: str) -> Index:
    get_incident(world, incident_id)
    document = world.documents.latest(incident_id, "report")
    if document is None:
        raise NotFound(f"Incident {incident_id} has no evidence yet.", "Analyse it first.")
    return _decoded(document)


@lru_cache(maxsize=64)
def _decoded(document: StoredDocument) -> Index:
    return Index(decode(document.data, Document[ReportBody]).body)


def _named(index: Index, name: str) -> EvidenceRef:
    by_label = {label: key for key, label in index.entries}
    ref = index.refs.get(by_label.get(name, name))
    if ref is None:
        labels = [label for key, label in index.entries if key in index.refs]
        known = f"{labels[0]} to {labels[-1]}" if labels else "none"
        raise NotFound(f"There is no evidence {name!r} in this incident.", f"Its evidence is {known}.")
    return ref


def _labelled(index: Index, gap: Gap) -> LabelledGap:
    return LabelledGap(gap.key, index.names[gap.key], gap.source, gap.window, gap.reason.value, gap.detail)


@lru_cache(maxsize=32)
def _rows(world: World, incident_id: str, evidence_id: str, result_hash: str) -> tuple[tuple[Cell, ...], ...]:
    """The rows of a piece of evidence; the hash among the arguments keeps an older answer from being shown."""
    piece = next((piece for piece in world.freezer.frozen(incident_id) if piece.id == evidence_id), None)
    if piece is None or piece.result_hash != result_hash:
        raise NotFound(
            f"The rows of evidence {evidence_id} are not those that the report was written from.", "Analyse it again."
        )
    columns = [piece.result.arrow.column(name).to_pylist() for name in piece.result.names]
    return tuple(zip(*([_cell(value) for value in column] for column in columns), strict=True))


def _cell(value: object) -> Cell:
    match value:
        case datetime():
            return format_time(value)
        case float() if not np.isfinite(value):
            return None
        case str() | bool() | int() | float() | None:
            return value
    return str(value)


def _chart(known: Measured, index: Index, evidence_id: str) -> EvidenceChart | None:
    """The signals that the report draws for this piece, on their common times."""
    drawn = index.charts.get(evidence_id, ())
    signals = [(chart, known.signals[key]) for chart in drawn if (key := chart.key.partition("/")[2]) in known.signals]
    if not signals:
        return None
    start = parse_time(drawn[0].start)
    shown = cut(known.body.grid, Window(start, start + timedelta(seconds=drawn[0].length_s)), _CHART_COLUMNS)
    series = tuple(
        Series(
            name=chart.title,
            unit=signal.unit,
            values=numbers(shown.furthest(signal.values)),
            low=chart.band_low,
            high=chart.band_high,
        )
        for chart, signal in signals
    )
    beside = all(evidence_id not in chart.evidence_ids for chart in drawn)
    return EvidenceChart(shown.times, series, beside)
