"""Rows as sources give them to rows that may be stored: persons as tokens, users as pseudonyms, no secrets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from secondstory.model.segment import Privacy
from secondstory.model.telemetry import TableName
from secondstory.warehouse.persons import actor_tokens, replace_people
from secondstory.warehouse.pseudonyms import pseudonymise
from secondstory.warehouse.redaction import redact

_REPEATED_SHARE = 0.5  # with fewer distinct texts than this share of rows, the work is done on distinct texts


@dataclass(frozen=True)
class _Text:
    """A column that may hold what must not be stored."""

    name: str
    is_json: bool
    prose: bool = False  # sentences, in which a first name alone is a person


_RESOURCE = _Text("resource", is_json=True)
_ATTRIBUTES = _Text("attributes", is_json=True)
_TEXTS: dict[TableName, tuple[_Text, ...]] = {
    TableName.LOGS: (_Text("body", is_json=False, prose=True), _ATTRIBUTES, _RESOURCE),
    TableName.METRICS: (_ATTRIBUTES, _RESOURCE),
    TableName.SPANS: (
        _Text("name", is_json=False),
        _Text("status_message", is_json=False),
        _Text("events", is_json=True),
        _Text("links", is_json=True),
        _ATTRIBUTES,
        _RESOURCE,
    ),
    TableName.OCCURRENCES: (
        _Text("title", is_json=False, prose=True),
        _Text("body", is_json=False, prose=True),
        _Text("url", is_json=False, prose=True),
        _Text("attributes", is_json=True, prose=True),
        _RESOURCE,
    ),
}


def cleaned(table_name: TableName, rows: pa.Table, privacy: Privacy) -> tuple[pa.Table, Counter[str]]:
    """Rows of a source without persons, users and secrets, and how often each rule of redaction applied."""
    redactions: Counter[str] = Counter()

    def change(text: _Text, values: pa.Array, times: npt.NDArray[np.int64]) -> pa.Array:
        if text.is_json:
            values = pseudonymise(values, privacy.user_key)
        values = replace_people(values, privacy.people, prose=text.prose)
        values, found = redact(values, times, is_json=text.is_json)
        redactions.update(found)
        return values

    if table_name is TableName.OCCURRENCES:
        actors = actor_tokens(column(rows, "actor"), column(rows, "kind"), privacy.people)
        rows = _with(rows, "actor", actors)
    return _on_texts(table_name, rows, change), redactions


def without_people(table_name: TableName, rows: pa.Table, people: tuple[tuple[str, str], ...]) -> pa.Table:
    """Rows that were cleaned before, without the persons who are known by now; the same rows where none is in them."""

    def change(text: _Text, values: pa.Array, _times: npt.NDArray[np.int64]) -> pa.Array:
        return replace_people(values, people, prose=text.prose)

    return _on_texts(table_name, rows, change)


def clean_sentences(texts: tuple[str, ...], privacy: Privacy) -> tuple[str, ...]:
    """Short texts, such as titles, redacted and with persons as tokens."""
    replaced = replace_people(pa.array(texts, pa.string()), privacy.people, prose=True)
    redacted, _ = redact(replaced, np.ones(len(texts), dtype=np.int64), is_json=False)
    return tuple(redacted.to_pylist())


def column(rows: pa.Table, name: str) -> pa.Array:
    """A column as one array."""
    chunks = rows[name].combine_chunks()
    return chunks.chunk(0) if isinstance(chunks, pa.ChunkedArray) else chunks


def _on_texts(
    table_name: TableName, rows: pa.Table, change: Callable[[_Text, pa.Array, npt.NDArray[np.int64]], pa.Array]
) -> pa.Table:
    for text in _TEXTS[table_name]:
        rows = _with(rows, text.name, _on_distinct(column(rows, text.name), partial(change, text)))
    return rows


def _on_distinct(values: pa.Array, change: Callable[[pa.Array, npt.NDArray[np.int64]], pa.Array]) -> pa.Array:
    encoded = values.dictionary_encode()
    if len(encoded.dictionary) > _REPEATED_SHARE * len(values):
        return change(values, np.ones(len(values), dtype=np.int64))
    places = encoded.indices.drop_null().to_numpy()
    changed = change(encoded.dictionary, np.bincount(places, minlength=len(encoded.dictionary)))
    return changed.take(encoded.indices)


def _with(rows: pa.Table, name: str, values: pa.Array) -> pa.Table:
    place = rows.schema.get_field_index(name)
    return rows.set_column(place, rows.schema.field(place), values)
