"""A deployed version dies on some requests; it is restarted again and again, later each time."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import HEALTHY_RECORD, other_change, respond, roll_back
from secondstory.gameday.scenario import Deploy, Say, Scenario, Step, Truth, Type

# Role, its version before and after, and how many requests about two seconds bring.
VERSIONS = (
    ("cart", "3.2.0", "3.3.0", 12),
    ("catalogue", "5.0.2", "5.1.0", 20),
    ("checkout", "2.9.3", "2.10.0", 5),
    ("orders", "1.7.4", "1.8.0", 5),
    ("payment", "2.3.1", "2.4.0", 4),
)


def _plan(draw: Random) -> Scenario:
    role, healthy, broken, usual = draw.choice(VERSIONS)
    every = draw.randint(usual, 2 * usual)
    record = {"change_request": "CR-2944", **HEALTHY_RECORD}
    title = f"{{{role}}} {broken}"
    deploy = Deploy(
        role, broken, "{developer}", title, "Faster parsing.", {"abort.every": str(every)}, record, harms=True
    )
    return Scenario(
        name="crash-loop",
        title="Parts of the shop are down again and again",
        summary="a version that dies on some requests is restarted again and again",
        before=other_change(draw),
        fault=(Step(draw.uniform(5, 30), deploy),),
        response=respond(
            Step(6, Type("{oncall}", f"instances {{{role}}}", "restarted {restarts} times, last exit code 134")),
            Step(
                6,
                Say("{oncall}", f"{{{role}}} dies and comes back, {{restarts}} times. going back to {healthy}"),
            ),
            roll_back(role, healthy, {"abort.every": "0"}),
        ),
        truth=Truth(
            role=role,
            indicators=("k8s.container.restart.count", "request_rate", "error_ratio"),
            mechanism=f"one request in {every} ends the process of {role} {broken}; it is restarted, later each time",
            fault_kind="crash-loop",
            trigger=role,
            stops=2,
        ),
        load=draw.uniform(0.8, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
