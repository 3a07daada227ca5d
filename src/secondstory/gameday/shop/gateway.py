"""The gateway: lets customers in, with a limit on requests in flight, and passes them on."""

import asyncio
from collections.abc import Awaitable, Callable

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """Browse, add to the cart, check out: all three share one limit on requests in flight."""
    free = asyncio.Semaphore(int(means.instance.options["requests.max"]))
    names = means.instance.names

    def limited(role: str, path: str, timeout_s: float) -> Callable[[Payload], Awaitable[Payload]]:
        async def handle(payload: Payload) -> Payload:
            try:
                await asyncio.wait_for(free.acquire(), timeout=1.0)
            except TimeoutError:
                means.telemetry.log.warning("no free slot after 1 s, request refused")
                raise Refused(503, "overloaded", "no free slot") from None
            try:
                return await means.caller.post(role, path, payload, timeout_s=timeout_s)
            finally:
                free.release()

        return handle

    browse, basket, pay = names["catalogue"], names["cart"], names["checkout"]
    return (
        Endpoint("GET", f"/{browse}/{{page}}", limited("catalogue", f"/{browse}/page", 2.0), entry=True),
        Endpoint("POST", f"/{basket}", limited("cart", f"/{basket}/items", 3.0), entry=True),
        Endpoint("POST", f"/{pay}", limited("checkout", f"/{pay}", 6.0), entry=True),
    )
