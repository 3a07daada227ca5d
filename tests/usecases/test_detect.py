"""The demo's answer to "why wasn't this caught earlier?", moved lines, tried rules, and the file to take away."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.detection import Outcome
from secondstory.model.errors import BadInput, NotFound
from secondstory.ports import World
from secondstory.usecases.detect import Line, detection_of, move_line, proposed_file, rules_in, tried_rule, try_rules

from .conftest import only_incident

ROOT = Path(__file__).parents[2]
RULES = ROOT / "examples" / "pool-exhaustion" / "rules.yaml"


def test_rules_that_existed_fire_in_the_replay_when_the_records_say_that_they_did(world: World) -> None:
    body = detection_of(LOCAL_OWNER, world, only_incident(world).id)
    had = [one for one in body.rules if one.recorded is not None]
    assert sorted(one.rule.name for one in had) == ["GatewayErrorRatioHigh", "GatewayLatencyHigh"]
    for one in had:
        assert one.fires is not None and one.recorded is not None
        # The recorder's own alerting looked at numbers a moment before they were exported.
        assert abs((one.fires.latest - one.recorded.latest).total_seconds()) <= body.step_s


def test_the_pool_would_have_told_it_sooner(world: World) -> None:
    body = detection_of(LOCAL_OWNER, world, only_incident(world).id)
    best = next(one for one in body.rules if one.key == body.best)
    assert "db_client_connection_count" in best.rule.expression and 'service_name="orders"' in best.rule.expression
    assert best.sooner_s is not None and best.sooner_s[0] > 30 and best.false_alarms == 0
    assert "An alert on the fill level of orders would have fired" in body.sentence
    assert {one.kind: one.existed.value for one in body.safeguards} == {
        "review": "yes",
        "tests": "yes",
        "canary": "no",
        "alerts": "yes",
    }


def test_a_lower_line_fires_sooner_and_a_line_above_everything_never(world: World) -> None:
    name = only_incident(world).id
    best = detection_of(LOCAL_OWNER, world, name).best or ""
    usual = move_line(LOCAL_OWNER, world, name, Line(best, None, None)).replayed
    lower = move_line(LOCAL_OWNER, world, name, Line(best, 5, None)).replayed
    assert usual.fires is not None and lower.fires is not None and lower.fires.latest < usual.fires.latest
    assert move_line(LOCAL_OWNER, world, name, Line(best, 1000, None)).replayed.outcome is Outcome.SILENT
    with pytest.raises(NotFound):
        move_line(LOCAL_OWNER, world, name, Line("detection/threshold/Nobody", 5, None))
    burn = next(one.key for one in detection_of(LOCAL_OWNER, world, name).rules if "Burns" in one.rule.name)
    with pytest.raises(BadInput):
        move_line(LOCAL_OWNER, world, name, Line(burn, 5, None))


def test_rules_of_a_file_are_tried_also_on_metrics_that_nobody_froze(world: World, tmp_path: Path) -> None:
    name = only_incident(world).id
    tried = try_rules(LOCAL_OWNER, world, name, rules_in(world, RULES))
    kept = {one.rule.name: one.fires for one in detection_of(LOCAL_OWNER, world, name).rules}
    assert {one.replayed.rule.name: one.replayed.fires for one in tried}.items() <= kept.items()
    memory = tried_rule("Memory", "max(process_memory_usage_bytes) > 1", 0)
    assert try_rules(LOCAL_OWNER, world, name, (memory,))[0].replayed.outcome is Outcome.ALREADY
    empty = tmp_path / "rules.yaml"
    empty.write_text("groups: []\n")
    with pytest.raises(BadInput):
        rules_in(world, empty)


def test_prometheus_loads_the_file_to_take_away(world: World, tmp_path: Path) -> None:
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("Debian's package prometheus is not installed: APT=1 make setup")
    path = tmp_path / "rules.yaml"
    path.write_text(proposed_file(LOCAL_OWNER, world, only_incident(world).id))
    done = subprocess.run([tool, "check", "rules", str(path)], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 rules found" not in done.stdout and "rules found" in done.stdout
    assert rules_in(world, path)


def test_the_command_line_tells_writes_and_tries(demo_dir: Path, tmp_path: Path) -> None:
    environment = {"SECONDSTORY_DATA_DIR": str(demo_dir), "COLUMNS": "200"}
    out = tmp_path / "out.yaml"
    told = CliRunner().invoke(APP, ("detect", "demo", "--out", str(out)), env=environment)
    assert told.exit_code == 0, told.output
    assert "would have fired" in told.output and "canary" in told.output and out.read_text().startswith("#")
    tried = CliRunner().invoke(APP, ("detect", "demo", "--rule", str(RULES), "--json"), env=environment)
    assert "GatewayErrorRatioHigh" in [one["rule"]["name"] for one in json.loads(tried.output)]
