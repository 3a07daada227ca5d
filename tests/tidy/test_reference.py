"""The generated reference says what the code says, so that no verb and no extension goes undocumented."""

import importlib.util
from types import ModuleType

import pytest

from .source import ROOT


@pytest.fixture(scope="module")
def reference() -> ModuleType:
    """scripts/ is no package, so the script is loaded by its path."""
    spec = importlib.util.spec_from_file_location("reference", ROOT / "scripts" / "reference.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize("name", ["cli.md", "extensions.md"])
def test_the_reference_is_what_the_code_says(reference: ModuleType, name: str) -> None:
    page = ROOT / "docs" / "reference" / name
    assert page.is_file(), f"{page} is missing: run `make docs` and commit what it writes."
    assert page.read_text(encoding="utf-8") == reference.pages()[name], "Run `make docs` and commit what it writes."


def test_every_verb_has_a_part_of_its_own(reference: ModuleType) -> None:
    headings = reference.command_page().splitlines()
    missing = [verb for verb in reference.verbs() if f"## secondstory {verb}" not in headings]
    assert not missing
    assert {"demo", "import", "analyse", "show", "report", "replay", "verify", "doctor"} <= set(reference.verbs())
