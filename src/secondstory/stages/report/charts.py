"""Signals as charts small enough to ship: cut to the lowest and highest value of each column, so that a spike survives.

Idea: a chart has at most `MOST_POINTS` points. A longer signal is divided into columns of equal time, of which the
lowest and the highest known value are kept in their order of time; a column that holds a step without data also keeps
the break. A line drawn through such points covers the same pixels as one through all steps.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

import numpy as np

from secondstory.model.report import Chart, Mark, Point
from secondstory.model.signal import Signal
from secondstory.model.timeline import EventKind, MilestoneKind, Onset
from secondstory.model.window import Moment, Window, epoch_us, format_time
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, indicator_words
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.measures import measure

MOST_POINTS = 600
_LEAD = 0.25  # share of the incident's window shown before it, where it was recorded
_DIGITS = 6
_ABOVE = 1.05


@dataclass(frozen=True)
class _Piece:
    """A stretch of steps: seconds since the chart's start, and values (NaN = no data)."""

    at_s: np.ndarray[tuple[int], np.dtype[np.float64]]
    values: np.ndarray[tuple[int], np.dtype[np.float64]]


def draw(story: Story, signal: Signal, marks: tuple[Mark, ...] | None = None) -> Chart | None:
    """The chart of a signal around the incident; None where no step holds a number."""
    window = shown(story, signal)
    piece = _cut_out(signal, window)
    known = piece.values[~np.isnan(piece.values)]
    if not known.size:
        return None
    onset = story.onset_of_signal(signal.key)
    low, high = (onset.band_low, onset.band_high) if onset else (None, None)
    return Chart(
        key=f"chart/{signal.key}",
        title=signal_title(signal),
        summary=_summary(story, signal, onset, known),
        unit=signal.unit or "",
        start=format_time(window.start),
        length_s=window.seconds,
        points=thinned(piece.at_s, piece.values),
        band_low=_finite(low),
        band_high=_finite(high),
        limit=_finite(_ceiling(signal, float(known.max()))),
        marks=marks if marks is not None else story_marks(story, window, onset),
        evidence_ids=(signal.evidence_id,),
    )


def shown(story: Story, signal: Signal) -> Window:
    """The incident's window with some time before it, as far as the signal's grid reaches."""
    window = story.case.incident.window
    early = Window(window.start - timedelta(seconds=window.seconds * _LEAD), window.end)
    pieces = [clipped for piece in signal.grid.pieces if (clipped := piece.clip(early)) is not None]
    return Window(min(p.start for p in pieces), max(p.end for p in pieces)) if pieces else window


def thinned(
    at_s: np.ndarray[tuple[int], np.dtype[np.float64]],
    values: np.ndarray[tuple[int], np.dtype[np.float64]],
    most: int = MOST_POINTS,
) -> tuple[Point, ...]:
    """At most `most` points that keep every extreme of a column, and a point without a value for each break."""
    if at_s.size <= most:
        keep = np.arange(at_s.size)
    else:
        per_column = 3 if np.isnan(values).any() else 2
        edges = np.linspace(0, at_s.size, most // per_column + 1).astype(int)
        steps = values.tolist()
        columns = [_extremes(steps, first, last) for first, last in pairwise(edges.tolist())]
        keep = np.array([index for column in columns for index in column])
    return tuple(Point(round(float(at_s[i]), 3), _finite(float(values[i]))) for i in keep)


def story_marks(story: Story, window: Window, onset: Onset | None) -> tuple[Mark, ...]:
    """What a reader wants to see beside a signal: its onset, the change, the first alert, mitigation and the end."""
    wanted: list[tuple[Moment, str, str]] = []
    if onset is not None:
        wanted.append((onset.moment, say("report.mark_onset"), EventKind.SIGNAL.value))
    if story.trigger is not None:
        wanted.append((story.trigger.moment, clean(story.trigger.title, 40), EventKind.CHANGE.value))
    if story.first_alert is not None:
        wanted.append((story.first_alert.moment, say("report.mark_alert"), EventKind.ALERT.value))
    for kind in (MilestoneKind.MITIGATION_BEGAN, MilestoneKind.RESOLVED):
        milestone = story.milestone(kind)
        if milestone is not None and milestone.moment is not None:
            wanted.append((milestone.moment, say(f"report.milestone_{kind.value}").lower(), kind.value))
    marks = [
        Mark(_since(window, moment.earliest), _since(window, moment.latest), label, kind)
        for moment, label, kind in wanted
        if window.start <= moment.latest and moment.earliest <= window.end
    ]
    return tuple(sorted(marks, key=lambda mark: (mark.from_s, mark.kind, mark.label)))


def signal_title(signal: Signal) -> str:
    """What the signal measures and where, such as `checkout → orders: share of failed requests`."""
    place = f"{signal.service} → {signal.peer}" if signal.peer else signal.service
    return clean(f"{place}: {indicator_words(signal.indicator)}", TITLE_LENGTH)


def _summary(
    story: Story, signal: Signal, onset: Onset | None, known: np.ndarray[tuple[int], np.dtype[np.float64]]
) -> str:
    facts = {
        "lowest": measure(float(known.min()), signal.unit),
        "highest": measure(float(known.max()), signal.unit),
    }
    if onset is None:
        return say("report.chart_calm", **facts)
    return say(
        "report.chart_onset",
        **facts,
        when=story.dial.moment(onset.moment),
        before=measure(onset.before, signal.unit),
        during=measure(onset.during, signal.unit),
    )


def _ceiling(signal: Signal, highest: float) -> float | None:
    """The limit, unless the signal rises above it and so shows that it is the limit of something else."""
    return signal.limit if signal.limit is not None and highest <= signal.limit * _ABOVE else None


def _cut_out(signal: Signal, window: Window) -> _Piece:
    starts = signal.grid.starts_us
    inside = (starts >= epoch_us(window.start)) & (starts < epoch_us(window.end))
    at_s = (starts[inside] - epoch_us(window.start)) / 1e6
    values = signal.values[inside]
    # Where the grid itself has a hole, one step without data breaks the line.
    holes = np.flatnonzero(np.diff(at_s) > signal.grid.step_s * 1.5) + 1
    return _Piece(np.insert(at_s, holes, at_s[holes - 1] + signal.grid.step_s), np.insert(values, holes, np.nan))


def _extremes(values: list[float], first: int, last: int) -> list[int]:
    known = [step for step in range(first, last) if not math.isnan(values[step])]
    if not known:
        return [first]
    found = {min(known, key=values.__getitem__), max(known, key=values.__getitem__)}
    if len(known) < last - first:
        found.add(next(step for step in range(first, last) if math.isnan(values[step])))
    return sorted(found)


def _since(window: Window, time: datetime) -> float:
    return round(min(max((time - window.start).total_seconds(), 0.0), window.seconds), 3)


def _finite(value: float | None) -> float | None:
    return None if value is None or not np.isfinite(value) else float(f"{value:.{_DIGITS}g}")
