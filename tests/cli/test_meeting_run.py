"""`secondstory meeting run`: a facilitator alone with a file of captions, from the beginning to the minutes."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from tests.cli.test_running import asked_of_the_server
from tests.records.test_stores import incident as some_incident
from typer.testing import CliRunner, Result

from secondstory.cli.app import APP
from secondstory.cli.meeting.feeds import Feeds, Over, Said, Told, Typed
from secondstory.cli.meeting.run import called_by
from secondstory.cli.naming import named_incident
from secondstory.config import Settings
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import BadInput
from secondstory.model.room import Box, BoxSpent, RoomClock
from secondstory.usecases.room.log import room_now
from secondstory.web.serving import serving
from secondstory.wiring import open_world

CAPTIONS = Path(__file__).parents[2] / "examples" / "meetings" / "pool-exhaustion.vtt"
START = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
Run = Callable[..., Result]


def runner(data: Path, folder: Path, incident: str) -> Run:
    def told(*commands: str, captions: Path = CAPTIONS) -> Result:
        file = folder / "commands.txt"
        file.write_text("\n".join(commands), encoding="utf-8")
        words = ["meeting", "run", incident, "--captions", str(captions), "--commands", str(file)]
        return CliRunner(env={"SECONDSTORY_DATA_DIR": str(data), "COLUMNS": "200"}).invoke(APP, words)

    return told


def test_a_meeting_is_led_left_gone_on_with_and_ended(own_demo_dir: Path, tmp_path: Path) -> None:
    run = runner(own_demo_dir, tmp_path, "demo")
    open_action = "a we need to write the runbook step"
    first = run(
        "u", "x 38", "jump", "u 999", open_action, "= owner=responder-2 due=2026-12-10", "n", "]", "a we test it"
    )
    assert first.exit_code == 0, first.output
    shown = first.output
    assert "The meeting begins." in shown and "Cues heard: 122; heard before: 0." in shown
    finding = shown[shown.index("#38") : shown.index("#40")]
    assert "“It was my fault”" in finding and "→ support: Thank you" in finding, "words, reason, and the reply"
    assert "#72 used." in shown and "#38 dismissed." in shown
    assert "`jump` is no command." in shown and "Cue 999 has no finding" in shown, "said, and the meeting goes on"
    assert "Who takes it on?" in shown and "owner responder-2  ·  due 2026-12-10" in shown
    assert "(2 of 7)" in shown and "1 of 19" in shown
    assert "Kept as it is" in shown and "still on" in shown, "what waits for an answer is not lost"

    again = run("d We keep the runbook step.", "2", "q", "v The slow query log.", "p How support was told.", "end")
    assert again.exit_code == 0, again.output
    assert "goes on here" in again.output and "heard before: 122" in again.output
    assert "#38" not in again.output, "what was printed is not printed again"
    assert "Decided: We keep the runbook step." in again.output and "Ask next:" in again.output
    minutes = again.output[again.output.index("# Minutes") :]
    for words in ("Write the runbook step", "responder-2", "2026-12-10", "How support was told", "The slow query log"):
        assert words in minutes
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        room = room_now(world, named_incident(world, "demo"))
        assert room is not None and not room.is_live


def test_the_rail_shows_a_finding_as_the_run_does_by_the_number_that_acts_take(tmp_path: Path) -> None:
    captions, data = tmp_path / "call.txt", tmp_path / "data"
    captions.write_text("Ana Lind: Somebody should be fired for this outage.\n", encoding="utf-8")
    with open_world(Settings(data_dir=data)) as world:
        world.incidents.save(some_incident("inc"))
    ran = runner(data, tmp_path, "inc")(captions=captions).output
    asked = ["meeting", "rail", "inc"]
    shown = CliRunner(env={"SECONDSTORY_DATA_DIR": str(data), "COLUMNS": "200"}).invoke(APP, asked).output
    finding = shown[: shown.index("Cues heard")].strip()
    assert finding.startswith("#1  Ana Lind") and finding in ran


def test_what_speaks_of_a_person_is_kept_only_as_somebody_chose(tmp_path: Path) -> None:
    captions = tmp_path / "call.txt"
    captions.write_text("Ana Lind: Hello.\n", encoding="utf-8")
    data = tmp_path / "data"
    with open_world(Settings(data_dir=data)) as world:
        world.incidents.save(some_incident("inc"))
        run = runner(data, tmp_path, "inc")
        blames = "d It was his fault, he was careless."
        with serving(world, 0, 8):
            told = run("=", blames, blames, "!", blames, "d We look at the pool.", "4", "u", "]", captions=captions)
        assert asked_of_the_server(world) == 3, "the beginning and the two lines; of captions nothing is remembered"
        room = room_now(world, "inc")
    assert "No sentence waits" in told.output and "Not kept, for it speaks of a person" in told.output
    assert "It has not come to that" in told.output and "No finding is in view." in told.output
    assert "no event further" in told.output
    assert room is not None and room.is_live and [one.line.text for one in room.board][1:] == ["We look at the pool"]
    assert len(room.board) == 2, "the one that was kept as said, and the calm one"


def test_a_script_begins_once_all_was_heard(tmp_path: Path) -> None:
    captions, commands = tmp_path / "call.txt", tmp_path / "commands.txt"
    captions.write_text("Ana: One.\nBo: Two.\n", encoding="utf-8")
    commands.write_text("n\nend\n", encoding="utf-8")
    feeds = Feeds(str(captions), str(commands), follow=False)
    feeds.start()
    first, second = feeds.take(30), feeds.take(30)
    assert isinstance(first, Said) and [one.text for one in first.cues] == ["One.", "Two."]
    assert second == Over(captions=True)
    feeds.captions_were_heard()
    assert [feeds.take(30) for _ in range(3)] == [Typed("n"), Typed("end"), Over(captions=False)]


def test_captions_that_grow_and_commands_come_at_the_same_time(tmp_path: Path) -> None:
    captions, commands = tmp_path / "call.txt", tmp_path / "commands.txt"
    captions.write_text("Ana: One.\n", encoding="utf-8")
    commands.write_text("n\n", encoding="utf-8")
    feeds = Feeds(str(captions), str(commands), follow=True)
    feeds.start()
    told: list[Told | None] = []
    while Over(captions=False) not in told:
        told.append(feeds.take(30))
    assert Typed("n") in told and Over(captions=True) not in told, "no command waits for the end of the captions"
    feeds.end()
    while Over(captions=True) not in told:
        told.append(feeds.take(30))
    assert [one.text for said in told if isinstance(said, Said) for one in said.cues] == ["One."]


def test_a_file_that_is_missing_is_told_before_the_meeting_begins(tmp_path: Path) -> None:
    with pytest.raises(BadInput):
        Feeds(str(tmp_path / "none.vtt"), "", follow=True)


@pytest.mark.parametrize(
    ("minutes", "level"),
    [(3.9, None), (4, ("facts", 5, "near")), (4.9, ("facts", 5, "near")), (5, ("facts", 5, "over"))],
)
def test_the_clock_calls_at_80_percent_and_at_the_end(minutes: float, level: tuple[str, int, str] | None) -> None:
    box = BoxSpent(Box("facts", AgendaStep.FACTORS, "Facts", 5))
    clock = RoomClock(started_at=START, boxes=(box,), current="facts", since=START)
    assert called_by(clock, START + timedelta(minutes=minutes)) == level
    assert called_by(RoomClock(), START) is None
