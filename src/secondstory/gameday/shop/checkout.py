"""The checkout: reads the cart, places the order, takes the payment."""

from secondstory.gameday.shop.http import Caller, Endpoint, Payload, Refused
from secondstory.gameday.shop.instance import Instance
from secondstory.gameday.shop.telemetry import Telemetry


def endpoints(instance: Instance, telemetry: Telemetry, caller: Caller) -> tuple[Endpoint, ...]:
    """One route; a failed call to the order or payment service is tried again, as the client library does by default."""
    names = instance.names

    async def check_out(payload: Payload) -> Payload:
        user = {"user": payload["user"]}
        cart = await caller.post("cart", f"/{names['cart']}/read", user, timeout_s=2.0, retries=1)
        if not cart["items"]:
            raise Refused(409, "empty", "the cart is empty")
        wanted = {**user, "items": cart["items"], "total": cart["total"], "wishes": payload.get("wishes", [])}
        order = await caller.post("orders", f"/{names['orders']}", wanted, timeout_s=2.0, retries=2)
        paid = {**user, "order": order["order"], "amount": cart["total"]}
        await caller.post("payment", f"/{names['payment']}", paid, timeout_s=2.0, retries=1)
        telemetry.log.info("checkout finished, order %s, %d items", order["order"], cart["items"])
        return order

    return (Endpoint("POST", f"/{names['checkout']}", check_out),)
