"""Signals of an incident from frozen evidence, cut to as many columns as a screen has."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cached_property, lru_cache, partial

import numpy as np
import numpy.typing as npt

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.query import Query
from secondstory.model.signal import Floats, Grid, Signal
from secondstory.model.timeline import Onset, TimelineBody
from secondstory.model.window import EPOCH, Moment, Window, epoch_us
from secondstory.pipeline import settle
from secondstory.ports import World
from secondstory.stages.evidence import find_evidence
from secondstory.stages.timeline import usual_band
from secondstory.usecases.analyse import get_incident

_DIGITS = 6  # of a drawn value; a screen shows fewer
Numbers = tuple[float | None, ...]


@dataclass(frozen=True)
class SignalsAsked:
    """Which signals, and how fine. Empty tuples = all; `start`, `end` None = all that was recorded."""

    start: datetime | None
    end: datetime | None
    width: int
    services: tuple[str, ...]
    names: tuple[str, ...]
    offset: int
    limit: int


@dataclass(frozen=True)
class ColumnGrid:
    """The columns: the first begins at `start`, each is `step_s` seconds wide."""

    start: datetime
    step_s: float
    columns: int


@dataclass(frozen=True)
class UsualBand:
    """What a signal keeps between when nothing is wrong."""

    low: float
    high: float


@dataclass(frozen=True)
class DrawnSignal:
    """A signal by column: lowest and highest value in each, null = no data. `weight`: how far it left its band, in
    spreads; `extreme`: its value furthest from its median in the stretch."""

    key: str
    service: str
    peer: str | None
    indicator: str
    kind: str
    unit: str | None
    min: Numbers
    max: Numbers
    band: UsualBand | None
    extreme: float | None
    limit: float | None
    onset: Moment | None
    recovered: Moment | None
    weight: float
    evidence_id: str


@dataclass(frozen=True)
class DrawnSignals:
    """Those that moved most first, then by key; `total` counts all that match."""

    grid: ColumnGrid
    signals: tuple[DrawnSignal, ...]
    total: int


@dataclass(frozen=True, eq=False)
class Measured:
    """All signals of an incident with the bands and onsets that they have."""

    body: EvidenceBody
    onsets: dict[str, Onset]

    @cached_property
    def signals(self) -> dict[str, Signal]:
        """Signals by key, those that moved most first."""
        return {signal.key: signal for signal in sorted(self.body.signals, key=lambda s: (-self.weight(s.key), s.key))}

    @cached_property
    def bands(self) -> dict[str, UsualBand]:
        """The band of each signal; that of its onset where it has one."""
        bands = {key: UsualBand(onset.band_low, onset.band_high) for key, onset in self.onsets.items()}
        for signal in self.body.signals:
            usual = usual_band(signal, self.body.normal_steps) if signal.key not in bands else None
            if usual is not None:
                bands[signal.key] = UsualBand(*usual)
        return bands

    def weight(self, key: str) -> float:
        """How far a signal left its band; 0 where it kept to it."""
        onset = self.onsets.get(key)
        return abs(onset.strength) if onset is not None else 0.0


@dataclass(frozen=True, eq=False)
class Cut:
    """Steps of a grid arranged in columns: `steps` are the positions shown, `column` the column of each. Values have
    the steps as their last axis, so one signal or many are cut at once."""

    grid: ColumnGrid
    steps: npt.NDArray[np.int64]
    column: npt.NDArray[np.int64]

    @cached_property
    def _filled(self) -> tuple[npt.NDArray[np.int64], npt.NDArray[np.intp]]:
        """The columns that hold a step, and the first step of each."""
        return np.unique(self.column, return_index=True)

    @property
    def times(self) -> tuple[datetime, ...]:
        """Where each column begins."""
        return tuple(self.grid.start + timedelta(seconds=self.grid.step_s * i) for i in range(self.grid.columns))

    def lowest(self, values: Floats) -> Floats:
        """The lowest value of each column; NaN where there is none."""
        return self._reduced(np.fmin, values)

    def highest(self, values: Floats) -> Floats:
        """The highest value of each column; NaN where there is none."""
        return self._reduced(np.fmax, values)

    def furthest(self, values: Floats) -> Floats:
        """The value of each column that is furthest from the median of all."""
        low, high = self.lowest(values), self.highest(values)
        middle = _medians(values[None, self.steps])[0]
        return np.where(np.abs(low - middle) > np.abs(high - middle), low, high)

    def _reduced(self, keep: np.ufunc, values: Floats) -> Floats:
        result = np.full((*values.shape[:-1], self.grid.columns), np.nan)
        if self.steps.size:
            filled, first = self._filled
            result[..., filled] = keep.reduceat(values[..., self.steps], first, axis=-1)
        return result


def read_signals(actor: Actor, world: World, incident_id: str, asked: SignalsAsked) -> DrawnSignals:
    """The signals that match, cut to `width` columns. Raises NotFound before the first analysis, BadInput on a stretch
    that ends before it starts."""
    require(actor, Verb.READ, incident_id)
    known = measured(world, incident_id)
    whole = Window(known.body.grid.pieces[0].start, known.body.grid.pieces[-1].end)
    start, end = asked.start or whole.start, asked.end or whole.end
    if start >= end:
        raise BadInput("A stretch must end after it starts.", "Give `start` before `end`, or neither.")
    shown = cut(known.body.grid, Window(start, end), asked.width)
    found = [signal for signal in known.signals.values() if _wanted(signal, asked)]
    page = found[asked.offset : asked.offset + asked.limit]
    return DrawnSignals(shown.grid, _drawn(known, shown, page), len(found))


def measured(world: World, incident_id: str) -> Measured:
    """The signals as the analysis saw them, rebuilt from frozen evidence. Raises NotFound before the first analysis."""
    get_incident(world, incident_id)
    hashes = tuple(
        document.hash
        for kind in ("evidence", "timeline")
        if (document := world.documents.latest(incident_id, kind)) is not None
    )
    if len(hashes) < 2:
        raise NotFound(f"Incident {incident_id} has no signals yet.", "Analyse it first.")
    return _measured(world, incident_id, hashes)


@lru_cache(maxsize=8)
def _measured(world: World, incident_id: str, _hashes: tuple[str, ...]) -> Measured:
    """`_hashes` of the documents tell one analysis from the next."""
    kept = world.documents.latest(incident_id, "case")
    timeline = world.documents.latest(incident_id, "timeline")
    assert kept is not None and timeline is not None  # an analysis writes them together with what was hashed
    by_query = {piece.query: piece for piece in world.freezer.frozen(incident_id)}

    def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
        return tuple(by_query[query] for query in queries)

    case = decode(kept.data, Case)
    body = settle(lambda answers: find_evidence(case, answers), answer)
    onsets = decode(timeline.data, Document[TimelineBody]).body.onsets
    return Measured(body, {onset.signal_key: onset for onset in onsets})


def cut(grid: Grid, window: Window, width: int) -> Cut:
    """The steps of a grid that begin in `window`, in `width` columns, or one column a step where there are fewer."""
    first, last = epoch_us(window.start), epoch_us(window.end)
    steps = np.flatnonzero((grid.starts_us >= first) & (grid.starts_us < last)).astype(np.int64)
    columns = max(1, min(width, -(-(last - first) // (grid.step_s * 1_000_000))))
    width_us = (last - first) / columns
    column = np.minimum((grid.starts_us[steps] - first) // width_us, columns - 1).astype(np.int64)
    start = EPOCH + timedelta(microseconds=first)
    return Cut(ColumnGrid(start, width_us / 1e6, columns), steps, column)


def numbers(values: Floats) -> Numbers:
    """Values to six digits, missing ones as None."""
    return _listed(values[None])[0]


def _listed(values: Floats) -> list[Numbers]:
    """The same for each row."""
    with np.errstate(divide="ignore", invalid="ignore"):
        scale = 10.0 ** (_DIGITS - 1 - np.floor(np.log10(np.abs(values))))
        rounded = np.where(np.isfinite(scale), np.round(values * scale) / scale, values)
    missing: list[bool] = np.logical_or.reduce(np.isnan(rounded), axis=-1).tolist()
    return [
        tuple([None if value != value else value for value in row] if gaps else row)
        for row, gaps in zip(rounded.tolist(), missing, strict=True)
    ]


def _wanted(signal: Signal, asked: SignalsAsked) -> bool:
    at_service = not asked.services or signal.service in asked.services or signal.peer in asked.services
    named = (
        not asked.names or signal.key in asked.names or signal.indicator in asked.names or signal.name in asked.names
    )
    return at_service and named


def _drawn(known: Measured, shown: Cut, signals: list[Signal]) -> tuple[DrawnSignal, ...]:
    """All at once: a screen shows hundreds, and arrays so short cost more to call for than to compute."""
    if not signals:
        return ()
    values = np.stack([signal.values for signal in signals])
    lows, highs = _listed(shown.lowest(values)), _listed(shown.highest(values))
    extremes = _extremes(values[:, shown.steps])
    return tuple(map(partial(_one, known), signals, lows, highs, extremes))


def _one(known: Measured, signal: Signal, low: Numbers, high: Numbers, extreme: float | None) -> DrawnSignal:
    onset = known.onsets.get(signal.key)
    return DrawnSignal(
        key=signal.key,
        service=signal.service,
        peer=signal.peer,
        indicator=signal.indicator,
        kind=signal.kind.value,
        unit=signal.unit,
        min=low,
        max=high,
        band=known.bands.get(signal.key),
        extreme=extreme,
        limit=signal.limit,
        onset=onset.moment if onset else None,
        recovered=onset.recovered if onset else None,
        weight=known.weight(signal.key),
        evidence_id=signal.evidence_id,
    )


def _extremes(rows: Floats) -> list[float | None]:
    """The value of each row that is furthest from the row's median; None where it has none."""
    if not rows.shape[1]:
        return [None] * len(rows)
    distance = np.abs(rows - _medians(rows)[:, None])
    furthest = np.where(np.isnan(distance), -1.0, distance).argmax(axis=1)
    found = rows[np.arange(len(rows)), furthest]
    return [None if value != value else value for value in found.tolist()]


def _medians(rows: Floats) -> Floats:
    """The median of each row's values; 0 where it has none. Missing values sort last."""
    counts = (~np.isnan(rows)).sum(axis=1)
    if not rows.shape[1]:
        return np.zeros(len(rows))
    ranked, each = np.sort(rows, axis=1), np.arange(len(rows))
    middle = (ranked[each, np.maximum(counts - 1, 0) // 2] + ranked[each, counts // 2]) / 2
    return np.where(counts > 0, middle, 0.0)
