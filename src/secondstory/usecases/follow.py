"""Follows what people say in an incident: all entries of its ledger since one that was seen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.decision import Decision
from secondstory.model.ledger import Entry
from secondstory.model.workspace import Workspace, reduced
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident

MOST_ENTRIES = 500
ALL_ENTRIES = 10**9


@dataclass(frozen=True)
class LedgerLine:
    """An entry of the ledger as it is told. `kind` is the verb of a decision or the kind of a contribution."""

    seq: int
    id: str
    subject: str
    is_decision: bool
    kind: str
    text: str
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class LedgerPage:
    """Entries in the order in which they were committed. `next_since` asks for those after them; None: all are here."""

    entries: tuple[LedgerLine, ...]
    head: int  # the number of the last entry there is
    next_since: int | None


def entries_since(actor: Actor, world: World, incident_id: str, since: int, limit: int) -> LedgerPage:
    """The first `limit` entries after number `since`. Raises NotAllowed, or NotFound without such an incident."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    head = world.feed.heads((incident_id,)).get(incident_id, 0)
    lines = tuple(line_of(entry) for entry in world.feed.since(incident_id, since, limit))
    last = lines[-1].seq if lines else since
    return LedgerPage(lines, max(head, last if lines else 0), last if last < head else None)


def what_stands(actor: Actor, world: World, incident_id: str) -> Workspace:
    """What stands now of all that was said. Raises NotAllowed, or NotFound without such an incident."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    return reduced(world.feed.since(incident_id, 0, ALL_ENTRIES))


def may_follow(actor: Actor, world: World, incident_id: str) -> bool:
    """Whether what is said there may still be told to this actor."""
    return may(actor, Verb.READ, incident_id) and world.incidents.get(incident_id) is not None


def line_of(entry: Entry) -> LedgerLine:
    """An entry as it is told."""
    said = entry.said
    why = said.why if isinstance(said, Decision) else ""
    return LedgerLine(
        seq=entry.seq,
        id=said.id,
        subject=said.subject,
        is_decision=isinstance(said, Decision),
        kind=entry.verb,
        text=said.text,
        why=why,
        actor=said.actor_id,
        at=said.at,
    )
