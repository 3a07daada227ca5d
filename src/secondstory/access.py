"""Who may do what: the one place that decides, as a pure function."""

from __future__ import annotations

from enum import StrEnum

from secondstory.model.actor import Actor, Role
from secondstory.model.errors import NotAllowed


class Verb(StrEnum):
    """Everything that may be done to an incident or to the installation."""

    READ = "read"
    OPEN_INCIDENT = "open an incident"
    IMPORT = "import telemetry"  # into the installation: a recording is of no one incident
    ANALYSE = "analyse"
    DECIDE = "decide"
    CONTRIBUTE = "contribute"
    EXPORT = "export"
    UNSEAL = "unseal names"
    ADMIT = "invite or remove people"
    AUDIT = "read the audit"
    RESTRICT = "restrict the incident"
    HOLD = "put the incident under legal hold"
    REVIEW = "approve a document"
    PUBLISH = "publish"
    LEAD = "lead the meeting"
    ADMINISTER = "administer"
    RECORD = "record a laboratory run"


_BY_ROLE: dict[Role, frozenset[Verb]] = {
    Role.FACILITATOR: frozenset(
        {
            Verb.READ,
            Verb.ANALYSE,
            Verb.DECIDE,
            Verb.CONTRIBUTE,
            Verb.EXPORT,
            Verb.UNSEAL,
            Verb.ADMIT,
            Verb.AUDIT,
            Verb.RESTRICT,
            Verb.HOLD,
            Verb.REVIEW,
            Verb.PUBLISH,
            Verb.LEAD,
        }
    ),
    Role.SCRIBE: frozenset({Verb.READ, Verb.ANALYSE, Verb.DECIDE, Verb.CONTRIBUTE, Verb.EXPORT, Verb.REVIEW}),
    Role.RESPONDER: frozenset({Verb.READ, Verb.CONTRIBUTE, Verb.EXPORT, Verb.REVIEW}),
    Role.EXECUTIVE: frozenset({Verb.READ, Verb.CONTRIBUTE, Verb.EXPORT, Verb.REVIEW}),
    Role.OBSERVER: frozenset({Verb.READ}),
}


def may(actor: Actor, verb: Verb, incident_id: str | None) -> bool:
    """True if `actor` may do `verb` to the incident; None = to the installation as a whole, which is the owner's."""
    if actor.is_owner:
        return True
    role = actor.role_in(incident_id) if incident_id is not None else None
    return role is not None and verb in _BY_ROLE[role]


def allowed(actor: Actor, incident_id: str | None) -> tuple[Verb, ...]:
    """All that `actor` may do there: what a page asks to know which buttons to show."""
    return tuple(verb for verb in Verb if may(actor, verb, incident_id))


def require(actor: Actor, verb: Verb, incident_id: str | None) -> None:
    """Raise NotAllowed unless `actor` may do `verb`. Says nothing about whether the incident exists."""
    if not may(actor, verb, incident_id):
        where = f"in incident {incident_id}" if incident_id is not None else "in this installation"
        raise NotAllowed(
            f"{actor.id} may not {verb.value} {where}.", "Ask the incident's facilitator for a role that may."
        )
