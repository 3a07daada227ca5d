"""Reads an incident's file into this installation, and replays it: nothing is kept of a file that is not whole.

The hashes in the manifest show damage and hasty change. They are no signature: who can write a file can write its
manifest too, so a file is as trustworthy as whoever sent it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import cast

import pyarrow as pa
import pyarrow.parquet as pq

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.attached import AttachedFile, file_name, kind_of
from secondstory.model.codec import canonical_json
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput, EvidenceMismatch, NotFound
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.segment import Recording, SegmentFile
from secondstory.ports import KeptIncident, Progress, StoredDocument, World
from secondstory.texts import say
from secondstory.usecases.analyse import evidence_id
from secondstory.usecases.delete_incident import require_not_deleted
from secondstory.usecases.incident_file import layout
from secondstory.usecases.incident_file.opening import IncidentFile, bad
from secondstory.usecases.origin import ORIGIN, origin_of, tokens_in
from secondstory.usecases.replay import replay


@dataclass(frozen=True)
class ImportedIncident:
    """What was read. `replay`: same, differs, or "not analysed" where there is nothing to replay."""

    incident: str
    title: str
    evidence: int
    decisions: int
    contributions: int
    documents: int
    telemetry: bool
    restricted: bool
    replay: str


def import_incident(actor: Actor, world: World, path: Path, progress: Progress) -> ImportedIncident:
    """Read the file, check every member, keep the incident and replay it. A file that was read before adds nothing.

    Raises BadInput that names the member at fault, or what is here already; then nothing was kept.
    """
    require(actor, Verb.OPEN_INCIDENT, None)
    file = IncidentFile(path)
    kept = _kept(file)
    if not _is_here(world, kept):  # a job whose process died is done again
        _fits(world, kept)
        if file.manifest.telemetry:
            _keep_telemetry(world, file, kept, progress)
        world.archive.put(kept)
    progress(say("incident_file.replaying"), 0, 0)
    return ImportedIncident(
        incident=kept.incident.id,
        title=kept.incident.title,
        evidence=len(kept.evidence),
        decisions=len(kept.decisions),
        contributions=len(kept.contributions),
        documents=len(kept.documents) - 1,  # without the one that says where it comes from
        telemetry=file.manifest.telemetry,
        restricted=kept.incident.restricted,
        replay=_replayed(actor, world, kept),
    )


def _kept(file: IncidentFile) -> KeptIncident:
    incident = file.value(layout.INCIDENT, Incident)
    if incident.id != file.manifest.incident:
        raise bad("other", layout.INCIDENT, incident=incident.id)
    decisions = file.value(layout.DECISIONS, tuple[Decision, ...])
    contributions = file.value(layout.CONTRIBUTIONS, tuple[Contribution, ...])
    for name, entries in ((layout.DECISIONS, decisions), (layout.CONTRIBUTIONS, contributions)):
        for entry in cast("tuple[Decision | Contribution, ...]", entries):
            if entry.incident_id != incident.id:
                raise bad("other", name, incident=entry.incident_id)
    listed = file.value(layout.DOCUMENTS, tuple[layout.DocumentEntry, ...])
    documents = tuple(StoredDocument(one.kind, one.hash, file.read(one.member)) for one in listed)
    segments = file.value(layout.SEGMENTS, tuple[layout.SegmentEntry, ...])
    for one in segments:
        for stored in one.segment.files:
            if not layout.SEGMENT_PATH.fullmatch(stored.path):
                raise bad("foreign", layout.SEGMENTS, why=stored.path[:80])
    origin = canonical_json(replace(file.manifest, members=()))
    kept = KeptIncident(
        incident=replace(incident, restricted=incident.restricted or file.manifest.restricted),
        decisions=decisions,
        contributions=contributions,
        evidence=tuple(_evidence(file, name) for name in file.names(layout.EVIDENCE)),
        documents=(
            *(document for document in documents if document.kind != ORIGIN),
            StoredDocument(ORIGIN, sha256(origin).hexdigest(), origin_of(origin, _tokens(file))),
        ),
        recordings=file.value(layout.RECORDINGS, tuple[Recording, ...]),
        segments=tuple((one.recording, one.segment) for one in segments),
    )
    return _with_files(file, kept)


def _tokens(file: IncidentFile) -> frozenset[str]:
    said = (layout.INCIDENT, layout.DECISIONS, layout.CONTRIBUTIONS)
    names = (*said, *file.names("documents/"), *file.names(layout.EVIDENCE))
    return tokens_in(file.read(name) for name in names if name != f"documents/{ORIGIN}.json")


def _with_files(file: IncidentFile, kept: KeptIncident) -> KeptIncident:
    """With the attached files with their bytes; each is looked at as if somebody attached it here."""
    if not file.holds(layout.ATTACHED):
        return kept
    listed = file.value(layout.ATTACHED, tuple[AttachedFile, ...])
    blobs = {name.removeprefix(layout.BLOBS): file.read(name) for name in file.names(layout.BLOBS)}
    for one in listed:
        if one.incident_id != kept.incident.id:
            raise bad("other", layout.ATTACHED, incident=one.incident_id)
        data = blobs.get(one.sha256, b"")
        is_same = len(data) == one.bytes and sha256(data).hexdigest() == one.sha256 and kind_of(data) is one.kind
        if one.is_there and not (is_same and file_name(one.name, one.kind) == one.name):
            raise bad("unreadable", f"{layout.BLOBS}{one.sha256}", why=say("incident_file.other_file", file=one.id))
    named = {one.sha256 for one in listed if one.is_there}
    return replace(kept, attached=listed, blobs=tuple((each, blobs[each]) for each in sorted(named)))


def _evidence(file: IncidentFile, name: str) -> Evidence:
    data = file.read(name)
    try:
        piece = layout.evidence_from(data)
    except EvidenceMismatch as error:
        raise bad("changed", name) from error
    except (BadInput, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise bad("unreadable", name, why=type(error).__name__) from error
    if piece.id != evidence_id(piece.query) or name != f"{layout.EVIDENCE}{piece.id}.json":
        raise bad("unreadable", name, why=say("incident_file.other_query"))
    return piece


def _is_here(world: World, kept: KeptIncident) -> bool:
    """True where this very file was read before."""
    before = world.documents.latest(kept.incident.id, ORIGIN)
    return before is not None and before.hash == next(one.hash for one in kept.documents if one.kind == ORIGIN)


def _fits(world: World, kept: KeptIncident) -> None:
    """Raises BadInput where something of that name is here already and is something else."""
    require_not_deleted(world, kept.incident.id)
    if world.incidents.get(kept.incident.id) is not None:
        raise BadInput(say("incident_file.taken", incident=kept.incident.id), say("incident_file.taken_next"))
    carried = {recording.name for recording in kept.recordings}
    for name in sorted(carried):
        if world.recordings.get(name) is None:
            continue
        here = {segment.id for segment in world.catalogue.segments((name,))}
        there = {segment.id for recording, segment in kept.segments if recording == name}
        if here != there:
            raise BadInput(say("incident_file.recording", recording=name), say("incident_file.recording_next"))


def _keep_telemetry(world: World, file: IncidentFile, kept: KeptIncident, progress: Progress) -> None:
    """Before the records name them: a file that nothing names does no harm. Files that are here stay as they are."""
    stored = {one.path: one for _, segment in kept.segments for one in segment.files}
    for path in file.names("segments/"):
        if path not in stored:
            raise bad("foreign", path, why=say("incident_file.not_named"))
    for number, path in enumerate(world.files.missing(tuple(stored)), start=1):
        progress(say("incident_file.reading", path=path), number, len(stored))
        world.copies.copy_in(path, _parquet(file, stored[path]))


def _parquet(file: IncidentFile, stored: SegmentFile) -> bytes:
    data = file.read(stored.path)
    try:
        rows = pq.ParquetFile(BytesIO(data)).metadata.num_rows
    except (OSError, ValueError, pa.ArrowException) as error:
        raise bad("unreadable", stored.path, why=type(error).__name__) from error
    if rows != stored.rows:
        raise bad("unreadable", stored.path, why=say("incident_file.rows", rows=rows, said=stored.rows))
    return data


def _replayed(actor: Actor, world: World, kept: KeptIncident) -> str:
    if not kept.evidence:
        return "not analysed"
    try:
        return "same" if replay(actor, world, kept.incident.id).same else "differs"
    except NotFound:  # the code here asks more than the one that froze the evidence
        return "differs"
