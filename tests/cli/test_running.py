"""Verbs ask the server that runs on the same data; without one, or after one was killed, they work on the data."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.records.test_stores import incident as some_incident
from typer.testing import CliRunner, Result

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.decision import ContributionKind
from secondstory.model.errors import NotAllowed
from secondstory.ports import World
from secondstory.records.folder import require_own
from secondstory.web.local import NAME, Local, announced
from secondstory.web.serving import serving
from secondstory.wiring import open_world

EVENT = "event/deploy/orders"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        opened.incidents.save(some_incident("inc"))
        yield opened


def run(world: World, *words: str) -> Result:
    return CliRunner().invoke(APP, list(words), env={"SECONDSTORY_DATA_DIR": str(world.data_dir)})


def asked_of_the_server(world: World) -> int:
    with sqlite3.connect(world.data_dir / "records.db") as records:
        count: int = records.execute("SELECT count(*) FROM answered").fetchone()[0]
        return count


def test_a_comment_and_its_undoing_go_by_the_server_that_runs(world: World) -> None:
    with serving(world, 0, 8):
        file = world.data_dir / NAME
        assert file.stat().st_mode & 0o777 == 0o600
        assert "What was known?" in run(world, "comment", "inc", EVENT, "What was known?").output
        (comment,) = world.ledger.contributions("inc")
        edited = run(world, "comment", "inc", f"comment/{comment.id}", "What was known then?", "--do", "edit", "--json")
        assert json.loads(edited.stdout)[0]["remarks"][0]["text"] == "What was known then?"
        assert run(world, "comment", "inc", f"comment/{comment.id}", "--do", "settle").exit_code == 0
        assert run(world, "comment", "inc", "comment/none", "Reply.").exit_code == 3
        assert "Taken back: resolve" in run(world, "undo", "inc").output
        assert asked_of_the_server(world) == 4
        told = [(one.actor, one.door.value, one.what, one.on) for one in world.audit.entries("inc", 0, 10)]
        assert told[0] == ("owner", "cli", "undo", "undo") and told[-1] == ("owner", "cli", "comment", "comments")
    assert not file.exists()


def test_a_data_directory_is_its_owner_s_alone(tmp_path: Path) -> None:
    folder = tmp_path / "data"
    told = CliRunner().invoke(APP, ["incidents"], env={"SECONDSTORY_DATA_DIR": str(folder)})
    assert told.exit_code == 0 and folder.stat().st_mode & 0o777 == 0o700
    folder.chmod(0o770)
    told = CliRunner().invoke(APP, ["incidents"], env={"SECONDSTORY_DATA_DIR": str(folder)})
    assert told.exit_code == 3 and "chmod go-w" in told.output
    with pytest.raises(NotAllowed, match="belongs to user 1000"):
        require_own(folder, 1000, 0o700, 0)
    require_own(folder, 1000, 0o750, 1000)


def test_the_file_of_a_server_that_was_killed_stops_nobody(world: World) -> None:
    local = Local("http://127.0.0.1:9/", "name", "cookie", "csrf", 1)
    with announced(world.data_dir, local, lambda: False):
        assert run(world, "comment", "inc", EVENT, "What was known?").exit_code == 0
    (world.data_dir / NAME).write_text("{")
    assert run(world, "comment", "inc", EVENT, "And then?").exit_code == 0
    assert [one.kind for one in world.ledger.contributions("inc")] == [ContributionKind.COMMENT] * 2
    assert asked_of_the_server(world) == 0
