"""The data directory: made for its owner alone, and used only where nobody else could have written into it.

Whoever may open it is the installation's owner, whatever door they came by; so its place in the file system is the
sign-in of the command line.
"""

from __future__ import annotations

import os
import stat
from pathlib import Path

from secondstory.model.errors import NotAllowed
from secondstory.texts import say

_OTHERS_WRITE = stat.S_IWGRP | stat.S_IWOTH


def own_folder(folder: Path) -> None:
    """Make the directory where it is not there. Raises NotAllowed where it is another user's, or open to others."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    found = folder.stat()
    require_own(folder, found.st_uid, stat.S_IMODE(found.st_mode), os.geteuid())


def require_own(folder: Path, owner: int, mode: int, user: int) -> None:
    """Raise NotAllowed unless `user` owns a folder with this mode alone."""
    if owner != user:
        facts = {"path": folder, "owner": owner, "user": user}
        raise NotAllowed(say("records.not_yours", **facts), say("records.not_yours_next"))
    if mode & _OTHERS_WRITE:
        raise NotAllowed(
            say("records.open_folder", path=folder, mode=f"{mode:o}"), say("records.open_next", path=folder)
        )
