"""Renders an incident's report in the registered formats."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput
from secondstory.model.incident import Incident
from secondstory.model.incident_record import IncidentRecord
from secondstory.model.report import ReportBody
from secondstory.ports import StoredDocument, World
from secondstory.stages.report import ReportFormat, present, report_formats
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.text import read_text

_AS_STORED = "json"  # its bytes are what the hash is of


@dataclass(frozen=True)
class ReportFile:
    """One rendered report."""

    name: str
    media_type: str
    data: bytes


def export_report(actor: Actor, world: World, incident_id: str, formats: tuple[str, ...]) -> tuple[ReportFile, ...]:
    """The report in these formats, or in all. Raises BadInput on an unknown format."""
    require(actor, Verb.EXPORT, incident_id)
    known = {extension.name: extension for extension in report_formats()}
    unknown = [name for name in formats if name not in known]
    if unknown:
        raise BadInput(f"There is no report format {unknown[0]!r}.", f"Choose one of: {', '.join(known)}.")
    now = read_text(actor, world, incident_id).document
    document = StoredDocument("report", now.hash, encode(now, Document[ReportBody]))
    incident = get_incident(world, incident_id)
    shown = incident, record_now(world, incident)
    # An id comes from whoever made the recording; in a file's name it must not lead to another folder.
    stem = re.sub(r"[^\w.-]", "-", incident_id).lstrip(".")
    return tuple(
        ReportFile(f"{stem}.{known[name].suffix}", known[name].media_type, _rendered(known[name], document, *shown))
        for name in formats or tuple(known)
    )


@lru_cache(maxsize=8)
def _rendered(form: ReportFormat, document: StoredDocument, incident: Incident, record: IncidentRecord) -> bytes:
    """A page of the report costs a tenth of a second, and is asked for again and again while a meeting reads it."""
    report = decode(document.data, Document[ReportBody])
    if form.name == _AS_STORED:
        return form.render(report)
    return form.render(replace(report, body=present(report.body, incident, record)))
