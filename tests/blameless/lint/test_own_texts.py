"""What we ship passes our own linter: its catalogue of texts, our pages, and the documents written in tests."""

from collections.abc import Iterable
from pathlib import Path

import pytest

from secondstory.blameless.lint.linter import lint_text
from secondstory.texts import catalogue

ROOT = Path(__file__).parents[3]
PAGES = sorted((*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md"), *ROOT.glob("changelog.d/*.md")))
DEMO_MADE_OF_IT = sorted(ROOT.glob("tests/golden/**/*.md"))


def told(name: str, text: str) -> Iterable[str]:
    return [f"{name}:{one.line} {one.rule}: {one.words}" for one in lint_text(name, text).findings if one.severity]


@pytest.mark.parametrize("path", [*PAGES, *DEMO_MADE_OF_IT], ids=lambda path: str(path.relative_to(ROOT)))
def test_our_pages_and_golden_documents_need_no_work(path: Path) -> None:
    assert not told(path.name, path.read_text(encoding="utf-8"))


def test_every_sentence_of_the_catalogue_needs_no_work() -> None:
    form = "lint.allow_form_try"  # shows the comment itself, whose reason is still to be written
    assert not [found for key, text in catalogue().items() if key != form for found in told(key, text)]
