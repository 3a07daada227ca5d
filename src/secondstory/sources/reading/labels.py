"""Labels of telemetry to service, instance, version and environment under a `Mapping`, the rest to JSON."""

from __future__ import annotations

from typing import NamedTuple

import orjson
import pyarrow as pa

from secondstory.model.telemetry import Mapping


class Labels(NamedTuple):
    """The labels that every row carries, in the order of the tables' columns; `rest` is a JSON object."""

    service: str
    instance: str | None
    version: str | None
    environment: str | None
    rest: str


def split_labels(attributes: dict[str, str], mapping: Mapping) -> Labels:
    """Who these attributes speak of; a label that became a column leaves the rest."""
    rest = dict(attributes)
    service = _take(rest, mapping.service_labels) or ""
    instance = _take(rest, mapping.instance_labels)
    version = _take(rest, mapping.version_labels)
    environment = _take(rest, mapping.environment_labels)
    return Labels(mapping.service(service), instance, version, environment, json_object(rest))


def json_object(attributes: dict[str, str]) -> str:
    """Attributes as a compact JSON object with sorted keys."""
    if not attributes:
        return "{}"
    return orjson.dumps(attributes, option=orjson.OPT_SORT_KEYS).decode()


def as_text(value: object) -> str:
    """A JSON value as the string that attributes hold: strings as they are, others as JSON text."""
    if isinstance(value, str):
        return value
    try:
        return orjson.dumps(value, option=orjson.OPT_SORT_KEYS).decode()
    except orjson.JSONEncodeError:
        return str(value)  # nested deeper than the encoder goes, or a number beyond 64 bits


def aliased(services: pa.Array | pa.ChunkedArray, mapping: Mapping) -> pa.Array:
    """A column of service names with the aliases put in and missing names as ""."""
    names = pa.chunked_array([services]) if isinstance(services, pa.Array) else services
    encoded = names.cast(pa.string()).combine_chunks().fill_null("").dictionary_encode()
    meant = [mapping.service(seen) for seen in encoded.dictionary.to_pylist()]
    return pa.array(meant, pa.string()).take(encoded.indices)


def _take(rest: dict[str, str], names: tuple[str, ...]) -> str | None:
    for name in names:
        if rest.get(name):
            return rest.pop(name)
    return None
