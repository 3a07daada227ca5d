"""The contract of a report format: a document in, bytes out, the same bytes in every process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.model.document import Document
from secondstory.model.errors import NotFound
from secondstory.model.report import ReportBody
from secondstory.registry import extensions
from secondstory.stages.report import formats as package
from secondstory.texts import say


@dataclass(frozen=True)
class ReportFormat:
    """A way to write the report. `render` is pure; it takes any well-formed body, hostile text included."""

    name: str
    summary: str
    suffix: str
    media_type: str
    render: Callable[[Document[ReportBody]], bytes]


def report_formats() -> tuple[ReportFormat, ...]:
    """All formats, by name of their file."""
    return extensions(package, ReportFormat)


def render(document: Document[ReportBody], name: str) -> bytes:
    """The report in the format `name`. Raises NotFound on a name that no format has."""
    known = {extension.name: extension for extension in report_formats()}
    if name not in known:
        raise NotFound(say("report.no_such_format", name=name), say("report.known_formats", names=", ".join(known)))
    return known[name].render(document)
