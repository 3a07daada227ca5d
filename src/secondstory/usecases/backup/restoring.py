"""Reads a backup into a folder that holds nothing yet; every file is checked before the folder gets its name."""

from __future__ import annotations

import os
import shutil
import tarfile
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path, PurePosixPath

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.errors import BadInput
from secondstory.texts import say
from secondstory.usecases.backup import layout

_MOST_MANIFEST_BYTES = 64 * 1024**2


@dataclass(frozen=True)
class Restored:
    """What was read."""

    files: int
    bytes: int
    made_with: str


def restore(actor: Actor, archive: Path, keys: Path, data_dir: Path) -> Restored:
    """Bring a backup back as `data_dir`, all of it or nothing.

    Raises BadInput where the folder holds something, where the keys are not those of the backup, and where a file is
    not as it was, naming it.
    """
    require(actor, Verb.ADMINISTER, None)
    if data_dir.exists() and (not data_dir.is_dir() or any(data_dir.iterdir())):
        raise BadInput(say("backup.not_empty", folder=data_dir), say("backup.not_empty_next"))
    for path in (archive, keys):
        if not path.is_file():
            raise BadInput(say("backup.no_file", path=path), say("backup.no_file_next"))
    aside = data_dir.with_name(f".{data_dir.name}.restoring")
    shutil.rmtree(aside, ignore_errors=True)
    aside.mkdir(parents=True, mode=0o700)
    try:
        with tarfile.open(archive, "r:") as tar:
            manifest = _manifest(tar)
            _unpack(tar, manifest, aside)
        _bring_keys(keys, manifest, aside)
        if data_dir.exists():
            data_dir.rmdir()
        aside.replace(data_dir)
    except tarfile.TarError as error:
        raise BadInput(say("backup.damaged", path=archive, problem=error), say("backup.next")) from error
    finally:
        shutil.rmtree(aside, ignore_errors=True)
    return Restored(len(manifest.members), sum(one.bytes for one in manifest.members), manifest.written_by)


def _manifest(tar: tarfile.TarFile) -> layout.BackupManifest:
    try:
        data = _bytes(tar, layout.MANIFEST, _MOST_MANIFEST_BYTES)
        manifest = decode(data, layout.BackupManifest)
    except (BadInput, ValueError) as error:
        raise BadInput(say("backup.no_manifest"), say("backup.next")) from error
    if manifest.product != layout.PRODUCT or manifest.format > layout.FORMAT:
        raise BadInput(say("backup.other_format", format=manifest.format), say("backup.other_format_next"))
    return manifest


def _unpack(tar: tarfile.TarFile, manifest: layout.BackupManifest, folder: Path) -> None:
    for member in manifest.members:
        path = PurePosixPath(member.path)
        if path.is_absolute() or not path.parts or ".." in path.parts or "\\" in member.path:
            raise BadInput(say("backup.leads_out", path=member.path), say("backup.next"))
        data = _bytes(tar, member.path, member.bytes)
        if len(data) != member.bytes or sha256(data).hexdigest() != member.sha256:
            raise BadInput(say("backup.changed", path=member.path), say("backup.next"))
        _write(folder / path, data)


def _bytes(tar: tarfile.TarFile, name: str, most: int) -> bytes:
    """A plain file in the archive; links and devices are none. Raises BadInput."""
    try:
        info = tar.getmember(name)
    except KeyError as error:
        raise BadInput(say("backup.missing", path=name), say("backup.next")) from error
    stream = tar.extractfile(info) if info.isreg() and info.size <= most else None
    if stream is None:
        raise BadInput(say("backup.changed", path=name), say("backup.next"))
    return stream.read()


def _bring_keys(keys: Path, manifest: layout.BackupManifest, folder: Path) -> None:
    data = keys.read_bytes()
    if sha256(data).hexdigest() != manifest.keys_sha256:
        raise BadInput(say("backup.other_keys", path=keys), say("backup.other_keys_next"))
    for key in decode(data, tuple[layout.Key, ...]):
        name = PurePosixPath(key.name)
        if len(name.parts) != 1 or not key.name.endswith(layout.KEY_SUFFIX):
            raise BadInput(say("backup.leads_out", path=key.name), say("backup.next"))
        _write(folder / key.name, key.text.encode("ascii"))


def _write(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch(mode=0o600)
    with path.open("wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
