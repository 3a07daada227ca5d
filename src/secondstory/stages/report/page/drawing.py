"""A chart as inline SVG: band, line, what lies outside the band, gaps hatched, limit, and marks on a time axis."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import timedelta
from html import escape
from zoneinfo import ZoneInfo

from secondstory.model.report import Chart, Mark, Point
from secondstory.model.window import parse_time
from secondstory.stages.report.page.markup import plain
from secondstory.stages.report.phrases import clean
from secondstory.texts import say
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number

WIDE, NARROW = (760, 168), (372, 120)
_STEPS_S = (1, 5, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10800, 21600, 43200, 86400, 604800, 2592000)
_AXIS, _LANE, _LETTER = 20, 16, 6.0
_GLYPHS = {
    "change": ("change", "M0-6.2L6.2 0 0 6.2-6.2 0Z"),
    "alert": ("alert", "M0-5.6L6 4.6H-6Z"),
    "signal": ("deviation", "M-6 4H-1L6-5"),
}
_MILESTONE = ("milestone", "M0-5V5M-3-5H3M-3 5H3")
_WITH_UNIT = frozenset({"ratio", "1", "share", "s", "ms", "By"})


@dataclass(frozen=True)
class _Frame:
    """Maps seconds and values to the picture; `top` leaves room for the lanes of marks."""

    width: float
    top: float
    bottom: float
    length_s: float
    low: float
    high: float

    def x(self, at_s: float) -> float:
        """Across, kept inside the picture."""
        return min(max(at_s / self.length_s, 0.0), 1.0) * self.width

    def y(self, value: float) -> float:
        """Down; values beyond the frame are kept at its edge."""
        share = (value - self.low) / (self.high - self.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)


def svg(chart: Chart, zone: str, size: tuple[int, int], name: str) -> str:
    """The picture, `role=img`, said in the chart's own sentence. `name` is unique in the page."""
    width, plot = size
    lanes = _lanes(chart, width)
    top = 10.0 + _LANE * (max((lane for _, lane in lanes), default=-1) + 1)
    low, high = _range(chart)
    frame = _Frame(width, top, top + plot, max(chart.length_s, 1.0), low, high)
    layers = (_grid(chart, frame, zone), _band(chart, frame), _gaps(chart, frame), _line(chart, frame, name))
    body = "".join((*layers, _limit(chart, frame), *(_mark(frame, mark, lane) for mark, lane in lanes)))
    height = top + plot + _AXIS
    css = "wide" if size == WIDE else "narrow"
    said = f"{plain(chart.title)}. {plain(chart.summary)}"
    return f'<svg class="{css}" viewBox="0 0 {width} {_n(height)}" role="img" aria-label="{said}">{body}</svg>'


def number_rows(chart: Chart, zone: str, most: int = 24) -> tuple[tuple[str, str, str], ...]:
    """The chart as rows of from, lowest and highest, for who wants the numbers."""
    columns: dict[int, list[float]] = {}
    for point in chart.points:
        column = min(int(point.at_s / max(chart.length_s, 1.0) * most), most - 1)
        columns.setdefault(column, [])
        if point.value is not None:
            columns[column].append(point.value)
    rows = []
    for column, values in sorted(columns.items()):
        low, high = (measure(edge(values), chart.unit) if values else say("report.mark_no_data") for edge in (min, max))
        rows.append((_clock(chart, zone, column * chart.length_s / most, seconds=True), low, high))
    return tuple(rows)


def _range(chart: Chart) -> tuple[float, float]:
    known = [point.value for point in chart.points if point.value is not None]
    edges = [*known, *(edge for edge in (chart.band_low, chart.band_high, chart.limit) if edge is not None)]
    if known and min(known) >= 0:  # a band may reach below what the signal can
        edges = [max(edge, 0.0) for edge in edges]
    low, high = (min(edges), max(edges)) if edges else (0.0, 1.0)
    if 0 <= low < high / 2:
        low = 0.0
    elif low > 0 or low < high:
        low -= (high - low) * 0.15
    return low, high + ((high - low) * 0.08 or abs(high) * 0.1 or 1.0)


