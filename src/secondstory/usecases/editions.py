"""The document as it is handed out now: whole, or as the one page for executives that is cut from it."""

from __future__ import annotations

from secondstory.model.actor import Actor
from secondstory.model.document import Document, make_document
from secondstory.model.publication import Edition
from secondstory.model.report import ReportBody
from secondstory.ports import World
from secondstory.stages.report import short_form
from secondstory.usecases.text import read_text


def edition_now(actor: Actor, world: World, incident_id: str, edition: Edition) -> Document[ReportBody]:
    """The document as it reads now, in this edition. Raises NotFound where it was never made."""
    return cut(read_text(actor, world, incident_id).document, edition)


def cut(whole: Document[ReportBody], edition: Edition) -> Document[ReportBody]:
    """An edition of a document; the short form names the whole one as what it was made from."""
    if edition is Edition.WHOLE:
        return whole
    code = whole.envelope.code_version
    return make_document(edition.value, short_form(whole.body), inputs=(("report", whole.hash),), code_version=code)
