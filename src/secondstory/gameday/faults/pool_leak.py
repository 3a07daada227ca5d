"""A deployed version does not give all connections back; the pool runs empty, and requests wait and time out."""

from dataclasses import replace
from random import Random

from secondstory.gameday.crew import HEALTHY_RECORD, other_change, respond, roll_back
from secondstory.gameday.scenario import Deploy, Say, Scenario, Step, Truth, Type


def _plan(draw: Random) -> Scenario:
    role, healthy, leaking, leak, mended = draw.choice(
        (
            ("orders", "1.7.4", "1.8.0", {"driver.release": "cursor"}, {"driver.release": "caller"}),
            (
                "cart",
                "3.2.0",
                "3.3.0",
                {"session.kept_share": f"{draw.uniform(0.3, 0.8):.2f}"},
                {"session.kept_share": "0"},
            ),
        )
    )
    most = str(draw.randint(3, 8))
    record = {
        "change_request": "CR-2931",
        **HEALTHY_RECORD,
        "test_note": "tests do not cover the connection release path",
    }
    deploy = Deploy(role, leaking, "{developer}", f"{{{role}}} {leaking}", "Faster sessions.", leak, record, harms=True)
    return Scenario(
        name="pool-leak",
        title="Customers wait and then see error pages",
        summary="a deploy of a service with a database leaks connections; seeds differ in service, share and pool",
        before=other_change(draw),
        fault=(Step(draw.uniform(5, 30), deploy),),
        response=respond(
            Step(8, Type("{dba}", f"metrics {{{role}}} | grep connection", "used {pool_used}, max {pool_max}")),
            Step(
                6,
                Say(
                    "{dba}",
                    f"{{{role}}} has {{pool_used}} of {{pool_max}} connections in use, {{pool_waiting}} requests wait",
                ),
            ),
            roll_back(role, healthy, mended),
        ),
        truth=Truth(
            role=role,
            indicators=(
                "db.client.connection.count",
                "db.client.connection.pending_requests",
                "db.client.connection.timeouts",
            ),
            mechanism=f"{role} {leaking} keeps connections beyond their use; the pool of {most} runs empty",
            fault_kind="connection-pool-exhaustion",
            trigger=role,
        ),
        options={role: {"db.pool.max": most, "db.pool.timeout_s": f"{draw.uniform(1.0, 2.5):.1f}"}},
        load=draw.uniform(0.9, 1.4),
    )


EXTENSION = replace(_plan(Random(0)), drawn=_plan)
