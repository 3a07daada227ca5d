"""Takes back what the actor said last in an incident, or one thing they said; the ledger keeps both."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import (
    Contribution,
    ContributionKind,
    Decision,
    DecisionVerb,
    not_withdrawn,
    still_contributed,
)
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.ledger import Entry
from secondstory.model.talk import ON
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.follow import ALL_ENTRIES, LedgerLine, line_of

LASTING = ("review/", "text/")
"""Steps of the review, which a record must keep, and texts, which the editor takes back."""


@dataclass(frozen=True)
class Undone:
    """What was taken back, in words for whoever did."""

    entry: LedgerLine
    sentence: str


def undo_own(actor: Actor, world: World, incident_id: str, entry_id: str = "") -> Undone:
    """Take back one's own last entry that still holds, or the one with this id.

    Raises NotFound where there is none, BadInput where others built on it or it is a step of the review.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    entries = world.feed.since(incident_id, 0, ALL_ENTRIES)
    held = _held(entries)
    mine = [entry for entry in held if entry.said.actor_id == actor.id]
    if entry_id:
        chosen = next((entry for entry in mine if entry.said.id == entry_id), None)
        if chosen is None:
            raise NotFound(say("undo.no_entry", entry=entry_id[:80]), say("undo.no_entry_next"))
        if chosen.said.subject.startswith(LASTING):
            raise BadInput(say("undo.lasting", entry=entry_id), say("undo.lasting_next"))
    else:
        chosen = next((entry for entry in reversed(mine) if not entry.said.subject.startswith(LASTING)), None)
        if chosen is None:
            raise NotFound(say("undo.nothing"), say("undo.nothing_next"))
    _refuse_what_was_built_on(chosen, held)
    world.ledger.append(_withdrawal(actor, world, chosen.said))
    line = line_of(chosen)
    which = "undo.decision" if line.is_decision else "undo.contribution"
    return Undone(line, say(which, kind=line.kind.replace("_", " "), subject=line.subject))


def _held(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """The entries that nobody took back, without the taking back itself."""
    decisions = not_withdrawn(tuple(one.said for one in entries if isinstance(one.said, Decision)))
    contributions = still_contributed(tuple(one.said for one in entries if isinstance(one.said, Contribution)))
    kept = {one.id for one in decisions} | {one.id for one in contributions}
    return tuple(entry for entry in entries if entry.said.id in kept)


def _refuse_what_was_built_on(chosen: Entry, held: tuple[Entry, ...]) -> None:
    for entry in held:
        if (
            entry.seq > chosen.seq
            and entry.said.actor_id != chosen.said.actor_id
            and _builds_on(entry.said, chosen.said)
        ):
            told = line_of(entry)
            facts = {"actor": told.actor, "kind": told.kind.replace("_", " "), "subject": told.subject, "id": told.id}
            raise BadInput(say("undo.built_on", **facts), say("undo.built_on_next", actor=told.actor))


def _builds_on(later: Decision | Contribution, earlier: Decision | Contribution) -> bool:
    """Whether taking back `earlier` would take the ground from what another one said later."""
    if earlier.id in later.text or later.subject == ON + earlier.id:
        return True
    if isinstance(earlier, Contribution):
        return False  # stars and votes stand side by side
    if earlier.verb is DecisionVerb.ADD and earlier.subject in later.subject:
        return True  # what hangs on an added thing: its cells, votes, comments
    return isinstance(later, Decision) and later.subject == earlier.subject


def _withdrawal(actor: Actor, world: World, said: Decision | Contribution) -> Decision | Contribution:
    now = world.clock.now()
    if isinstance(said, Decision):
        ident = world.ids.new("decision")
        return Decision(ident, said.incident_id, "-", DecisionVerb.WITHDRAW, said.id, "", actor.id, now)
    ident = world.ids.new("contribution")
    return Contribution(ident, said.incident_id, "-", ContributionKind.WITHDRAW, said.id, actor.id, now)
