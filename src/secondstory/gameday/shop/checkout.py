"""The checkout: reads the cart, places the order, takes the payment."""

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """One route; a failed call is tried again, as client libraries do unasked."""
    names = means.instance.names

    async def check_out(payload: Payload) -> Payload:
        user = {"user": payload["user"]}
        cart = await means.caller.post("cart", f"/{names['cart']}/read", user, timeout_s=2.0, retries=1)
        if not cart["items"]:
            raise Refused(409, "empty", "the cart is empty")
        wanted = {**user, "items": cart["items"], "total": cart["total"], "wishes": payload.get("wishes", [])}
        order = await means.caller.post("orders", f"/{names['orders']}", wanted, timeout_s=2.0, retries=2)
        paid = {**user, "order": order["order"], "amount": cart["total"]}
        await means.caller.post("payment", f"/{names['payment']}", paid, timeout_s=2.0, retries=1)
        means.telemetry.log.info("checkout finished, order %s, %d items", order["order"], cart["items"])
        return order

    return (Endpoint("POST", f"/{names['checkout']}", check_out),)
