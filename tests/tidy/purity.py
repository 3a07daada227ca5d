"""Purity: the core reads no clock, no environment, no file, and draws no random number."""

import ast
from collections.abc import Iterator

from .rule import Rule
from .source import Module, call_name, where

# Standard modules that are a door to the world. import-linter holds the same line for whole packages;
# this also sees submodules and runs on the folders that do not exist yet.
WORLD = frozenset(
    {
        "asyncio",
        "concurrent",
        "glob",
        "http",
        "locale",
        "logging",
        "multiprocessing",
        "os",
        "pathlib",
        "random",
        "secrets",
        "select",
        "shutil",
        "signal",
        "socket",
        "sqlite3",
        "ssl",
        "subprocess",
        "sys",
        "tempfile",
        "threading",
        "time",
        "urllib.request",
    }
)
BUILTINS = {"open": "a file", "input": "the terminal", "print": "the terminal", "hash": "PYTHONHASHSEED"}
CLOCKS = ("datetime.now", "datetime.utcnow", "datetime.today", "date.today")
RANDOM = ("np.random", "numpy.random", "uuid.uuid1", "uuid.uuid4", "uuid1", "uuid4")
FILES = (".read_text", ".read_bytes", ".write_text", ".write_bytes", ".iterdir", ".unlink", ".mkdir")

ADVICE = "Take it as an argument: now, ids, seeds and data come from the shell."


def imports_world(module: Module) -> Iterator[str]:
    if not module.in_core:
        return
    for node in ast.walk(module.tree):
        for name in _imported(node):
            if name in WORLD or name.split(".")[0] in WORLD:
                yield f"{where(module, node)}: the core imports {name}. {ADVICE}"


def touches_world(module: Module) -> Iterator[str]:
    if not module.in_core:
        return
    for node in ast.walk(module.tree):
        what = _touched(node)
        if what:
            yield f"{where(module, node)}: the core reads {what}. {ADVICE}"


def _imported(node: ast.AST) -> tuple[str, ...]:
    if isinstance(node, ast.Import):
        return tuple(alias.name for alias in node.names)
    if isinstance(node, ast.ImportFrom) and node.level == 0 and node.module:
        return (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))
    return ()


def _touched(node: ast.AST) -> str:
    if not isinstance(node, ast.Call):
        return ""
    name = call_name(node.func)
    if name in BUILTINS:
        return f"{BUILTINS[name]} ({name})"
    if name.endswith(CLOCKS):
        return f"the clock ({name})"
    if name.startswith(RANDOM):
        return f"chance ({name})"
    if name.endswith(FILES):
        return f"a file ({name})"
    if name.endswith(".astimezone") and not node.args and not node.keywords:
        return "the time zone of this machine (astimezone without a zone)"
    return ""


def _core(text: str, path: str = "src/secondstory/stages/impact/errors.py") -> Module:
    return Module(path, text)


RULES = (
    Rule(
        "the core imports no door to the world",
        imports_world,
        caught=(
            _core("import os.path"),
            _core("from time import monotonic"),
            _core("from urllib import request"),
            _core("def f():\n    import random", "src/secondstory/pipeline.py"),
            _core("from pathlib import Path", "src/secondstory/blameless/rules/a.py"),
        ),
        allowed=(
            _core("from datetime import datetime\nfrom urllib.parse import quote\nfrom .time import x"),
            _core("import os", "src/secondstory/sources/otlp.py"),
        ),
    ),
    Rule(
        "the core reads no clock, chance, file or terminal",
        touches_world,
        caught=(
            _core("now = datetime.now(UTC)"),
            _core("now = datetime.datetime.now()"),
            _core("seed = np.random.default_rng()"),
            _core("text = open('x').read()"),
            _core("text = (folder / 'a').read_text()"),
            _core("key = hash('orders')"),
            _core("local = moment.astimezone()"),
            _core("id = uuid.uuid4()"),
        ),
        allowed=(
            _core("local = moment.astimezone(zone)\nkey = sha256(b'').hexdigest()\nid = uuid.uuid5(space, name)"),
            _core("now = datetime.now(UTC)", "src/secondstory/wiring.py"),
        ),
    ),
)
