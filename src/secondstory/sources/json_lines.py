"""Logs of one JSON object a line, of any common logging library, to log rows.

Regular lines are read as columns, some thousand at once; where that fails, line by line, so that a damaged line or a
key that changes its type costs its surroundings some speed and nothing else.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator, Sequence

import orjson
import pyarrow as pa

from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.columns import Columns
from secondstory.sources.reading.cutting import cut_lines, line_end
from secondstory.sources.reading.json_columns import WIDTH, columns_of_lines, columns_of_objects, names_of
from secondstory.sources.reading.json_records import beginning
from secondstory.sources.reading.log_fields import MESSAGE_KEYS, TIME_KEYS, log_table
from secondstory.sources.reading.rejects import Rejects

BATCH_BYTES = 2 * 1024 * 1024
"""Few enough for what is decoded to stay near the processor, enough to spread the cost of a column's call."""

_KEYS = frozenset((*TIME_KEYS, *MESSAGE_KEYS))
_OTHERS = frozenset(
    (
        "resourceSpans",
        "resourceLogs",
        "resourceMetrics",
        "involvedObject",
        "regarding",
        "alerts",
        "evalMatches",
        "ruleUrl",
    )
)
"""Keys of objects that have a message or a time, and a source of their own."""


def recognise(head: FileHead) -> bool:
    """True where the first whole lines hold an object with a time or a message of its own."""
    lines = head.head.removeprefix(BOM_UTF8).strip().split(b"\n")
    whole = lines[:-1] or lines
    candidates = [line for line in whole[:20] if line.startswith(b"{")]  # an indented one is a part of a document
    if any(_is_log(_decoded(line)) for line in candidates):
        return True
    # One line that is longer than what we were shown: its first keys must do.
    return len(lines) == 1 and candidates != [] and not lines[0].endswith(b"}") and _is_log(beginning(lines[0]))


def _is_log(item: object) -> bool:
    if not isinstance(item, dict) or _OTHERS & set(item):
        return False
    return any(not isinstance(item[key], dict | list) for key in _KEYS & set(item))


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All lines of a block; blank ones are passed over, such as hold no object are rejects."""
    rejects = Rejects(block.path)
    batches = _batches(block, rejects)
    tables = [table for columns, lines in batches if (table := log_table(columns, lines, mapping, rejects)) is not None]
    rows = ((TableName.LOGS, pa.concat_tables(tables).combine_chunks()),) if tables else ()
    return Parsed(tables=rows, rejects=rejects.found())


def _batches(block: Block, rejects: Rejects) -> Iterator[tuple[Columns, Sequence[int]]]:
    """Columns of a stretch of lines, and the number of the line that each row stands in."""
    data = block.data.removeprefix(BOM_UTF8)
    texts = pa.schema([])
    start, line = 0, block.first_line
    while start < len(data):
        end = line_end(data, start + BATCH_BYTES)
        stretch = data[start:end] if end > 0 else data[start:]
        count = stretch.count(b"\n") + (not stretch.endswith(b"\n"))
        columns, texts = columns_of_lines(stretch, count, texts)
        if columns is not None:
            yield columns, range(line, line + count)
        else:
            for objects, lines in _narrow(_objects(stretch, line, rejects)):
                yield columns_of_objects(objects), lines
        start += len(stretch)
        line += count


Batch = tuple[list[dict[str, object]], list[int]]
"""Decoded objects and the number of the line that each stands in."""


def _objects(stretch: bytes, first: int, rejects: Rejects) -> Batch:
    """Line by line, so that a damaged one costs only itself."""
    objects: list[dict[str, object]] = []
    lines: list[int] = []
    for number, text in enumerate(stretch.split(b"\n"), start=first):
        item = _decoded(text)
        if item is None and text.strip():
            item = _repaired(text, number, rejects)
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
    """A line whose only defect are zero bytes, or bytes that are not UTF-8, is kept without or with signs for them."""
    item = _decoded(line.replace(b"\0", b"").decode(errors="replace").encode())
    rejects.add("json_unreadable" if item is None else "zero_bytes" if b"\0" in line else "text_replaced", number)
    return item


def _narrow(batch: Batch) -> Iterator[Batch]:
    """The batch, halved until each part has a bearable number of different keys; nothing for an empty one."""
    waiting = [batch] if batch[0] else []
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
