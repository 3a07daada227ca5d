"""Names of services, clocks and the order of rows are nobody's doing: without them every stage finds the same."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from random import Random
from typing import Any

import pytest
from tests.stages.build import Told, evidence_of, settle
from tests.stages.outage import NAMES, outage, outage_case

from secondstory.model.codec import encode
from secondstory.model.incident import Case
from secondstory.model.system import AlertRule
from secondstory.model.window import format_time
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.detection import Given, find_detection
from secondstory.stages.impact import assess_impact
from secondstory.stages.timeline import find_timeline, fold_timeline

_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z")
_SAID = re.compile(r"(\b\d{4}-\d\d-\d\d |\b)\d\d:\d\d(:\d\d)?( CES?T)?\b")
# Ids of answers and of occurrences are digests of what was asked and said, names and times among it.
_DIGEST = re.compile(r"\bev-[0-9a-f]{12}\b|(?<=/)[0-9a-f]{12}\b|[^/\"]*~[0-9a-f]{8}\b")
Json = dict[str, Any]


@pytest.mark.parametrize("others", [("zeta", "mike", "kilo", "alpha"), ("kilo", "alpha", "zeta", "mike")])
def test_renamed_services_change_nothing_but_the_names(others: tuple[str, ...]) -> None:
    names = dict(zip(NAMES, others, strict=True))
    assert found(outage_case(names), outage(names), names) == plain()


@pytest.mark.parametrize("shift_s", [-86_400 * 300 + 1234, 86_400 * 40 + 3_607])
def test_shifted_clocks_change_nothing_but_the_times(shift_s: int) -> None:
    assert found(outage_case(shift_s=shift_s), outage(shift_s=shift_s), NAMES, shift_s) == plain()


def test_shuffled_rows_change_nothing() -> None:
    shuffled = outage()
    for rows in shuffled.rows.values():
        Random(7).shuffle(rows)
    assert found(outage_case(), shuffled, NAMES) == plain()


@cache
def plain() -> Json:
    """The outage as it is told elsewhere."""
    told = found(outage_case(), outage(), NAMES)
    assert told["leading"] == ["orders", "pool_exhausted"]
    assert all(len(json.dumps(told[stage])) > 2000 for stage in ("impact", "causes", "detection"))
    return told


def found(case: Case, told: Told, names: dict[str, str], shift_s: int = 0) -> Json:
    """What impact, causes and detection find, with `names` and times turned back, and lists in order of their text.

    The ranking of services and of rules is in its own order.
    """
    watched = f'max(db_client_connection_count{{service_name="{names["orders"]}"}}) > 15'
    case = replace(case, rules=(AlertRule("PoolFull", watched, timedelta(0), "page"),))
    evidence = evidence_of(case, told)
    timeline = fold_timeline(settle(lambda answers: find_timeline(case, evidence, answers), told), ())
    impact = settle(lambda answers: assess_impact(case, evidence, timeline, answers), told)
    causes = fold_causes(settle(lambda answers: find_causes(case, evidence, timeline, answers), told), ())
    detection = settle(lambda answers: find_detection(Given(case, evidence, timeline, causes), answers), told)
    back = {new: old for old, new in names.items()}
    leading = causes.hypotheses[0]
    return {
        "leading": [back[leading.service], leading.mechanism.value],
        "ranking": [[back[service], round(score, 9)] for service, score in causes.services],
        "rules": [_turned(one.rule.title, back, 0) for one in detection.rules],
        **{
            name: _sorted(json.loads(_turned(encode(body, type(body)).decode(), back, shift_s)))
            for name, body in (("impact", impact), ("causes", causes), ("detection", detection))
        },
    }


def _turned(text: str, back: dict[str, str], shift_s: int) -> str:
    def earlier(time: re.Match[str]) -> str:
        return format_time(datetime.fromisoformat(time[0]) - timedelta(seconds=shift_s))

    for new, old in back.items():
        text = re.sub(rf"(?<![A-Za-z]){new}(?![a-z])", old, text).replace(new.capitalize(), old.capitalize())
    return _SAID.sub("then", _TIME.sub(earlier, _DIGEST.sub("id", text)))


def _sorted(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _sorted(each) for key, each in value.items()}
    if isinstance(value, list):
        return sorted((_sorted(each) for each in value), key=lambda each: json.dumps(each, sort_keys=True))
    return round(value, 9) if isinstance(value, float) else value
