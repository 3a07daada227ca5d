"""Files that came through the browser, spooled below the data directory until they are imported and a while longer.

They are kept for a day, so that a mapping can be corrected and the files read again, and then forgotten: unlike stored
telemetry they still hold the names of people.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, Unavailable
from secondstory.ports import World

_KEPT = timedelta(hours=24)
_NAME_LENGTH = 120
_UNSAFE = re.compile(r"[\x00-\x1f\x7f\ud800-\udfff]")
_ENDED = ("done", "failed", "cancelled")


def keep_upload(actor: Actor, world: World, files: Iterable[tuple[str, BinaryIO]]) -> Path:
    """Spool files to a folder of their own, all of them or none. Raises BadInput without any, Unavailable on a full
    disk."""
    require(actor, Verb.IMPORT, None)
    folder = _spool(world) / world.ids.new("upload")
    folder.mkdir(parents=True, mode=0o700)
    try:
        for name, data in files:
            path = _free(folder / _inside(name))
            path.parent.mkdir(parents=True, exist_ok=True)
            with path.open("xb") as out:
                shutil.copyfileobj(data, out, 1024 * 1024)
        if not any(folder.iterdir()):
            raise BadInput("The upload holds no file.", "Choose at least one file.")
    except OSError as error:
        _forget(folder)
        raise Unavailable(
            f"The upload could not be kept: {error.strerror}.", "Free disk space and try again."
        ) from error
    except BadInput:
        _forget(folder)
        raise
    return folder


def is_upload(world: World, path: Path) -> bool:
    """True for a path that `keep_upload` made."""
    return path.is_relative_to(_spool(world))


def forget_uploads(world: World) -> None:
    """Remove uploads that no job waits for and that are over a day old."""
    wanted = {dict(job.arguments).get("path") for job in world.jobs.all() if job.state not in _ENDED}
    for folder in _spool(world).glob("upload-*"):
        age = world.clock.now() - datetime.fromtimestamp(folder.stat().st_mtime, UTC)
        if age > _KEPT and str(folder) not in wanted:
            _forget(folder)


def _spool(world: World) -> Path:
    return world.data_dir.resolve() / "uploads"


def _inside(name: str) -> PurePosixPath:
    """A file's name as the browser gave it, folders kept, but never leading out of its own."""
    parts = [_UNSAFE.sub("_", part)[-_NAME_LENGTH:].strip() for part in name.replace("\\", "/").split("/")]
    kept = [part for part in parts if part.strip(".")]
    return PurePosixPath(*(kept[-4:] or ["file"]))


def _free(path: Path) -> Path:
    number = 1
    free = path
    while free.exists():
        number += 1
        free = path.with_name(f"{number}-{path.name}")
    return free


def _forget(folder: Path) -> None:
    shutil.rmtree(folder, ignore_errors=True)
