"""An incident's own data on the command line: opened, listed, changed, planned, and held to the policy."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP

INCIDENT = "pool-exhaustion-2026-11-21-1044"  # the shipped example
ALERT = Path(__file__).parents[1] / "recordings" / "alertmanager" / "webhook.jsonl"
Run = Callable[..., str]


def shell(folder: Path) -> Run:
    def run(*arguments: str, code: int = 0) -> str:
        ended = CliRunner(env={"SECONDSTORY_DATA_DIR": str(folder), "COLUMNS": "220"}).invoke(APP, arguments)
        assert ended.exit_code == code, ended.output
        return ended.output

    return run


@pytest.fixture
def run(own_demo_dir: Path) -> Run:
    return shell(own_demo_dir)


@pytest.fixture
def empty(tmp_path: Path) -> Run:
    return shell(tmp_path / "data")


def as_json(run: Run, *arguments: str) -> Any:
    return json.loads(run(*arguments, "--json"))


def test_an_alert_opens_an_incident_once(empty: Run, tmp_path: Path) -> None:
    file = tmp_path / "alert.json"
    file.write_bytes(ALERT.read_bytes().splitlines()[0])
    first = empty("open", "--from-alert", str(file), "--time-zone", "Europe/Berlin")
    assert first.startswith("Opened gateway-2026-03-01-1300, SEV2.") and "--recording gateway-2026-03-01-1300" in first
    assert "open already" in empty("open", "--from-alert", str(file))
    (listed,) = as_json(empty, "incidents")["incidents"]
    assert (listed["id"], listed["severity"], listed["status"]) == ("gateway-2026-03-01-1300", "SEV2", "open")
    assert "--help" in empty("open", "an-id", "--from-alert", str(file), code=3)
    file.write_text('{"alerts": []}')
    assert "no format" in empty("open", "--from-alert", str(file), code=3)


def test_an_incident_is_opened_by_its_title_or_its_id_before_anything_is_imported(empty: Run) -> None:
    window = "2026-01-31T14:00:00+01:00/2026-01-31T15:30:00+01:00"
    assert "Opened checkout-fails-2026-01-31-1400" in empty(
        "open", "Checkout fails", "-w", window, "--time-zone", "Europe/Berlin"
    )
    assert "import TELEMETRY --recording friday" in empty("open", "friday", "-w", window)
    assert "already" in empty("open", "friday", "-w", window, code=3)
    assert "window" in empty("open", "friday", code=3)
    assert "no recording" in empty("open", "monday", "-r", "nothing", "-w", window, code=3)
    titles = {one["title"] for one in as_json(empty, "incidents", "--sort", "title")["incidents"]}
    assert titles == {"Checkout fails", "friday"}


def test_what_is_said_of_an_incident_holds_and_can_be_taken_back(run: Run) -> None:
    run("incident", "set", INCIDENT, "title", "Checkout fails for everybody")
    assert "why" in run("incident", "set", INCIDENT, "severity", "SEV2", code=3)
    said = as_json(run, "incident", "set", INCIDENT, "severity", "SEV2", "--why", "Half of the users.")
    assert (said["title"], said["severity"]) == ("Checkout fails for everybody", "SEV2")
    assert "SEV2" in run("incidents", "everybody severity:SEV2")
    run("incident", "undo", INCIDENT, said["changes"][0]["id"])
    assert as_json(run, "incident", "show", "demo")["severity"] == "SEV1"
    taken = as_json(run, "incident", "role", INCIDENT, "commander", "Maria Lopez", "--from", "2026-11-21T10:50:00Z")
    (held,) = taken["roles"]
    assert held["role"] == "commander" and held["who"].startswith("responder-") and "Lopez" not in str(taken)
    left = as_json(run, "incident", "role", INCIDENT, "commander")
    assert left["roles"][0]["until"] is not None
    assert "offset" in run("incident", "role", INCIDENT, "commander", "owner", "--from", "yesterday", code=3)


def test_steps_are_planned_ticked_and_taken_back_and_the_clock_says_what_is_left(run: Run) -> None:
    def meeting() -> Any:
        return next(one for one in as_json(run, "steps", "show", INCIDENT)["steps"] if one["step"] == "meeting")

    run("steps", "plan", INCIDENT, "meeting", "2026-11-23T10:00:00Z", "--why", "All can come.")
    assert meeting()["planned"].startswith("2026-11-23T10:00") and meeting()["done"] is None
    run("steps", "done", INCIDENT, "meeting", "--at", "2026-11-21T12:00:00Z")
    assert meeting()["done"].startswith("2026-11-21T12:00")
    waits = {one["waits_for"]: one["stopped"] for one in as_json(run, "clock", INCIDENT)}
    assert waits["meeting"] is not None and waits["summary"] is None
    run("steps", "undo", INCIDENT, "meeting")
    assert meeting()["done"] is None and meeting()["planned"] is not None
    run("steps", "undo", INCIDENT, "meeting")
    assert "meeting" in run("steps", "undo", INCIDENT, "meeting", code=3).lower()
    assert "lies ahead" in run("steps", "done", INCIDENT, "meeting", "--at", "2099-01-01T00:00:00Z", code=3)
    assert "offset" in run("steps", "plan", INCIDENT, "meeting", "tomorrow", code=3)


def test_the_policy_is_changed_with_its_effect_told(run: Run) -> None:
    assert "later date: 1" in run("policy", "set", "SEV1", "--meeting", "9", "--qualifies", "Nothing works.")
    rule = as_json(run, "policy", "show")["rules"][0]
    assert (rule["meeting_days"], rule["qualifies"], rule["action_days"]) == (9, "Nothing works.", 14)
    tried = run("policy", "calendar", "--summary-hours", "48", "--holidays", "2026-11-24,2026-11-23", "--preview")
    assert "later date: 1" in tried and "tried only" in tried
    assert as_json(run, "policy", "show")["holidays"] == []
    run("policy", "calendar", "--summary-hours", "48", "--holidays", "2026-11-24,2026-11-23")
    assert as_json(run, "policy", "show")["holidays"] == ["2026-11-23", "2026-11-24"]
    assert "clock ends: 1" in run("policy", "set", "SEV1", "--no-document")
    assert "1 to 366" in run("policy", "set", "SEV1", "--meeting", "0", code=3)
    assert "2026-12-25" in run("policy", "calendar", "--holidays", "Christmas", code=3)
    assert "one ends on 2026-12-04" in run("policy", "sprint", "--ends", "2026-12-04", "--weeks", "3")
    assert as_json(run, "policy", "show")["sprint"] == {"ends": "2026-12-04", "weeks": 3}
    assert "1 to 12 weeks" in run("policy", "sprint", "--ends", "2026-12-04", "--weeks", "40", code=3)
    assert "No sprints" in run("policy", "sprint", "--none")
    run("policy", "alerts", "SEV1", "boom, critical")
    assert "SEV1 already" in run("policy", "alerts", "SEV2", "Boom", code=3)


def test_the_list_is_searched_paged_and_refuses_what_can_never_match(run: Run) -> None:
    assert as_json(run, "incidents", "severity:SEV1 is:running")["total"] == 1
    assert as_json(run, "incidents", "severity:SEV3")["total"] == 0
    page = as_json(run, "incidents", "--offset", "1")
    assert page["incidents"] == [] and page["total"] == 1
    assert INCIDENT in run("incidents", "pool") and "SEV1, SEV2" in run("incidents", "severity:SEV9", code=3)
    assert as_json(run, "incidents", "--views") == []