def _grid(chart: Chart, frame: _Frame, zone: str) -> str:
    most = 8 if frame.width == WIDE[0] else 4
    step = next((s for s in _STEPS_S if frame.length_s / s <= most), _STEPS_S[-1])
    start = parse_time(chart.start).astimezone(ZoneInfo(zone))
    into_day = start.hour * 3600 + start.minute * 60 + start.second
    parts, at_s = [], float(-into_day % step)
    while at_s < frame.length_s:
        x = frame.x(at_s)
        parts.append(f'<path class="grid" d="M{_n(x)} {_n(frame.top)}V{_n(frame.bottom)}"/>')
        if 20 < x < frame.width - 20:
            label = _clock(chart, zone, at_s, seconds=step < 60)
            parts.append(
                f'<text class="tick" x="{_n(x)}" y="{_n(frame.bottom + 15)}" text-anchor="middle">{label}</text>'
            )
        at_s += step
    for value in _levels(frame.low, frame.high):
        y = frame.y(value)
        label = escape(measure(value, chart.unit) if chart.unit in _WITH_UNIT else number(value))
        parts.append(f'<path class="grid" d="M0 {_n(y)}H{_n(frame.width)}"/>')
        if frame.top + 14 < y:
            parts.append(f'<text class="tick" x="2" y="{_n(y - 4)}">{label}</text>')
    return "".join(parts)


