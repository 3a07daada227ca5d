"""The contract of a report format: a document in, bytes out, the same bytes in every process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.model.document import Document
from secondstory.model.report import ReportBody
from secondstory.registry import extensions
from secondstory.stages.report import formats as package


@dataclass(frozen=True)
class ReportFormat:
    """A way to write the report. `render` is pure; it takes any well-formed body, hostile text included."""

    name: str
    summary: str
    suffix: str  # of a file's name, without its dot
    media_type: str
    render: Callable[[Document[ReportBody]], bytes]


def report_formats() -> tuple[ReportFormat, ...]:
    """All formats, by name of their file."""
    return extensions(package, ReportFormat)
