"""OTLP in protobuf, as the Collector's file exporter writes it, to logs, metrics and spans.

A file is a row of Export{Logs,Metrics,Trace}ServiceRequest messages, each behind its length in four big-endian bytes,
or one such message alone. One file may mix signals. `Block.first_line` counts messages.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from google.protobuf.message import DecodeError
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest

from secondstory.model.errors import BadInput
from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading import cutting
from secondstory.sources.reading.otlp import OtlpRows
from secondstory.sources.reading.protobuf import add_logs, add_metrics, add_spans
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.wire import MESSAGE_LIMIT, PREFIX_BYTES, is_bare, message_size, signal_of
from secondstory.texts import say

_READERS: dict[TableName, tuple[Any, Callable[[Any, OtlpRows, Mapping], None]]] = {
    TableName.LOGS: (ExportLogsServiceRequest, add_logs),
    TableName.METRICS: (ExportMetricsServiceRequest, add_metrics),
    TableName.SPANS: (ExportTraceServiceRequest, add_spans),
}


def recognise(head: FileHead) -> bool:
    """True where the first message that carries records is one of OTLP."""
    if is_bare(head.head):
        return signal_of(head.head) is not None
    start = 0
    while len(head.head) > start + PREFIX_BYTES:
        size = message_size(head.head, start)
        if size > MESSAGE_LIMIT:
            return False
        if size:
            return signal_of(head.head[start + PREFIX_BYTES : start + PREFIX_BYTES + size]) is not None
        start += PREFIX_BYTES
    return False


def cut(path: str, chunks: Iterable[bytes]) -> Iterator[Block]:
    """Blocks of whole messages; what follows a damaged length stays together as the last block.

    Raises BadInput where that is beyond `LARGEST_BYTES`.
    """
    waiting = bytearray()
    number, first, end = 1, 1, 0  # messages found so far, the block's first, where the last of them ends
    readable = True
    for chunk in chunks:
        waiting += chunk
        readable = readable and not is_bare(waiting)
        while readable and len(waiting) >= end + PREFIX_BYTES:
            size = message_size(waiting, end)
            readable = size <= MESSAGE_LIMIT
            if not readable or len(waiting) < end + PREFIX_BYTES + size:
                break
            end += PREFIX_BYTES + size
            number += 1
            if end >= cutting.BLOCK_BYTES:
                yield Block(path, first, bytes(waiting[:end]))
                del waiting[:end]
                first, end = number, 0
        if len(waiting) > cutting.LARGEST_BYTES:
            raise BadInput(
                say("sources.record_too_large", path=path, line=number, limit_mb=cutting.LARGEST_BYTES >> 20)
            )
    if waiting:
        yield Block(path, first, bytes(waiting))


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All messages of the block; a damaged one costs only its own rows as long as its length holds."""
    rows = OtlpRows(Rejects(block.path), block.first_line)
    for data in _messages(block, rows):
        signal = signal_of(data)
        if signal is None:
            _without_records(data, rows)
            continue
        kind, add = _READERS[signal]
        try:
            message = kind.FromString(data)
        except DecodeError:
            rows.rejects.add("otlp_undecodable", rows.line, signal=signal.value)
            continue
        add(message, rows, mapping)
    return rows.parsed()


def _messages(block: Block, rows: OtlpRows) -> Iterator[bytes]:
    """The messages of a block; `rows.line` counts along."""
    data = block.data
    if is_bare(data):
        yield data
        return
    place = 0
    while place < len(data):
        size = message_size(data, place)
        present = len(data) - place - PREFIX_BYTES
        if size > MESSAGE_LIMIT:
            rows.rejects.add("otlp_length", rows.line, declared=size, limit=MESSAGE_LIMIT)
            return
        if present < size:
            rows.rejects.add("otlp_cut_off", rows.line, present=max(present, 0), declared=size)
            return
        yield data[place + PREFIX_BYTES : place + PREFIX_BYTES + size]
        place += PREFIX_BYTES + size
        rows.line += 1


def _without_records(data: bytes, rows: OtlpRows) -> None:
    """A message without records is sound where it decodes: exporters send such ones when nothing happened."""
    try:
        ExportTraceServiceRequest.FromString(data)
    except DecodeError:
        rows.rejects.add("otlp_unknown", rows.line)


EXTENSION = SourceExtension(
    name="otlp_protobuf",
    summary="OpenTelemetry protobuf files: messages behind four-byte lengths, or one message alone",
    recognise=recognise,
    cut=cut,
    parse=parse,
)