def _levels(low: float, high: float) -> tuple[float, ...]:
    rough = (high - low) / 3
    power = 10.0 ** math.floor(math.log10(rough))
    step = next(factor * power for factor in (1, 2, 5, 10) if factor * power >= rough)
    first = int(low // step) + 1
    return tuple(round(k * step, 12) for k in range(first, first + 6) if low < k * step < high)


def _band(chart: Chart, frame: _Frame) -> str:
    if chart.band_low is None or chart.band_high is None:
        return ""
    top, bottom = frame.y(chart.band_high), frame.y(chart.band_low)
    return f'<rect class="band" x="0" y="{_n(top)}" width="{_n(frame.width)}" height="{_n(max(bottom - top, 2.0))}"/>'


def _line(chart: Chart, frame: _Frame, name: str) -> str:
    runs = _runs(chart.points)
    path = "".join("M" + "L".join(f"{_n(frame.x(t))} {_n(frame.y(v))}" for t, v in run) for run in runs)
    dots = "".join(
        f'<circle class="dot" cx="{_n(frame.x(run[0][0]))}" cy="{_n(frame.y(run[0][1]))}" r="1.4"/>'
        for run in runs
        if len(run) == 1
    )
    line = f'<path class="line" d="{path}"/>{dots}'
    if chart.band_low is None or chart.band_high is None:
        return line
    return f"{line}{_outside(frame, runs, (chart.band_low, chart.band_high), path, name)}"


def _outside(
    frame: _Frame, runs: list[list[tuple[float, float]]], band: tuple[float, float], path: str, name: str
) -> str:
    """What lies beyond the band: filled down to its edge, the line drawn again in the colour of deviation."""
    upper, lower = frame.y(band[1]), frame.y(band[0])
    fills = []
    for edge, keep in ((upper, min), (lower, max)):
        for run in runs:
            corners = [(_n(frame.x(t)), keep(frame.y(v), edge)) for t, v in run]
            if all(y == edge for _, y in corners):
                continue
            outline = "L".join(f"{x} {_n(y)}" for x, y in corners)
            fills.append(f"M{corners[0][0]} {_n(edge)}L{outline}L{corners[-1][0]} {_n(edge)}Z")
    if not fills:
        return ""
    clip = (
        f'<clipPath id="{name}"><rect x="0" y="0" width="{_n(frame.width)}" height="{_n(upper)}"/>'
        f'<rect x="0" y="{_n(lower)}" width="{_n(frame.width)}" height="{_n(frame.bottom - lower)}"/></clipPath>'
    )
    return f'{clip}<path class="fill" d="{"".join(fills)}"/><path class="out" d="{path}" clip-path="url(#{name})"/>'


def _gaps(chart: Chart, frame: _Frame) -> str:
    parts = []
    for first, last in _missing(chart):
        x, width = frame.x(first), frame.x(last) - frame.x(first)
        if width < 1:
            continue
        parts.append(
            f'<rect class="hatch" x="{_n(x)}" y="{_n(frame.top)}" width="{_n(width)}" '
            f'height="{_n(frame.bottom - frame.top)}" fill="url(#hatch)"/>'
        )
        label = say("report.mark_no_data")
        if width > len(label) * _LETTER + 12:
            middle = (frame.top + frame.bottom) / 2
            parts.append(
                f'<text class="note" x="{_n(x + width / 2)}" y="{_n(middle)}" text-anchor="middle">{label}</text>'
            )
    return "".join(parts)


def _missing(chart: Chart) -> list[tuple[float, float]]:
    """Stretches without a number, from the last known point to the next."""
    found: list[tuple[float, float]] = []
    begun: float | None = None
    last_s = 0.0
    for point in chart.points:
        if point.value is None and begun is None:
            begun = last_s
        elif point.value is not None and begun is not None:
            found.append((begun, point.at_s))
            begun = None
        last_s = point.at_s
    return [*found, (begun, chart.length_s)] if begun is not None else found


def _limit(chart: Chart, frame: _Frame) -> str:
    if chart.limit is None:
        return ""
    y = frame.y(chart.limit)
    label = escape(say("report.mark_limit", value=number(chart.limit)))
    return (
        f'<path class="limit" d="M0 {_n(y)}H{_n(frame.width)}"/>'
        f'<text class="note" x="{_n(frame.width - 4)}" y="{_n(y - 4)}" text-anchor="end">{label}</text>'
    )


def _lanes(chart: Chart, width: float) -> list[tuple[Mark, int]]:
    """Each mark with the first lane where its label does not touch another; the fourth lane takes all that is left."""
    ends: list[float] = []
    placed = []
    for mark in sorted(chart.marks, key=lambda m: (m.from_s, m.label)):
        x = min(max(mark.from_s / max(chart.length_s, 1.0), 0.0), 1.0) * width
        length = len(_label(mark)) * _LETTER + 22
        start = x - length if x + length > width else x - 8
        lane = next((k for k, end in enumerate(ends) if start > end), min(len(ends), 3))
        ends[lane : lane + 1] = [start + length]
        placed.append((mark, lane))
    return placed


def _mark(frame: _Frame, mark: Mark, lane: int) -> str:
    css, shape = _GLYPHS.get(mark.kind, _MILESTONE)
    left, right = frame.x(mark.from_s), frame.x(mark.to_s)
    x = min(max((left + right) / 2, 7.0), frame.width - 7.0)
    y = 9.0 + _LANE * lane
    label = _label(mark)
    flip = x + len(label) * _LETTER + 12 > frame.width
    doubt = ""
    if right - left >= 1:
        tall = frame.bottom - frame.top
        doubt = (
            f'<rect class="doubt {css}" x="{_n(left)}" y="{_n(frame.top)}" '
            f'width="{_n(right - left)}" height="{_n(tall)}"/>'
        )
    anchor = ' text-anchor="end"' if flip else ""
    return (
        f'{doubt}<path class="stem {css}" d="M{_n(x)} {_n(y + 7)}V{_n(frame.bottom)}"/>'
        f'<path class="glyph {css}" transform="translate({_n(x)} {_n(y)})" d="{shape}"/>'
        f'<text class="label" x="{_n(x - 10 if flip else x + 10)}" y="{_n(y + 4)}"{anchor}>{escape(label)}</text>'
    )


def _label(mark: Mark) -> str:
    return clean(mark.label, 28).replace("`", "")


def _runs(points: tuple[Point, ...]) -> list[list[tuple[float, float]]]:
    runs: list[list[tuple[float, float]]] = [[]]
    for point in points:
        if point.value is None:
            runs.append([])
        else:
            runs[-1].append((point.at_s, point.value))
    return [run for run in runs if run]


def _clock(chart: Chart, zone: str, at_s: float, *, seconds: bool) -> str:
    local = (parse_time(chart.start) + timedelta(seconds=at_s)).astimezone(ZoneInfo(zone))
    return f"{local.hour:02}:{local.minute:02}:{local.second:02}" if seconds else f"{local.hour:02}:{local.minute:02}"


def _n(value: float) -> str:
    """A coordinate with one decimal, without a needless zero."""
    text = f"{value:.1f}"
    return text[:-2] if text.endswith(".0") else text
