"""Each check on the whole repository catches a repository that breaks it, and passes one that does not."""

from pathlib import PurePosixPath

from . import repository
from .source import Module

ADR = "# 1. Title\n\n## Context\n\n## Decision\n\n## Price\n\n## Rejected\n\n## Enforced by\n"
TREE = (Module("src/secondstory/model/ids.py", ""), Module("src/secondstory/ports.py", ""))


def test_a_false_map_is_caught() -> None:
    layout = repository.Layout.of(TREE)
    assert not list(repository.map_is_true("| `model/` `ports.py` | what |\n", layout))
    (missing,) = repository.map_is_true("| `model/` | what |\n", layout)
    assert "ports.py" in missing
    (absent,) = repository.map_is_true("| `model/` `web/` `ports.py` | what |\n", layout)
    assert "web/" in absent
    assert list(repository.map_is_true("| `model/` `ports.py` |\n" * 151, layout))


def test_an_unnumbered_long_or_partial_decision_is_caught() -> None:
    assert not list(repository.decisions_are_short({"docs/decisions/0001-layers.md": ADR}))
    assert list(repository.decisions_are_short({"docs/decisions/0002-layers.md": ADR}))
    assert list(repository.decisions_are_short({"docs/decisions/layers.md": ADR}))
    assert list(repository.decisions_are_short({"docs/decisions/0001-layers.md": ADR + "\n" * 40}))
    assert list(repository.decisions_are_short({"docs/decisions/0001-layers.md": ADR.replace("## Price\n", "")}))


def test_a_missing_second_or_stray_extension_is_caught() -> None:
    good = Module("src/secondstory/sources/otlp.py", "EXTENSION: Source = make()")
    shared = Module("src/secondstory/sources/reading/rows.py", "x = 1")
    assert not list(repository.one_extension_each((good, shared)))
    assert list(repository.one_extension_each((Module(good.path, "x = 1"),)))
    assert list(repository.one_extension_each((Module(good.path, "EXTENSION = a\nEXTENSION = b"),)))
    assert list(repository.one_extension_each((Module("src/secondstory/model/ids.py", "EXTENSION = a"),)))


def test_a_module_that_nobody_reaches_is_caught() -> None:
    ids = Module("src/secondstory/model/ids.py", "x = 1")
    user = Module("src/secondstory/model/__init__.py", "from .ids import x")
    outside = Module("src/secondstory/usecases/__init__.py", "from secondstory.model import ids")
    assert not list(repository.dead_modules((ids, user), {}))
    assert not list(repository.dead_modules((ids, outside), {}))
    assert not list(repository.dead_modules((ids,), {"a.py": 'run("-m", "secondstory.model.ids")'}))
    assert not list(repository.dead_modules((Module("src/secondstory/texts/gaps.py", "TEXTS = {}"),), {}))
    assert list(repository.dead_modules((ids,), {}))


def test_a_second_door_of_a_kind_is_caught() -> None:
    door = "except Exception:  # noqa: BLE001 - door: a job is run"
    one = Module("src/secondstory/usecases/jobs.py", door)
    assert not list(repository.doors_stand_once((one,)))
    assert list(repository.doors_stand_once((one, Module("src/secondstory/usecases/more.py", door))))


def test_a_machine_named_in_a_file_is_caught() -> None:
    checkout = PurePosixPath("/somewhere/secondstory")

    def named(path: str, text: str) -> bool:
        return any(repository.names_a_machine({path: text}, checkout))

    assert not named("README.md", "See https://opentelemetry.io, ../shared and /somewhere/else.")
    assert not named("a.css", "@import './somewhere/secondstory-theme.css'")
    assert named("a.py", "index = 'py" + "pi.org'")
    assert named("a.md", "cd /somewhere/secondstory/src")
    assert named("a.md", "read /somewhere/shared/design.md")
    assert named("requirements.lock", "--index-url https" + "://example.org")


def test_locks_that_differ_are_caught() -> None:
    assert not list(repository.locks_agree("a==1 \\\nb==2 \\\n", "a==1 \\\n"))
    assert list(repository.locks_agree("a==1 \\\n", "a==2 \\\n"))


def test_a_misnamed_fragment_is_caught() -> None:
    assert not list(repository.fragments_are_named(("changelog.d/2.added.md", "changelog.d/README.md")))
    assert list(repository.fragments_are_named(("changelog.d/spine.md",)))


def test_a_long_recipe_is_caught() -> None:
    assert not list(repository.short_recipes("a:\n" + "\tx\n" * 9 + "b:\n\ty\n"))
    assert list(repository.short_recipes("a: ## Do.\n" + "\tx\n" * 10))
