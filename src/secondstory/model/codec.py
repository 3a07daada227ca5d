"""Values to canonical JSON and back, and the hashes that rest on it.

Canonical: keys sorted, no white space, times in UTC with microseconds, floats in their shortest exact form, no NaN or
infinity (a missing number is null). The same value gives the same bytes in every process and time zone.
"""

from __future__ import annotations

import base64
import hashlib
import math
from datetime import date, datetime, timedelta
from typing import Any, TypeVar

import orjson
from cattrs import (
    BaseValidationError,
    Converter,
    ForbiddenExtraKeysError,
    StructureHandlerNotFoundError,
    transform_error,
)
from cattrs.strategies import configure_tagged_union

from secondstory.model.errors import BadInput
from secondstory.model.hearing import JournalWhat
from secondstory.model.query import Query
from secondstory.model.report import Block
from secondstory.model.room import RoomEvent
from secondstory.model.signal import Signal
from secondstory.model.table import Table
from secondstory.model.window import format_time, parse_time

T = TypeVar("T")


def canonical_json(value: object) -> bytes:
    """Any model value as canonical JSON bytes. Raises ValueError on NaN or infinity."""
    return orjson.dumps(_CONVERTER.unstructure(value), option=orjson.OPT_SORT_KEYS)


def content_hash(value: object) -> str:
    """SHA-256 of the canonical JSON, 64 hex digits."""
    return hashlib.sha256(canonical_json(value)).hexdigest()


def encode(value: object, kind: Any) -> bytes:
    """`value` as canonical JSON, tagged as a member of the type or union `kind`."""
    return orjson.dumps(_CONVERTER.unstructure(value, unstructure_as=kind), option=orjson.OPT_SORT_KEYS)


def decode(data: bytes, kind: type[T]) -> T:
    """The value of type (or union) `kind` that `encode` wrote. Raises BadInput on foreign data, naming each field."""
    try:
        return _CONVERTER.structure(orjson.loads(data), kind)
    except orjson.JSONDecodeError as error:
        raise BadInput(f"A stored value is no JSON: {error}.", "Restore it from a backup.") from error
    except (BaseValidationError, StructureHandlerNotFoundError, ForbiddenExtraKeysError) as error:
        found = "; ".join(transform_error(error))
        raise BadInput(f"A stored value is no {getattr(kind, '__name__', kind)}: {found}.", "") from error


def _finite(value: float) -> float:
    if not math.isfinite(value):
        raise ValueError("a document cannot hold NaN or infinity; use None for a missing number")
    return value


def _numbers(values: tuple[float | None, ...]) -> tuple[float | None, ...]:
    """Curves are long: their sum tells at once whether all are finite, one by one would take ten times as long."""
    if not math.isfinite(sum(filter(None, values))):
        for value in filter(None, values):
            _finite(value)
    return values


def _build() -> Converter:
    converter = Converter(forbid_extra_keys=True)
    converter.register_unstructure_hook(datetime, format_time)
    converter.register_structure_hook(datetime, lambda text, _: parse_time(text))
    converter.register_unstructure_hook(date, date.isoformat)
    converter.register_structure_hook(date, lambda text, _: date.fromisoformat(text))
    converter.register_unstructure_hook(timedelta, lambda span: span // timedelta(microseconds=1))
    converter.register_structure_hook(timedelta, lambda micros, _: timedelta(microseconds=micros))
    converter.register_unstructure_hook(bytes, lambda data: base64.b64encode(data).decode())
    converter.register_structure_hook(bytes, lambda text, _: base64.b64decode(text, validate=True))
    converter.register_unstructure_hook(float, _finite)
    converter.register_unstructure_hook_func(lambda kind: kind == tuple[float | None, ...], _numbers)
    # Arrays stay in the frozen evidence; a document names them by hash.
    converter.register_unstructure_hook(Signal, lambda signal: converter.unstructure(signal.summary()))
    converter.register_unstructure_hook(Table, lambda table: {"hash": table.hash, "rows": table.rows})
    configure_tagged_union(Query, converter, tag_name="query")
    configure_tagged_union(Block, converter, tag_name="block")
    configure_tagged_union(RoomEvent, converter, tag_name="event")
    configure_tagged_union(JournalWhat, converter, tag_name="what")
    return converter


_CONVERTER = _build()
