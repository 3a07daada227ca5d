"""Asks the engine every frozen question again and compares: counts equal, numbers within 1e-9."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.table import Table
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident

TOLERANCE = 1e-9  # relative; engines may round the last bits of a float in other ways


@dataclass(frozen=True)
class Checked:
    """One piece of evidence: `state` same, within tolerance, or differs; `detail` says where it differs."""

    evidence_id: str
    query: str
    rows: int
    state: str
    detail: str


def verify(actor: Actor, world: World, incident_id: str) -> tuple[Checked, ...]:
    """Check all frozen evidence of an incident against the warehouse as it is now."""
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    segments = world.catalogue.segments(incident.recordings)
    checked = []
    for piece in world.freezer.frozen(incident_id):
        now = world.warehouse.run(piece.query, segments)
        state, detail = _compared(piece.result, now)
        checked.append(Checked(piece.id, type(piece.query).__name__, piece.result.rows, state, detail))
    return tuple(checked)


def _compared(frozen: Table, now: Table) -> tuple[str, str]:
    if frozen.hash == now.hash:
        return "same", ""
    if frozen.names != now.names:
        return "differs", f"columns were {', '.join(frozen.names)} and are {', '.join(now.names)}"
    if frozen.rows != now.rows:
        return "differs", f"{frozen.rows} rows then, {now.rows} now"
    for name in frozen.names:
        if not _close(frozen, now, name):
            return "differs", f"column {name} has other values now"
    return "within tolerance", ""


def _close(frozen: Table, now: Table, name: str) -> bool:
    then, later = frozen.arrow.column(name), now.arrow.column(name)
    if not pa.types.is_floating(then.type):
        return bool(then.equals(later))
    return bool(np.allclose(frozen.numbers(name), now.numbers(name), rtol=TOLERANCE, atol=0.0, equal_nan=True))
