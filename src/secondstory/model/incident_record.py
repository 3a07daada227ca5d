"""The incident as people keep it: title, severity, status, services, customers, roles, folded from what they decided.

Nothing here changes a finding, so none of it makes a document stale; see `model/counted.py`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

import orjson

from secondstory.model.assumption import Assumed, assumed_roles
from secondstory.model.decision import Decision, not_withdrawn
from secondstory.model.incident import Incident, Severity
from secondstory.model.status import Status, may_follow

INCIDENT = "incident/"
ROLE = "incident/role/"


class Field(StrEnum):
    """What people may say of an incident, each a subject `incident/<field>`."""

    TITLE = "title"
    SEVERITY = "severity"
    STATUS = "status"
    MODE = "mode"
    SERVICES = "services"  # a JSON list of names
    CUSTOMERS = "customers"


class Mode(StrEnum):
    """How an incident is looked at."""

    STANDARD = "standard"
    RETROSPECTIVE = "retrospective"  # long over: no clock runs, and the document says that it was written afterwards


@dataclass(frozen=True)
class Change:
    """One thing that somebody said of the incident; `before` is what held until then, "" where nothing did."""

    id: str
    field: str
    before: str
    value: str
    why: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class IncidentRecord:
    """An incident as it stands now, with all that was said of it, the newest first."""

    id: str
    title: str
    severity: Severity
    status: Status
    status_by: str  # who said so, as a token; "" = it follows from the evidence
    next: tuple[Status, ...]
    mode: Mode
    services: tuple[str, ...] | None  # None = nobody named any; the measured ones hold
    customers: str
    roles: tuple[Assumed, ...]
    changes: tuple[Change, ...]

    def holder(self, role: str) -> str | None:
        """Who has a role now."""
        return next((one.who for one in self.roles if one.role == role and one.until is None), None)


def fold_record(incident: Incident, decisions: tuple[Decision, ...], resolved_at: datetime | None) -> IncidentRecord:
    """The incident with what people said of it. `resolved_at` is what the evidence shows; it gives the first status."""
    said = tuple(one for one in not_withdrawn(decisions) if one.subject.startswith(INCIDENT))
    values = {
        Field.TITLE: incident.title,
        Field.SEVERITY: incident.severity.value,
        Field.STATUS: (Status.RESOLVED if resolved_at is not None else Status.INVESTIGATING).value,
        Field.MODE: Mode.STANDARD.value,
        Field.SERVICES: "",
        Field.CUSTOMERS: "",
    }
    changes: list[Change] = []
    status_by = ""
    for one in said:
        name = one.subject.removeprefix(INCIDENT)
        before = ""
        if name in tuple(Field):
            if not readable(Field(name), one.text):
                continue  # whoever decides by hand may write anything; what says nothing changes nothing
            before, values[Field(name)] = values[Field(name)], one.text
            status_by = one.actor_id if name == Field.STATUS else status_by
        changes.append(Change(one.id, name, before, one.text, one.why, one.actor_id, one.at))
    status = Status(values[Field.STATUS])
    return IncidentRecord(
        id=incident.id,
        title=values[Field.TITLE],
        severity=Severity(values[Field.SEVERITY]),
        status=status,
        status_by=status_by,
        next=may_follow(status),
        mode=Mode(values[Field.MODE]),
        services=_names(values[Field.SERVICES]) if values[Field.SERVICES] else None,
        customers=values[Field.CUSTOMERS],
        roles=assumed_roles(tuple(one for one in said if one.subject.startswith(ROLE))),
        changes=tuple(reversed(changes)),
    )


def readable(field: Field, text: str) -> bool:
    """True if `text` is a value of the field."""
    if field is Field.SERVICES:
        return _names(text) is not None
    legal: dict[Field, tuple[str, ...]] = {
        Field.SEVERITY: tuple(Severity),
        Field.STATUS: tuple(Status),
        Field.MODE: tuple(Mode),
    }
    return text in legal.get(field, (text,)) and bool(text.strip())


def _names(text: str) -> tuple[str, ...] | None:
    try:
        told = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    if not isinstance(told, list) or not all(isinstance(name, str) for name in told):
        return None
    return tuple(told)


def as_kept(incident: Incident, record: IncidentRecord) -> Incident:
    """The incident with the title and severity that hold now, for whoever shows it; stages get the recorded one."""
    return replace(incident, title=record.title, severity=record.severity)
