"""What the people on duty say and do once a page fires: the conversation that all pool stories share."""

from random import Random

from secondstory.gameday.scenario import (
    SHIPPING_CHANNEL,
    AwaitCalm,
    Deploy,
    Options,
    Post,
    Restart,
    Say,
    Step,
    Type,
    WriteSetting,
)

HEALTHY_RECORD = {
    "reviewers": "{reviewer}",
    "checks": "unit tests passed; integration tests passed; canary: 10 minutes, passed",
}

PAYMENT_DEPLOY = Deploy(
    "payment",
    "2.3.2",
    "{lead}",
    "{payment} 2.3.2",
    "Shorter log lines for declined cards.",
    record={"change_request": "CR-2911", **HEALTHY_RECORD},
)

ORDERS_DEPLOY = Deploy(
    "orders",
    "1.8.0",
    "{developer}",
    "{orders} 1.8.0",
    "Gift options on orders. Takes the database settings from the service template (last revised for driver 1.x).",
    options={"driver.release": "cursor"},
    harms=True,
    record={
        "change_request": "CR-2931",
        "reviewers": "{reviewer}",
        "checks": "unit tests passed; integration tests passed; canary: skipped, queue was full",
        "checklist": "database settings compared with the driver's release notes: ticked",
        "test_note": "tests do not cover the connection release path",
        "settings_changed": "database settings now come from the service template",
    },
)

SHIPPING = (
    Step(0, Say("{developer}", "{orders} 1.8.0 is going out, gift options. tests are green.", SHIPPING_CHANNEL)),
    Step(6, ORDERS_DEPLOY),
    Step(8, Say("{developer}", "1.8.0 is live, orders coming in normally", SHIPPING_CHANNEL)),
)

FIRST_LOOK = (
    Step(9, Say("{oncall}", "ack. looking at {gateway}")),
    Step(
        11,
        Say("{oncall}", "{gateway} answers {error_pct} % of requests with 5xx, p95 is at {p95_s} s. mostly {checkout}"),
    ),
    Step(6, Say("{support}", "customers write that they press pay and get an error page, some tried three times")),
    Step(
        9, Say("{lead}", "is it {payment} again? the bank had trouble last week, and we deployed 2.3.2 earlier today")
    ),
    Step(8, Type("{oncall}", "logs {payment} --since 10m --level error | tail", "now and then: bank did not answer")),
    Step(
        9,
        Say(
            "{oncall}",
            "{payment} looks healthy to me. it just gets far fewer requests than usual, so it is something before it",
        ),
    ),
    Step(5, Post("{lead}", "Investigating", "Some customers cannot check out. We are looking into it.")),
)

FIND_THE_POOL = (
    Step(
        8,
        Say(
            "{dba}",
            "database itself is bored: load is low, no locks, {pool_used} sessions from {orders}, nearly all idle",
        ),
    ),
    Step(
        10,
        Type("{dba}", "metrics {orders} | grep connection", "used {pool_used}, max {pool_max}, waiting {pool_waiting}"),
    ),
    Step(
        6,
        Say(
            "{dba}",
            "found something: {orders} has {pool_used} of {pool_max} connections in use, {pool_waiting} requests wait. "
            "nobody gives one back. we never had an alert on that",
        ),
    ),
)

FIRST_LOOK_AND_FIND = (*FIRST_LOOK, *FIND_THE_POOL)

ROLL_BACK = (
    Step(9, Say("{oncall}", "that curve starts with {orders} 1.8.0")),
    Step(7, Say("{lead}", "so whoever shipped this clearly did not read the checklist")),
    Step(
        6, Say("{developer}", "that was my deploy. my fault, i should have checked the driver settings, sorry everyone")
    ),
    Step(6, Say("{oncall}", "let's get it stable first. rolling back {orders} to 1.7.4")),
    Step(3, Type("{oncall}", "deploy {orders} --version 1.7.4 --reason 'connections are not given back'", "started")),
    Step(
        1,
        Deploy(
            "orders",
            "1.7.4",
            "{oncall}",
            "{orders} 1.7.4 (rollback)",
            "Rollback of 1.8.0 during an incident.",
            options={"driver.release": "caller"},
            record={"change_request": "emergency", "reviewers": "{lead}", "checks": "none, rollback"},
        ),
    ),
    Step(9, Say("{dba}", "{orders} is at {pool_used} of {pool_max} connections now, nobody waiting")),
)

RESET_BY_HAND = (
    Step(8, Say("{oncall}", "nothing was deployed to {orders} today. what changed?")),
    Step(8, Type("{dba}", "select * from {orders}_settings", "driver.release = cursor")),
    Step(
        6,
        Say(
            "{dba}",
            "a row in {orders}_settings says driver.release = cursor. that is for the 1.x driver. no idea since when",
        ),
    ),
    Step(7, Say("{lead}", "who puts that into production by hand? somebody did not think here")),
    Step(
        6,
        Say(
            "{developer}", "could be from my clean-up script last week, it writes defaults. i should have looked, sorry"
        ),
    ),
    Step(5, Type("{dba}", "update {orders}_settings set value = 'caller' where name = 'driver.release'", "UPDATE 1")),
    Step(1, WriteSetting("orders", "driver.release", "caller")),
    Step(4, Say("{oncall}", "restarting {orders} so that it lets go of what it holds")),
    Step(2, Type("{oncall}", "restart {orders}", "started")),
    Step(1, Restart("orders")),
    Step(9, Say("{dba}", "{orders} is at {pool_used} of {pool_max} connections now, nobody waiting")),
)

CLOSING = (
    Step(3, Say("{support}", "a customer just told me that the order went through")),
    Step(1, AwaitCalm()),
    Step(3, Say("{oncall}", "{gateway} is back at {error_pct} % errors, p95 {p95_s} s. alerts are green")),
    Step(4, Post("{lead}", "Resolved", "Checkout works again for everyone. We are sorry for the trouble.")),
    Step(5, Say("{lead}", "thank you all. post-mortem tomorrow, please keep your notes")),
)

SHORT_LOOK = (
    Step(6, Say("{oncall}", "ack. {gateway} answers {error_pct} % of requests with 5xx, p95 is at {p95_s} s")),
    Step(6, Say("{support}", "first customers write in, the shop does not work for them")),
)

SHORT_CLOSING = (
    Step(1, AwaitCalm()),
    Step(3, Say("{oncall}", "{gateway} is back at {error_pct} % errors, p95 {p95_s} s. alerts are green")),
    Step(3, Say("{lead}", "thank you all. post-mortem tomorrow, please keep your notes")),
)


def respond(*look_and_repair: Step) -> tuple[Step, ...]:
    """A short response around what a scenario's people look at and do."""
    return (*SHORT_LOOK, *look_and_repair, *SHORT_CLOSING)


def other_change(draw: Random) -> tuple[Step, ...]:
    """Now and then a harmless deploy goes before, as on most days."""
    return (Step(0, PAYMENT_DEPLOY),) if draw.random() < 0.3 else ()


def roll_back(role: str, healthy: str, options: Options) -> Step:
    """The step back to a role's version before."""
    record = {"change_request": "emergency", "reviewers": "{lead}", "checks": "none, rollback"}
    title = f"{{{role}}} {healthy} (rollback)"
    return Step(4, Deploy(role, healthy, "{oncall}", title, "Rollback during an incident.", options, record))
