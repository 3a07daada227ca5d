"""Scenarios are complete plans, and a request that cannot be recorded is refused with what to do next."""

import string
from pathlib import Path
from random import Random

import pytest

from secondstory.gameday import RecordRequest, list_scenarios, record
from secondstory.gameday.names import DATABASE, ROLES, draw_cast
from secondstory.gameday.scenario import Configure, Deploy, Post, Say, Scenario, Type
from secondstory.model.errors import BadInput, NotFound

READINGS = {"error_pct", "p95_s", "pool_used", "pool_max", "pool_waiting", "memory_mb", "restarts"}


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
            case (
                Deploy(who=who, title=title, body=body, record=kept)
                | Configure(who=who, title=title, body=body, record=kept)
            ):
                texts += [who, title, body, *kept.values()]
    return {name for text in texts for _, name, _, _ in string.Formatter().parse(text) if name}


def plans(scenario: Scenario) -> list[Scenario]:
    """What thirty seeds make of a scenario."""
    return [scenario.drawn(Random(seed)) if scenario.drawn else scenario for seed in range(30)]


@pytest.mark.parametrize("scenario", list_scenarios(), ids=lambda scenario: scenario.name)
def test_every_text_can_be_filled_and_every_role_has_a_name(scenario: Scenario) -> None:
    for plan in plans(scenario):
        assert set(plan.names) == {*ROLES, DATABASE}
        assert placeholders(plan) <= READINGS | set(plan.names) | set(draw_cast(1).people)


@pytest.mark.parametrize("scenario", list_scenarios(), ids=lambda scenario: scenario.name)
def test_a_fault_is_harmed_once_and_undone_and_a_day_without_is_never_harmed(scenario: Scenario) -> None:
    for plan in plans(scenario):
        assert plan.name == scenario.name
        harmful = [step.act for step in plan.fault if getattr(step.act, "harms", False)]
        assert len(harmful) == (1 if plan.truth else 0)
        if plan.truth:
            touched = [step.act.role for step in plan.response if hasattr(step.act, "role")]
            assert plan.truth.role in touched
            assert plan.truth.role in ROLES


@pytest.mark.parametrize(
    "name", ["bad-configuration", "crash-loop", "memory-leak", "pool-leak", "retry-storm", "slow-dependency"]
)
def test_seeds_of_a_fault_differ_in_service_strength_and_load(name: str) -> None:
    scenario = next(each for each in list_scenarios() if each.name == name)
    drawn = plans(scenario)
    assert len({plan.truth.role for plan in drawn if plan.truth}) > 1
    assert len({plan.load for plan in drawn}) > 20
    assert len({step.after_s for plan in drawn for step in plan.fault[:1]}) > 20
    assert [plan.fault for plan in plans(scenario)] == [plan.fault for plan in drawn]


def test_the_scenarios_that_the_product_promises_are_there() -> None:
    assert {scenario.name for scenario in list_scenarios()} == {
        "bad-configuration",
        "busy-hour",
        "busy-neighbour",
        "crash-loop",
        "harmless-deploy",
        "innocent-deploy",
        "memory-leak",
        "noisy-neighbour",
        "pool-exhaustion",
        "pool-leak",
        "quiet-day",
        "renamed-services",
        "retry-storm",
        "slow-dependency",
        "unrecorded-setting",
    }


def test_a_seed_draws_the_same_people_again_and_another_seed_others() -> None:
    assert draw_cast(7) == draw_cast(7)
    assert draw_cast(7).people != draw_cast(8).people
    assert len(set(draw_cast(7).customers)) == 40


def test_an_unknown_scenario_is_answered_with_those_that_exist(tmp_path: Path) -> None:
    with pytest.raises(NotFound, match="pool-exhaustion, pool-leak, quiet-day"):
        record(RecordRequest("pool", 1, tmp_path / "out"), lambda *_: None)


def test_a_folder_with_content_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(BadInput, match=r"is not empty. Name a new folder."):
        record(RecordRequest("quiet-day", 1, tmp_path), lambda *_: None)
    assert [path.name for path in tmp_path.iterdir()] == ["notes.txt"]
