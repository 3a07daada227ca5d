"""Turns what happened beside the telemetry (deploys, alerts, chat, commands) into rows of `occurrences.csv`."""

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

HEADER = ("time", "kind", "service", "title", "body", "actor", "url", "attributes")


@dataclass(frozen=True)
class Occurrence:
    """One row; `attributes` are texts, as the kind of occurrence has them."""

    at: datetime
    kind: str
    service: str
    title: str
    body: str = ""
    actor: str = ""
    attributes: Mapping[str, str] = field(default_factory=dict)


def utc_text(at: datetime) -> str:
    """RFC 3339 in UTC with microseconds."""
    return at.strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def as_csv(occurrences: list[Occurrence]) -> str:
    """The rows in order of time."""
    written = io.StringIO()
    table = csv.writer(written, lineterminator="\n")
    table.writerow(HEADER)
    for each in sorted(occurrences, key=lambda each: each.at):
        attributes = json.dumps(dict(each.attributes), sort_keys=True)
        table.writerow((utc_text(each.at), each.kind, each.service, each.title, each.body, each.actor, "", attributes))
    return written.getvalue()
