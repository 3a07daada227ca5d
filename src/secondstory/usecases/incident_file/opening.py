"""An incident's file as it lies there: every part by name, checked against the manifest before it is handed out."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TypeVar

import orjson

from secondstory.model.codec import decode
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.import_telemetry.archives import UNPACKING_ERRORS, Member, members
from secondstory.usecases.incident_file import layout

T = TypeVar("T")
_MOST_RATIO = 250
_HARMLESS_BYTES = 64 * 1024**2
_MOST_PLAIN_BYTES = 512 * 1024**2  # of a member that is read into memory as JSON


class IncidentFile:
    """An incident's file: every name is known and in the manifest, and what is read has the hash that stands there."""

    def __init__(self, path: Path) -> None:
        if not path.is_file():
            raise BadInput(say("incident_file.no_file", path=path), say("incident_file.no_file_next"))
        found = members(path)
        self._members = {member.name: member for member in found}
        if len(self._members) < len(found):
            raise bad("twice", path.name)
        for member in found:
            if member.refused or not layout.NAMES.fullmatch(member.name):
                raise bad("foreign", member.name, why=member.refused or say("incident_file.not_ours"))
            if member.length > max(_HARMLESS_BYTES, _MOST_RATIO * member.packed_bytes):
                raise bad("bomb", member.name)
        if layout.MANIFEST not in self._members:
            raise bad("no_manifest", path.name)
        self.manifest = _manifest(self._bytes(layout.MANIFEST))
        self._hashes = {member.name: member for member in self.manifest.members}
        missing = sorted(set(self._hashes) - set(self._members))
        added = sorted(set(self._members) - set(self._hashes) - {layout.MANIFEST})
        if missing or added:
            raise bad("missing" if missing else "added", (missing or added)[0])

    def names(self, prefix: str) -> tuple[str, ...]:
        """The members whose names begin so."""
        return tuple(name for name in sorted(self._members) if name.startswith(prefix))

    def read(self, name: str) -> bytes:
        """A member's bytes. Raises BadInput where they are not those of the manifest, or where there is none."""
        if name not in self._hashes:
            raise bad("missing", name)
        data = self._bytes(name)
        if sha256(data).hexdigest() != self._hashes[name].sha256:
            raise bad("changed", name)
        return data

    def value(self, name: str, kind: type[T]) -> T:
        """A member as a value. Raises BadInput."""
        data = self.read(name)
        try:
            return decode(data, kind)
        except (BadInput, ValueError, TypeError) as error:
            raise bad("unreadable", name, why=str(error)[:300]) from error

    def holds(self, name: str) -> bool:
        """Whether there is such a member: files of earlier formats lack some."""
        return name in self._hashes

    def _bytes(self, name: str) -> bytes:
        member: Member = self._members[name]
        if member.length > _MOST_PLAIN_BYTES:
            raise bad("bomb", name)
        try:
            with member.opened() as stream:
                return stream.read(member.length)
        except UNPACKING_ERRORS as error:
            raise bad("changed", name) from error


def _manifest(data: bytes) -> layout.Manifest:
    try:
        given = orjson.loads(data)
        number = given["format"] if given["product"] == layout.PRODUCT else None
    except (ValueError, KeyError, TypeError) as error:
        raise bad("no_manifest", layout.MANIFEST) from error
    if not isinstance(number, int):
        raise bad("no_manifest", layout.MANIFEST)
    if number > layout.FORMAT:
        raise BadInput(say("incident_file.newer", format=number, known=layout.FORMAT), say("incident_file.newer_next"))
    try:
        return decode(data, layout.Manifest)
    except (BadInput, ValueError) as error:
        raise bad("no_manifest", layout.MANIFEST) from error


def bad(key: str, name: str, **facts: object) -> BadInput:
    """What is wrong with a part of the file; nothing of it is kept."""
    return BadInput(say(f"incident_file.{key}", name=name, **facts), say("incident_file.next"))
