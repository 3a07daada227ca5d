"""No fault: more visitors than usual, within what the shop can serve; seeds differ in how many and when."""

from dataclasses import replace
from random import Random

from secondstory.gameday.scenario import SHIPPING_CHANNEL, Say, Scenario, Step, Surge


def _plan(draw: Random) -> Scenario:
    return Scenario(
        name="busy-hour",
        title="Did the shop hold up when the visitors came?",
        summary="more visitors than usual, within what the shop can serve; nothing is wrong",
        fault=(
            Step(draw.uniform(20, 60), Surge(draw.uniform(1.2, 1.6))),
            Step(40, Say("{lead}", "the newsletter brings people, {gateway} is at p95 {p95_s} s", SHIPPING_CHANNEL)),
            Step(draw.uniform(20, 50), Surge(1.0)),
        ),
        load=draw.uniform(0.7, 1.1),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
