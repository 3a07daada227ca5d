"""Four hours of a real Prometheus become a recording: its samples, its rules and when they fired."""

import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.ports import World
from secondstory.wiring import open_world

from .conftest import ALERT_MINUTES, MINUTES, START, STEP_S, free_port

END = START + timedelta(minutes=MINUTES)
STEPS = MINUTES * 60 // STEP_S


class Shell:
    def __init__(self, data_dir: Path) -> None:
        self.data_dir = data_dir

    def collect(self, url: str, *further: str, code: int = 0, window: str = "") -> str:
        window = window or f"{START.isoformat()}/{END.isoformat()}"
        arguments = ("collect", "prometheus", "--url", url, "--window", window, "--recording", "live", *further)
        done = CliRunner().invoke(APP, arguments, env={"SECONDSTORY_DATA_DIR": str(self.data_dir), "COLUMNS": "300"})
        assert done.exit_code == code, f"{done.exit_code}\n{done.output}\n{done.exception!r}"
        return done.output

    def rows(self, table: str) -> pa.Table:
        with self.world() as world:
            files = [file for segment in world.catalogue.segments(("live",)) for file in segment.files]
        return pa.concat_tables([pq.read_table(self.data_dir / file.path) for file in files if file.table == table])

    def world(self) -> "Iterator[World]":
        return open_world(Settings(data_dir=self.data_dir))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    return Shell(tmp_path / "data")


def test_samples_become_the_metrics_that_they_were(shell: Shell, prometheus: str) -> None:
    shell.collect(prometheus)
    rows = shell.rows("metrics")
    found = {(row["name"], row["kind"], row["service"]) for row in rows.select(["name", "kind", "service"]).to_pylist()}
    assert found == {
        ("queue_length", "gauge", "orders"),
        ("queue_length", "gauge", "payment"),
        ("requests_total", "sum", "orders"),
        ("requests_total", "sum", "payment"),
        ("duration_seconds", "histogram", "orders"),
    }
    assert rows.num_rows == 5 * STEPS


def test_rules_and_when_they_fired_are_known(shell: Shell, prometheus: str) -> None:
    shell.collect(prometheus)
    with shell.world() as world:
        known = world.recordings.get("live")
        assert known is not None
        assert [(rule.name, rule.hold, rule.severity) for rule in known.rules] == [
            ("OrdersSlow", timedelta(minutes=2), "page")
        ]
    alerts = shell.rows("occurrences").sort_by("time").to_pylist()
    assert [(alert["title"], alert["service"]) for alert in alerts] == [
        ("OrdersSlow firing", "orders"),
        ("OrdersSlow resolved", "orders"),
    ]
    began: datetime = alerts[0]["time"]
    assert began == START + timedelta(minutes=ALERT_MINUTES[0])


def test_collecting_again_adds_nothing(shell: Shell, prometheus: str) -> None:
    shell.collect(prometheus)
    again = json.loads(shell.collect(prometheus, "--json"))
    assert again["imported"]["rows"] == []
    assert again["missing"] == []


def test_a_selector_and_a_step_narrow_what_is_collected(shell: Shell, prometheus: str) -> None:
    shell.collect(prometheus, "--match", '{job="payment"}', "--step", "1m")
    rows = shell.rows("metrics")
    assert set(rows["service"].to_pylist()) == {"payment"}
    assert rows.num_rows == 2 * MINUTES


def test_more_steps_than_the_server_gives_at_once_are_paged(shell: Shell, prometheus: str) -> None:
    told = json.loads(
        shell.collect(prometheus, "--match", '{job="payment",__name__="queue_length"}', "--step", "1s", "--json")
    )
    assert told["slices"] == 1 + 2  # rules, and the metric in two pages
    assert told["missing"] == []
    times = shell.rows("metrics")["time"].to_pylist()
    assert len(times) == len(set(times)) == MINUTES * 60


def test_an_incident_over_what_was_collected_can_be_analysed(shell: Shell, prometheus: str) -> None:
    shell.collect(prometheus)
    environment = {"SECONDSTORY_DATA_DIR": str(shell.data_dir), "COLUMNS": "300"}
    window = f"{(START + timedelta(minutes=110)).isoformat()}/{(START + timedelta(minutes=160)).isoformat()}"
    for arguments in (("open", "inc", "-r", "live", "-w", window), ("analyse", "inc")):
        done = CliRunner().invoke(APP, arguments, env=environment)
        assert done.exit_code == 0, done.output
    shown = json.loads(CliRunner().invoke(APP, ("show", "inc", "--json"), env=environment).output)
    assert "orders" in {event["service"] for event in shown["timeline"]["body"]["events"]}


@pytest.mark.parametrize(
    ("further", "told"),
    [
        (("--match", "job=orders"), 'Write it like {job="orders"}'),
        (("--step", "often"), "15s"),
    ],
)
def test_a_wrong_request_is_told_and_nothing_is_kept(
    shell: Shell, prometheus: str, further: tuple[str, ...], told: str
) -> None:
    assert told in shell.collect(prometheus, *further, code=3)
    with shell.world() as world:
        assert world.recordings.names() == ()


def test_a_prometheus_that_is_down_is_told_with_what_to_do(shell: Shell) -> None:
    told = shell.collect(f"http://127.0.0.1:{free_port()}", code=3)
    assert "does not answer" in told and "Collect again later" in told
    with shell.world() as world:
        known = world.recordings.get("live")
        assert known is not None and known.gaps, "a gap stands where the telemetry would be"
