"""A chart for paper: every place on a scale of 0 to 1, axes with their names and units, marks that do not overlap."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from secondstory.model.dial import Dial
from secondstory.model.report import Chart, Mark
from secondstory.model.window import Window, parse_time
from secondstory.texts import say
from secondstory.texts.measures import measure, unit_name

Data = dict[str, Any]  # what JSON holds
_TICKS = 5
_MEASURED = {"ms": "duration", "s": "duration", "By": "size", "ratio": "share", "1": "share", "share": "share"}
_LETTER = 0.0105  # width of a letter as a share of the chart's
_LEVELS = 3


def drawn(chart: Chart, zone: str) -> Data:
    """The lines, band, limit, axes and marks; a line breaks where nothing was measured."""
    values = [point.value for point in chart.points if point.value is not None]
    known = [one for one in (*values, chart.band_high, chart.limit) if one is not None]
    low, high = min(0.0, *known, 0.0), max(known, default=1.0)
    span = (high - low) or 1.0

    def up(value: float | None) -> float | None:
        return None if value is None else min(max((value - low) / span, 0.0), 1.0)

    return {
        "lines": _lines(chart, low, span),
        "band": [up(chart.band_low), up(chart.band_high)],
        "limit": up(chart.limit),
        "limit_name": "" if chart.limit is None else say("report.mark_limit", value=measure(chart.limit, chart.unit)),
        "band_name": say("report.band") if chart.band_low is not None and chart.band_high is not None else "",
        "levels": [[share, measure(low + share * span, chart.unit)] for share in (0, 0.5, 1)],
        "values_are": _quantity(chart.unit),
        **_times(chart, zone),
        "marks": _marks(chart),
    }


def _quantity(unit: str) -> str:
    """What the values are; the axis itself names the unit that each is best read in."""
    if unit in _MEASURED:
        return say(f"paper.{_MEASURED[unit]}")
    return unit_name(unit)


def _times(chart: Chart, zone: str) -> Data:
    start = parse_time(chart.start)
    dial = Dial.of(zone, Window(start, start + timedelta(seconds=chart.length_s)))
    info = ZoneInfo(zone)
    shares = [place / (_TICKS - 1) for place in range(_TICKS)]
    times = [(share, start + timedelta(seconds=share * chart.length_s)) for share in shares]
    return {
        "times": [[share, f"{at.astimezone(info):%H:%M:%S}"] for share, at in times],
        "times_are": say("paper.time", zone=dial.zone_name(start)),
    }


def _marks(chart: Chart) -> list[list[Any]]:
    """[place, words, kind, level] of each mark within the chart; words that would overlap go to another level."""
    length = chart.length_s or 1.0
    taken = [0.0] * _LEVELS  # to where each level is written on
    marks = []
    for mark in sorted(_within(chart), key=lambda one: one.from_s):
        at, width = mark.from_s / length, len(mark.label) * _LETTER
        begin = min(at, 1 - width)  # as the sheet sets it
        level = next((one for one, end in enumerate(taken) if end <= begin), None)
        if level is not None:
            taken[level] = begin + width + 2 * _LETTER
        marks.append([at, mark.label if level is not None else "", mark.kind, level or 0])
    return marks


def _within(chart: Chart) -> list[Mark]:
    return [mark for mark in chart.marks if 0 <= mark.from_s <= chart.length_s]


def _lines(chart: Chart, low: float, span: float) -> list[list[list[float]]]:
    lines: list[list[list[float]]] = [[]]
    for point in chart.points:
        if point.value is None:
            lines.append([])
        else:
            lines[-1].append([point.at_s / (chart.length_s or 1), (point.value - low) / span])
    return [line for line in lines if len(line) > 1]
