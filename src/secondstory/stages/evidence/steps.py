"""Rows of an answer laid on the grid: which step each belongs to, which rows form one series, and which steps count."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.findings import Coverage
from secondstory.model.signal import Floats, Grid
from secondstory.model.table import Table
from secondstory.model.window import Window

Steps = npt.NDArray[np.int64]
Bools = npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Activity:
    """In which steps a table holds rows: of each service, and of any service.

    `recorded` is False in holes: stretches in which no service at all has a row, longer than three times the usual
    distance between rows. There, zero and unknown cannot be told apart.
    """

    table: str
    grid: Grid
    present: tuple[tuple[str, Bools], ...]  # (service, True where it has rows), sorted
    recorded: Bools

    def has(self, service: str) -> Bools:
        """True in the steps with rows of a service; shape (count,)."""
        return dict(self.present).get(service, np.zeros(self.grid.count, np.bool_))

    def zero_where_silent(self, service: str, counts: Floats, coverage: tuple[Coverage, ...]) -> Floats:
        """Counts with zero in steps without rows inside the service's own recorded time; NaN elsewhere."""
        row = next((row for row in coverage if row.table == self.table and row.service == service), None)
        if row is None:
            return counts
        # The window's end is open, so the step that the last row begins must still count as inside.
        lasting = Window(row.first_time, row.last_time + timedelta(seconds=self.grid.step_s))
        silent = np.isnan(counts) & self.recorded & self.grid.mask(lasting)
        return np.where(silent, 0.0, counts)


def activity_of(table: str, answer: Table, grid: Grid, column: str = "service") -> Activity:
    """Which steps hold rows, by service (or by another column that names one)."""
    steps = steps_of(answer, grid)
    present = []
    for (service,), rows in series(answer, (column,)):
        mask = np.zeros(grid.count, np.bool_)
        mask[steps[rows][steps[rows] >= 0]] = True
        present.append((service or "", mask))
    anything = np.logical_or.reduce([mask for _, mask in present]) if present else np.zeros(grid.count, np.bool_)
    return Activity(table, grid, tuple(present), _without_holes(anything))


def steps_of(answer: Table, grid: Grid) -> Steps:
    """The step of each row, shape (rows,); -1 for a row outside the grid."""
    times, starts = answer.micros("time"), grid.starts_us
    if not starts.size:
        return np.full(times.size, -1, np.int64)
    steps = np.searchsorted(starts, times, side="right") - 1
    inside = (steps >= 0) & (times < starts[np.maximum(steps, 0)] + grid.step_s * 1_000_000)
    return np.where(inside, steps, -1).astype(np.int64)


def series(answer: Table, names: tuple[str, ...]) -> list[tuple[tuple[str | None, ...], Steps]]:
    """The rows of each distinct combination of string columns, in the order of the first row."""
    code = np.zeros(answer.rows, np.int64)
    for name in names:
        column = pc.dictionary_encode(answer.arrow.column(name), null_encoding="encode")
        column = column.combine_chunks() if isinstance(column, pa.ChunkedArray) else column
        width = max(len(column.dictionary), 1)
        code = code * width + column.indices.to_numpy(zero_copy_only=False).astype(np.int64)
        _, code = np.unique(code, return_inverse=True)  # keeps the running code small, so that it cannot overflow
    if not code.size:
        return []
    order = np.argsort(code, kind="stable")
    cuts = np.flatnonzero(np.diff(code[order])) + 1
    texts = [answer.arrow.column(name) for name in names]
    groups = sorted((rows for rows in np.split(order, cuts)), key=lambda rows: int(rows[0]))
    return [(tuple(text[int(rows[0])].as_py() for text in texts), rows) for rows in groups]


def laid(values: Floats, steps: Steps, count: int) -> Floats:
    """Values at their steps, NaN elsewhere; shape (count,). Several values of one step are added up."""
    known = (steps >= 0) & ~np.isnan(values)
    at = steps[known]
    seen = np.bincount(at, minlength=count) > 0
    return np.where(seen, np.bincount(at, values[known], minlength=count), np.nan)


def runs(mask: Bools) -> list[tuple[int, int]]:
    """The stretches of True as half-open (start, end) positions.

    >>> runs(np.array([False, True, True, False, True]))
    [(1, 3), (4, 5)]
    """
    edges = np.flatnonzero(np.diff(np.concatenate(([0], mask.astype(np.int8), [0]))))
    return [(int(start), int(end)) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _without_holes(anything: Bools) -> Bools:
    occupied = np.flatnonzero(anything)
    if occupied.size < 2:
        return anything
    usual = 3 * max(float(np.median(np.diff(occupied))), 1.0)
    recorded = np.ones(anything.size, np.bool_)
    for start, end in runs(~anything):
        at_an_end = start == 0 or end == anything.size
        recorded[start:end] = not at_an_end and end - start <= usual
    return recorded
