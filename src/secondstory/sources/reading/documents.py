"""Small definition files (TOML, YAML) to plain objects, and safe ways of taking fields out of them."""

from __future__ import annotations

import tomllib
from codecs import BOM_UTF8
from datetime import datetime
from typing import Any

import yaml

from secondstory.model.errors import BadInput
from secondstory.model.window import Window, parse_time
from secondstory.ports import Block
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say


class Unusable(Exception):
    """A field is missing or wrong; the text says which and why. Never leaves the connector."""


def text_of(block: Block, rejects: Rejects) -> str:
    """The file as text; bytes that are no UTF-8 are replaced, and counted."""
    data = block.data.removeprefix(BOM_UTF8)
    try:
        return data.decode()
    except UnicodeDecodeError as error:
        rejects.add("text_replaced", data.count(b"\n", 0, error.start) + 1)
        return data.decode(errors="replace")


def toml_of(block: Block, rejects: Rejects) -> dict[str, Any]:
    """A TOML document. Raises BadInput where it cannot be read."""
    try:
        return tomllib.loads(text_of(block, rejects).replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        raise _bad("toml_document", block, error) from error


def yaml_of(block: Block, rejects: Rejects) -> list[tuple[int, Any]]:
    """(line, document) of each document of a YAML file. Raises BadInput where it cannot be read."""
    content = text_of(block, rejects)
    try:
        lines = [node.start_mark.line + 1 for node in yaml.compose_all(content, yaml.SafeLoader)]
        return list(zip(lines, yaml.safe_load_all(content), strict=True))
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise _bad("yaml_document", block, " ".join(str(error).split())) from error


def window_of(document: dict[str, Any], field: str) -> Window:
    """A table with `start` and `end`."""
    given = section(document, field)
    try:
        return Window(_time(given.get("start")), _time(given.get("end")))
    except ValueError as error:
        raise Unusable(say("sources.field_wrong", field=field, problem=error)) from error


def time_text(given: dict[str, Any], field: str) -> str | None:
    """A time as text with its offset, or None where there is none."""
    value = given.get(field)
    if value is None:
        return None
    try:
        return _time(value).isoformat().replace("+00:00", "Z")
    except ValueError as error:
        raise Unusable(say("sources.field_wrong", field=field, problem=error)) from error


def section(document: dict[str, Any], field: str) -> dict[str, Any]:
    """A table inside the document; {} where it is missing."""
    value = document.get(field)
    if value is None:
        return {}
    if not isinstance(value, dict):
        raise Unusable(say("sources.field_wrong", field=field, problem="a table of fields is needed"))
    return value


def items(document: dict[str, Any], field: str) -> list[Any]:
    """A list inside the document; [] where it is missing."""
    value = document.get(field)
    if value is None:
        return []
    if not isinstance(value, list):
        raise Unusable(say("sources.field_wrong", field=field, problem="a list is needed"))
    return value


def text(document: dict[str, Any], field: str, default: str | None = None) -> str:
    """A text inside the document. Raises Unusable where it is missing and has no default."""
    value = document.get(field)
    if value is None and default is not None:
        return default
    if value is None:
        raise Unusable(say("sources.field_missing", field=field))
    if not isinstance(value, str | int | float) or isinstance(value, bool):
        raise Unusable(say("sources.field_wrong", field=field, problem="a text is needed"))
    return str(value)


def _time(value: object) -> datetime:
    if isinstance(value, datetime):
        return parse_time(value.isoformat())
    if isinstance(value, str):
        return parse_time(value)
    raise ValueError(f"{value!r} is no time")


def _bad(key: str, block: Block, problem: object) -> BadInput:
    return BadInput(say(f"sources.{key}", path=block.path, problem=problem), say("sources.document_next"))
