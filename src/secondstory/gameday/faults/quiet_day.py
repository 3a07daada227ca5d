"""No fault: a healthy deploy of the order service and a newsletter that brings some more customers."""

from dataclasses import replace

from secondstory.gameday.crew import HEALTHY_RECORD, ORDERS_DEPLOY, PAYMENT_DEPLOY
from secondstory.gameday.scenario import SHIPPING_CHANNEL, Say, Scenario, Step, Surge

EXTENSION = Scenario(
    name="quiet-day",
    title="Was checkout slower around the newsletter?",
    summary="a healthy deploy and a little more load; nothing is wrong",
    before=(Step(0, PAYMENT_DEPLOY),),
    fault=(
        Step(0, Say("{developer}", "{orders} 1.8.1 is going out, gift options", SHIPPING_CHANNEL)),
        Step(
            6,
            replace(
                ORDERS_DEPLOY,
                version="1.8.1",
                title="{orders} 1.8.1",
                body="Gift options on orders.",
                options={},
                harms=False,
                record={"change_request": "CR-2936", **HEALTHY_RECORD},
            ),
        ),
        Step(10, Say("{developer}", "1.8.1 is live, looks normal", SHIPPING_CHANNEL)),
        Step(15, Say("{lead}", "newsletter is out, expect some more visitors", SHIPPING_CHANNEL)),
        Step(1, Surge(1.35)),
        Step(40, Say("{support}", "one customer says checkout felt slow, could somebody have a look?")),
        Step(15, Say("{oncall}", "{gateway} is at {error_pct} % errors and p95 {p95_s} s, i see nothing unusual")),
        Step(20, Surge(1.0)),
        Step(10, Say("{lead}", "fine, let's keep the numbers for the review and move on")),
    ),
)
