"""The document's formats: the same bytes for the same document, every number with its evidence, hostile text inert."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from tests.stages.report_documents import as_document, report

from secondstory.model.codec import canonical_json
from secondstory.model.document import Document
from secondstory.model.evidence import EvidenceRef
from secondstory.model.gap import Gap, GapReason
from secondstory.model.query import CoverageQuery
from secondstory.model.report import (
    Bullets,
    Chart,
    Claim,
    ClaimKind,
    Mark,
    Paragraph,
    Point,
    ReportBody,
    Row,
    Rows,
    Section,
)
from secondstory.model.window import Window
from secondstory.stages.report import report_formats

GOLDEN = Path(__file__).parent.parent / "golden"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
HOSTILE = "</script><script>alert(1)</script> \"x' onload=alert(1) \u202e\u0000 | ` # <img src=http://evil.example/a>"
LOOKS = ("table", "figures", "milestones", "events", "steps", "arguments", "actions", "gaps", "hashes", "other")
FORMATS = {extension.name: extension for extension in report_formats()}


def rendered(body: ReportBody, name: str) -> str:
    return FORMATS[name].render(as_document(body)).decode()


class Page(HTMLParser):
    """What a browser would build: tags, ids, chips, and everything that could fetch."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.ids: list[str] = []
        self.chips: list[str] = []
        self.links: list[str] = []
        self.handlers: list[str] = []
        self.text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append(tag)
        self.ids += [given["id"]] if "id" in given else []
        self.handlers += [name for name in given if name.startswith("on") or name == "style"]
        self.links += [given[name] for name in ("href", "src", "srcset", "data", "action") if name in given]
        if tag == "a" and "ev" in given.get("class", "").split():
            self.chips.append(given["href"])

    def handle_data(self, data: str) -> None:
        self.text.append(data)


def keys() -> some.SearchStrategy[str]:
    return some.sampled_from(("e-1", "e-2", "gap/a", "gap/b", "never-labelled"))


def texts() -> some.SearchStrategy[str]:
    return some.one_of(some.just(HOSTILE), some.text(max_size=60))


@some.composite
def some_blocks(draw: some.DrawFn) -> Paragraph | Bullets | Rows | Chart:
    ids = tuple(draw(some.lists(keys(), max_size=3)))
    kind = draw(some.sampled_from(list(ClaimKind))) if ids else ClaimKind.FRAME
    claim = Claim(draw(texts()), kind, ids[:1], ids[1:])
    voice = draw(some.sampled_from(("text", "bluf", "dateline", "hypothesis", "label", "lead")))
    cells = tuple(draw(some.lists(texts(), max_size=7)))
    row = Row(cells, ids[:1], ids[1:])
    points = tuple(
        Point(float(at), draw(some.none() | some.floats(-1e9, 1e9))) for at in range(draw(some.integers(0, 5)))
    )
    chart = Chart(
        "chart/a",
        draw(texts()),
        draw(texts()),
        draw(some.sampled_from(("", "1", "s", "ms", "By", "{request}"))),
        "2026-01-01T12:00:00.000000Z",
        draw(some.floats(0.0, 1e8)),
        points,
        draw(some.none() | some.floats(-10, 0)),
        draw(some.none() | some.floats(0, 10)),
        draw(some.none() | some.floats(-1e6, 1e6)),
        (Mark(0.0, 5.0, draw(texts()), draw(some.sampled_from(("change", "alert", "resolved")))),),
        ids[:1],
    )
    return draw(
        some.sampled_from(
            (
                Paragraph((claim, claim), voice),
                Bullets((claim,)),
                Rows(draw(texts()), cells[:5], (row,), draw(some.sampled_from(LOOKS))),
                chart,
            )
        )
    )


@some.composite
def some_reports(draw: some.DrawFn) -> ReportBody:
    window = Window(NOON, NOON.replace(hour=13))
    ref = EvidenceRef("e-1", CoverageQuery((draw(texts()),), window), draw(texts()), "ab" * 32, 3, ("a",), NOON)
    gap = Gap("gap/a", draw(texts()) or "x", None, GapReason.NO_DATA, draw(texts()) or "x")
    blocks = tuple(draw(some.lists(some_blocks(), max_size=4)))
    sections = (Section("bluf", draw(texts()), blocks), Section("more", draw(texts()), blocks[:2]))
    labels = (("e-1", "E01"), ("e-2", "E02"), ("gap/a", "G1"))
    return ReportBody(draw(texts()), "INC", "Europe/Berlin", sections, labels, (ref,), (), (gap,), (("evidence", "0"),))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some_reports())
