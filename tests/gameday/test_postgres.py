"""The laboratory finds PostgreSQL where systems keep it, and says how to install it where there is none."""

from pathlib import Path

import pytest

from secondstory.gameday.postgres import server_program
from secondstory.model.errors import Unavailable


def test_the_newest_version_is_taken_when_path_has_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    for version in ("9.6", "15", "8.4"):
        (tmp_path / version / "bin").mkdir(parents=True)
        (tmp_path / version / "bin" / "initdb").touch()
    assert server_program("initdb", tmp_path) == str(tmp_path / "15/bin/initdb")


def test_a_missing_server_is_named_with_the_command_that_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(Unavailable, match=r"initdb is neither on PATH .* sudo apt-get install -y postgresql"):
        server_program("initdb", tmp_path)
