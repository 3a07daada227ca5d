"""Checks on the repository as a whole: its map, its decisions, its extensions, and what must not be in its files."""

import ast
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePath, PurePosixPath

from .habits import DOOR
from .source import Module

Texts = Mapping[str, str]

# Folders whose every module is one extension; `registry.extensions` refuses any other module in them. What extensions
# share lies in a sub-folder.
EXTENSION_FOLDERS = (
    "sources",
    "sources/live",
    "sinks",
    "renderers",
    "stages/causes/methods",
    "stages/report/formats",
    "blameless/rehearsal/rooms",
    "blameless/rules",
    "blameless/replies/moments",
    "stages/meeting/cards",
    "stages/glossary/terms",
    "blameless/lint/rules",
    "gameday/faults",
)
ADR_LINES = 40
MAP_LINES = 150
RECIPE_LINES = 10
FRAGMENT = re.compile(r"changelog\.d/(?:README|\d+(?:-[a-z0-9-]+)?\.(?:added|changed|fixed|removed|security))\.md")

# Registries, mirrors and settings of one machine. Written in pieces, so that this file passes its own check.
MACHINE = re.compile(
    "|".join(
        (
            r"\b(?:files\.)?python" + r"hosted\.org",
            r"\bpy" + r"pi\.org",
            r"\bregistry\.npm" + r"js",
            r"\b(?:deb|security|snapshot)\.deb" + r"ian\.org",
            r"/(?:root|home/[a-z]+)/\.(?:py" + r"env|cache|config)",
        )
    )
)
RC_FILE = re.compile(r"(?:^|/)(?:[\w.-]*\.lock|package-lock\.json|\.npmrc|\.?pip\.conf|pip\.ini|uv\.toml)$")


@dataclass(frozen=True)
class Layout:
    """Names directly below src/secondstory: folders with a trailing slash, and modules."""

    names: frozenset[str]

    @classmethod
    def of(cls, modules: Iterable[Module]) -> "Layout":
        below = [module.path.split("/")[2:] for module in modules if module.in_product]
        names = {parts[0] + "/" if len(parts) > 1 else parts[0] for parts in below}
        return cls(frozenset(names - {"__init__.py", "__main__.py"}))


def map_is_true(text: str, layout: Layout) -> Iterator[str]:
    """ARCHITECTURE.md: the first column of its table names what is there, no more and no less."""
    length = len(text.splitlines())
    if length > MAP_LINES:
        yield f"ARCHITECTURE.md: {length} lines, {MAP_LINES} allowed. Move the detail beside the code."
    cells = [line.split("|")[1] for line in text.splitlines() if line.startswith("|")]
    named = {name for cell in cells for name in re.findall(r"`([a-z_]+(?:/|\.py))`", cell)}
    for name in sorted(layout.names - named):
        yield f"ARCHITECTURE.md: does not name {name}. Give it a line in the table, with what it does."
    for name in sorted(named - layout.names):
        yield f"ARCHITECTURE.md: names {name}, which is not below src/secondstory. Take the line out."


def decisions_are_short(texts: Texts) -> Iterator[str]:
    """docs/decisions: numbered from 0001 without a hole, 40 lines at most, with all five parts."""
    records = sorted(
        path for path in texts if path.startswith("docs/decisions/") and path != "docs/decisions/README.md"
    )
    for expected, path in enumerate(records, start=1):
        name = PurePosixPath(path).name
        if not re.fullmatch(rf"{expected:04d}-[a-z0-9-]+\.md", name):
            yield f"{path}: call it {expected:04d}-what-was-decided.md; numbers run without a hole."
        length = len(texts[path].splitlines())
        if length > ADR_LINES:
            yield f"{path}: {length} lines, {ADR_LINES} allowed. A decision is short; the explanation goes to docs/."
        for part in ("Context", "Decision", "Price", "Rejected", "Enforced by"):
            if f"## {part}\n" not in texts[path]:
                yield f"{path}: has no part '## {part}'."


def one_extension_each(modules: Iterable[Module]) -> Iterator[str]:
    """Each module of an extension folder has one EXTENSION; nothing else in the product has any."""
    for module in modules:
        count = sum("EXTENSION" in _assigned(node) for node in module.tree.body)
        expected = _is_extension(module)
        if expected and count != 1:
            yield f"{module.path}: has {count} EXTENSION constants. One file is one extension; shared parts move out."
        if not expected and count and module.in_product:
            yield f"{module.path}: has an EXTENSION outside the extension folders, where the registry cannot find it."


