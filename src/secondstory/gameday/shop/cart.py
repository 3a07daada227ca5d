"""The cart: what each customer means to buy, kept in the database."""

from starlette.concurrency import run_in_threadpool

from secondstory.gameday.shop.http import Endpoint, Means, Payload
from secondstory.gameday.shop.pool import Pool


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """Add an item at the price that the catalogue gives; read the cart."""
    pool = Pool(means.instance, means.telemetry)
    name, catalogue = means.instance.names["cart"], means.instance.names["catalogue"]

    def store(user: str, price: float) -> None:
        connection = pool.take()
        try:
            pool.run(
                connection,
                f"INSERT INTO {name}_items AS kept (customer, items, total) VALUES (%s, 1, %s) ON CONFLICT (customer) "
                "DO UPDATE SET items = mod(kept.items, 5) + 1, total = excluded.total + kept.total / 2",
                (user, price),
            )
            connection.commit()
        finally:
            connection.close()

    def read(payload: Payload) -> Payload:
        connection = pool.take()
        try:
            rows = pool.run(
                connection, f"SELECT items, total FROM {name}_items WHERE customer = %s", (payload["user"],)
            )
            connection.commit()
        finally:
            connection.close()
        items, total = rows[0] if rows else (0, 0.0)
        return {"items": items, "total": total}

    async def add(payload: Payload) -> Payload:
        wanted = {"user": payload["user"], "page": payload.get("item", "1")}
        priced = await means.caller.post("catalogue", f"/{catalogue}/page", wanted, timeout_s=2.0, retries=1)
        await run_in_threadpool(store, payload["user"], priced["price"])
        return {"added": wanted["page"]}

    return (
        Endpoint("POST", f"/{name}/items", add),
        Endpoint("POST", f"/{name}/read", read, in_thread=True),
    )
