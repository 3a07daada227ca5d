"""Renders an incident's document, whole or as the executive short form, in the forms that people read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.document import Document
from secondstory.model.errors import BadInput
from secondstory.model.publication import Edition
from secondstory.model.report import ReportBody
from secondstory.ports import RendererExtension, StoredDocument, World
from secondstory.stages.report import ReportFormat, report_formats
from secondstory.texts import say
from secondstory.usecases.editions import edition_now

Format = ReportFormat | RendererExtension


@dataclass(frozen=True)
class ReportFile:
    """One rendered report."""

    name: str
    media_type: str
    data: bytes


def export_report(
    actor: Actor, world: World, incident_id: str, formats: tuple[str, ...], edition: Edition = Edition.WHOLE
) -> tuple[ReportFile, ...]:
    """The document as it reads now, in these formats, or in all that need no program.

    Raises BadInput on an unknown format, Unavailable where the program of one is not installed.
    """
    require(actor, Verb.EXPORT, incident_id)
    pure = {one.name: one for one in report_formats()}
    known: dict[str, Format] = {**pure, **{one.name: one for one in world.renderers}}
    unknown = [name for name in formats if name not in known]
    if unknown:
        told = say("publishing.no_format", name=unknown[0])
        raise BadInput(told, say("publishing.no_format_next", names=", ".join(known)))
    now = edition_now(actor, world, incident_id, edition)
    document = StoredDocument(now.envelope.kind, now.hash, encode(now, Document[ReportBody]))
    # An id comes from whoever made the recording; in a file's name it must not lead to another folder.
    stem = re.sub(r"[^\w.-]", "-", incident_id).lstrip(".")
    stem = stem if edition is Edition.WHOLE else f"{stem}-{edition.value}"
    chosen = [known[name] for name in formats or tuple(pure)]
    return tuple(ReportFile(f"{stem}.{one.suffix}", one.media_type, _rendered(one, document)) for one in chosen)


def written(form: Format, document: Document[ReportBody]) -> bytes:
    """A document in one form. Raises Unavailable where its program is not installed."""
    return form.render(document) if isinstance(form, ReportFormat) else form.open().render(document)


@lru_cache(maxsize=8)
def _rendered(form: Format, document: StoredDocument) -> bytes:
    """A page of the report costs a tenth of a second, and is asked for again and again while a meeting reads it."""
    return written(form, decode(document.data, Document[ReportBody]))
