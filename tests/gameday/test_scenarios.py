"""Scenarios are complete plans, and a request that cannot be recorded is refused with what to do next."""

import string
from pathlib import Path

import pytest

from secondstory.gameday import RecordRequest, list_scenarios, record
from secondstory.gameday.names import DATABASE, ROLES, draw_cast
from secondstory.gameday.scenario import Deploy, Post, Say, Scenario, Type
from secondstory.model.errors import BadInput, NotFound

READINGS = {"error_pct", "p95_s", "pool_used", "pool_max", "pool_waiting"}


def placeholders(scenario: Scenario) -> set[str]:
    texts: list[str] = []
    for step in (*scenario.before, *scenario.fault, *scenario.response):
        match step.act:
            case Say(who=who, text=text):
                texts += [who, text]
            case Type(who=who, command=command, outcome=outcome):
                texts += [who, command, outcome]
            case Post(who=who, title=title, text=text):
                texts += [who, title, text]
            case Deploy(who=who, title=title, body=body, record=kept):
                texts += [who, title, body, *kept.values()]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("scenario", list_scenarios(), ids=lambda scenario: scenario.name)
def test_every_text_can_be_filled_and_every_role_has_a_name(scenario: Scenario) -> None:
    assert set(scenario.names) == {*ROLES, DATABASE}
    assert placeholders(scenario) <= READINGS | set(scenario.names) | set(draw_cast(1).people)


def test_the_scenarios_that_the_product_promises_are_there() -> None:
    assert {scenario.name for scenario in list_scenarios()} == {
        "innocent-deploy",
        "noisy-neighbour",
        "pool-exhaustion",
        "quiet-day",
        "renamed-services",
        "unrecorded-setting",
    }


def test_a_seed_draws_the_same_people_again_and_another_seed_others() -> None:
    assert draw_cast(7) == draw_cast(7)
    assert draw_cast(7).people != draw_cast(8).people
    assert len(set(draw_cast(7).customers)) == 40


def test_an_unknown_scenario_is_answered_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pool-exhaustion, quiet-day"):
        record(RecordRequest("pool", 1, tmp_path / "out"), lambda *_: None)


def test_a_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"is not empty. Name a new folder."):
        record(RecordRequest("quiet-day", 1, tmp_path), lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
