"""Settings of an organisation as files in the data directory, which any editor may open."""

from __future__ import annotations

from pathlib import Path
from typing import TypeVar

import orjson

from secondstory.model.codec import canonical_json, decode
from secondstory.model.errors import BadInput
from secondstory.texts import say

T = TypeVar("T")


def read_settings(path: Path, kind: type[T], default: T) -> T:
    """What the file says, or the default where there is none. Raises BadInput where it was broken by hand."""
    try:
        return decode(path.read_bytes(), kind) if path.is_file() else default
    except (BadInput, ValueError) as error:
        fault = error.what if isinstance(error, BadInput) else str(error)
        raise BadInput(say("policy.damaged", path=path, fault=fault), say("policy.damaged_next")) from error


def write_settings(path: Path, value: object) -> None:
    """In one step, so that a killed process leaves the old file or the new one."""
    fresh = path.with_suffix(".new")
    fresh.write_bytes(orjson.dumps(orjson.loads(canonical_json(value)), option=orjson.OPT_INDENT_2))
    fresh.replace(path)
