"""Writes docs/reference from the code: every verb of the command line, every extension, and the API."""

import importlib
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import typer

from secondstory.cli.app import APP
from secondstory.registry import extensions
from secondstory.web.app import described_app
from secondstory.web.description import description

REFERENCE = Path(__file__).resolve().parents[1] / "docs" / "reference"
EXTENSIONS = (
    ("Sources", "secondstory.sources"),
    ("Collectors", "secondstory.sources.live"),
    ("Cause methods", "secondstory.stages.causes.methods"),
    ("Report formats", "secondstory.stages.report.formats"),
    ("Glossary terms", "secondstory.stages.glossary.terms"),
    ("Lint rules", "secondstory.blameless.lint.rules"),
    ("Renderers", "secondstory.renderers"),
    ("Sinks", "secondstory.sinks"),
    ("Game day scenarios", "secondstory.gameday.faults"),
)


def pages() -> dict[str, str]:
    """File name to text. The same code gives the same text on every machine."""
    return {"cli.md": command_page(), "extensions.md": extension_page(), "openapi.json": api_description()}


def verbs() -> tuple[str, ...]:
    """Every verb as it is typed: `show`, `gameday record`."""
    return tuple(name for name, _ in _walk(typer.main.get_command(APP), ""))


def command_page() -> str:
    root = typer.main.get_command(APP)
    parts = ["# Command line\n\nWritten by `make docs` from the code. `secondstory VERB --help` says the same.\n"]
    parts += [_verb(name, command) for name, command in _walk(root, "")]
    return "\n".join(parts)


def extension_page() -> str:
    parts = ["# Extensions\n\nWritten by `make docs` from the registry. Each is one file.\n"]
    for title, package in EXTENSIONS:
        found = extensions(importlib.import_module(package), object)
        rows = "\n".join(f"| `{extension.name}` | {extension.summary} |" for extension in found)  # type: ignore[attr-defined]  # each kind has both
        parts.append(f"## {title}\n\n| name | what it is |\n|---|---|\n{rows}\n")
    return "\n".join(parts)


def api_description() -> str:
    """What the typed client of the pages is generated from."""
    return json.dumps(description(described_app()), indent=1, sort_keys=True, ensure_ascii=False) + "\n"


# The command tree is Click's, which Typer carries in different places from version to version: hence Any.
def _walk(command: Any, prefix: str) -> Iterator[tuple[str, Any]]:
    for name, child in command.commands.items():
        if hasattr(child, "commands"):
            yield from _walk(child, f"{prefix}{name} ")
        else:
            yield f"{prefix}{name}", child


def _verb(name: str, command: Any) -> str:
    arguments = [param for param in command.params if param.param_type_name == "argument"]
    options = [param for param in command.params if param.param_type_name == "option" and param.name != "help"]
    usage = " ".join(
        [f"secondstory {name}", *(f"[{a.name.upper()}]" if not a.required else a.name.upper() for a in arguments)]
    )
    rows = [f"| `{argument.name.upper()}` | {argument.help or ''} |" for argument in arguments]
    rows += [f"| `{', '.join(option.opts)}` | {option.help or ''}{_default(option)} |" for option in options]
    table = "\n| argument or option | what it does |\n|---|---|\n" + "\n".join(rows) + "\n" if rows else ""
    return f"## secondstory {name}\n\n{command.help}\n\n```\n{usage}\n```\n{table}"


def _default(option: Any) -> str:
    plain = isinstance(option.default, str | int | float) and not isinstance(option.default, bool)
    return f" Default: `{option.default}`." if plain and option.default not in ("", 0) else ""


def main() -> int:
    REFERENCE.mkdir(parents=True, exist_ok=True)
    for name, text in pages().items():
        (REFERENCE / name).write_text(text, encoding="utf-8")
        sys.stdout.write(f"docs/reference/{name}: {len(text.splitlines())} lines\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
