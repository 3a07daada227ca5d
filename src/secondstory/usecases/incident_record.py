"""Keeps an incident's own data: every change is a decision `incident/…`, and what holds is folded when it is shown."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

import orjson

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.assumption import IncidentRole, Spell, spell_text
from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Incident, Severity
from secondstory.model.incident_record import (
    INCIDENT,
    ROLE,
    Field,
    IncidentRecord,
    Mode,
    as_kept,
    fold_record,
)
from secondstory.model.segment import Privacy
from secondstory.model.status import Status
from secondstory.model.timeline import MilestoneKind, TimelineBody
from secondstory.ports import StoredDocument, World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide

_LONGEST = {Field.TITLE: 200, Field.CUSTOMERS: 500, Field.SERVICES: 4000}
_WITH_REASON = (Field.SEVERITY, Field.MODE)
_CHOICES: dict[Field, tuple[str, ...]] = {
    Field.SEVERITY: tuple(Severity),
    Field.STATUS: tuple(Status),
    Field.MODE: tuple(Mode),
}


@dataclass(frozen=True)
class Taken:
    """A time in a role, as somebody says it: `since` None = from now on."""

    role: IncidentRole
    who: str
    note: str
    since: datetime | None = None
    until: datetime | None = None


def record_of(actor: Actor, world: World, incident_id: str) -> IncidentRecord:
    """The incident as it stands now, with its history. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    return record_now(world, get_incident(world, incident_id))


def record_now(world: World, incident: Incident) -> IncidentRecord:
    """The same for who has asked already whether the actor may."""
    return fold_record(incident, world.ledger.decisions(incident.id), resolved_at(world, incident.id))


def incident_now(world: World, incident: Incident) -> Incident:
    """The incident with the title and severity that hold now, to be shown; stages are given the recorded one."""
    return as_kept(incident, record_now(world, incident))


def resolved_at(world: World, incident_id: str) -> datetime | None:
    """When the outage ended, as the timeline has it; None where nothing shows it."""
    timeline = world.documents.latest(incident_id, "timeline")
    return _resolution(timeline) if timeline is not None else None


@lru_cache(maxsize=1024)
def _resolution(timeline: StoredDocument) -> datetime | None:
    milestones = decode(timeline.data, Document[TimelineBody]).body.milestones
    found = next((one.moment for one in milestones if one.kind is MilestoneKind.RESOLVED), None)
    return found.latest if found is not None else None


def change(actor: Actor, world: World, incident_id: str, field: Field, said: tuple[str, str]) -> Decision:
    """Say what a field is, and why; `said` is (value, why). Raises BadInput on what the field cannot be."""
    require(actor, Verb.DECIDE, incident_id)
    record = record_of(actor, world, incident_id)
    value, why = cleaned(world, tuple(text.strip() for text in said))
    if field is Field.SERVICES:
        value = orjson.dumps(_listed(value)).decode()
    _check(field, value, record)
    if field in _WITH_REASON and not why:
        raise BadInput(say("incident.no_why", field=field.value), say("incident.no_why_next"))
    return decide(actor, world, incident_id, Verdict(f"{INCIDENT}{field.value}", DecisionVerb.MARK, value, why))


def take_role(actor: Actor, world: World, incident_id: str, taken: Taken) -> Decision:
    """Say that somebody takes, or had, a role. A name becomes a token; whoever had the role hands it over.

    Raises BadInput on times in the wrong order, or where a review is handed over without a note.
    """
    require(actor, Verb.DECIDE, incident_id)
    record = record_of(actor, world, incident_id)
    who = token_of(actor, world, taken.who)
    (note,) = cleaned(world, (taken.note.strip(),))  # after the name has its token, for the note may hold it too
    handed = record.holder(taken.role) not in (None, who)
    if taken.role is IncidentRole.FACILITATOR and handed and not note:
        raise BadInput(say("incident.no_note"), say("incident.no_note_next"))
    try:
        spell = Spell(who, taken.since or world.clock.now(), taken.until)
    except ValueError as error:
        raise BadInput(say("incident.bad_spell", fault=error), say("incident.bad_spell_next")) from error
    subject = f"{ROLE}{taken.role.value}"
    return decide(actor, world, incident_id, Verdict(subject, DecisionVerb.MARK, spell_text(spell), note))


