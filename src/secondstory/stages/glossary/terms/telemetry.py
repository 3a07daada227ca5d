"""Telemetry: the logs, metrics and traces that were looked at."""

from __future__ import annotations

from secondstory.model.glossary import Absent, Seen
from secondstory.stages.glossary.term import Sight, Term
from secondstory.texts import say


def _look(sight: Sight) -> Seen | Absent:
    if not sight.rows:
        return Absent(say("glossary.telemetry_none"))
    counted = ", ".join(say("glossary.telemetry_rows", rows=f"{rows:,}", table=table) for table, rows in sight.rows)
    return Seen(say("glossary.telemetry_seen", counted=counted), "evidence")


EXTENSION = Term("telemetry", 25, _look)
