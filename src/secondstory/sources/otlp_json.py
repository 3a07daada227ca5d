"""OTLP in JSON, one request a line as the Collector's file exporter writes it or one document, to rows."""

from __future__ import annotations

import re
from codecs import BOM_UTF8
from collections.abc import Iterable, Iterator
from itertools import chain
from typing import Any

import orjson

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import DOCUMENT_BYTES, cut_lines, cut_whole
from secondstory.sources.reading.otlp import OtlpRows
from secondstory.sources.reading.otlp_objects import add_request
from secondstory.sources.reading.otlp_repair import repaired
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

_LINE = re.compile(rb'^\{\s*"resource(?:Spans|Logs|Metrics)"\s*:', re.MULTILINE)


def recognise(head: FileHead) -> bool:
    """True where the first key of the first object is one of OTLP's three."""
    return _LINE.match(head.start) is not None


def cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks of whole lines, or the whole file where one request is spread over lines."""
    chunk_iterator = iter(chunks)
    begin = b""
    for chunk in chunk_iterator:
        begin += chunk
        if b"\n" in begin.lstrip() or len(begin) > DOCUMENT_BYTES:  # the cutting below says that this is too much
            break
    # A first line that is no whole object may be damaged, or the begin of a document over many lines, which are small.
    lines = _by_lines(begin.removeprefix(BOM_UTF8).lstrip().split(b"\n", 1)[0])
    yield from (cut_lines if lines else cut_whole)(path, chain([begin], chunk_iterator))


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All requests of the block. Raises BadInput on a document that is spread over lines and damaged."""
    rows = OtlpRows(Rejects(block.path), block.first_line)
    if not _by_lines(block.data):
        _add_document(block, rows, mapping)
        return rows.parsed()
    for number, line in enumerate(block.data.split(b"\n"), start=block.first_line):
        rows.line = number
        text = line.removeprefix(BOM_UTF8).strip()
        if text:
            _add_line(text, rows, mapping)
    return rows.parsed()


def _add_document(block: Block, rows: OtlpRows, mapping: Mapping) -> None:
    request = _request(block.data.removeprefix(BOM_UTF8), rows)
    if request is None:
        problem = say("sources.json_document", path=block.path, problem=say("sources.no_record"))
        raise BadInput(problem, say("sources.document_next"))
    add_request(request, rows, mapping)


def _add_line(text: bytes, rows: OtlpRows, mapping: Mapping) -> None:
    request = _request(text, rows)
    if request is not None:
        add_request(request, rows, mapping)


def _request(data: bytes, rows: OtlpRows) -> dict[str, Any] | None:
    try:
        request = orjson.loads(data)
    except orjson.JSONDecodeError:
        return repaired(data, rows.line, rows.rejects)
    if not isinstance(request, dict):
        rows.rejects.add("json_unreadable", rows.line)
        return None
    return request


def _by_lines(data: bytes) -> bool:
    """True where the first line with content is a whole object, or damaged and followed by others."""
    first, _, rest = data.removeprefix(BOM_UTF8).lstrip().partition(b"\n")
    whole = first.rstrip().endswith(b"}") and _is_json(first)
    return whole or not first.startswith(b"{") or _LINE.search(rest) is not None


def _is_json(text: bytes) -> bool:
    try:
        orjson.loads(text)
    except orjson.JSONDecodeError:
        return False
    return True


EXTENSION = SourceExtension(
    name="otlp_json",
    summary="OpenTelemetry JSON files: one request a line, or one document",
    recognise=recognise,
    cut=cut,
    parse=parse,
)