def leave_role(actor: Actor, world: World, incident_id: str, role: IncidentRole, note: str) -> Decision:
    """End the time of whoever has a role now. Raises NotFound where nobody has it."""
    require(actor, Verb.DECIDE, incident_id)
    roles = record_of(actor, world, incident_id).roles
    held = next((one for one in reversed(roles) if one.role is role and one.until is None), None)
    if held is None:
        told = say("incident.no_holder_next", incident=incident_id)
        raise NotFound(say("incident.no_holder", role=role.value), told)
    (note,) = cleaned(world, (note.strip(),))
    text = spell_text(Spell(held.who, held.since, max(held.since, world.clock.now())))
    return decide(actor, world, incident_id, Verdict(f"{ROLE}{role.value}", DecisionVerb.MARK, text, note))


def take_back(actor: Actor, world: World, incident_id: str, decision_id: str) -> Decision:
    """Take back one thing that was said of the incident; the ledger keeps both. Raises NotFound where none holds."""
    require(actor, Verb.DECIDE, incident_id)
    record = record_of(actor, world, incident_id)
    if not any(one.id == decision_id for one in record.changes):
        told = say("incident.no_change_next", incident=incident_id)
        raise NotFound(say("incident.no_change", decision=decision_id), told)
    why = say("incident.taken_back")
    return decide(actor, world, incident_id, Verdict(f"{INCIDENT}-", DecisionVerb.WITHDRAW, decision_id, why))


def known_tokens(actor: Actor, world: World, incident_id: str) -> tuple[str, ...]:
    """Who may be named for a role: those on record in this incident, and the actor."""
    require(actor, Verb.READ, incident_id)
    timeline = world.documents.latest(incident_id, "timeline")
    acted = {one.actor_id for one in world.ledger.decisions(incident_id)}
    held = {one.who for one in record_of(actor, world, incident_id).roles}
    seen = set(_actors(timeline)) if timeline is not None else set()
    return tuple(sorted({actor.id, *acted, *held, *seen}))


@lru_cache(maxsize=64)
def _actors(timeline: StoredDocument) -> tuple[str, ...]:
    events = decode(timeline.data, Document[TimelineBody]).body.events
    return tuple({event.actor for event in events if event.actor})


def cleaned(world: World, texts: tuple[str, ...]) -> tuple[str, ...]:
    """What people typed, without secrets, with tokens in place of names."""
    if not any(texts):
        return texts
    return world.redactor.sentences(texts, Privacy(world.sealed.people(), world.sealed.user_key()))


def _listed(text: str) -> list[str]:
    names = (name.strip() for name in text.replace("\n", ",").split(","))
    return list(dict.fromkeys(name for name in names if name))


def _check(field: Field, value: str, record: IncidentRecord) -> None:
    name = field.value
    if not value or value == "[]":
        raise BadInput(say("incident.empty", field=name), say("incident.empty_next"))
    if len(value) > (most := _LONGEST.get(field, 200)):
        raise BadInput(say("incident.too_long", field=name, most=most), say("incident.too_long_next"))
    choices = _CHOICES.get(field)
    if choices is not None and value not in choices:
        listed = ", ".join(choices)
        raise BadInput(say("incident.no_value", value=value, field=name), say("incident.no_value_next", values=listed))
    held = {
        Field.TITLE: record.title,
        Field.SEVERITY: record.severity,
        Field.STATUS: record.status,
        Field.MODE: record.mode,
        Field.CUSTOMERS: record.customers,
    }
    if field in held and held[field] == value:
        raise BadInput(say("incident.same", field=name, value=value), say("incident.same_next"))
    if field is Field.STATUS and value not in record.next:
        told = say("incident.no_step", status=record.status.value, value=value)
        raise BadInput(told, say("incident.no_step_next", values=", ".join(record.next)))


def token_of(actor: Actor, world: World, who: str) -> str:
    """The token of whom somebody named: a token as it is, a name by the sealed map."""
    name = who.strip()
    if not name or name == actor.id:
        return name
    tokens = {token for _, token in world.sealed.people()}
    return name if name in tokens or name == "owner" else world.sealed.token(name, "responder")
