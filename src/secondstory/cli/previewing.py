"""What an import would make of a path, as tables for a person; and corrections of it as they are typed."""

from __future__ import annotations

from secondstory.cli.session import print_table, say_line
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.preview_import import ImportPreview, LabelUse, PreviewedFile

_SERVICES = 40
_LABELS = 30

Corrections = tuple[tuple[tuple[str, tuple[str, ...]], ...], tuple[tuple[str, str], ...]]
"""Labels by column, and aliases, as `preview_import.corrected` takes them."""


def corrections(maps: list[str], aliases: list[str]) -> Corrections:
    """The options `--map service=job,app` and `--alias seen=meant` as values. Raises BadInput on another shape."""
    labels = [_pair("--map", given) for given in maps]
    by_column = tuple((column, tuple(name.strip() for name in names.split(","))) for column, names in labels)
    return by_column, tuple(_pair("--alias", given) for given in aliases)


def print_preview(preview: ImportPreview) -> None:
    """Files, labels and services; nothing is stored yet."""
    columns = ("file", "read by", "rows looked at", "rows left out")
    print_table(f"Preview of recording {preview.recording}", columns, [_file(file) for file in preview.files])
    for file in preview.files:
        if file.failure:
            say_line(file.failure)
    used = [label for label in preview.labels if label.becomes]
    print_table("Labels that become something", ("label", "becomes", "rows", "values", "such as"), _labels(used))
    others = [label for label in preview.labels if not label.becomes][:_LABELS]
    print_table("Other labels", ("label", "becomes", "rows", "values", "such as"), _labels(others))
    named = [(name.seen or "(none)", name.meant or "(none)", f"{name.rows:,}") for name in preview.services]
    print_table("Services", ("in the files", "will be called", "rows"), named[:_SERVICES])
    if len(named) > _SERVICES:
        say_line(f"and {len(named) - _SERVICES:,} more.")
    say_line("Nothing is stored yet. Correct it with --map service=LABEL,LABEL and --alias SEEN=MEANT, then import")
    say_line("without --preview; the recording remembers it.")


def _pair(option: str, given: str) -> tuple[str, str]:
    left, equals, right = (part.strip() for part in given.partition("="))
    if not (left and equals and right):
        next_step = say("imports.map_next" if option == "--map" else "imports.alias_next")
        raise BadInput(say("imports.option_shape", option=option, given=given), next_step)
    return left, right


def _file(file: PreviewedFile) -> tuple[str, ...]:
    rows = ", ".join(f"{number:,} {table}" for table, number in file.rows) or "–"
    more = "" if file.whole else " (the beginning)"
    return (file.path, file.source or "nobody", rows + more, f"{file.rejected_rows:,}")


def _labels(labels: list[LabelUse]) -> list[tuple[str, ...]]:
    return [
        (
            label.label or "(told by the format)",
            label.becomes or "stays a label",
            f"{label.rows:,}",
            f"{label.values:,}",
            ", ".join(f"{value} ({rows:,})" for value, rows in label.examples),
        )
        for label in labels
    ]
