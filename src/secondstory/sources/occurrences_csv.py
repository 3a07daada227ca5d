"""A CSV table of what happened (deploys, alerts, chat, commands) to occurrences.

The first line names the columns: `time` and `kind` are needed; `service`, `title`, `body`, `actor`, `url` and
`attributes` (a JSON object) are known; any further column becomes an attribute. Cells may be quoted and span lines.
`change_request`, `reviewers`, `checks` and `tests` of a deploy tell what let it pass.
"""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8
from collections.abc import Iterator

import orjson

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import ChangeAttribute, Mapping, OccurrenceKind, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.change_records import NONE
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import text_of
from secondstory.sources.reading.labels import as_text, split_labels
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_rows
from secondstory.sources.reading.times import NO_TIME, micros_of
from secondstory.texts import say

NEEDED = ("time", "kind")
KNOWN = (*NEEDED, "service", "title", "body", "actor", "url", "attributes")

_CHANGE: dict[str, str] = {
    "change_request": ChangeAttribute.REQUEST.value,
    "reviewers": ChangeAttribute.REVIEWERS.value,
    "checks": ChangeAttribute.CHECKS.value,
    "tests": ChangeAttribute.TESTS.value,
}
_KINDS = tuple(kind.value for kind in OccurrenceKind)


def recognise(head: FileHead) -> bool:
    """True where the first line names a time and a kind."""
    first = head.head.removeprefix(BOM_UTF8).split(b"\n", 1)[0].decode(errors="replace")
    return set(NEEDED) <= set(_header(first.strip().split(",")))


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All occurrences. Raises BadInput where a needed column is missing."""
    rejects = Rejects(block.path)
    cells = _cells(text_of(block, rejects), rejects)
    _, names = next(cells, (1, []))
    header = _header(names)
    for column in NEEDED:
        if column not in header:
            problem = say("sources.csv_header", path=block.path, column=column)
            raise BadInput(problem, say("sources.document_next"))
    rows: list[tuple[object, ...]] = []
    people: set[str] = set()
    for line, values in cells:
        if len(values) != len(header):
            rejects.add("csv_cells", line, found=len(values), wanted=len(header))
            continue
        row = _row(dict(zip(header, values, strict=True)), line, mapping, rejects)
        if row is not None:
            rows.append(row)
            people.update(_reviewers(str(row[-1])))
    tables = table_of_rows(TableName.OCCURRENCES, rows)
    return Parsed(tables=tables, rejects=rejects.found(), people=tuple(sorted(people)))


def _header(names: list[str]) -> list[str]:
    return [name.strip().strip('"').lower() for name in names]


def _cells(text: str, rejects: Rejects) -> Iterator[tuple[int, list[str]]]:
    """(line that the row begins in, its cells); blank lines are passed over."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            values = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            rejects.add("csv_unreadable", line, problem=error)
            continue
        if values:
            yield line, values


def _row(cells: dict[str, str], line: int, mapping: Mapping, rejects: Rejects) -> tuple[object, ...] | None:
    time = micros_of(cells["time"])
    kind = cells["kind"].strip().lower()
    if not cells["time"].strip():
        rejects.add("time_missing", line)
    elif time == NO_TIME:
        rejects.add("time_unreadable", line)
    elif kind not in _KINDS:
        rejects.add("kind_unknown", line, known=", ".join(_KINDS))
    else:
        attributes = _attributes(cells, line, rejects)
        _, instance, version, environment, rest = split_labels(attributes, mapping)
        who = (mapping.service(cells.get("service", "").strip()), instance, version, environment, "{}")
        texts = (cells.get("title", ""), cells.get("body", ""), cells.get("actor") or None, cells.get("url") or None)
        return (time, *who, kind, *texts, rest)
    return None


def _attributes(cells: dict[str, str], line: int, rejects: Rejects) -> dict[str, str]:
    further: dict[str, str] = {
        _CHANGE.get(name, name): value for name, value in cells.items() if name not in KNOWN and value
    }
    text = cells.get("attributes", "").strip()
    if not text:
        return further
    try:
        given = orjson.loads(text)
    except orjson.JSONDecodeError:
        given = None
    if not isinstance(given, dict):
        rejects.add("attributes_unreadable", line)
        return further
    given = {str(key): as_text(value) for key, value in given.items()}
    return further | {_CHANGE.get(key, key): value for key, value in given.items()}


def _reviewers(attributes: str) -> list[str]:
    given = orjson.loads(attributes).get(ChangeAttribute.REVIEWERS.value, "")
    return [name.strip() for name in given.split(",") if name.strip() not in ("", NONE)]


EXTENSION = SourceExtension(
    name="occurrences_csv",
    summary="CSV tables of deploys, alerts, chat and other occurrences",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
