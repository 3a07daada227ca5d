"""Grafana's webhook notifications, of unified alerting and of the alerting before version 9, to alerts.

The older ones carry no time; one that the receiver added (`received_at`, `time` or `timestamp`) is taken, and without
it a notification cannot be placed. `Block.first_line` counts notifications.
"""

from __future__ import annotations

from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.alerts import FIRING, GRAFANA_KEYS, RESOLVED, AlertRows, alerts_of
from secondstory.sources.reading.json_records import Layout, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.labels import as_text
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.times import NO_TIME, micros_of

LAYOUT = Layout(b"", ("receiver", "alerts", "status", "dashboardId", "evalMatches", "title", "labels"))

_OLD = {"ruleId", "ruleName", "evalMatches"}
_TIMES = ("received_at", "receivedAt", "time", "timestamp")
_STATES = {"alerting": FIRING, "ok": RESOLVED}  # others, no_data and paused and pending, stay as they are


def recognise(head: FileHead) -> bool:
    """True for a notification of either kind."""
    if not head.start.startswith(b"{"):
        return False
    match beginning(head.start):
        case {"alerts": [{"labels": {}, **alert}, *_], **document}:
            return "orgId" in document or bool(GRAFANA_KEYS & set(alert))
        case {"evalMatches": _} | {"ruleName": str(), "ruleUrl": str()}:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All alerts of the block. Raises BadInput on a file that holds no object."""
    rejects = Rejects(block.path)
    rows = AlertRows(mapping, rejects)
    for number, record in records_of(block, LAYOUT, rejects):
        alerts = alerts_of(record)
        if alerts is not None:
            receiver = record.get("receiver")
            for alert in alerts:
                rows.add(number, alert, {"receiver": receiver} if isinstance(receiver, str) else {})
        elif _OLD & set(record):
            _add_old(number, record, rows, rejects)
        else:
            rejects.add("notification_shape", number)
    return Parsed(tables=rows.tables(), rejects=rejects.found())


def _add_old(number: int, record: dict[str, Any], rows: AlertRows, rejects: Rejects) -> None:
    given = next((record[name] for name in _TIMES if record.get(name)), None)
    if given is None:
        rejects.add("grafana_timeless", number)
        return
    time = micros_of(as_text(given))
    if time == NO_TIME:
        rejects.add("time_unreadable", number)
        return
    name, said = as_text(record.get("ruleName") or ""), as_text(record.get("state") or "")
    state = _STATES.get(said, said)
    tags = record.get("tags")
    told = {str(key): as_text(value) for key, value in tags.items()} if isinstance(tags, dict) else {}
    matches = record.get("evalMatches")
    values = [
        f"{as_text(match.get('metric') or '')}={as_text(match.get('value'))}"
        for match in (matches if isinstance(matches, list) else [])
        if isinstance(match, dict)
    ]
    told |= {"rule": name, "state": state} | ({"value": ", ".join(values)} if values else {})
    url = as_text(record.get("ruleUrl") or "") or None
    rows.put(time, told, (f"{name} {state}".strip(), as_text(record.get("message") or ""), url))


EXTENSION = SourceExtension(
    name="grafana",
    summary="Grafana webhook notifications, unified alerting and the older kind: alerts",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening),
    parse=parse,
)
