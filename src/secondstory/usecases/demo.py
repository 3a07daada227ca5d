"""The shipped example: imported and analysed once, then kept like any incident."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import secondstory
from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import Unavailable
from secondstory.ports import World
from secondstory.usecases.analyse import Analysis, analyse, telemetry_changed
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.open_incident import open_seeds

EXAMPLE = "pool-exhaustion"


def ensure_demo(actor: Actor, world: World, progress: Callable[[str], None]) -> Analysis:
    """Import the example where that was not done yet, and analyse it; anew where it is read differently now."""
    require(actor, Verb.IMPORT, None)
    path = _example_folder()
    import_path(actor, world, ImportRequest(path, EXAMPLE), lambda what, _done, _total: progress(what))
    incident = open_seeds(actor, world, EXAMPLE)[0]
    stale = telemetry_changed(world, incident)  # a newer version may read the same files better
    return analyse(actor, world, incident.id, refresh=stale, progress=progress)


def _example_folder() -> Path:
    package = Path(secondstory.__file__).parent
    # In a wheel the examples lie inside the package; in a checkout beside `src`.
    for folder in (package / "examples" / EXAMPLE, package.parents[1] / "examples" / EXAMPLE):
        if folder.is_dir():
            return folder
    raise Unavailable(
        f"The example {EXAMPLE!r} is not part of this installation.",
        "Record one: `secondstory gameday record pool-exhaustion --seed 1 --out FOLDER`, then import it.",
    )
