"""A recorded change of a setting is wrong: requests fail from then on, and no resource runs short."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import other_change, respond
from secondstory.gameday.scenario import Configure, Say, Scenario, Step, Truth, Type

# Role, setting, the wrong value, and what a request says about it.
SETTINGS = (
    ("payment", "bank.key", "2025", "bank answered 401"),
    ("catalogue", "prices.file", "/srv/prices/current.csv", "prices not read: no such file"),
    ("orders", "db.table", "orders_current", "relation orders_current does not exist"),
    ("cart", "db.table", "cart_current", "relation cart_current does not exist"),
    ("checkout", "client.timeout_s", "0.004", "no answer within 0.004 s"),
    ("gateway", "client.timeout_s", "0.004", "no answer within 0.004 s"),
)


def _plan(draw: Random) -> Scenario:
    role, setting, wrong, said = draw.choice(SETTINGS)
    record = {"change_request": "CR-2951", "reviewers": "{reviewer}", "checks": "syntax: passed"}
    title = f"{{{role}}}: {setting} = {wrong}"
    harm = Configure(role, {setting: wrong}, "{developer}", title, "", record, harms=True)
    back = f"{{{role}}}: {setting} as before"
    return Scenario(
        name="bad-configuration",
        title="Customers see error pages",
        summary="a setting is changed to a wrong value, without a deploy",
        before=other_change(draw),
        fault=(Step(draw.uniform(5, 40), harm),),
        response=respond(
            Step(6, Type("{oncall}", f"logs {{{role}}} --since 5m --level warn | tail", said)),
            Step(7, Say("{developer}", f"we changed {setting} a moment ago, i take it back")),
            Step(3, Configure(role, {setting: ""}, "{developer}", back, "Undone during an incident.")),
        ),
        truth=Truth(
            role=role,
            indicators=("error_ratio", "log_rate"),
            mechanism=f"{setting} of {role} has the value {wrong}, with which its requests fail",
            fault_kind="bad-configuration",
            trigger=role,
        ),
        load=draw.uniform(0.8, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
