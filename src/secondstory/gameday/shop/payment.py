"""The payment service: asks a bank, which takes its time and sometimes declines."""

import asyncio
import random

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused

GOOD_KEY = "2026"


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """One route; `bank.delay_s` is how much longer the bank takes on average, `bank.key` what we show to it.

    About one card in a hundred is declined; the bank fails about once in three hundred requests.
    """
    draw = random.Random(f"{means.instance.seed}-{means.instance.instance_id}")

    async def charge(payload: Payload) -> Payload:
        longer_s = draw.uniform(0.5, 1.5) * means.settings.number("bank.delay_s", 0)
        await asyncio.sleep(draw.lognormvariate(-3.4, 0.35) + longer_s)
        if means.settings.get("bank.key", GOOD_KEY) != GOOD_KEY:
            means.telemetry.log.error("bank answered 401 for order %s", payload["order"])
            raise Refused(500, "bank_refused", "the bank does not know us")
        luck = draw.random()
        if luck < 0.010:
            means.telemetry.log.info("card declined for order %s", payload["order"])
            raise Refused(402, "declined", "the card was declined")
        if luck < 0.0133:
            means.telemetry.log.error("bank did not answer for order %s", payload["order"])
            raise Refused(502, "bank_unavailable", "the bank did not answer")
        means.telemetry.log.info("authorised %.2f EUR for order %s", payload["amount"], payload["order"])
        return {"authorised": payload["order"]}

    return (Endpoint("POST", f"/{means.instance.names['payment']}", charge),)
