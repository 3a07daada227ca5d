"""What a notification of alerts says, read by the source that knows its format: which alerts fire, since when, where.

The rows are those that an import of the same bytes would store, so a notification and a file mean the same.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from typing import Any

import orjson

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, OccurrenceKind, TableName
from secondstory.ports import FileHead, Parsed, SourceExtension
from secondstory.texts import say

_HEAD_BYTES = 4096
_RESOLVED = "resolved"
_LONGEST_TITLE = 200


@dataclass(frozen=True)
class Firing:
    """One alert from when it began to fire. `key` names this one spell; `until` None = nobody said that it ended.

    `urgency` is how bad its sender calls it, "" = nothing was said.
    """

    key: str
    title: str
    service: str
    urgency: str
    since: datetime
    until: datetime | None


def firings(data: bytes, sources: tuple[SourceExtension, ...]) -> tuple[Firing, ...]:
    """The alerts that a notification tells of, the earliest first; empty where it tells of none that fired.

    Raises BadInput where no source knows the format.
    """
    head = FileHead("notification.json", data[:_HEAD_BYTES])
    source = next((one for one in sources if one.recognise(head)), None)
    if source is None:
        raise BadInput(say("opening.no_format"), say("opening.no_format_next"))
    rows = [row for block in source.cut(head.path, (data,)) for row in _alerts(source.parse(block, Mapping()))]
    found: dict[str, Firing] = {}
    ends: dict[str, datetime] = {}
    for row in sorted(rows, key=lambda one: one["time"]):
        told = orjson.loads(row["attributes"])
        identity = _identity(source.name, row, told)
        if told.get("state") == _RESOLVED:
            ends[identity] = max(row["time"], ends.get(identity, row["time"]))
        else:
            found.setdefault(identity, _firing(identity, row, told))
    return tuple(replace(one, until=ends.get(identity)) for identity, one in found.items())


def _alerts(parsed: Parsed) -> list[dict[str, Any]]:
    tables = [table for name, table in parsed.tables if name is TableName.OCCURRENCES]
    rows: list[dict[str, Any]] = [row for table in tables for row in table.to_pylist()]
    return [row for row in rows if row["kind"] == OccurrenceKind.ALERT.value]


def _identity(source: str, row: dict[str, Any], told: dict[str, str]) -> str:
    """The same for the beginning and the end of one alert."""
    named = told.get("fingerprint") or told.get("incident")
    return f"{source}/{named}" if named else f"{source}/{row['service']}/{told.get('alertname') or told.get('rule')}"


def _firing(identity: str, row: dict[str, Any], told: dict[str, str]) -> Firing:
    # A fingerprint is of an alert, which fires again; an incident of its sender is of one time only.
    spell = identity if told.get("incident") else f"{identity}/{row['time'].isoformat()}"
    title = " ".join((row["body"] or row["title"].removesuffix(" firing")).split())
    urgency = next((told[name] for name in ("severity", "priority", "urgency") if told.get(name)), "")
    return Firing(
        key=sha256(spell.encode()).hexdigest(),
        title=title[:_LONGEST_TITLE],
        service=row["service"],
        urgency=urgency,
        since=row["time"],
        until=None,
    )
