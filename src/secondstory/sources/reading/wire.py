"""Protobuf's wire format, read just far enough to tell which signal an OTLP message carries and where messages end."""

from __future__ import annotations

from collections.abc import Iterator

from secondstory.model.telemetry import TableName

PREFIX_BYTES = 4
MESSAGE_LIMIT = 64 * 1024 * 1024
"""A longer message is taken for damage; the Collector's exporters write a few megabytes at most."""

_VARINT, _FIXED64, _LENGTH, _FIXED32 = 0, 1, 2, 5
_FIRST_FIELD = b"\x0a"  # field 1, length-delimited: how a bare Export…ServiceRequest begins
_RECORDS = 2  # field number of the records, and of the scopes one level up


def is_bare(data: bytes | bytearray) -> bool:
    """True for one message without a length; a length that begins with 0x0A would stand for 160 megabytes."""
    return data[:1] == _FIRST_FIELD


def message_size(data: bytes | bytearray, start: int = 0) -> int:
    """What the big-endian length at `start` says, in bytes."""
    return int.from_bytes(data[start : start + PREFIX_BYTES], "big")


def signal_of(data: bytes) -> TableName | None:
    """The signal of an Export{Logs,Metrics,Trace}ServiceRequest, which look alike down to their records.

    `data` may be cut off anywhere behind the first fields of the first record. None where no record comes to sight.
    """
    for number, wire, resource in _fields(data):
        if (number, wire) != (1, _LENGTH):
            return None
        for scope in _inner(resource):
            for record in _inner(scope):
                return _signal_of_record(record)
    return None


def _inner(data: bytes) -> Iterator[bytes]:
    return (value for number, wire, value in _fields(data) if (number, wire) == (_RECORDS, _LENGTH))


def _signal_of_record(data: bytes) -> TableName | None:
    """By the types of fields that differ: spans have times at 7 and 8, log records at 1 or 11, metrics a name first."""
    first: bytes | None = None
    for number, wire, value in _fields(data):
        if wire == _FIXED64:
            return TableName.SPANS if number in (7, 8) else TableName.LOGS if number in (1, 11) else None
        if number == 1 and wire == _LENGTH:
            first = value
        elif wire == _VARINT and number == 2:
            return TableName.LOGS  # a severity; time unset
        elif wire == _LENGTH and number in (5, 7, 9, 10, 11) and first is not None and len(first) != 16:
            return TableName.METRICS
        elif first is None:
            return TableName.LOGS  # a body or severity text without any time
    return TableName.METRICS if first is not None and len(first) != 16 else None


def _fields(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """(field number, wire type, value) of each field; stops where the data do, or where they are no protobuf."""
    place = 0
    while place < len(data):
        tag, place = _varint(data, place)
        number, wire = tag >> 3, tag & 7
        if number == 0 or place < 0:
            return
        size = {_FIXED64: 8, _FIXED32: 4}.get(wire, 0)
        if wire in (_VARINT, _LENGTH):
            size_or_value, place = _varint(data, place)
            size = size_or_value if wire == _LENGTH else 0
        elif not size:
            return
        if place < 0:
            return
        yield number, wire, data[place : place + size]
        place += size


def _varint(data: bytes, place: int) -> tuple[int, int]:
    """(value, next place); a place of -1 where the data end inside or no varint stands there."""
    value = 0
    for shift in range(0, 70, 7):
        if place >= len(data):
            return 0, -1
        byte = data[place]
        place += 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, place
    return 0, -1
