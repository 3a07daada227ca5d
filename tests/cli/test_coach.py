"""`secondstory coach` as a person uses it: a report, JSON, a file that grows, standard input, Ctrl-C."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.cli.session import OUT

SAMPLES = Path(__file__).parents[1] / "recordings" / "transcripts-coach"
HARD = "2\n00:00:03.000 --> 00:00:05.000\nTheo Brandt: Who is to blame for this? I want a name.\n\n"


def coach(*arguments: str, code: int = 0, typed: bytes | None = None) -> str:
    OUT.width = 200
    done = CliRunner().invoke(APP, ["coach", *arguments], input=typed)
    assert done.exit_code == code, f"{done.output}\n{done.exception!r}"
    return done.output


@contextmanager
def running(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """The command as a process of its own, whose output is read as it comes."""
    command = [sys.executable, "-m", "secondstory", "coach", *arguments]
    pipe = subprocess.PIPE
    environment = {**os.environ, "COLUMNS": "200"}
    with subprocess.Popen(command, stdin=pipe, stdout=pipe, stderr=pipe, text=True, env=environment) as process:
        try:
            yield process
        finally:
            process.kill()


def printed_until(process: subprocess.Popen[str], words: str) -> None:
    """Read lines until one holds the words; waits as long as the command runs."""
    assert process.stdout is not None
    assert any(words in line for line in process.stdout), f"{words!r} never came"


def test_the_report_tells_findings_first_and_then_what_was_agreed() -> None:
    printed = coach(str(SAMPLES / "review.vtt"), "--role", "Theo Brandt=executive", "--role", "Sofia Arnaud=observer")
    order = [
        "1 hard moment",
        "Two competing causes",
        "Who spoke",
        "Has not spoken: Sofia Arnaud.",
        "Agenda",
        "Exports run against the replica from now on",
        "Move the export to the replica",
        "Retry settings of the vendor",
        "Claims that compete",
        "without an answer: 1",
    ]
    places = [printed.index(words) for words in order]
    assert places == sorted(places)
    assert "facilitator, read from the text" in printed


def test_the_facilitators_own_sentence_is_for_her_alone() -> None:
    said = "Ines: Why did you skip the canary, Tom?\nTom: The queue was full.\nInes: What did the panel show?\n"
    printed = coach("-", "--role", "Ines=facilitator", typed=said.encode())
    assert "1 hard moment" in printed
    assert "for you alone" in printed and "asks for a defence" in printed
    assert "→ I put that badly" in printed or "→ My words were off" in printed


def test_json_holds_the_cues_and_all_that_was_read() -> None:
    told = json.loads(coach(str(SAMPLES / "review.vtt"), "--json"))
    assert len(told["transcript"]["cues"]) == 25
    assert [one["owner"] for one in told["conversation"]["commitments"]] == [
        "Jonas Okoro",
        "Mira Castell",
        "Mira Castell",
    ]


def test_roles_beside_the_file_are_taken_and_what_was_not_read_is_said(tmp_path: Path) -> None:
    (tmp_path / "call.vtt").write_text(f"WEBVTT\n\n1\n00:00:01.000 --> late\nlost\n\n{HARD}")
    (tmp_path / "call.roles.toml").write_text('"Theo Brandt" = "executive"\n')
    printed = coach(str(tmp_path / "call.vtt"))
    assert "1 not read as it stands" in printed
    assert "Theo Brandt (executive)" in printed


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (("missing.vtt",), "is no file"),
        (("-",), "is empty"),
        (("-", "--live"), "nothing that somebody says"),
        ((str(SAMPLES / "review.vtt"), "--role", "Theo=king"), "facilitator, engineer"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(arguments: tuple[str, ...], told: str) -> None:
    assert told in coach(*arguments, code=3, typed=b"")


def test_standard_input_is_followed_to_its_end() -> None:
    with running("-", "--live") as process:
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(f"WEBVTT\n\n{HARD}")
        process.stdin.flush()
        printed_until(process, "I want a name")  # told while the input is still open
        process.stdin.write("3\n00:00:06.000 --> 00:00:08.000\nAna Lind: Parking lot: na")
        process.stdin.close()
        assert "Na" in process.stdout.read()  # a cue that was never finished is still heard
        assert process.wait() == 0


def test_a_growing_file_is_followed_until_ctrl_c(tmp_path: Path) -> None:
    path = tmp_path / "call.vtt"
    path.write_text(f"WEBVTT\n\n{HARD}3\n00:00:06.000 --> 00:00")
    with running(str(path), "--live") as process:
        assert process.stdout is not None
        printed_until(process, "I want a name")
        with path.open("a") as file:
            file.write(f":08.000\nAna Lind: Let's go on.\n\n{HARD.replace('this?', 'that?')}")
        printed_until(process, "to blame for that?")
        process.send_signal(signal.SIGINT)
        assert "Who spoke" in process.stdout.read()
        assert process.wait() == 0
