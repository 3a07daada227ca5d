"""Reads an incident's file into this installation, and replays it: nothing is kept of a file that is not whole.

The hashes in the manifest show damage and hasty change. They are no signature: who can write a file can write its
manifest too, so a file is as trustworthy as whoever sent it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar, cast

import orjson
import pyarrow as pa
import pyarrow.parquet as pq

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json, decode
from secondstory.model.decision import Contribution, Decision
from secondstory.model.errors import BadInput, EvidenceMismatch, NotFound
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.segment import Recording, SegmentFile
from secondstory.ports import KeptIncident, Progress, StoredDocument, World
from secondstory.texts import say
from secondstory.usecases.analyse import evidence_id
from secondstory.usecases.import_telemetry.archives import UNPACKING_ERRORS, Member, members
from secondstory.usecases.incident_file import layout
from secondstory.usecases.replay import replay

T = TypeVar("T")
ORIGIN = "origin"
"""Kind of the stored document that says where an imported incident comes from."""
_MOST_RATIO = 250
_HARMLESS_BYTES = 64 * 1024**2
_MOST_PLAIN_BYTES = 512 * 1024**2  # of a member that is read into memory as JSON


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


class IncidentFile:
    """An incident's file: every name is known and in the manifest, and what is read has the hash that stands there."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadInput(say("incident_file.no_file", path=path), say("incident_file.no_file_next"))
        found = members(path)
        self._members = {member.name: member for member in found}
        if len(self._members) < len(found):
            raise _bad("twice", path.name)
        for member in found:
            if member.refused or not layout.NAMES.fullmatch(member.name):
                raise _bad("foreign", member.name, why=member.refused or say("incident_file.not_ours"))
            if member.length > max(_HARMLESS_BYTES, _MOST_RATIO * member.packed_bytes):
                raise _bad("bomb", member.name)
        if layout.MANIFEST not in self._members:
            raise _bad("no_manifest", path.name)
        self.manifest = _manifest(self._bytes(layout.MANIFEST))
        self._hashes = {member.name: member for member in self.manifest.members}
        missing = sorted(set(self._hashes) - set(self._members))
        added = sorted(set(self._members) - set(self._hashes) - {layout.MANIFEST})
        if missing or added:
            raise _bad("missing" if missing else "added", (missing or added)[0])

    def names(self, prefix: str) -> tuple[str, ...]:
        """The members whose names begin so."""
        return tuple(name for name in sorted(self._members) if name.startswith(prefix))

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises BadInput where they are not those of the manifest, or where there is none."""
        if name not in self._hashes:
            raise _bad("missing", name)
        data = self._bytes(name)
        if sha256(data).hexdigest() != self._hashes[name].sha256:
            raise _bad("changed", name)
        return data

    def value(self, name: str, kind: type[T]) -> T:
        """A member as a value. Raises BadInput."""
        data = self.read(name)
        try:
            return decode(data, kind)
        except (BadInput, ValueError, TypeError) as error:
            raise _bad("unreadable", name, why=str(error)[:300]) from error

    def _bytes(self, name: str) -> bytes:
        member: Member = self._members[name]
        if member.length > _MOST_PLAIN_BYTES:
            raise _bad("bomb", name)
        try:
            with member.opened() as stream:
                return stream.read(member.length)
        except UNPACKING_ERRORS as error:
            raise _bad("changed", name) from error


def _manifest(data: bytes) -> layout.Manifest:
    try:
        given = orjson.loads(data)
        number = given["format"] if given["product"] == layout.PRODUCT else None
    except (ValueError, KeyError, TypeError) as error:
        raise _bad("no_manifest", layout.MANIFEST) from error
    if not isinstance(number, int):
        raise _bad("no_manifest", layout.MANIFEST)
    if number > layout.FORMAT:
        raise BadInput(say("incident_file.newer", format=number, known=layout.FORMAT), say("incident_file.newer_next"))
    try:
        return decode(data, layout.Manifest)
    except (BadInput, ValueError) as error:
        raise _bad("no_manifest", layout.MANIFEST) from error


def _kept(file: IncidentFile) -> KeptIncident:
    incident = file.value(layout.INCIDENT, Incident)
    if incident.id != file.manifest.incident:
        raise _bad("other", layout.INCIDENT, incident=incident.id)
    decisions = file.value(layout.DECISIONS, tuple[Decision, ...])
    contributions = file.value(layout.CONTRIBUTIONS, tuple[Contribution, ...])
    for name, entries in ((layout.DECISIONS, decisions), (layout.CONTRIBUTIONS, contributions)):
        for entry in cast("tuple[Decision | Contribution, ...]", entries):
            if entry.incident_id != incident.id:
                raise _bad("other", name, incident=entry.incident_id)
    listed = file.value(layout.DOCUMENTS, tuple[layout.DocumentEntry, ...])
    documents = tuple(StoredDocument(one.kind, one.hash, file.read(one.member)) for one in listed)
    segments = file.value(layout.SEGMENTS, tuple[layout.SegmentEntry, ...])
    for one in segments:
        for stored in one.segment.files:
            if not layout.SEGMENT_PATH.fullmatch(stored.path):
                raise _bad("foreign", layout.SEGMENTS, why=stored.path[:80])
    origin = canonical_json(replace(file.manifest, members=()))
    return KeptIncident(
        incident=replace(incident, restricted=incident.restricted or file.manifest.restricted),
        decisions=decisions,
        contributions=contributions,
        evidence=tuple(_evidence(file, name) for name in file.names(layout.EVIDENCE)),
        documents=(
            *(document for document in documents if document.kind != ORIGIN),
            StoredDocument(ORIGIN, sha256(origin).hexdigest(), origin),
        ),
        recordings=file.value(layout.RECORDINGS, tuple[Recording, ...]),
        segments=tuple((one.recording, one.segment) for one in segments),
    )


def _evidence(file: IncidentFile, name: str) -> Evidence:
    data = file.read(name)
    try:
        piece = layout.evidence_from(data)
    except EvidenceMismatch as error:
        raise _bad("changed", name) from error
    except (BadInput, ValueError, KeyError, TypeError, pa.ArrowException) as error:
        raise _bad("unreadable", name, why=type(error).__name__) from error
    if piece.id != evidence_id(piece.query) or name != f"{layout.EVIDENCE}{piece.id}.json":
        raise _bad("unreadable", name, why=say("incident_file.other_query"))
    return piece


def _is_here(world: World, kept: KeptIncident) -> bool:
    """True where this very file was read before."""
    before = world.documents.latest(kept.incident.id, ORIGIN)
    return before is not None and before.hash == next(one.hash for one in kept.documents if one.kind == ORIGIN)


def _fits(world: World, kept: KeptIncident) -> None:
    """Raises BadInput where something of that name is here already and is something else."""
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
            raise _bad("foreign", path, why=say("incident_file.not_named"))
    for number, path in enumerate(world.files.missing(tuple(stored)), start=1):
        progress(say("incident_file.reading", path=path), number, len(stored))
        world.copies.copy_in(path, _parquet(file, stored[path]))


def _parquet(file: IncidentFile, stored: SegmentFile) -> bytes:
    data = file.read(stored.path)
    try:
        rows = pq.ParquetFile(BytesIO(data)).metadata.num_rows
    except (OSError, ValueError, pa.ArrowException) as error:
        raise _bad("unreadable", stored.path, why=type(error).__name__) from error
    if rows != stored.rows:
        raise _bad("unreadable", stored.path, why=say("incident_file.rows", rows=rows, said=stored.rows))
    return data


def _replayed(actor: Actor, world: World, kept: KeptIncident) -> str:
    if not kept.evidence:
        return "not analysed"
    try:
        return "same" if replay(actor, world, kept.incident.id).same else "differs"
    except NotFound:  # the code here asks more than the one that froze the evidence
        return "differs"


def _bad(key: str, name: str, **facts: object) -> BadInput:
    return BadInput(say(f"incident_file.{key}", name=name, **facts), say("incident_file.next"))
