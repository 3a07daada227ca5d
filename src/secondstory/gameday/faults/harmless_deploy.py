"""No fault: a service is deployed and stays healthy; seeds differ in service and moment."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import HEALTHY_RECORD
from secondstory.gameday.scenario import SHIPPING_CHANNEL, Deploy, Say, Scenario, Step

VERSIONS = (("cart", "3.2.1"), ("catalogue", "5.0.3"), ("checkout", "2.9.4"), ("orders", "1.7.5"), ("payment", "2.3.2"))


def _plan(draw: Random) -> Scenario:
    role, version = draw.choice(VERSIONS)
    record = {"change_request": "CR-2933", **HEALTHY_RECORD}
    deploy = Deploy(role, version, "{developer}", f"{{{role}}} {version}", "New wording of two messages.", {}, record)
    return Scenario(
        name="harmless-deploy",
        title="Did the last deploy harm anything?",
        summary="a healthy deploy; nothing is wrong",
        fault=(
            Step(draw.uniform(20, 60), deploy),
            Step(40, Say("{developer}", f"{{{role}}} {version} is live, looks normal", SHIPPING_CHANNEL)),
            Step(40, Say("{lead}", "fine, {gateway} is at {error_pct} % errors, p95 {p95_s} s", SHIPPING_CHANNEL)),
        ),
        load=draw.uniform(0.8, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
