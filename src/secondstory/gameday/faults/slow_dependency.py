"""What a service at the end of the calls leans on outside the shop answers slowly; its callers wait and time out."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import other_change, respond
from secondstory.gameday.scenario import Configure, Say, Scenario, Step, Truth, Type

OUTSIDE = {"payment": ("bank.delay_s", "bank"), "catalogue": ("disk.delay_s", "disk")}


def _plan(draw: Random) -> Scenario:
    role = draw.choice(sorted(OUTSIDE))
    setting, outside = OUTSIDE[role]
    slow_s = draw.uniform(1.3, 2.2)
    return Scenario(
        name="slow-dependency",
        title="The shop has become slow",
        summary="the bank or the disk that a service leans on becomes slow",
        before=other_change(draw),
        fault=(Step(draw.uniform(5, 40), Configure(role, {setting: f"{slow_s:.2f}"}, harms=True)),),
        response=respond(
            Step(6, Type("{oncall}", f"logs {{{role}}} --since 5m | tail", "nothing but ordinary lines")),
            Step(5, Say("{lead}", f"{{{role}}} only waits. i am calling the people who run the {outside}")),
            Step(8, Say("{lead}", f"they found it, the {outside} should be quick again now")),
            Step(1, Configure(role, {setting: "0"})),
        ),
        truth=Truth(
            role=role,
            indicators=("http.server.request.duration", "latency"),
            mechanism=f"each request to {role} waits for its {outside}, which takes about {slow_s:.1f} s longer",
            fault_kind="slow-dependency",
            trigger=None,
        ),
        load=draw.uniform(0.8, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
