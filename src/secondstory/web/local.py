"""The file by which programs of the same user on this machine find the running server of a data directory."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from secondstory.model.codec import decode, encode
from secondstory.model.errors import BadInput

NAME = "server.json"


@dataclass(frozen=True)
class Local:
    """Where the server is, and what lets its owner's programs in: as good as the owner's browser."""

    address: str
    cookie_name: str
    cookie: str
    csrf: str
    pid: int


@contextmanager
def announced(data_dir: Path, local: Local, stays: Callable[[], bool]) -> Iterator[None]:
    """Keep the file, which only its owner can read, as long as the server runs; after its end where `stays` says so."""
    path = data_dir / NAME
    fresh = path.with_name(f".{NAME}.{local.pid}")
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(encode(local, Local))
    fresh.replace(path)
    try:
        yield
    finally:
        found = announcement(data_dir)
        is_ours = found is not None and found.pid == local.pid  # else a later server has put its own there
        if is_ours and not stays():
            path.unlink(missing_ok=True)


def left_behind(data_dir: Path, address: str) -> Local | None:
    """What a server that was killed, or ended while a meeting was on, left at this address, so that its owner's open
    page is let in again.

    None after any other end, where another server still runs, and where others could have read or put the file there.
    """
    found = announcement(data_dir)
    if found is None or found.address != address or _runs(found.pid):
        return None
    about = (data_dir / NAME).stat()
    return found if about.st_uid == os.getuid() and not about.st_mode & 0o077 else None


def _runs(pid: int) -> bool:
    """Whether another process has this number. In a container each server has the same one."""
    if pid == os.getpid():
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def announcement(data_dir: Path) -> Local | None:
    """What the file says; None where there is none. A server that was killed leaves its file behind."""
    try:
        return decode((data_dir / NAME).read_bytes(), Local)
    except (FileNotFoundError, BadInput):
        return None