def test_every_chip_of_any_document_opens_an_entry_and_nothing_can_run_or_fetch(body: ReportBody) -> None:
    page = Page(rendered(body, "html"))

    assert len(page.ids) == len(set(page.ids))
    assert all(chip.startswith("#") and chip[1:] in page.ids for chip in page.chips)
    assert all(link.startswith("#") for link in page.links)
    assert page.handlers == []
    assert page.tags.count("script") == 1
    assert not set(page.tags) & {"img", "iframe", "object", "embed", "link", "base", "form"}


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(some_reports())
def test_markdown_of_any_document_keeps_its_tables_whole_and_its_links_inside(body: ReportBody) -> None:
    text = rendered(body, "markdown")
    targets = set(re.findall(r"\]\(#([a-z0-9]+)\)", text))
    headings = {line.removeprefix("### ").lower() for line in text.splitlines() if line.startswith("### ")}

    assert targets <= headings
    prose = re.sub(r"(?s)```text.*?```|(?<!\\)`[^`\n]*`", "", text)  # code is shown as it is, by any reader
    assert "<" not in prose.replace("\\<", "")
    tables = re.findall(r"(?m)^\|.*\|$(?:\n\|.*\|$)+", text)
    for table in tables:
        widths = {len(re.findall(r"(?<!\\)\|", line)) for line in table.splitlines()}
        assert len(widths) == 1, table


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_the_same_document_gives_the_same_bytes(name: str) -> None:
    assert FORMATS[name].render(as_document(report())) == FORMATS[name].render(as_document(report()))


def test_canonical_json_holds_envelope_body_and_hash() -> None:
    document = as_document(report())
    data = FORMATS["json"].render(document)

    assert data == canonical_json(document) + b"\n"
    assert json.loads(data)["hash"] == document.hash


def test_every_figure_of_the_page_carries_a_chip_with_query_chart_and_hash() -> None:
    body = report()
    html = rendered(body, "html")
    page = Page(html)

    assert len(page.chips) > 60
    figures = re.findall(r"<dt>(.*?)</dt>", "".join(re.findall(r'<dl class="figures">.*?</dl>', html)))
    assert len(figures) == 8
    assert all('class="ev"' in figure for figure in figures)
    for ref in body.evidence:
        entry = _entry(html, dict(body.labels)[ref.id])
        assert ref.result_hash in entry
        assert type(ref.query).__name__ in entry
    assert "<svg" in _entry(html, "E01")


def _entry(html: str, label: str) -> str:
    found = re.search(rf'(?s)<article id="{label}".*?</article>', html)
    assert found is not None, f"no entry for {label}"
    return found[0]


def test_the_page_is_small_and_its_policy_allows_only_its_own_style_and_script() -> None:
    html = rendered(report(), "html")

    assert len(html) < 600_000
    assert "default-src &#x27;none&#x27;; style-src &#x27;sha256-" in html
    assert "unsafe-inline" not in html
    assert "http://" not in html
    assert "https://" not in html


def test_hostile_words_stand_as_text_and_a_long_line_is_cut_with_a_note() -> None:
    body = replace(report(), title=f"{HOSTILE} {'x' * 1_000_000}")
    page = Page(rendered(body, "html"))
    text = "".join(page.text)

    assert page.tags.count("script") == 1
    assert "<script>alert(1)</script>" in text
    assert "\u202e" not in text
    assert "\u0000" not in text
    assert "characters cut)" in text
    assert len(rendered(body, "markdown")) < 60_000


def test_the_page_says_what_rests_on_each_piece_of_evidence() -> None:
    html = rendered(report(), "html")
    entry = _entry(html, "E05")
    assert "orders 1.8.0" in entry
    places = re.findall(r'<a href="#(s\d+-\d+-\d+)">', entry)
    assert places
    assert all(f'id="{place}"' in html for place in places)


def test_the_document_reads_as_prose(golden: Callable[[Path, str], None]) -> None:
    golden(GOLDEN / "report.md", rendered(report(), "markdown"))


def test_one_changed_byte_of_the_document_shows_on_the_page() -> None:
    body = report()
    first, second = as_document(body), as_document(replace(body, title="Checkout outage."))
    assert first.hash[:12] in FORMATS["html"].render(first).decode()
    assert isinstance(first, Document)
    assert first.hash[:12] not in FORMATS["html"].render(second).decode()
