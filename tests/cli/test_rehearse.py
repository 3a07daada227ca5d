"""The verb as a person meets it: lists, a scripted run, a conversation that ends, and plain refusals."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest


def run(folder: Path, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "SECONDSTORY_DATA_DIR": str(folder)}
    command = [sys.executable, "-m", "secondstory", "rehearse", *arguments]
    return subprocess.run(command, input=given, capture_output=True, text=True, env=settings, check=False)


def test_a_scripted_run_gives_the_room_as_json(tmp_path: Path) -> None:
    ended = run(
        tmp_path, "deploy", "--seed", "1", "--json", given="Who knows?\n\nIt was one of the newer people.\nMore.\n"
    )
    room = json.loads(ended.stdout)
    assert ended.returncode == 0, ended.stderr
    assert len(room["turns"]) == 2 and room["debrief"]["end"] == "harm", "what comes after the end is not taken"


def test_a_conversation_can_try_a_turn_again_and_ends_with_the_input(tmp_path: Path) -> None:
    talked = run(tmp_path, "procedure", "--seed", "1", given="Calm down!\n.again\n.again\n.hint\nThe steps stand.\n")
    assert talked.returncode == 0, talked.stderr
    assert "no turn 0" in talked.stdout and "A better wording:" in talked.stdout
    assert talked.stdout.count("turn 1 of about") == 4
    assert "“I followed the procedure”" in run(tmp_path, "--list").stdout


def test_the_list_tells_how_sessions_went(tmp_path: Path) -> None:
    run(tmp_path, "deploy", "--json", given="Well.\n")
    kept = json.loads(run(tmp_path, "--list", "--json").stdout)
    assert len(kept["rooms"]) == 10 and len(kept["progress"]["sessions"]) == 1


@pytest.mark.parametrize("arguments", [("nowhere",), ("deploy", "--level", "9"), ("deploy", "--incident", "none")])
def test_what_cannot_be_played_is_refused(tmp_path: Path, arguments: tuple[str, ...]) -> None:
    refused = run(tmp_path, *arguments)
    assert refused.returncode == 3 and "Error:" in refused.stderr and "Traceback" not in refused.stderr


def test_forgetting_asks_first_and_takes_silence_for_a_no(tmp_path: Path) -> None:
    run(tmp_path, "deploy", "--json", given="Well.\n")
    for given in ("", "n\n", "perhaps\n"):
        assert "Nothing was removed." in run(tmp_path, "--forget", given=given).stdout
    assert len(json.loads(run(tmp_path, "--list", "--json").stdout)["progress"]["sessions"]) == 1
    assert "Nothing of your rehearsals is kept" in run(tmp_path, "--forget", given="y\n").stdout
    assert json.loads(run(tmp_path, "--list", "--json").stdout)["progress"]["sessions"] == []


def test_an_answer_in_another_language_or_none_changes_nothing_and_says_why(tmp_path: Path) -> None:
    told = run(
        tmp_path, "deploy", given="\nIch verstehe das. Was zeigte das Panel, und wer hat es gesehen?\nok\n"
    ).stdout
    assert told.count("turn 1 of about") == 3, "an empty line and a refused answer leave the turn as it is"
    assert "not in English" in told and "Type your answer." in told.split("Tension")[1]
    assert "of 100, 1 word\n" in told
