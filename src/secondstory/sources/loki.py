"""Answers of Loki's `query_range` as JSON to logs.

Labels of the stream, structured metadata and, where a line is a JSON object, its fields are all looked at; the time is
Loki's. `Block.first_line` counts streams.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import orjson
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.json_columns import columns_of_objects
from secondstory.sources.reading.json_records import Layout, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.line_facts import line_facts
from secondstory.sources.reading.log_fields import MESSAGE_KEYS, log_table
from secondstory.sources.reading.rejects import Rejects

LAYOUT = Layout(b'{"data":{"result":[', ("stream", "values"))
BATCH = 8192  # lines; few enough for their different keys to fit into columns

_TIME, _LINE = "time", "message"
_CATEGORIES = ("structuredMetadata", "parsed")

Entry = tuple[int, dict[str, object]]
"""The number of the stream, and all that is known of a line under the names that a logging library would use."""


def recognise(head: FileHead) -> bool:
    """True for an answer with streams, and for a bare list of them."""
    if not head.start.startswith((b"{", b"[")):
        return False
    match beginning(head.start):
        case {"data": {"resultType": "streams"}} | {"data": {"result": [{"stream": {}}, *_]}}:
            return True
        case [{"stream": {}}, *_]:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All lines of the block. Raises BadInput on a file that holds no stream and is no whole answer either."""
    rejects = Rejects(block.path)
    tables = [table for batch in _batches(block, rejects) if (table := _table(batch, mapping, rejects)) is not None]
    rows = ((TableName.LOGS, pa.concat_tables(tables).combine_chunks()),) if tables else ()
    return Parsed(tables=rows, rejects=rejects.found())


def _batches(block: Block, rejects: Rejects) -> Iterator[list[Entry]]:
    waiting: list[Entry] = []
    for number, record in records_of(block, LAYOUT, rejects):
        labels, values = record.get("stream"), record.get("values")
        if not isinstance(labels, dict) or not isinstance(values, list):
            if "stream" in record or "values" in record or not _is_empty(record):
                rejects.add("stream_shape", number)
            continue
        for value in values:
            entry = _entry(labels, value)
            if entry is None:
                rejects.add("entry_shape", number)
            else:
                waiting.append((number, entry))
            if len(waiting) >= BATCH:
                yield waiting
                waiting = []
    if waiting:
        yield waiting


def _is_empty(record: dict[str, Any]) -> bool:
    data = record.get("data")
    return isinstance(data, dict) and data.get("result") in ([], None) and record.get("status") == "success"


def _entry(labels: dict[str, Any], value: Any) -> dict[str, object] | None:
    """A line with what its stream, its metadata and itself say; None where it is no pair of a time and a text."""
    match value:
        case [str() | int() as time, str() as line]:
            metadata: dict[str, Any] = {}
        case [str() | int() as time, str() as line, dict() as metadata]:
            pass
        case _:
            return None
    told: dict[str, object] = _fields(line)
    if not any(told.get(key) for key in MESSAGE_KEYS):
        told[_LINE] = line
    told |= labels
    for category in _CATEGORIES:  # asked for by categories, metadata comes in two parts
        part = metadata.get(category)
        told |= part if isinstance(part, dict) else {}
    told |= {name: text for name, text in metadata.items() if not isinstance(text, dict)}
    return {**told, _TIME: str(time)}


def _fields(line: str) -> dict[str, object]:
    """The fields of a line that is a JSON object, else none."""
    if not line.startswith("{"):
        return {}
    try:
        fields = orjson.loads(line)
    except orjson.JSONDecodeError:
        return {}
    return fields if isinstance(fields, dict) else {}


def _table(batch: list[Entry], mapping: Mapping, rejects: Rejects) -> pa.Table | None:
    """The rows of a batch; what no field says is looked for in the text, as in plain logs."""
    columns = columns_of_objects([entry for _, entry in batch])
    rows = log_table(columns, [number for number, _ in batch], mapping, rejects)
    if rows is None:
        return None
    texts = rows["body"].combine_chunks()
    facts = line_facts(texts, mapping, pa.nulls(len(texts), pa.string()), "")
    known = rows["severity_number"].combine_chunks()
    severity = pc.if_else(pc.greater(known, 0), known, pa.array(facts.severity.astype(np.int8)))
    found = {"severity_number": severity} | {
        name: pc.coalesce(rows[name].combine_chunks(), column)
        for name, column in (("trace_id", facts.trace_id), ("span_id", facts.span_id))
    }
    for name, column in found.items():
        rows = rows.set_column(rows.schema.get_field_index(name), rows.schema.field(name), column)
    return rows


EXTENSION = SourceExtension(
    name="loki",
    summary="Loki query_range answers in JSON: log lines with labels and structured metadata",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening),
    parse=parse,
)
