"""Says of each stage's document whether it exists and still fits what is known now."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

import orjson

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import content_hash
from secondstory.model.counted import folded, folded_contributions
from secondstory.model.incident import Incident
from secondstory.ports import StoredDocument, World
from secondstory.usecases.analyse import gather_case
from secondstory.usecases.read import KINDS


@dataclass(frozen=True)
class StageState:
    """A stage's document. state: empty (never made), full, or stale (made from something that has changed since)."""

    kind: str
    state: str


def freshness(actor: Actor, world: World, incident: Incident) -> tuple[StageState, ...]:
    """The state of every document, in the order of the pipeline."""
    require(actor, Verb.READ, incident.id)
    segments = world.catalogue.segments(incident.recordings)
    case = gather_case(world, incident, segments)
    facts = replace(case, decisions=(), contributions=())
    now = {
        "facts": content_hash(facts),
        "case": content_hash(case),
    }
    seen = world.documents.latest(incident.id, "telemetry")
    other_telemetry = seen is not None and seen.hash != content_hash([segment.id for segment in segments])
    states = []
    for kind in KINDS:
        document = world.documents.latest(incident.id, kind)
        if document is None:
            states.append(StageState(kind, "empty"))
            continue
        now["decisions"] = content_hash(folded(kind, case.decisions))
        now["contributions"] = content_hash(folded_contributions(kind, case.contributions))
        stale = other_telemetry or any(now.get(name, given) != given for name, given in _inputs(document))
        states.append(StageState(kind, "stale" if stale else "full"))
        now[kind] = document.hash
    return tuple(states)


@lru_cache(maxsize=256)
def _inputs(document: StoredDocument) -> tuple[tuple[str, str], ...]:
    return tuple((name, given) for name, given in orjson.loads(document.data)["envelope"]["inputs"])
