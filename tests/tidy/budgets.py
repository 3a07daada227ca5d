"""Budgets: a file, a function, a list of arguments and a nest of blocks end before a reader is lost."""

import ast
from collections.abc import Iterator

from .rule import Rule
from .source import Module, functions, where

FILE_LINES = 400
FUNCTION_LINES = 60
ARGUMENTS = 6
NESTING = 3

BLOCKS = (ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith, ast.Try, ast.TryStar, ast.Match)


def long_file(module: Module) -> Iterator[str]:
    if len(module.lines) > FILE_LINES:
        yield (
            f"{module.path}: {len(module.lines)} lines, {FILE_LINES} allowed. "
            "Make it a folder of the same name with one file for each noun."
        )


def long_function(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > FUNCTION_LINES:
            yield (
                f"{where(module, function)}: {function.name}: {length} lines, {FUNCTION_LINES} allowed. "
                "Keep the branches here and move each arm into a function of its own."
            )


def many_arguments(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        args = function.args
        named = [arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs)]
        count = len([name for name in named if name not in ("self", "cls")])
        count += (args.vararg is not None) + (args.kwarg is not None)
        if count > ARGUMENTS:
            yield (
                f"{where(module, function)}: {function.name}: {count} arguments, {ARGUMENTS} allowed. "
                "What travels together is a frozen dataclass."
            )


def deep_nesting(module: Module) -> Iterator[str]:
    for function in functions(module.tree):
        depth = max((_depth(statement, 0) for statement in function.body), default=0)
        if depth > NESTING:
            yield (
                f"{where(module, function)}: {function.name} nests {depth} blocks, {NESTING} allowed. "
                "Return early, or give the inner block a name."
            )


def _depth(node: ast.AST, above: int) -> int:
    if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return above  # an inner function is measured on its own
    here = above + isinstance(node, BLOCKS)
    deepest = here
    for name, value in ast.iter_fields(node):
        children = value if isinstance(value, list) else [value]
        # `elif` is an If alone in the orelse of an If: a reader sees one level, so one is counted.
        flat = name == "orelse" and isinstance(node, ast.If) and len(children) == 1 and isinstance(children[0], ast.If)
        inner = (_depth(child, above if flat else here) for child in children if isinstance(child, ast.AST))
        deepest = max(deepest, *inner, here)
    return deepest


_NEST = "def f(x):\n  if x:\n    for y in x:\n      with y:\n        {}\n"
RULES = (
    Rule(
        "file at most 400 lines",
        long_file,
        caught=(Module("src/secondstory/a.py", "x = 1\n" * 401),),
        allowed=(Module("src/secondstory/a.py", "x = 1\n" * 400),),
    ),
    Rule(
        "function at most 60 lines",
        long_function,
        caught=(Module("a.py", "def f():\n" + "    x = 1\n" * 60),),
        allowed=(Module("a.py", "def f():\n" + "    x = 1\n" * 59),),
    ),
    Rule(
        "at most six arguments",
        many_arguments,
        caught=(
            Module("a.py", "def f(a, b, c, d, /, e, *, f, g): pass"),
            Module("a.py", "def f(a,b,c,d,e,f,*g): pass"),
        ),
        allowed=(Module("a.py", "def f(self, a, b, c, d, e, f): pass"),),
    ),
    Rule(
        "at most three nested blocks",
        deep_nesting,
        caught=(Module("a.py", _NEST.format("while x: pass")),),
        allowed=(
            Module("a.py", _NEST.format("return 1")),
            Module(
                "a.py",
                "def f(x):\n  if x: pass\n  elif x: pass\n  elif x: pass\n  elif x: pass\n  else: pass\n",
            ),
        ),
    ),
)
