"""The document on paper: every word is there, nothing of it is taken for typesetting, and the bytes are the same."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.document import Document
from secondstory.model.publication import Edition
from secondstory.model.report import Claim, ClaimKind, Paragraph, ReportBody, Section
from secondstory.renderers.pdf import EXTENSION
from secondstory.usecases.editions import cut
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


def test_a_chart_says_what_its_axes_are_and_their_units(document: Document[ReportBody]) -> None:
    told = words(EXTENSION.open().render(document))
    assert "time, Europe/Berlin (UTC+1)" in told and "grey: normal band" in told
    assert "67 %" in told and "connections" in told and "11:50:42" in told


def test_the_short_form_is_one_page_also_where_people_wrote_three_times_as_much(document: Document[ReportBody]) -> None:
    short = cut(document, Edition.EXECUTIVE)
    first, *others = short.body.sections
    longer = replace(first, blocks=(*first.blocks, *first.blocks[1:], *first.blocks[1:]))
    for body in (short.body, replace(short.body, sections=(longer, *others))):
        data = EXTENSION.open().render(replace(short, body=body))
        assert len(PdfReader(BytesIO(data)).pages) == 1
        told = words(data)
        assert "What is asked of leadership" in told and "1,092 requests" in told and short.hash[:16] in told


def test_a_long_recorded_word_stays_on_the_page(document: Document[ReportBody]) -> None:
    endless = "0123456789abcdef" * 20
    claim = Claim(f"`{endless}` and {endless}", ClaimKind.FRAME)
    body = replace(document.body, sections=(Section("own", endless, (Paragraph((claim,)),)),))
    (page, *_) = PdfReader(BytesIO(EXTENSION.open().render(replace(document, body=body)))).pages
    ends: list[float] = []

    def seen(text: str, _cm: object, at: list[float], _font: object, size: float) -> None:
        ends.append(at[4] + len(text.strip()) * size * 0.5)  # a letter is about half as wide as it is high

    page.extract_text(visitor_text=seen)
    assert max(ends) <= float(page.mediabox.width)
