"""The document on paper: every word is there, nothing of it is taken for typesetting, and the bytes are the same."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.document import Document
from secondstory.model.report import Claim, ClaimKind, Paragraph, ReportBody, Section
from secondstory.renderers.pdf import EXTENSION
from secondstory.usecases.text import read_text
from secondstory.wiring import open_world

HOSTILE = "#panic() $x$ ] } \\ @key <label> *bold* `#code` https://a.example [w](https://wiki.example/r)"


@pytest.fixture
def document(demo_dir: Path) -> Document[ReportBody]:
    with open_world(Settings(data_dir=demo_dir)) as world:
        incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        return read_text(LOCAL_OWNER, world, incident).document


def words(data: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages).split())


def test_the_demo_is_set_on_a4_with_its_words_numbers_and_page_count(document: Document[ReportBody]) -> None:
    data = EXTENSION.open().render(document)
    pages = PdfReader(BytesIO(data)).pages
    assert {(round(float(page.mediabox.width)), round(float(page.mediabox.height))) for page in pages} == {(595, 842)}
    told = words(data)
    for wanted in ("Checkout fails for many customers", "1,092 requests fail", "Proposed actions", "orders 1.8.0"):
        assert wanted in told
    assert f"1 of {len(pages)}" in told and document.hash[:16] in told


def test_the_same_document_is_the_same_bytes(document: Document[ReportBody]) -> None:
    assert EXTENSION.open().render(document) == EXTENSION.open().render(document)


def test_text_is_never_taken_for_typesetting(document: Document[ReportBody]) -> None:
    claim = Claim(HOSTILE, ClaimKind.BARE, is_markup=True)
    plain = Claim(HOSTILE, ClaimKind.FRAME)
    section = Section("own", HOSTILE, (Paragraph((claim, plain)),))
    body = replace(document.body, title=HOSTILE, sections=(section,))
    told = words(EXTENSION.open().render(replace(document, body=body)))
    assert told.count("#panic()") >= 3
