"""Statuspage's incidents to what the public was told: one row for each update."""

from __future__ import annotations

import re
from typing import Any

from secondstory.model.telemetry import Mapping, OccurrenceKind
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, text
from secondstory.sources.reading.json_objects import json_objects
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told
from secondstory.texts import say

_HEAD = re.compile(rb'"(?:incident_updates|impact_override|scheduled_maintenances)"\s*:')


def recognise(head: FileHead) -> bool:
    """True for JSON with updates of incidents."""
    return head.start.startswith((b"{", b"[")) and _HEAD.search(head.head) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All updates. Raises BadInput where the file holds no JSON object."""
    rows = OccurrenceRows(block, mapping)
    rows.read(json_objects(block, rows.rejects, "incidents", "scheduled_maintenances"), _told)
    return rows.parsed()


def _told(incident: dict[str, Any]) -> list[Told]:
    if "name" not in incident or "status" not in incident:
        raise Unusable(say("sources.record_unknown", known="incident"))
    updates = [update for update in items(incident, "incident_updates") if isinstance(update, dict)]
    return [_update(update, incident) for update in updates or [incident]]


def _update(update: dict[str, Any], incident: dict[str, Any]) -> Told:
    """An update, or the incident itself where it has none. It counts from when the public could read it."""
    affected = items(update, "affected_components") or items(incident, "components")
    names = [text(each, "name", "") for each in affected if isinstance(each, dict)]
    status = text(update, "status", "")
    return Told(
        time=update.get("display_at") or update.get("created_at"),
        kind=OccurrenceKind.STATUS,
        title=f"{text(incident, 'name')}: {status}",
        body=text(update, "body", ""),
        url=text(incident, "shortlink", "") or None,
        attributes={
            "components": ", ".join(name for name in names if name) or None,
            "impact": text(incident, "impact", "") or None,
            "state": status or None,
        },
    )


EXTENSION = SourceExtension(
    name="statuspage",
    summary="Statuspage incidents with their updates",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
)
