"""The cart: what each customer means to buy, kept in the database."""

import random
from collections.abc import Iterator
from contextlib import contextmanager

import psycopg
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection
from starlette.concurrency import run_in_threadpool

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused
from secondstory.gameday.shop.pool import Pool


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """Add an item at the price that the catalogue gives; read the cart.

    `db.table` names the table where it is not the usual one.
    """
    pool, borrowed = Pool(means.instance, means.telemetry), _Borrowed(means)
    name, catalogue = means.instance.names["cart"], means.instance.names["catalogue"]

    def store(user: str, price: float) -> None:
        table = means.settings.get("db.table", f"{name}_items")
        with borrowed.from_(pool) as connection:
            pool.run(
                connection,
                f"INSERT INTO {table} AS kept (customer, items, total) VALUES (%s, 1, %s) ON CONFLICT (customer) "
                "DO UPDATE SET items = mod(kept.items, 5) + 1, total = excluded.total + kept.total / 2",
                (user, price),
            )

    def read(payload: Payload) -> Payload:
        table = means.settings.get("db.table", f"{name}_items")
        with borrowed.from_(pool) as connection:
            rows = pool.run(connection, f"SELECT items, total FROM {table} WHERE customer = %s", (payload["user"],))
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


class _Borrowed:
    """Connections on loan. A `session.kept_share` of them stays with its session, which nobody asks for again."""

    def __init__(self, means: Means) -> None:
        self._means = means
        self._draw = random.Random(means.instance.seed)
        self._sessions: list[PoolProxiedConnection] = []

    @contextmanager
    def from_(self, pool: Pool) -> Iterator[PoolProxiedConnection]:
        """A connection whose work is committed at the end; raises Refused where the pool or the database refuses."""
        log = self._means.telemetry.log
        try:
            connection = pool.take()
        except PoolTimeoutError as error:
            log.exception("no connection to the carts")
            raise Refused(503, type(error).__name__, "no database connection") from error
        try:
            yield connection
            connection.commit()
        except psycopg.Error as error:
            log.exception("the database refused a statement")
            raise Refused(500, type(error).__name__, "the database refused a statement") from error
        finally:
            if self._draw.random() < self._means.settings.number("session.kept_share", 0):
                self._sessions.append(connection)
            else:
                connection.close()
