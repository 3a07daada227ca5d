"""Alerts fire here when they fire in Prometheus: `promtool test rules` is asked minute by minute."""

import random
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import yaml

from secondstory.algorithms.promql import CannotReplay, Series, evaluate, firing_spells, labels_of, parse

MINUTE_MS = 60_000
MINUTES = 90
RULES = (
    {"for": "0s"},
    {"for": "2m"},
    {"for": "90s"},
    {"for": "3m", "keep_firing_for": "4m"},
    {"for": "1m", "keep_firing_for": "30s"},
    {"keep_firing_for": "1m"},
)
SECONDS = {"0s": 0, "30s": 30, "90s": 90, "1m": 60, "2m": 120, "3m": 180, "4m": 240}


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("rule", RULES, ids=str)
def test_an_alert_fires_exactly_when_it_does_in_prometheus(tmp_path: Path, rule: dict[str, str], seed: int) -> None:
    tool = shutil.which("promtool")
    if tool is None:
        pytest.skip("Debian's package prometheus is not installed: APT=1 make setup")
    levels = pattern(seed)
    told = firing_by_minute(levels, rule)
    alert = {"alert": "Full", "expr": "level > 0", **rule}
    (tmp_path / "rules.yaml").write_text(yaml.safe_dump({"groups": [{"name": "g", "rules": [alert]}]}))
    listed = [
        {"eval_time": f"{minute}m", "alertname": "Full", "exp_alerts": [{"exp_labels": {"job": "a"}}] if fires else []}
        for minute, fires in enumerate(told)
    ]
    values = " ".join(map(str, levels))
    case = {
        "interval": "1m",
        "input_series": [{"series": 'level{job="a"}', "values": values}],
        "alert_rule_test": listed,
    }
    whole = {"rule_files": ["rules.yaml"], "evaluation_interval": "1m", "tests": [case]}
    (tmp_path / "test.yaml").write_text(yaml.safe_dump(whole))
    done = subprocess.run([tool, "test", "rules", "test.yaml"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout + done.stderr
    assert any(told) and not all(told)


def pattern(seed: int) -> list[int]:
    """Ones and zeros in runs of one to nine minutes."""
    dice = random.Random(seed)
    levels: list[int] = []
    while len(levels) < MINUTES:
        levels += [len(levels) % 2 ^ dice.randint(0, 1)] * dice.randint(1, 9)
    return levels[:MINUTES]


def firing_by_minute(levels: list[int], rule: dict[str, str]) -> list[bool]:
    times = np.arange(MINUTES, dtype=np.int64) * MINUTE_MS
    series = Series(labels_of({"__name__": "level", "job": "a"}), times, np.array(levels, dtype=np.float64))
    expression = parse("level > 0")
    assert not isinstance(expression, CannotReplay)
    rows = evaluate(expression, (series,), times)
    assert not isinstance(rows, CannotReplay)
    hold, keep = (SECONDS[rule.get(part, "0s")] * 1000 for part in ("for", "keep_firing_for"))
    spells = firing_spells(rows, times, hold_ms=hold, keep_ms=keep)
    return [any(one.fired_ms <= at and (one.ended_ms is None or at < one.ended_ms) for one in spells) for at in times]
