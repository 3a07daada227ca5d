"""A JSON document, an array or JSON lines to records with their places; what is damaged costs only itself.

A whole document is read at once, and its records are counted. Anything else (one object a line, a file that was cut
off, one damaged record) is read record by record, going on at the next line that begins as the first record did.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import orjson

from secondstory.model.errors import BadInput
from secondstory.ports import Block
from secondstory.sources.reading.documents import text_of
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

Record = tuple[int, dict[str, Any]]
"""Line of the record, or its number in an array, and what it holds."""

_FIRST = re.compile(r"[\s\[]*(?<![^\s\[])(?P<record>\{)")
_NEXT = re.compile(r"[\s,\]]*")
_DECODER = json.JSONDecoder()


def json_objects(block: Block, rejects: Rejects, *lists: str) -> list[Record]:
    """The objects of a file: those of its array, or of the arrays under the keys `lists`, or the file's one.

    Raises BadInput where nothing in it is an object.
    """
    text = text_of(block, rejects)
    try:
        document = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        found = list(_salvaged(text, block.first_line, rejects, lists))
        if found:
            return found
        problem = say("sources.json_document", path=block.path, problem=error)
        raise BadInput(problem, say("sources.document_next")) from error
    if isinstance(document, dict):
        found = [document[key] for key in lists if isinstance(document.get(key), list)]
        document = [item for part in found for item in part] if found else [document]
    if not isinstance(document, list):
        problem = say("sources.json_document", path=block.path, problem=say("sources.no_objects"))
        raise BadInput(problem, say("sources.document_next"))
    for place, item in enumerate(document, start=1):
        if not isinstance(item, dict):
            rejects.add("record_no_object", place)
    return [(place, item) for place, item in enumerate(document, start=1) if isinstance(item, dict)]


def _salvaged(text: str, first_line: int, rejects: Rejects, lists: tuple[str, ...]) -> Iterator[Record]:
    inside = re.search(rf'"(?:{"|".join(lists)})"\s*:\s*\[', text) if lists else None
    begin = _FIRST.match(text, inside.end() if inside else 0)
    if begin is None:
        return
    place, line, counted = begin.start("record"), first_line, 0
    indent = text[text.rfind("\n", 0, place) + 1 : place]
    following = re.compile(rf"^{re.escape(indent)}\{{", re.MULTILINE) if not indent.strip() else None
    while place < len(text):
        line += text.count("\n", counted, place)
        counted = place
        end = _end(text, place)
        item = _object(text[place:end]) if end > 0 else None
        if item is not None:
            yield line, item
        elif text[place] == "}" and inside:
            return  # what closes the object around the array
        else:
            rejects.add("record_damaged", line)
        if end <= 0:
            resumed = following.search(text, place + 1) if following else None
            end = resumed.end() - 1 if resumed else len(text)
        place = _past(text, end)


def _past(text: str, end: int) -> int:
    found = _NEXT.match(text, end)
    return found.end() if found else end


def _end(text: str, place: int) -> int:
    """Where the value that begins here ends, or -1."""
    try:
        return int(_DECODER.raw_decode(text, place)[1])
    except (ValueError, RecursionError):
        return -1


def _object(text: str) -> dict[str, Any] | None:
    try:
        item = orjson.loads(text)
    except orjson.JSONDecodeError:
        return None
    return item if isinstance(item, dict) else None