def _is_extension(module: Module) -> bool:
    """A sub-folder of an extension folder holds what its extensions share; the registry does not look into it."""
    path = PurePosixPath(module.path.removeprefix("src/secondstory/"))
    return module.in_product and path.name != "__init__.py" and str(path.parent) in EXTENSION_FOLDERS


def _assigned(node: ast.stmt) -> tuple[str, ...]:
    if isinstance(node, ast.Assign):
        return tuple(target.id for target in node.targets if isinstance(target, ast.Name))
    if isinstance(node, ast.AnnAssign) and isinstance(node.target, ast.Name):
        return (node.target.id,)
    return ()


def dead_modules(modules: tuple[Module, ...], texts: Texts) -> Iterator[str]:
    """A module lives when the product imports it, the registry or Alembic finds it, or a text names it to run it."""
    product = [module for module in modules if module.in_product]
    imported = {name for module in product for name in _imports(module)}
    named = "\n".join(texts.values())
    for module in product:
        stem = PurePosixPath(module.path).stem
        found = stem in ("__init__", "__main__") or _is_extension(module) or _is_found_by_name(module)
        if not found and module.dotted not in imported and f'{module.dotted}"' not in named:
            yield f"{module.path}: nobody imports it. Wire it, or delete it; git remembers."


def _imports(module: Module) -> Iterator[str]:
    package = module.dotted if module.path.endswith("/__init__.py") else module.dotted.rpartition(".")[0]
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        if isinstance(node, ast.ImportFrom):
            above = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            base = ".".join([*above, *([node.module] if node.module else [])])
            yield base
            yield from (f"{base}.{alias.name}" for alias in node.names)


def _is_found_by_name(module: Module) -> bool:
    """Alembic finds revisions and env.py; the catalogue finds every file of texts."""
    constants = {name for node in module.tree.body for name in _assigned(node)}
    text = module.path.startswith("src/secondstory/texts/") and "TEXTS" in constants
    return text or "down_revision" in constants or module.path.endswith("/env.py")


def doors_stand_once(modules: Iterable[Module]) -> Iterator[str]:
    """Each of the three wide excepts is in one file: the one that runs a source, a job, a page."""
    seen: dict[str, str] = {}
    for module in modules:
        doors = (DOOR.search(line) for line in (module.lines if module.in_product else ()))
        for door in {found.group(1) for found in doors if found}:
            if door in seen:
                yield f"{module.path}: the door '{door}' stands already in {seen[door]}. Go through that one."
            seen.setdefault(door, module.path)


def names_a_machine(texts: Texts, checkout: PurePath) -> Iterator[str]:
    """No registry, mirror or setting of one machine and not the checkout's place; no address in lock and rc files."""
    places = "|".join(re.escape(str(place)) for place in (checkout, checkout.parent / "shared"))
    machine = re.compile(rf"{MACHINE.pattern}|(?<![\w.-])(?:{places})(?![\w-])")
    for path, text in texts.items():
        for number, line in enumerate(text.splitlines(), start=1):
            found = machine.search(line)
            if found:
                yield f"{path}:{number}: names a machine ({found.group()}). Read it from the machine's own settings."
            elif RC_FILE.search(path) and re.search(r"https?://", line):
                yield f"{path}:{number}: holds an address. A lock names packages and hashes alone (scripts/lock.sh)."


def locks_agree(full: str, demo: str) -> Iterator[str]:
    """What the demo installs is what the tests test."""
    tested = set(re.findall(r"^([\w.-]+==\S+)", full, re.MULTILINE))
    for pin in re.findall(r"^([\w.-]+==\S+)", demo, re.MULTILINE):
        if pin not in tested:
            yield f"requirements-demo.lock: {pin} is not in requirements.lock. Make both again with scripts/lock.sh."


def fragments_are_named(paths: Iterable[str]) -> Iterator[str]:
    for path in paths:
        if path.startswith("changelog.d/") and not FRAGMENT.fullmatch(path):
            yield f"{path}: call it <issue>.<added|changed|fixed|removed|security>.md (changelog.d/README.md)."


def short_recipes(makefile: str) -> Iterator[str]:
    """A verb of the Makefile is a few lines; what is longer is a script with a name."""
    for block in re.finditer(r"^([a-z-]+):[^\n]*\n((?:\t[^\n]*\n)+)", makefile, re.MULTILINE):
        length = block.group(2).count("\n")
        if length >= RECIPE_LINES:
            yield f"Makefile: '{block.group(1)}' has {length} lines, fewer than {RECIPE_LINES} allowed: use scripts/."
