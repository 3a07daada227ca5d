"""What an expression gives: rows of labels, each with a value at some of the times of a grid.

A row is present where it has an answer. A present row may be NaN, as in Prometheus, so presence is not read off the
values. The functions here keep the one rule of a vector: at one time no two rows have the same labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.promql.refusal import Refused
from secondstory.algorithms.promql.syntax import NAME

Floats = npt.NDArray[np.float64]
Mask = npt.NDArray[np.bool_]
Millis = npt.NDArray[np.int64]
Labels = tuple[tuple[str, str], ...]

STALE = np.array([0x7FF0000000000002], np.uint64).view(np.float64)[0]
"""The NaN by which Prometheus marks that a series has ended."""


@dataclass(frozen=True, eq=False)
class Series:
    """Samples of one series: `times_ms` since 1970, strictly rising, and `values`; both of shape (samples,)."""

    labels: Labels  # sorted, the name among them
    times_ms: Millis
    values: Floats


@dataclass(frozen=True, eq=False)
class Row:
    """One row over the grid: `values` and `present` of shape (times,)."""

    labels: Labels
    values: Floats
    present: Mask


def labels_of(named: dict[str, str]) -> Labels:
    """Labels in order; empty ones are absent ones."""
    return tuple(sorted((label, value) for label, value in named.items() if value))


def keeping(labels: Labels, names: Iterable[str]) -> Labels:
    """Only these labels."""
    wanted = frozenset(names)
    return tuple(pair for pair in labels if pair[0] in wanted)


def dropping(labels: Labels, names: Iterable[str]) -> Labels:
    """All but these labels."""
    unwanted = frozenset(names)
    return tuple(pair for pair in labels if pair[0] not in unwanted)


def unnamed(rows: Iterable[Row]) -> tuple[Row, ...]:
    """The rows without the name of their metric."""
    return merged(replace(row, labels=dropping(row.labels, (NAME,))) for row in rows)


def merged(rows: Iterable[Row]) -> tuple[Row, ...]:
    """Rows of the same labels as one. Raises Refused where two of them are present at one time."""
    found: dict[Labels, Row] = {}
    for row in rows:
        held = found.get(row.labels)
        if held is None:
            found[row.labels] = row
            continue
        if (held.present & row.present).any():
            raise Refused(f"two rows have the same labels, {shown(row.labels)}")
        values = np.where(held.present, held.values, row.values)
        found[row.labels] = Row(row.labels, values, held.present | row.present)
    return tuple(row for row in found.values() if row.present.any())


def anywhere(present: Mask) -> Mask:
    """Where any of several rows is present: shape (rows, times) to (times,)."""
    found: Mask = np.logical_or.reduce(present, axis=0)
    return found


def shown(labels: Labels) -> str:
    """Labels as Prometheus writes them."""
    return "{" + ", ".join(f'{name}="{value}"' for name, value in labels) + "}"
