"""No fault: a search index is rebuilt beside the requests and keeps a processor busy for a while; nobody is harmed."""

from dataclasses import replace
from random import Random

from secondstory.gameday.scenario import SHIPPING_CHANNEL, Say, Scenario, Step


def _plan(draw: Random) -> Scenario:
    busy = {"index.every_s": f"{draw.uniform(6, 12):.1f}", "index.for_s": f"{draw.uniform(0.3, 0.8):.1f}"}
    return Scenario(
        name="busy-neighbour",
        title="Is the index work felt by visitors?",
        summary="an index is rebuilt beside the requests, as it is every day; nothing is wrong",
        fault=(
            Step(draw.uniform(60, 90), Say("{support}", "somebody says the search felt slow", SHIPPING_CHANNEL)),
            Step(40, Say("{oncall}", "{gateway} is at {error_pct} % errors, p95 {p95_s} s", SHIPPING_CHANNEL)),
        ),
        options={"catalogue": busy},
        load=draw.uniform(0.8, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
