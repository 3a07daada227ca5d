"""Attaches files to an incident: checked by their content, text without names and secrets, kept once, removable."""

from __future__ import annotations

from dataclasses import dataclass, replace
from hashlib import sha256

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.attached import (
    MOST_FILE_BYTES,
    MOST_FILES,
    MOST_INCIDENT_BYTES,
    MOST_TEXT_BYTES,
    AttachedFile,
    FileKind,
    file_name,
    kind_of,
    text_of,
)
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.hold import require_not_held
from secondstory.usecases.incident_record import cleaned

MOST_NOTE = 300
_SHOWN_NAME = 80


@dataclass(frozen=True)
class Attached:
    """The files of an incident, the newest first, and how much room is left. `removable`: ids that one may remove."""

    files: tuple[AttachedFile, ...]
    removable: tuple[str, ...]
    bytes: int
    most_bytes: int
    most_file_bytes: int


@dataclass(frozen=True)
class GivenFile:
    """A file as somebody gives it."""

    name: str
    data: bytes
    note: str = ""


def attach(actor: Actor, world: World, incident_id: str, given: GivenFile) -> AttachedFile:
    """Keep a file with the incident. Raises NotFound, and BadInput that says what about the file does not fit."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    kind = _checked(given)
    data, is_redacted = given.data, False
    if kind.is_text:
        data, is_redacted = _clean(world, given.data)
        kind = kind_of(data) or FileKind.TEXT  # where a name had a comma, a table is none any more
    shown = file_name(given.name, kind)
    name, note = cleaned(world, (shown, given.note.strip()))
    _fits(world, incident_id, shown, len(data))
    file = AttachedFile(
        id=world.ids.new("file"),
        incident_id=incident_id,
        name=file_name(name, kind),
        kind=kind,
        bytes=len(data),
        sha256=sha256(data).hexdigest(),
        actor_id=actor.id,
        at=world.clock.now(),
        note=note,
        redacted=is_redacted,
    )
    world.audit.remark(say("keeping.did_attach", name=file.name, kind=kind.value))
    world.attachments.save(file, data)
    return file


def attached(actor: Actor, world: World, incident_id: str) -> Attached:
    """The files of an incident. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    files = tuple(reversed(world.attachments.of(incident_id)))
    return Attached(
        files=files,
        removable=tuple(one.id for one in files if one.is_there and _may_remove(actor, one)),
        bytes=_kept_bytes(files),
        most_bytes=MOST_INCIDENT_BYTES,
        most_file_bytes=MOST_FILE_BYTES,
    )


def fetch(actor: Actor, world: World, incident_id: str, file_id: str) -> tuple[AttachedFile, bytes]:
    """A file with its bytes. Raises NotFound where there is none, or none any more."""
    require(actor, Verb.READ, incident_id)
    file = _there(world, incident_id, file_id)
    data = world.attachments.data(file.sha256)
    if data is None:  # removed since the list was read
        raise _gone(_there(world, incident_id, file_id))
    return file, data


def remove_file(actor: Actor, world: World, incident_id: str, file_id: str, why: str) -> AttachedFile:
    """Forget a file's content; that it was there, and who removed it, stays told. One's own, or any for who decides.

    Raises NotFound, NotAllowed, and Conflict under legal hold.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    file = _there(world, incident_id, file_id)
    if not _may_remove(actor, file):
        facts = {"name": file.name, "actor": file.actor_id, "asking": actor.id}
        raise NotAllowed(say("keeping.not_yours", **facts), say("keeping.not_yours_next", **facts))
    require_not_held(world, incident_id)
    (said,) = cleaned(world, (why.strip()[:MOST_NOTE],))
    removed = replace(file, removed_by=actor.id, removed_why=said)
    world.audit.remark(say("keeping.did_remove", name=file.name))
    world.attachments.save(removed, None)
    return removed


def _checked(given: GivenFile) -> FileKind:
    shown = given.name[-_SHOWN_NAME:] or "file"
    if len(given.note) > MOST_NOTE:
        raise BadInput(say("keeping.long_note", name=shown, most=MOST_NOTE), say("keeping.long_note_next"))
    if not given.data:
        raise BadInput(say("keeping.empty", name=shown), say("keeping.empty_next"))
    kind = kind_of(given.data) if len(given.data) <= MOST_FILE_BYTES else None
    most = MOST_TEXT_BYTES if kind is not None and kind.is_text else MOST_FILE_BYTES
    if len(given.data) > most:
        facts = {"size_mb": len(given.data) / 1e6, "most_mb": most / 1e6}
        raise BadInput(say("keeping.too_large", name=shown, **facts), say("keeping.too_large_next"))
    if kind is None:
        raise BadInput(say("keeping.not_allowed", name=shown), say("keeping.not_allowed_next"))
    return kind


def _clean(world: World, data: bytes) -> tuple[bytes, bool]:
    """A text without names and secrets, and whether there were any."""
    text = text_of(data) or ""
    (clean,) = cleaned(world, (text,))
    return clean.encode(), clean != text


def _fits(world: World, incident_id: str, name: str, size: int) -> None:
    here = world.attachments.of(incident_id)
    if sum(one.is_there for one in here) >= MOST_FILES:
        raise BadInput(say("keeping.too_many", incident=incident_id, most=MOST_FILES), say("keeping.too_many_next"))
    total = _kept_bytes(here) + size
    if total > MOST_INCIDENT_BYTES:
        facts = {"size_mb": total / 1e6, "most_mb": MOST_INCIDENT_BYTES / 1e6}
        raise BadInput(say("keeping.full", name=name, incident=incident_id, **facts), say("keeping.full_next"))


def _kept_bytes(files: tuple[AttachedFile, ...]) -> int:
    return sum(one.bytes for one in files if one.is_there)


def _may_remove(actor: Actor, file: AttachedFile) -> bool:
    decides = may(actor, Verb.DECIDE, file.incident_id)
    return decides or (file.actor_id == actor.id and may(actor, Verb.CONTRIBUTE, file.incident_id))


def _there(world: World, incident_id: str, file_id: str) -> AttachedFile:
    get_incident(world, incident_id)
    file = next((one for one in world.attachments.of(incident_id) if one.id == file_id), None)
    if file is None:
        told = say("keeping.no_file", incident=incident_id, file=file_id)
        raise NotFound(told, say("keeping.no_file_next", incident=incident_id))
    if not file.is_there:
        raise _gone(file)
    return file


def _gone(file: AttachedFile) -> NotFound:
    told = say("keeping.was_removed", name=file.name, actor=file.removed_by)
    return NotFound(told, say("keeping.was_removed_next"))
