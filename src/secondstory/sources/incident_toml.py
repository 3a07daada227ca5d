"""`incident.toml`, the question that a recording was made for, to an incident to open and facts of the system.

Fields: `id`, `title`, `severity`, `time_zone`, `entry_services`, `changes_known`, the tables `window` and `telemetry`
(start, end), `alarm` (time, service, indicator, attributes) and `onset_hint` (time, kind), and a list `reference` of
windows. `id` and `window` are needed.
"""

from __future__ import annotations

from pathlib import PurePosixPath
from typing import Any

from secondstory.model.system import Fact, IncidentSeed, System
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text, time_text, toml_of, window_of
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

FILE_NAME = "incident.toml"

_FIELDS = {
    "": (
        "id", "title", "severity", "time_zone", "entry_services", "changes_known", "window", "telemetry", "alarm",
        "onset_hint", "reference",
    ),
    "alarm": ("time", "service", "indicator", "attributes"),
    "onset_hint": ("time", "kind"),
}  # fmt: skip


def recognise(head: FileHead) -> bool:
    """True for a file of that name."""
    return PurePosixPath(head.path).name == FILE_NAME


def parse(block: Block, _mapping: Mapping) -> Parsed:
    """The incident and its system. Raises BadInput where the file is no TOML."""
    rejects = Rejects(block.path)
    document = toml_of(block, rejects)
    facts: list[Fact] = []
    for read in (_seed, _system):
        try:
            facts.append(read(document))
        except Unusable as problem:
            rejects.tell("definition_part", 1, problem=problem)
    for table, known in _FIELDS.items():
        part = document.get(table) if table else document
        for name in sorted(set(part if isinstance(part, dict) else ()) - set(known)):
            rejects.tell("field_unknown", 1, field=f"{table}.{name}".lstrip("."))
    return Parsed(facts=tuple(facts), rejects=rejects.found())


def _seed(document: dict[str, Any]) -> IncidentSeed:
    if "window" not in document:
        raise Unusable(say("sources.field_missing", field="window"))
    alarm, hint = section(document, "alarm"), section(document, "onset_hint")
    attributes = section(alarm, "attributes")
    identity = text(document, "id")
    return IncidentSeed(
        id=identity,
        title=text(document, "title", identity),
        severity=text(document, "severity", "SEV3"),
        time_zone=text(document, "time_zone", "UTC"),
        window=window_of(document, "window"),
        reference=tuple(sorted(window_of({"reference": piece}, "reference") for piece in items(document, "reference"))),
        alarm_time=time_text(alarm, "time"),
        alarm_service=text(alarm, "service") if "service" in alarm else None,
        alarm_indicator=text(alarm, "indicator") if "indicator" in alarm else None,
        alarm_attributes=tuple(sorted((name, text(attributes, name)) for name in attributes)),
        hint_time=time_text(hint, "time"),
        hint_kind=text(hint, "kind") if "kind" in hint else None,
    )


def _system(document: dict[str, Any]) -> System:
    services = items(document, "entry_services")
    if not all(isinstance(name, str) for name in services):
        raise Unusable(say("sources.field_wrong", field="entry_services", problem="names are needed"))
    known = document.get("changes_known", True)
    if not isinstance(known, bool):
        raise Unusable(say("sources.field_wrong", field="changes_known", problem="true or false is needed"))
    return System(
        entry_services=tuple(services),
        changes_known=known,
        telemetry=window_of(document, "telemetry") if "telemetry" in document else None,
    )


EXTENSION = SourceExtension(
    name="incident_toml",
    summary="incident.toml: the window, first alarm and entry services of a recorded incident",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
)
