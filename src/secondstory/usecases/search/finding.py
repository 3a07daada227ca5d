"""Finds words in what one may read, after bringing the index up to what is stored."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.ports import Indexed, Progress, Sought, World
from secondstory.ports.search import MARK, UNMARK
from secondstory.texts import say
from secondstory.usecases.incident_record import incident_now
from secondstory.usecases.search.passages import VERSION, found_passages, said_passages

KINDS = ("incident", "event", "hypothesis", "action", "document", "evidence", "decision", "comment")
_MOST_WORDS = 16
_MARKED = re.compile(f"{MARK}([^{UNMARK}]*){UNMARK}")
_WORD = re.compile(r"\w", re.UNICODE)


@dataclass(frozen=True)
class Part:
    """A stretch of a text; `marked` where it is what was searched for."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Found:
    """A place that holds the words. `key` names it to its page: a subject key, a label, a section."""

    incident: str
    incident_title: str
    kind: str
    key: str
    title: tuple[Part, ...]
    snippet: tuple[Part, ...]


@dataclass(frozen=True)
class KindCount:
    """How many places of a kind hold the words."""

    kind: str
    count: int


@dataclass(frozen=True)
class SearchPage:
    """One page of what was found, the best first; `counts` over all kinds, whatever kind is shown."""

    found: tuple[Found, ...]
    counts: tuple[KindCount, ...]
    total: int


def search(actor: Actor, world: World, text: str, wanted: Sought) -> SearchPage:
    """What of the incidents that the actor may read holds every word of `text`.

    Raises BadInput without a word, or on an unknown kind, and NotAllowed for an incident that the actor may not read.
    """
    if wanted.incident_id:
        require(actor, Verb.READ, wanted.incident_id)
    unknown = [kind for kind in wanted.kinds if kind not in KINDS]
    if unknown:
        raise BadInput(say("search.no_kind", kind=unknown[0]), say("search.no_kind_next", kinds=", ".join(KINDS)))
    words = tuple(word for word in text.split() if _WORD.search(word))[:_MOST_WORDS]
    if not words:
        raise BadInput(say("search.no_word"), say("search.no_word_next"))
    incidents = bring_up_to_date(actor, world)
    sought = Sought(words, wanted.kinds, wanted.incident_id, wanted.limit, wanted.offset)
    hits = world.search.find(actor, sought)
    world.audit.looked(*dict.fromkeys(hit.incident_id for hit in hits.hits))
    titles = {name: incident_now(world, incidents[name]).title for name in {hit.incident_id for hit in hits.hits}}
    found = tuple(
        Found(hit.incident_id, titles[hit.incident_id], hit.kind, hit.key, _parts(hit.title), _parts(hit.snippet))
        for hit in hits.hits
    )
    counts = tuple(KindCount(kind, count) for kind, count in sorted(hits.counts, key=lambda one: KINDS.index(one[0])))
    total = sum(one.count for one in counts if not wanted.kinds or one.kind in wanted.kinds)
    return SearchPage(found, counts, total)


def bring_up_to_date(actor: Actor, world: World) -> dict[str, Incident]:
    """Index anew what changed of the actor's incidents; gives these by id."""
    incidents = {incident.id: incident for incident in world.incidents.visible_to(actor)}
    for part in world.search.changed(actor, VERSION):
        incident = incidents.get(part.incident_id)
        if incident is not None:
            _index(world, part, incident)
    return incidents


def reindex(actor: Actor, world: World, progress: Progress) -> int:
    """Index everything anew, whatever the index says of itself; gives the number of incidents.

    Each part of an incident is replaced in one transaction, so that meanwhile everything is found as before.
    """
    require(actor, Verb.ADMINISTER, None)
    incidents = {incident.id: incident for incident in world.incidents.visible_to(actor)}
    anew = f"{VERSION}~"  # a version that no part has
    parts = [one for one in world.search.changed(actor, anew) if one.incident_id in incidents]
    for place, part in enumerate(parts):
        incident = incidents[part.incident_id]
        progress(say("search.indexing", incident=incident.id), place, len(parts))
        _index(world, replace(part, state=VERSION + part.state.removeprefix(anew)), incident)
    return len(incidents)


def _index(world: World, part: Indexed, incident: Incident) -> None:
    passages = found_passages if part.part == "found" else said_passages
    world.search.replace(part, tuple(passages(world, incident)))


def _parts(text: str) -> tuple[Part, ...]:
    parts: list[Part] = []
    for place, piece in enumerate(_MARKED.split(text)):
        if piece:
            parts.append(Part(piece, place % 2 == 1))
    return tuple(parts)
