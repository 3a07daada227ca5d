"""Who imports the same telemetry twice, under another name or into a second recording, sees the same incident."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from pathlib import Path

import secondstory
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.codec import encode
from secondstory.ports import World
from secondstory.usecases.analyse import Analysis, analyse
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.wiring import open_world

from .conftest import only_incident

EXAMPLE = Path(secondstory.__file__).parents[2] / "examples" / "pool-exhaustion"


def renamed_copy(folder: Path) -> Path:
    """The example with every file under another name, as a download or a rotation would leave it."""
    for path in sorted(EXAMPLE.rglob("*")):
        if path.is_file():
            copy = folder / f"again-{path.name}"
            folder.mkdir(exist_ok=True)
            shutil.copyfile(path, copy)
    return folder


def analysed(world: World) -> Analysis:
    incident = only_incident(world)
    return analyse(LOCAL_OWNER, world, incident.id, refresh=True, progress=lambda _what: None)


def findings(analysis: Analysis) -> list[str]:
    """What was found, without the ids of the answers, which name the recordings that were asked."""
    prepared = analysis.prepared
    bodies = (prepared.impact.body, prepared.causes.body, prepared.detection.body)
    told = [encode(replace(body, evidence=()), type(body)).decode() for body in bodies]
    return [re.sub(r"ev-[0-9a-f]+", "ev", text) for text in told]


def test_the_same_files_in_a_second_recording_of_the_incident_change_nothing(
    own_demo_dir: Path, tmp_path: Path
) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        expected = findings(analysed(world))
        request = ImportRequest(renamed_copy(tmp_path / "copy"), "second import")
        import_path(LOCAL_OWNER, world, request, lambda _what, _done, _total: None)
        incident = only_incident(world)
        world.incidents.save(replace(incident, recordings=(*incident.recordings, "second import")))
        assert findings(analysed(world)) == expected


def test_the_same_files_under_other_names_in_the_same_recording_change_nothing(
    own_demo_dir: Path, tmp_path: Path
) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        expected = findings(analysed(world))
        recording = only_incident(world).recordings[0]
        request = ImportRequest(renamed_copy(tmp_path / "copy"), recording)
        import_path(LOCAL_OWNER, world, request, lambda _what, _done, _total: None)
        assert findings(analysed(world)) == expected
