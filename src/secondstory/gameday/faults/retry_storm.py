"""A client's new retry policy meets a short hiccup: each refusal makes more calls, and the calls more refusals."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import HEALTHY_RECORD, other_change, respond
from secondstory.gameday.scenario import Configure, Say, Scenario, Step, Truth, Type

# Caller, callee, and how many requests a second the callee takes; up to twice what a usual second brings.
EDGES = (("checkout", "orders", 6), ("checkout", "payment", 3), ("cart", "catalogue", 22), ("gateway", "cart", 13))


def _plan(draw: Random) -> Scenario:
    caller, callee, guard_per_s = draw.choice(EDGES)
    retries, load = draw.randint(9, 20), draw.uniform(1.1, 1.5)
    record = {"change_request": "CR-2940", **HEALTHY_RECORD}
    title = f"{{{caller}}}: try failed calls again, up to {retries} times, at once"
    policy = {"client.retries": str(retries), "client.wait_s": "0.05"}
    return Scenario(
        name="retry-storm",
        title="Errors do not stop after a short hiccup",
        summary="a retry policy with next to no pause turns a short hiccup into an overload that stays",
        before=other_change(draw),
        fault=(
            Step(draw.uniform(3, 20), Configure(caller, policy, "{developer}", title, "", record, harms=True)),
            Step(draw.uniform(8, 20), Configure(callee, {"guard.per_s": "0.5"})),
            Step(draw.uniform(20, 35), Configure(callee, {"guard.per_s": ""})),
        ),
        response=respond(
            Step(6, Type("{oncall}", f"logs {{{callee}}} --since 5m | tail", "refused, line on line")),
            Step(
                7,
                Say("{oncall}", f"{{{callee}}} gets more calls than we have visitors, from {{{caller}}}"),
            ),
            Step(5, Say("{developer}", "could be the new retry policy. taking it back")),
            Step(
                2,
                Configure(
                    caller,
                    {"client.retries": "0", "client.wait_s": ""},
                    "{developer}",
                    f"{{{caller}}}: no retries",
                    "Undone during an incident.",
                ),
            ),
        ),
        truth=Truth(
            role=caller,
            indicators=("call_rate", "http.client.request.retries"),
            mechanism=f"{caller} sends each failed call to {callee} up to {retries} times more: it stays overloaded",
            fault_kind="retry-storm",
            trigger=caller,
            also=callee,
        ),
        options={callee: {"guard.per_s": str(guard_per_s)}},
        load=load,
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
