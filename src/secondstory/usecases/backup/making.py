"""Copies the installation while it is used: first the records as of one moment, then the files that they name.

Segments never change and are written before the records name them, so every file that the copied records name is there
when the copy is made, unless an import replaced it meanwhile; then all is copied again.
"""

from __future__ import annotations

import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json, encode
from secondstory.model.errors import BadInput, Unavailable
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.backup import layout

_ATTEMPTS = 3
_LEFT_OUT = ("uploads", "spill", "journal")
# Uploads hold names and are forgotten within a day; spilled rows are of one query; a journal is gone with its meeting.
_PARTS = (".part", "-wal", "-shm", "-journal")


@dataclass(frozen=True)
class BackedUp:
    """What was written."""

    files: int
    bytes: int
    elsewhere: int  # segments' files that lie in object storage, which keeps its own copies


def back_up(actor: Actor, world: World, target: Path, keys: Path) -> BackedUp:
    """Write the backup to `target` and the keys to `keys`, each whole or not at all, neither over another file.

    Raises BadInput where there is such a file, Unavailable where the database has to be copied by its own tools.
    """
    require(actor, Verb.ADMINISTER, None)
    for path in (target, keys):
        if path.exists():
            raise BadInput(say("backup.exists", path=path), say("backup.exists_next"))
    aside = target.with_name(f".{target.name}.part")
    key_bytes = _keys(world.data_dir)
    try:
        for _ in range(_ATTEMPTS):
            done = _written(world, aside, sha256(key_bytes).hexdigest())
            if done is not None:
                break
        else:
            raise Unavailable(say("backup.restless"), say("backup.restless_next"))
        keys.touch(mode=0o600, exist_ok=False)
        keys.write_bytes(key_bytes)
        aside.replace(target)
    finally:
        aside.unlink(missing_ok=True)
    return done


def _written(world: World, aside: Path, keys_hash: str) -> BackedUp | None:
    """None where a file that the records name went away before it was copied."""
    members: list[layout.BackupMember] = []
    with tempfile.TemporaryDirectory(dir=aside.parent, prefix=".secondstory-") as folder:
        records = Path(folder) / layout.RECORDS
        named = world.snapshots.snapshot(records)
        with tarfile.open(aside, "w", format=tarfile.PAX_FORMAT) as tar:
            for name, data in _contents(records, world.data_dir):
                members.append(layout.BackupMember(name, len(data), sha256(data).hexdigest()))
                _add(tar, name, data)
            manifest = layout.BackupManifest(
                product=layout.PRODUCT,
                format=layout.FORMAT,
                written_by=world.code_version,
                made_at=world.clock.now(),
                keys_sha256=keys_hash,
                members=tuple(members),
            )
            _add(tar, layout.MANIFEST, canonical_json(manifest))
    copied = {member.path for member in members}
    beside = tuple(path for path in named if path not in copied)
    gone = set(world.files.missing(beside)) if beside else set()
    lost_now = {path for path in gone if path in _named_now(world)}
    if gone - lost_now:
        return None
    return BackedUp(len(members), sum(member.bytes for member in members), len(beside) - len(gone))


def _contents(records: Path, data_dir: Path) -> Iterator[tuple[str, bytes]]:
    """Every file by its path; one that goes away meanwhile is left out, and missed where the records name it."""
    for name, path in ((layout.RECORDS, records), *_files(data_dir)):
        with suppress(FileNotFoundError):
            yield name, path.read_bytes()


def _named_now(world: World) -> set[str]:
    """Files that the records name still: one that is gone all the same was gone before."""
    segments = world.catalogue.segments(world.recordings.names())
    return {file.path for segment in segments for file in segment.files}


def _files(data_dir: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(data_dir.rglob("*")):
        name = path.relative_to(data_dir)
        if path.is_symlink() or not path.is_file() or name.parts[0] in _LEFT_OUT or path.name.startswith("."):
            continue
        if path.name.endswith((layout.KEY_SUFFIX, *_PARTS)) or name.as_posix() == layout.RECORDS:
            continue
        yield name.as_posix(), path


def _keys(data_dir: Path) -> bytes:
    found = tuple(layout.Key(path.name, path.read_text("ascii")) for path in sorted(data_dir.glob("*.key")))
    return encode(found, tuple[layout.Key, ...])


def _add(tar: tarfile.TarFile, name: str, data: bytes) -> None:
    info = tarfile.TarInfo(name)
    info.size, info.mode = len(data), 0o600
    tar.addfile(info, BytesIO(data))
