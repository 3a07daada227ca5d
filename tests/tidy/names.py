"""Names: a file is called after what it holds, and our own voice accuses nobody."""

import ast
import re
from collections.abc import Iterator

from .rule import Rule
from .source import Module, where

SHAPELESS = ("utils", "util", "helpers", "helper", "common", "manager", "service", "misc")
CLASS_ENDINGS = ("Utils", "Util", "Helper", "Helpers", "Manager", "Service", "Misc")

# The one place where these words stand, so that they can be kept out of everything else that we say.
ACCUSING = re.compile(
    r"culprit|offender|offending|perpetrator|wrongdoer"
    r"|\b(?:guilty|incompetent|negligent|careless|human[ _]error)\b",
    re.IGNORECASE,
)
# The coach knows accusing words in order to answer them, tests show it some, and the laboratory's people talk as
# people do after a bad night. Recorded chat is data and not our voice.
MAY_QUOTE = ("src/secondstory/blameless/", "src/secondstory/gameday/crew.py", "tests/", "examples/")


def shapeless_name(module: Module) -> Iterator[str]:
    for part in module.path.removesuffix(".py").split("/"):
        if part.lstrip("_") in SHAPELESS:
            yield (
                f"{module.path}: '{part}' says nothing of what is inside. "
                "Move each function to its one user, or name the file by a noun (model/window.py)."
            )
    for node in ast.walk(module.tree):
        if isinstance(node, ast.ClassDef) and node.name.endswith(CLASS_ENDINGS):
            yield f"{where(module, node)}: class {node.name}: call it by what it holds or does."


def accusing_word(path: str, text: str) -> Iterator[str]:
    """Also for prose, so it takes a path and a text rather than a module."""
    if path.startswith(MAY_QUOTE):
        return
    for number, line in enumerate(text.splitlines(), start=1):
        for found in ACCUSING.finditer(line):
            yield (
                f"{path}:{number}: '{found.group()}' accuses. "
                "Say what happened and what made it possible: change, trigger, contributing factor, gap."
            )


def accusing_module(module: Module) -> Iterator[str]:
    yield from accusing_word(module.path, module.text)


RULES = (
    Rule(
        "no shapeless names",
        shapeless_name,
        caught=(
            Module("src/secondstory/utils.py", ""),
            Module("src/secondstory/common/text.py", ""),
            Module("tests/_helpers.py", ""),
            Module("a.py", "class ReportManager: pass"),
            Module("a.py", "class OrderService: pass"),
        ),
        allowed=(
            Module("src/secondstory/model/window.py", "service = 'orders'\nclass ServiceName: pass"),
            Module("src/secondstory/model/manager_role.py", ""),
        ),
    ),
    Rule(
        "no accusing words",
        accusing_module,
        caught=(
            Module("src/secondstory/texts.py", "TITLE = 'The main culprit'"),
            Module("src/secondstory/a.py", "top_offenders = ()"),
            Module("bench/a.py", "reason = 'Human error'"),
        ),
        allowed=(
            Module("src/secondstory/texts.py", "TITLE = 'What made it possible'  # a careful reader"),
            Module("src/secondstory/blameless/rules/seeking.py", "WORDS = ('culprit',)"),
        ),
    ),
)
