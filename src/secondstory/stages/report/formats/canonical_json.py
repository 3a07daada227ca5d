"""The whole document as canonical JSON: envelope, body and hash, so that a machine can check what a person reads."""

from __future__ import annotations

from secondstory.model.codec import canonical_json
from secondstory.model.document import Document
from secondstory.model.report import ReportBody
from secondstory.stages.report.format import ReportFormat


def render(document: Document[ReportBody]) -> bytes:
    """One line of JSON, keys sorted."""
    return canonical_json(document) + b"\n"


EXTENSION = ReportFormat(
    name="json",
    summary="canonical JSON of the document, with its envelope and hash",
    suffix="json",
    media_type="application/json",
    render=render,
)
