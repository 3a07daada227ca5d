"""Rows of an alert's expression to the stretches in which it fires, as Prometheus' rule evaluation does.

A row that is present is active; it fires once it has been so for `hold_ms`. One absent evaluation ends it, but for
`keep_ms` a row that fired goes on firing; `keep_ms` counts from the first absent evaluation.
Reference: Prometheus 2.42, rules/alerting.go.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from secondstory.algorithms.promql.rows import Labels, Millis, Row


@dataclass(frozen=True)
class Spell:
    """One row firing: from the evaluation `fired_ms` to the evaluation `ended_ms` that found it over, None = never.

    `active_ms` is the evaluation at which it became active.
    """

    labels: Labels
    active_ms: int
    fired_ms: int
    ended_ms: int | None


def firing_spells(rows: tuple[Row, ...], times_ms: Millis, *, hold_ms: int, keep_ms: int = 0) -> tuple[Spell, ...]:
    """All spells in order of firing. `times_ms` are the evaluations, rising; rows lie on them."""
    found = [spell for row in rows for spell in _of_row(row, times_ms, hold_ms, keep_ms)]
    return tuple(sorted(found, key=lambda spell: (spell.fired_ms, spell.labels)))


def _of_row(row: Row, times_ms: Millis, hold_ms: int, keep_ms: int) -> list[Spell]:
    """Runs of presence; a run that begins before the one before it stops firing belongs to that one."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], row.present, [False])).astype(np.int8)))
    spells: list[Spell] = []
    for first, last in zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True):
        begun = int(times_ms[first])
        held = np.flatnonzero(times_ms[first:last] - begun >= hold_ms)
        ended = _end(times_ms, last, keep_ms)
        before = spells[-1] if spells else None
        if before is not None and (before.ended_ms is None or begun <= before.ended_ms):
            spells[-1] = replace(before, ended_ms=ended)
        elif held.size:
            spells.append(Spell(row.labels, begun, int(times_ms[first + int(held[0])]), ended))
    return spells


def _end(times_ms: Millis, absent: int, keep_ms: int) -> int | None:
    """The evaluation that lets a spell end whose first absent evaluation is number `absent`."""
    if absent >= times_ms.size:
        return None
    over = np.flatnonzero(times_ms[absent:] - times_ms[absent] >= keep_ms)
    return int(times_ms[absent + int(over[0])]) if over.size else None
