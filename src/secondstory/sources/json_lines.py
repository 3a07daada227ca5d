"""Logs of one JSON object a line, of any common logging library, to log rows.

Lines are decoded one by one, so that a damaged line costs only itself, and then handled as columns. Measured against
it: pyarrow's and DuckDB's JSON readers decode half as fast, and give up a whole block where a key changes its type.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import orjson
import pyarrow as pa

from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.columns import WIDTH, Columns, names_of
from secondstory.sources.reading.cutting import cut_lines
from secondstory.sources.reading.log_fields import MESSAGE_KEYS, TIME_KEYS, log_table
from secondstory.sources.reading.rejects import Rejects

BATCH_LINES = 4096
"""Few enough for the decoded objects to stay near the processor, enough to spread the cost of a column's call."""

_BOM = b"\xef\xbb\xbf"
_KEY = re.compile(rb'"(?:' + b"|".join(re.escape(key.encode()) for key in (*TIME_KEYS, *MESSAGE_KEYS)) + rb')"\s*:')
_OTLP = re.compile(rb'\{\s*"resource(?:Spans|Logs|Metrics)"\s*:')


def recognise(head: FileHead) -> bool:
    """True where the first whole lines hold an object with a time or a message."""
    lines = head.head.removeprefix(_BOM).strip().split(b"\n")
    whole = lines[:-1] or lines
    candidates = [line.strip() for line in whole[:20] if line.strip().startswith(b"{")]
    if not candidates or _OTLP.match(candidates[0]):
        return False
    if any(_KEY.search(line) and _decoded(line) is not None for line in candidates):
        return True
    # One line that is longer than what we were shown: its keys must do.
    return len(lines) == 1 and not lines[0].endswith(b"}") and _KEY.search(lines[0]) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All lines of a block; blank ones are passed over, such as hold no object are rejects."""
    rejects = Rejects(block.path)
    tables = [
        table
        for objects, lines in _narrow(_batches(block, rejects))
        if objects and (table := log_table(Columns(objects), lines, mapping, rejects)) is not None
    ]
    rows = ((TableName.LOGS, pa.concat_tables(tables).combine_chunks()),) if tables else ()
    return Parsed(tables=rows, rejects=rejects.found())


Batch = tuple[list[dict[str, object]], list[int]]
"""Decoded objects and the number of the line that each stands in."""


def _batches(block: Block, rejects: Rejects) -> Iterator[Batch]:
    texts = block.data.removeprefix(_BOM).split(b"\n")
    for start in range(0, len(texts), BATCH_LINES):
        stretch = texts[start : start + BATCH_LINES]
        first = block.first_line + start
        try:
            objects = list(map(orjson.loads, stretch))
        except orjson.JSONDecodeError:
            yield _one_by_one(stretch, first, rejects)
            continue
        if set(map(type, objects)) == {dict}:
            yield objects, list(range(first, first + len(objects)))
        else:
            yield _one_by_one(stretch, first, rejects)


def _one_by_one(stretch: list[bytes], first: int, rejects: Rejects) -> Batch:
    objects: list[dict[str, object]] = []
    lines: list[int] = []
    for number, line in enumerate(stretch, start=first):
        item = _decoded(line)
        if item is None and line.strip():
            item = _repaired(line, number, rejects)
        if item is not None:
            objects.append(item)
            lines.append(number)
    return objects, lines


def _decoded(line: bytes) -> dict[str, object] | None:
    try:
        item = orjson.loads(line)
    except orjson.JSONDecodeError:
        return None
    return item if isinstance(item, dict) else None


def _repaired(line: bytes, number: int, rejects: Rejects) -> dict[str, object] | None:
    """A line whose only defect are bytes that are not UTF-8 is kept, with signs in their place."""
    item = _decoded(line.decode(errors="replace").encode())
    rejects.add("json_unreadable" if item is None else "text_replaced", number)
    return item


def _narrow(batches: Iterator[Batch]) -> Iterator[Batch]:
    """Batches again, halved until each has a bearable number of different keys."""
    waiting: list[Batch] = []
    for batch in batches:
        waiting.append(batch)
        while waiting:
            objects, lines = waiting.pop()
            half = len(objects) // 2
            if half and len(names_of(objects)) > WIDTH:
                waiting += [(objects[half:], lines[half:]), (objects[:half], lines[:half])]
            else:
                yield objects, lines


EXTENSION = SourceExtension(
    name="json_lines",
    summary="Logs of one JSON object a line",
    recognise=recognise,
    cut=cut_lines,
    parse=parse,
)
