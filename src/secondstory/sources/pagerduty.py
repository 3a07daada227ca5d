"""PagerDuty's incidents and log entries (REST, version 2) and its webhooks (version 3) to alerts, pages and notes.

An incident triggers and resolves like an alert; notifying, acknowledging and reassigning are pages. An incident that
comes without its log entries still tells when it began, when people acknowledged it and when it ended.
"""

from __future__ import annotations

import re
from typing import Any

from secondstory.model.telemetry import AUTOMATION, Mapping, OccurrenceKind
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text
from secondstory.sources.reading.json_objects import json_objects
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told
from secondstory.texts import say

_HEAD = re.compile(
    rb'"(?:incident_number|log_entries|first_trigger_log_entry)"\s*:|"\w+_log_entry(?:_reference)?"'
    rb'|"event_type"\s*:\s*"incident\.'
)
_NUMBERED = re.compile(r"\[#(\d+)\] ")
_KINDS = {
    "trigger": (OccurrenceKind.ALERT, "firing"),
    "resolve": (OccurrenceKind.ALERT, "resolved"),
    "acknowledge": (OccurrenceKind.PAGE, "acknowledged"),
    "annotate": (OccurrenceKind.CHAT, None),
    "status_update": (OccurrenceKind.STATUS, None),
}
_OF_EVENTS = {
    "triggered": "trigger",
    "resolved": "resolve",
    "acknowledged": "acknowledge",
    "annotated": "annotate",
    "status_update_published": "status_update",
}
"""Webhooks name what happened in their own words."""


def recognise(head: FileHead) -> bool:
    """True for JSON with the keys of PagerDuty's incidents, log entries or webhooks."""
    return head.start.startswith((b"{", b"[")) and _HEAD.search(head.head) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All incidents and entries. Raises BadInput where the file holds no JSON object."""
    rows = OccurrenceRows(block, mapping)
    rows.read(json_objects(block, rows.rejects, "incidents", "log_entries"), _told)
    return rows.parsed()


def _told(record: dict[str, Any]) -> list[Told]:
    if text(record, "type", "").removesuffix("_reference").endswith("_log_entry"):
        return [_entry(record, {})]
    event = section(record, "event")
    if text(event, "event_type", "").startswith("incident."):
        return _event(event)
    incident = section(record, "incident") or record
    if "incident_number" not in incident:
        raise Unusable(say("sources.record_unknown", known="incident, log_entry"))
    entries = [one for one in (*items(incident, "log_entries"), *items(record, "log_entries")) if isinstance(one, dict)]
    return [_entry(entry, incident) for entry in entries] if entries else _without_entries(incident)


def _entry(entry: dict[str, Any], incident: dict[str, Any]) -> Told:
    name = text(entry, "type").removesuffix("_reference").removesuffix("_log_entry")
    kind, state = _KINDS.get(name, (OccurrenceKind.PAGE, None))
    of = section(entry, "incident") or incident
    subject = _subject(of)
    summary, channel = text(entry, "summary", ""), section(entry, "channel")
    note = text(channel, "content", "") or text(channel, "summary", "") if name == "annotate" else ""
    is_alert = kind is OccurrenceKind.ALERT
    # What is said in one notification is told in its title; an alert is named after its incident at both ends.
    title = f"{subject or summary} {state}" if is_alert else note or summary or name.replace("_", " ")
    people = tuple(text(each, "summary") for each in _users(entry) if text(each, "summary", ""))
    return Told(
        time=entry.get("created_at"),
        kind=kind,
        title=title,
        service=text(section(entry, "service") or section(of, "service"), "summary", ""),
        body=summary if title != summary else "",
        actor=None if is_alert and state == "firing" else _agent(entry.get("agent")),
        url=text(entry, "html_url", "") or text(of, "html_url", "") or None,
        attributes=_attributes(of, state) | {"entry": name, "alertname": subject if is_alert else None},
        people=people,
    )


def _event(event: dict[str, Any]) -> list[Told]:
    """A webhook's event, behind the beginning of its incident, which it always tells too."""
    told = section(event, "data")
    incident = section(told, "incident") or told  # a note or a responder is told beside its incident
    if "number" in incident:
        incident = {**incident, "incident_number": incident["number"]}
    name = text(event, "event_type").removeprefix("incident.")
    begun = _without_entries({**incident, "status": "", "acknowledgements": []}) if "created_at" in incident else []
    if name == "triggered" and begun:
        return begun
    kind, state = _KINDS.get(_OF_EVENTS.get(name, ""), (OccurrenceKind.PAGE, None))
    subject = _subject(incident)
    happened = Told(
        time=event.get("occurred_at"),
        kind=kind,
        title=f"{subject} {state or name.replace('_', ' ')}".strip(),
        service=text(section(incident, "service"), "summary", ""),
        body=text(told, "content", ""),
        actor=_agent(event.get("agent")),
        url=text(incident, "html_url", "") or None,
        attributes=_attributes(incident, state) | {"entry": name, "alertname": subject if state else None},
    )
    return [*begun, happened]


def _without_entries(incident: dict[str, Any]) -> list[Told]:
    subject = _subject(incident)
    service = text(section(incident, "service"), "summary", "")
    url = text(incident, "html_url", "") or None

    def told(time: object, name: str, agent: object) -> Told:
        kind, state = _KINDS[name]
        is_alert = kind is OccurrenceKind.ALERT
        return Told(
            time=time,
            kind=kind,
            title=f"{subject} {state}".strip(),
            service=service,
            actor=_agent(agent),
            url=url,
            attributes=_attributes(incident, state) | {"entry": name, "alertname": subject if is_alert else None},
        )

    found = [told(incident.get("created_at"), "trigger", None)]
    for each in items(incident, "acknowledgements"):
        if isinstance(each, dict):
            found.append(told(each.get("at"), "acknowledge", each.get("acknowledger")))
    over = incident.get("resolved_at") or incident.get("last_status_change_at")
    if text(incident, "status", "") == "resolved" and over:
        found.append(told(over, "resolve", incident.get("last_status_change_by")))
    return found


def _subject(incident: dict[str, Any]) -> str:
    return text(incident, "title", "") or _NUMBERED.sub("", text(incident, "summary", ""))


def _attributes(incident: dict[str, Any], state: str | None) -> dict[str, str | None]:
    numbered = _NUMBERED.match(text(incident, "summary", ""))
    return {
        "incident": text(incident, "incident_number", "") or (numbered[1] if numbered else None),
        "priority": text(section(incident, "priority"), "summary", "") or None,
        "state": state,
        "urgency": text(incident, "urgency", "") or None,
    }


def _users(entry: dict[str, Any]) -> list[dict[str, Any]]:
    """Persons whom an entry notifies or gives the incident to."""
    given = [entry.get("user"), *items(entry, "assignees")]
    return [each for each in given if isinstance(each, dict)]


def _agent(given: object) -> str | None:
    if not isinstance(given, dict):
        return None
    if not text(given, "type", "").startswith("user"):
        return AUTOMATION
    return text(given, "summary", "") or text(given, "name", "") or None


EXTENSION = SourceExtension(
    name="pagerduty",
    summary="PagerDuty incidents and their log entries (REST answers, version 2), and webhooks (version 3)",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
