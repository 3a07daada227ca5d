"""Shows each term of the glossary in an incident's own data, or says why it is not there."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import orjson

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.document import Document
from secondstory.model.errors import NotFound
from secondstory.model.glossary import Entry
from secondstory.model.impact import ImpactBody
from secondstory.ports import StoredDocument, World
from secondstory.stages.glossary import Sight, glossary
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.facts import dossier_of
from secondstory.usecases.follow_request import exemplars


@dataclass(frozen=True)
class Glossary:
    """All terms, in the order in which they are read."""

    terms: tuple[Entry, ...]


def glossary_of(actor: Actor, world: World, incident_id: str) -> Glossary:
    """The glossary of an incident; one that was never analysed shows no term and says so."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return Glossary(glossary(_sight(actor, world, incident_id)))


def _sight(actor: Actor, world: World, incident_id: str) -> Sight | None:
    evidence = world.documents.latest(incident_id, "evidence")
    try:
        dossier = dossier_of(actor, world, incident_id)
        found = exemplars(actor, world, incident_id).exemplars
    except NotFound:
        return None
    return Sight(
        incident=dossier.incident,
        timeline=dossier.timeline,
        impact=dossier.impact,
        causes=dossier.causes,
        detection=dossier.detection,
        actions=dossier.actions,
        gaps=dossier.gaps,
        rows=_rows(evidence) if evidence is not None else (),
        recoveries_s=_recoveries(actor, world),
        trace_id=found[0].trace_id if found else "",
    )


def _recoveries(actor: Actor, world: World) -> tuple[float, ...]:
    """Times to recover of the incidents that the actor may read, where they are known."""
    documents = (world.documents.latest(one.id, "impact") for one in world.incidents.visible_to(actor))
    known = (_recovery(document) for document in documents if document is not None)
    return tuple(seconds for seconds in known if seconds is not None)


@lru_cache(maxsize=1024)
def _recovery(impact: StoredDocument) -> float | None:
    durations = decode(impact.data, Document[ImpactBody]).body.durations
    return next((one.value for one in durations if one.key.split("/")[1:2] == ["time_to_recover"]), None)


@lru_cache(maxsize=64)
def _rows(evidence: StoredDocument) -> tuple[tuple[str, int], ...]:
    counted: Counter[str] = Counter()
    for piece in orjson.loads(evidence.data)["body"]["coverage"]:
        counted[piece["table"]] += piece["rows"]
    return tuple(sorted(counted.items()))
