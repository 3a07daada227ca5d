"""The timeline on the command line: what a person says is kept, listed with who told it, and can be taken back."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP

INCIDENT = "pool-exhaustion-2026-11-21-1044"  # the shipped example


class Shell:
    """Runs verbs of `secondstory timeline` on one data directory."""

    def __init__(self, folder: Path) -> None:
        self._env = {"SECONDSTORY_DATA_DIR": str(folder), "COLUMNS": "200"}

    def run(self, *arguments: str, code: int = 0) -> str:
        """What the verb prints; it must end with `code`."""
        ended = CliRunner(env=self._env).invoke(APP, ["timeline", *arguments])
        assert ended.exit_code == code, ended.output
        return ended.output

    def json(self, *arguments: str) -> Any:
        """The same as JSON."""
        return json.loads(self.run(*arguments, "--json"))


@pytest.fixture
def shell(own_demo_dir: Path) -> Shell:
    return Shell(own_demo_dir)


def test_an_event_is_added_told_edited_hidden_and_brought_back(shell: Shell) -> None:
    shell.run("add", INCIDENT, "11:50/11:52", "The bank was called", "--service", "payment")
    told = shell.json("told", INCIDENT, "responder-2", "2026-11-21T10:50:30Z", "I saw the pool")
    listed = shell.json("list", INCIDENT, "--only", "people")
    assert [(one["title"], one["moment"]["earliest"][11:19]) for one in listed] == [
        ("The bank was called", "10:50:00"),
        ("I saw the pool", "10:50:30"),
    ]
    assert [one["title"] for one in shell.json("list", INCIDENT, "--only", "unconfirmed")] == ["I saw the pool"]
    edited = shell.json(
        "edit", INCIDENT, told["subject"], "title=I saw the pool full", "at=10:51 UTC", "--why", "a slip"
    )
    assert "I saw the pool full" in shell.run("history", INCIDENT, told["subject"])
    shell.run("hide", INCIDENT, told["subject"], "--why", "told twice")
    assert "told twice" in shell.run("list", INCIDENT, "--only", "hidden")
    hidden = shell.json("history", INCIDENT, told["subject"])["versions"][0]
    shell.run("undo", INCIDENT, hidden["id"])
    shell.run("undo", INCIDENT, edited["id"])
    assert shell.json("list", INCIDENT, "--text", "saw the pool")[0]["title"] == "I saw the pool"


def test_entries_are_starred_merged_linked_marked_and_a_clock_is_corrected(shell: Shell) -> None:
    events = shell.json("list", INCIDENT)
    place = {one["title"]: f"T{n}" for n, one in enumerate(events, start=1)}
    alert = place["GatewayErrorRatioHigh firing"]
    chat = place[next(one["title"] for one in events if one["kind"] == "chat")]
    shell.run("star", INCIDENT, alert)
    shell.run("dig", INCIDENT, alert)
    assert "1 stars; 1 dig here" in shell.run("list", INCIDENT, "--only", "starred")
    shell.run("link", INCIDENT, chat, alert)
    shell.run("note", INCIDENT, alert, "It fired late.")
    shell.run("mark", INCIDENT, "detected", "11:51:00/11:51:30", "--event", alert)
    assert "Nothing was changed" in shell.run("skew", INCIDENT, "alert", "--", "-40")
    shell.run("skew", INCIDENT, "alert", "--accept", "--why", "seen against the pager", "--", "-40")
    moved = shell.json("list", INCIDENT, "--text", "GatewayErrorRatioHigh firing")[0]
    assert moved["amended"]["correction_s"] == -40 and moved["amended"]["linked"]
    shell.run("merge", INCIDENT, chat, moved["key"])
    assert len(shell.json("list", INCIDENT)) == len(events) - 1


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", INCIDENT, "noon", "x"), "is no time"),
        (("add", INCIDENT, "11:50 Mars/Olympus", "x"), "is no time"),
        (("told", INCIDENT, "Ana Kovač", "11:50", "x"), "role token"),
        (("edit", INCIDENT, "T1", "colour=red"), "names no field"),
        (("hide", INCIDENT, "T999", "--why", "x"), "There is no event"),
        (("confirm", INCIDENT, "T1"), "does not wait"),
        (("skew", INCIDENT, "sundial", "3"), "No source"),
    ],
)
def test_what_cannot_be_done_is_refused_with_the_next_step(
    shell: Shell, arguments: tuple[str, ...], words: str
) -> None:
    assert words in " ".join(shell.run(*arguments, code=3).split())
