"""Writes all that is known of an incident into one file: what people said, frozen evidence, documents, recordings."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import IO

from secondstory.access import Verb, require
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.attached import AttachedFile
from secondstory.model.codec import canonical_json, encode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.incident import Incident
from secondstory.model.segment import Recording
from secondstory.ports import KeptIncident, World
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_file import layout

_LIKE_ALL = (1980, 1, 1, 0, 0, 0)  # a time of writing in every member would make equal content unequal
_PLAIN_FILE = 0o100600 << 16
_PACKED_ALREADY = (".parquet",)


@dataclass(frozen=True)
class ExportedIncident:
    """What was written."""

    name: str
    members: int
    evidence: int
    decisions: int
    contributions: int
    restricted: bool
    telemetry: bool


def export_incident(
    actor: Actor, world: World, incident_id: str, target: IO[bytes], *, telemetry: bool
) -> ExportedIncident:
    """Write the incident to `target`. Names of people are never in it; recordings' rows only with `telemetry`.

    Raises NotFound, NotAllowed, EvidenceMismatch where frozen evidence is damaged, and Unavailable where telemetry is
    asked for that is not there.
    """
    require(actor, Verb.EXPORT, incident_id)
    incident = get_incident(world, incident_id)
    restricted = _strictest(actor, world, incident, telemetry=telemetry)
    kept = world.archive.take(incident_id)
    assert kept is not None
    members: list[layout.ManifestMember] = []
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _contents(world, kept, telemetry=telemetry):
            members.append(layout.ManifestMember(name, len(data), sha256(data).hexdigest()))
            _add(archive, name, data)
        manifest = layout.Manifest(
            product=layout.PRODUCT,
            format=layout.FORMAT,
            written_by=world.code_version,
            exported_at=world.clock.now(),
            incident=incident_id,
            restricted=restricted,
            telemetry=telemetry,
            members=tuple(members),
        )
        _add(archive, layout.MANIFEST, canonical_json(manifest))
    return ExportedIncident(
        name=file_name(incident_id),
        members=len(members),
        evidence=len(kept.evidence),
        decisions=len(kept.decisions),
        contributions=len(kept.contributions),
        restricted=restricted,
        telemetry=telemetry,
    )


def file_name(incident_id: str) -> str:
    """What to call the file. An id comes from whoever made the recording; in a name it must lead to no other folder."""
    return f"{re.sub(r'[^A-Za-z0-9_.-]', '-', incident_id).lstrip('.') or 'incident'}.incident.zip"


def _strictest(actor: Actor, world: World, incident: Incident, *, telemetry: bool) -> bool:
    """Whether what is written is restricted; who may not export a restricted incident gets none of its telemetry."""
    if not telemetry:
        return incident.restricted
    beside = [
        one
        for one in world.incidents.visible_to(LOCAL_OWNER)
        if one.restricted and set(one.recordings) & set(incident.recordings)
    ]
    for one in beside:
        require(actor, Verb.EXPORT, one.id)
    return incident.restricted or bool(beside)


def _contents(world: World, kept: KeptIncident, *, telemetry: bool) -> Iterator[tuple[str, bytes]]:
    yield layout.INCIDENT, encode(kept.incident, Incident)
    yield layout.DECISIONS, encode(kept.decisions, tuple[Decision, ...])
    yield layout.CONTRIBUTIONS, encode(kept.contributions, tuple[Contribution, ...])
    yield layout.RECORDINGS, encode(kept.recordings, tuple[Recording, ...])
    segments = tuple(layout.SegmentEntry(name, segment) for name, segment in kept.segments)
    yield layout.SEGMENTS, encode(segments, tuple[layout.SegmentEntry, ...])
    entries = tuple(layout.document_entry(document) for document in kept.documents)
    yield layout.DOCUMENTS, encode(entries, tuple[layout.DocumentEntry, ...])
    for entry, document in zip(entries, kept.documents, strict=True):
        yield entry.member, document.data
    for piece in kept.evidence:
        yield f"{layout.EVIDENCE}{piece.id}.json", layout.evidence_bytes(piece)
    yield layout.ATTACHED, encode(kept.attached, tuple[AttachedFile, ...])
    for digest, data in kept.blobs:
        yield f"{layout.BLOBS}{digest}", data
    if telemetry:
        for path in dict.fromkeys(file.path for _, segment in kept.segments for file in segment.files):
            yield path, world.copies.copy_out(path)


def _add(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    info = zipfile.ZipInfo(name, _LIKE_ALL)
    info.external_attr = _PLAIN_FILE
    info.compress_type = zipfile.ZIP_STORED if name.endswith(_PACKED_ALREADY) else zipfile.ZIP_DEFLATED
    archive.writestr(info, data)
