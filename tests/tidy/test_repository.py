"""The repository as a whole keeps its map, its decisions, its extensions and its silence about machines."""

from collections.abc import Iterable

import pytest

from . import names, repository
from .source import ROOT, Module, python_modules, tracked_files

PROSE = (".md", ".txt", ".toml", ".html", ".css", ".svelte", ".ts", ".sh", ".yaml", ".yml")
LARGE = 2_000_000  # bytes; recordings above this are telemetry, and nobody writes an address into them by hand


@pytest.fixture(scope="module")
def texts() -> dict[str, str]:
    """Every tracked text file by its path; what is not UTF-8 is data."""
    found = {}
    for path in tracked_files():
        content = (ROOT / path).read_bytes() if (ROOT / path).stat().st_size < LARGE else b"\0"
        if b"\0" not in content:
            found[path] = content.decode("utf-8", errors="replace")
    return found


@pytest.fixture(scope="module")
def modules() -> tuple[Module, ...]:
    return python_modules()


def test_the_map_names_what_is_there(texts: dict[str, str], modules: tuple[Module, ...]) -> None:
    _clean(repository.map_is_true(texts["ARCHITECTURE.md"], repository.Layout.of(modules)))


def test_decisions_are_numbered_and_short(texts: dict[str, str]) -> None:
    _clean(repository.decisions_are_short(texts))


def test_each_extension_is_one_file_with_one_constant(modules: tuple[Module, ...]) -> None:
    _clean(repository.one_extension_each(modules))


def test_no_module_is_dead(texts: dict[str, str], modules: tuple[Module, ...]) -> None:
    runners = {
        path: text for path, text in texts.items() if path.startswith(("src/", "scripts/")) or path == "Makefile"
    }
    _clean(repository.dead_modules(modules, {**runners, "pyproject.toml": texts["pyproject.toml"]}))


def test_each_door_stands_once(modules: tuple[Module, ...]) -> None:
    _clean(repository.doors_stand_once(modules))


def test_no_file_names_a_machine(texts: dict[str, str]) -> None:
    _clean(repository.names_a_machine(texts, ROOT))


def test_both_locks_pin_the_same(texts: dict[str, str]) -> None:
    _clean(repository.locks_agree(texts["requirements.lock"], texts["requirements-demo.lock"]))


def test_changelog_fragments_are_named_after_their_issue() -> None:
    _clean(repository.fragments_are_named(tracked_files()))


def test_make_recipes_are_short(texts: dict[str, str]) -> None:
    _clean(repository.short_recipes(texts["Makefile"]))


def test_our_prose_accuses_nobody(texts: dict[str, str]) -> None:
    prose = [(path, text) for path, text in texts.items() if path.endswith(PROSE)]
    _clean(finding for path, text in prose for finding in names.accusing_word(path, text))


def _clean(findings: Iterable[str]) -> None:
    listed = list(findings)
    assert not listed, "\n".join(["", *listed])
