"""The document on A4 paper, set by Typst with packaged fonts; without the extra `pdf` it says how to get it."""

from __future__ import annotations

import importlib
from functools import cache
from pathlib import Path
from types import ModuleType

from secondstory.model.codec import canonical_json
from secondstory.model.document import Document
from secondstory.model.errors import Unavailable
from secondstory.model.report import ReportBody
from secondstory.ports import RendererExtension
from secondstory.renderers.paper.content import content
from secondstory.texts import say

_PAPER = Path(__file__).parent / "paper"
_SHEETS = {"executive": "page.typ"}  # by the kind of a document; all others are set whole
_FONTS = ("font_source_sans_pro", "font_source_serif_pro")


class PdfRenderer:
    """`ports.Renderer` for PDF. The same document gives the same bytes: it holds no time of its own."""

    def render(self, document: Document[ReportBody]) -> bytes:
        """The document as PDF. Raises Unavailable where the extra is not installed."""
        typst, fonts = _typesetter()
        told: bytes = typst.compile(
            _sheet(document.envelope.kind),
            format="pdf",
            font_paths=list(fonts),
            ignore_system_fonts=True,
            sys_inputs={"doc": canonical_json(content(document)).decode()},
        )
        return told


def _sheet(kind: str) -> bytes:
    """What sets this kind of document: the look that all share, then how its pages are laid out."""
    return b"".join((_PAPER / name).read_bytes() for name in ("look.typ", _SHEETS.get(kind, "sheet.typ")))


@cache
def _typesetter() -> tuple[ModuleType, tuple[str, ...]]:
    """Typst and the folders of the fonts. By name, for both are an extra."""
    try:
        typst = importlib.import_module("typst")
        fonts = tuple(str(importlib.import_module(name).font_directory) for name in _FONTS)
    except ModuleNotFoundError as error:
        raise Unavailable(say("publishing.no_pdf"), say("publishing.no_pdf_next")) from error
    return typst, fonts


EXTENSION = RendererExtension(
    name="pdf",
    summary="A4 pages to print and to attach; needs the extra `pdf`",
    suffix="pdf",
    media_type="application/pdf",
    open=PdfRenderer,
)
