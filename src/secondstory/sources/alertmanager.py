"""Alertmanager's webhook notifications (version 4) and its lists `/api/v2/alerts` and `/alerts/groups` to alerts.

A file holds one notification, or one after the other as a receiver wrote them down. `Block.first_line` counts them.
"""

from __future__ import annotations

from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.alerts import GRAFANA_KEYS, AlertRows, alerts_of
from secondstory.sources.reading.json_records import Layout, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.labels import as_text, json_object
from secondstory.sources.reading.rejects import Rejects

LAYOUT = Layout(b"", ("receiver", "alerts", "version", "status", "annotations", "labels"))


def recognise(head: FileHead) -> bool:
    """True for a notification that is not Grafana's, and for a list of alerts or of groups."""
    if not head.start.startswith((b"{", b"[")):
        return False
    match beginning(head.start):
        case {"alerts": [{"labels": {}, **alert}, *_], **document}:
            return "orgId" not in document and not GRAFANA_KEYS & set(alert)
        case [{"labels": {}, "startsAt": str()}, *_] | [{"alerts": [{"labels": {}}, *_]}, *_]:
            return True
        case [{"annotations": {}, "endsAt": str(), "fingerprint": str()}, *_]:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All alerts of the block. Raises BadInput on a file that holds no object."""
    rejects = Rejects(block.path)
    rows = AlertRows(mapping, rejects)
    for number, record in records_of(block, LAYOUT, rejects):
        alerts = alerts_of(record)
        if alerts is None:
            rejects.add("notification_shape", number)
            continue
        truncated = record.get("truncatedAlerts")
        if isinstance(truncated, int):
            rejects.add("alerts_truncated", number, truncated)
        for alert in alerts:
            rows.add(number, alert, _shared(record))
    return Parsed(tables=rows.tables(), rejects=rejects.found())


def _shared(record: dict[str, Any]) -> dict[str, str]:
    """What a notification says of all its alerts."""
    receiver, group = record.get("receiver"), record.get("groupLabels")
    told = {"receiver": receiver} if isinstance(receiver, str) else {}
    if isinstance(group, dict) and group:
        told["group"] = json_object({str(name): as_text(value) for name, value in group.items()})
    return told


EXTENSION = SourceExtension(
    name="alertmanager",
    summary="Alertmanager webhook notifications and alert lists: alerts that fired and resolved",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening),
    parse=parse,
)
