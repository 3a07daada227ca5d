"""Reads the tracked files of the repository into values that the rules look at."""

import ast
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
CORE = ("model", "algorithms", "blameless", "stages", "pipeline.py", "access.py")


@dataclass(frozen=True)
class Module:
    """One Python file: its path from the root of the repository, and its text."""

    path: str
    text: str

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text)

    @property
    def lines(self) -> tuple[str, ...]:
        return tuple(self.text.splitlines())

    @property
    def dotted(self) -> str:
        """`src/secondstory/model/ids.py` -> `secondstory.model.ids`; a package loses its `__init__`."""
        return self.path.removeprefix("src/").removesuffix(".py").replace("/", ".").removesuffix(".__init__")

    @property
    def in_product(self) -> bool:
        return self.path.startswith("src/secondstory/")

    @property
    def in_core(self) -> bool:
        """True below the folders that may not touch the world (ARCHITECTURE.md, invariants)."""
        return self.in_product and self.path.split("/")[2] in CORE


def tracked_files() -> tuple[str, ...]:
    """Paths from the root, tracked or new, without what git ignores and what is deleted."""
    listing = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    )
    return tuple(sorted({path for path in listing.stdout.split("\0") if path and (ROOT / path).is_file()}))


@cache
def python_modules() -> tuple[Module, ...]:
    paths = (path for path in tracked_files() if path.endswith(".py"))
    return tuple(Module(path, (ROOT / path).read_text(encoding="utf-8")) for path in paths)


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def where(module: Module, node: ast.AST) -> str:
    """`path:line`, as editors and terminals turn it into a link."""
    return f"{module.path}:{getattr(node, 'lineno', 1)}"


def call_name(node: ast.expr) -> str:
    """`a.b.c` for a chain of plain names, otherwise what can be read of its end (`.c`)."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        return f"{call_name(node.value)}.{node.attr}"
    return ""
