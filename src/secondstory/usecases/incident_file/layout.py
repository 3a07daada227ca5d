"""What an incident's file holds: a ZIP of JSON members, a manifest with the hash of each, and Parquet where asked for.

Frozen answers travel as JSON columns and not as Arrow, so that nothing in the file is packed twice: what a member
unpacks to is what its entry says, and no more.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import datetime

import orjson
import pyarrow as pa

from secondstory.model.codec import canonical_json, decode, encode
from secondstory.model.evidence import Evidence
from secondstory.model.query import Query
from secondstory.model.segment import Segment
from secondstory.model.table import Table
from secondstory.model.window import format_time, parse_time
from secondstory.ports import StoredDocument

FORMAT = 2  # 1 had no attached files
PRODUCT = "secondstory incident"
MANIFEST = "manifest.json"
INCIDENT = "incident.json"
DECISIONS = "decisions.json"
CONTRIBUTIONS = "contributions.json"
DOCUMENTS = "documents.json"
RECORDINGS = "recordings.json"
SEGMENTS = "segments.json"
ATTACHED = "attached.json"
EVIDENCE = "evidence/"
BLOBS = "attached/"
NAMES = re.compile(
    r"(?:(?:manifest|incident|decisions|contributions|documents|recordings|segments|attached)\.json"
    r"|documents/[A-Za-z0-9._-]{1,80}\.json|evidence/[A-Za-z0-9._-]{1,80}\.json"
    r"|attached/[0-9a-f]{64}"
    r"|segments/[a-z_]{1,40}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\.parquet)"
)
"""Every name that a member may have; a file with any other is not ours."""
SEGMENT_PATH = re.compile(r"segments/[a-z_]{1,40}/[A-Za-z0-9_-][A-Za-z0-9._-]{0,120}\.parquet")
_TYPES = {
    "int64": pa.int64(),
    "double": pa.float64(),
    "bool": pa.bool_(),
    "string": pa.string(),
    "timestamp[us, tz=UTC]": pa.timestamp("us", tz="UTC"),
}
_BEYOND = {"Infinity": math.inf, "-Infinity": -math.inf}  # JSON has no numbers for them
_FAR = {number: word for word, number in _BEYOND.items()}


@dataclass(frozen=True)
class ManifestMember:
    """A member: its length, unpacked, and the hash of its bytes."""

    name: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What the file is and what it holds. `restricted`: the strictest of all that it was made from."""

    product: str
    format: int
    written_by: str
    exported_at: datetime
    incident: str
    restricted: bool
    telemetry: bool
    members: tuple[ManifestMember, ...]


@dataclass(frozen=True)
class DocumentEntry:
    """A stored document: its bytes lie in a member of their own."""

    kind: str
    hash: str
    member: str


@dataclass(frozen=True)
class SegmentEntry:
    """A segment and the recording that holds it."""

    recording: str
    segment: Segment


def document_entry(document: StoredDocument) -> DocumentEntry:
    """Where a document lies in the file."""
    return DocumentEntry(document.kind, document.hash, f"documents/{document.kind.replace(':', '.')}.json")


def evidence_bytes(piece: Evidence) -> bytes:
    """A frozen answer as JSON: its query and columns, numbers in their shortest exact form."""
    columns = [
        {"name": name, "type": str(column.type), "values": _values(column)}
        for name, column in zip(piece.result.names, piece.result.arrow.columns, strict=True)
    ]
    head = {
        "id": piece.id,
        "query": orjson.loads(encode(piece.query, Query)),
        "source": piece.source,
        "result_hash": piece.result_hash,
        "fetched_at": format_time(piece.fetched_at),
    }
    return orjson.dumps({**head, "columns": columns}, option=orjson.OPT_SORT_KEYS)


def evidence_from(data: bytes) -> Evidence:
    """The frozen answer that `evidence_bytes` wrote. Raises ValueError, KeyError or TypeError on anything else, and
    EvidenceMismatch where its rows are not those that were frozen."""
    given = orjson.loads(data)
    columns = {column["name"]: _column(column["values"], _TYPES[column["type"]]) for column in given["columns"]}
    return Evidence(
        id=given["id"],
        query=decode(canonical_json(given["query"]), Query),  # type: ignore[arg-type]  # a union is no type to mypy
        source=given["source"],
        result=Table(pa.table(columns)),
        result_hash=given["result_hash"],
        fetched_at=parse_time(given["fetched_at"]),
    )


def _values(column: pa.ChunkedArray) -> list[object]:
    if pa.types.is_timestamp(column.type):
        column = column.cast(pa.int64())
    values: list[object] = column.to_pylist()
    if not pa.types.is_floating(column.type):
        return values
    return [_FAR.get(one, one) if isinstance(one, float) else one for one in values]


def _column(values: list[object], kind: pa.DataType) -> pa.Array:
    if pa.types.is_floating(kind):
        values = [_BEYOND[one] if isinstance(one, str) else one for one in values]
    return pa.array(values, pa.int64() if pa.types.is_timestamp(kind) else kind).cast(kind)
