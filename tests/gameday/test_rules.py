"""Alert rules start, fire and resolve as those of Prometheus do."""

import yaml

from secondstory.gameday.names import PLAIN_NAMES
from secondstory.gameday.rules import Evaluator, Rule, State, as_prometheus, shop_rules
from secondstory.gameday.watch import Sample, Series, Watch

CPU = Series("cart", "cart-1", "process.cpu.utilization", frozenset())


def cpu_rule(for_s: float) -> Rule:
    return Rule(
        "Busy",
        "cart",
        "cpu",
        "busy",
        0.5,
        for_s,
        "page",
        "",
        lambda watch, now_s: watch.latest("cart", CPU.metric, now_s),
    )


def states(rule: Rule, values: list[float | None]) -> list[str]:
    """One evaluation every ten seconds; None stands for no new sample."""
    watch, evaluator, seen = Watch(), Evaluator((rule,)), []
    for position, value in enumerate(values):
        now_s = 1000.0 + 10 * position
        if value is not None:
            watch.add(CPU, Sample(now_s, value))
        seen.append(" ".join(change.state.value for change in evaluator.evaluate(watch, now_s)))
    return seen


def test_fires_only_after_the_value_was_high_for_long_enough() -> None:
    assert states(cpu_rule(20), [0.9, 0.9, 0.9, 0.9]) == ["", "", "firing", ""]


def test_a_dip_starts_the_wait_anew() -> None:
    assert states(cpu_rule(20), [0.9, 0.9, 0.1, 0.9, 0.9, 0.9]) == ["", "", "", "", "", "firing"]


def test_resolves_once_when_the_value_falls() -> None:
    assert states(cpu_rule(0), [0.9, 0.1, 0.1, 0.9]) == ["firing", "resolved", "", "firing"]


def test_at_the_threshold_is_not_above_it() -> None:
    assert states(cpu_rule(0), [0.5, 0.51]) == ["", "firing"]


def test_missing_data_does_not_fire_and_resolves_what_fired() -> None:
    assert states(cpu_rule(0), [None, 0.9, None, None]) == ["", "firing", "", "resolved"]


def test_says_which_rules_fire_now() -> None:
    watch, evaluator = Watch(), Evaluator((cpu_rule(0),))
    watch.add(CPU, Sample(1000.0, 0.9))
    changes = evaluator.evaluate(watch, 1000.0)
    assert [change.state for change in changes] == [State.FIRING]
    assert evaluator.firing("Busy")


def test_the_rule_file_says_what_is_evaluated() -> None:
    rules = shop_rules(PLAIN_NAMES, 1.0)
    written = yaml.safe_load(as_prometheus(rules))["groups"][0]["rules"]
    assert [rule["alert"] for rule in written] == ["GatewayErrorRatioHigh", "GatewayLatencyHigh", "NodeCpuHigh"]
    assert written[0]["for"] == "20s"
    assert written[0]["expr"].endswith("> 0.05")
