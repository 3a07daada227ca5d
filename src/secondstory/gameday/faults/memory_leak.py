"""A deployed version keeps something of each request; its memory grows to the limit, it is killed, and starts anew."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import HEALTHY_RECORD, other_change, respond, roll_back
from secondstory.gameday.scenario import Deploy, Say, Scenario, Step, Truth, Type

# Role, its version before and after, and about how many requests a second it gets.
VERSIONS = (("cart", "3.2.0", "3.3.0", 6), ("catalogue", "5.0.2", "5.1.0", 10), ("orders", "1.7.4", "1.8.0", 2.2))


def _plan(draw: Random) -> Scenario:
    role, healthy, leaking, usual_per_s = draw.choice(VERSIONS)
    full_after_s = draw.uniform(3, 6)
    entry_kb = int(100_000 / usual_per_s / full_after_s)
    record = {"change_request": "CR-2947", **HEALTHY_RECORD}
    title, body = f"{{{role}}} {leaking}", "Answers are kept for quick repetition."
    deploy = Deploy(role, leaking, "{developer}", title, body, {"cache.entry_kb": str(entry_kb)}, record, harms=True)
    return Scenario(
        name="memory-leak",
        title="Errors that come in waves",
        summary="a cache that nothing empties grows until the process is killed",
        before=other_change(draw),
        fault=(Step(draw.uniform(5, 30), deploy),),
        response=respond(
            Step(6, Type("{oncall}", f"memory {{{role}}}", "{memory_mb} MB now, killed at 192 MB {restarts} times")),
            Step(6, Say("{lead}", "memory goes up, it dies, memory goes up. that began with the last deploy")),
            roll_back(role, healthy, {"cache.entry_kb": "0"}),
        ),
        truth=Truth(
            role=role,
            indicators=("process.memory.usage", "k8s.container.restart.count"),
            mechanism=f"{role} {leaking} keeps {entry_kb} KB of each request; at its limit the process is killed",
            fault_kind="memory-leak",
            trigger=role,
            stops=1,
        ),
        load=draw.uniform(0.9, 1.3),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
