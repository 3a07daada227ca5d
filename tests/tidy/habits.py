"""Habits: docstrings, narrow excepts, fakes in place of patches, reasons beside every exception to a rule."""

import ast
import re
from collections.abc import Iterator

from .rule import Rule
from .source import Module, call_name, where

# The three places that must go on whatever happens; each says so on its line (test_repository.py: one file each).
DOOR = re.compile(r"# noqa: BLE001 - door: (a source is run|a job is run|the web error page)\b")
PATCHES = re.compile(r"(^|\.)(patch|Mock|MagicMock|AsyncMock)(\.|$)|monkeypatch\.setattr$")
SKIPS = ("pytest.skip", "pytest.xfail", "pytest.mark.skip", "pytest.mark.skipif", "pytest.mark.xfail")
# A bare marker on a call or class silences the rule for good, so each says why on the same line.
REASONED = re.compile(r"# (?:type: ignore\[[\w-]+(?:, ?[\w-]+)*\]|noqa: [A-Z]+\d+(?:, ?[A-Z]+\d+)*) +(?:#|-) *\S+")


def missing_docstring(module: Module) -> Iterator[str]:
    if not ast.get_docstring(module.tree):
        yield f"{module.path}: say in one sentence at the top what this file turns into what."


def broad_except(module: Module) -> Iterator[str]:
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ExceptHandler) and _is_broad(node.type) and not _raises_again(node):
            if module.in_product and DOOR.search(module.lines[node.lineno - 1]):
                continue
            yield (
                f"{where(module, node)}: catches everything. Name the error; only three doors are this wide: "
                "'# noqa: BLE001 - door: a source is run | a job is run | the web error page'."
            )


def _is_broad(caught: ast.expr | None) -> bool:
    if caught is None:
        return True
    names = caught.elts if isinstance(caught, ast.Tuple) else [caught]
    return any(call_name(name) in ("Exception", "BaseException") for name in names)


def _raises_again(handler: ast.ExceptHandler) -> bool:
    """Tidying up and passing the error on swallows nothing."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def patched_internals(module: Module) -> Iterator[str]:
    if not module.path.startswith("tests/"):
        return
    for node in ast.walk(module.tree):
        name = call_name(node.func) if isinstance(node, ast.Call) else ""
        imported = (node.module or "") if isinstance(node, ast.ImportFrom) else ""
        if PATCHES.search(name) or imported.startswith("unittest.mock"):
            yield (
                f"{where(module, node)}: patches what it tests. Hand in a fake of ten lines through the "
                "port or argument that exists for it; monkeypatch is for the environment and the working directory."
            )


def skip_without_reason(module: Module) -> Iterator[str]:
    if not module.path.startswith("tests/"):
        return
    calls = [node for node in ast.walk(module.tree) if isinstance(node, ast.Call)]
    bare = {id(node) for node in ast.walk(module.tree) if isinstance(node, ast.Attribute)}
    bare -= {id(call.func) for call in calls}
    for node in ast.walk(module.tree):
        called = isinstance(node, ast.Call) and call_name(node.func) in SKIPS and _lacks_reason(node)
        marked = isinstance(node, ast.Attribute) and id(node) in bare and call_name(node) in SKIPS
        if called or marked:
            yield f"{where(module, node)}: skips in silence. Say why, and what would let it run."


def _lacks_reason(node: ast.Call) -> bool:
    has_reason = any(keyword.arg in ("reason", "msg") for keyword in node.keywords)
    positional = call_name(node.func) in ("pytest.skip", "pytest.xfail", "pytest.mark.skip") and node.args
    return not (has_reason or positional)


def silent_ignore(module: Module) -> Iterator[str]:
    for number, line in enumerate(module.lines, start=1):
        marker = re.search(r"# (?:type: ignore|noqa)\b", line)
        if marker and not REASONED.search(line[marker.start() :]) and "tests/tidy/" not in module.path:
            yield (
                f"{module.path}:{number}: silences a check without a reason. "
                "Write the code and why: '# type: ignore[code]  # why' or '# noqa: CODE - why'."
            )


_DOOR = "try:\n    f()\nexcept Exception:  # noqa: BLE001 - door: a source is run\n    pass\n"
RULES = (
    Rule(
        "every module says what it is for",
        missing_docstring,
        caught=(Module("a.py", "x = 1"), Module("a.py", "")),
        allowed=(Module("a.py", '"""Turns a window into its halves."""'),),
    ),
    Rule(
        "broad except only at three doors",
        broad_except,
        caught=(
            Module("src/secondstory/a.py", "try:\n    f()\nexcept Exception:\n    pass\n"),
            Module("src/secondstory/a.py", "try:\n    f()\nexcept (ValueError, BaseException):\n    pass\n"),
            Module("src/secondstory/a.py", "try:\n    f()\nexcept:\n    pass\n"),
            Module("bench/a.py", _DOOR),
        ),
        allowed=(
            Module("src/secondstory/a.py", _DOOR),
            Module("src/secondstory/a.py", "try:\n    f()\nexcept BaseException:\n    stop()\n    raise\n"),
            Module("bench/a.py", "try:\n    f()\nexcept (ValueError, OSError):\n    pass\n"),
        ),
    ),
    Rule(
        "tests use fakes",
        patched_internals,
        caught=(
            Module("tests/test_a.py", "from unittest.mock import Mock"),
            Module("tests/test_a.py", "with mock.patch('a.b'): pass"),
            Module("tests/test_a.py", "mocker.patch.object(a, 'b')"),
            Module("tests/test_a.py", "monkeypatch.setattr(a, 'b', 1)"),
        ),
        allowed=(Module("tests/test_a.py", "monkeypatch.setenv('TZ', 'UTC')\nroom.dispatch(1)"),),
    ),
    Rule(
        "a skip says why",
        skip_without_reason,
        caught=(
            Module("tests/test_a.py", "@pytest.mark.skip\ndef test_a(): pass"),
            Module("tests/test_a.py", "@pytest.mark.skipif(True)\ndef test_a(): pass"),
            Module("tests/test_a.py", "def test_a():\n    pytest.skip()"),
        ),
        allowed=(
            Module("tests/test_a.py", "@pytest.mark.skipif(True, reason='no PostgreSQL')\ndef test_a(): pass"),
            Module(
                "tests/test_a.py",
                "def test_a():\n    pytest.skip('no PostgreSQL: apt-get install postgresql')",
            ),
        ),
    ),
    Rule(
        "a silenced check says why",
        silent_ignore,
        caught=(
            Module("src/secondstory/a.py", "x = f()  # type: ignore"),
            Module("src/secondstory/a.py", "x = f()  # type: ignore[arg-type]"),
            Module("src/secondstory/a.py", "x = f()  # noqa: E501"),
        ),
        allowed=(
            Module("src/secondstory/a.py", "x = f()  # type: ignore[arg-type]  # the stub lacks the keyword"),
            Module("src/secondstory/a.py", "x = f()  # noqa: S101 - the assert is the contract"),
        ),
    ),
)
