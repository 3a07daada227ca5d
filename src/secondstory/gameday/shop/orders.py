"""The order service: writes orders to the database through its pool of connections."""

import threading

import psycopg
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlalchemy.pool import PoolProxiedConnection

from secondstory.gameday.shop.http import Endpoint, Means, Payload, Refused
from secondstory.gameday.shop.pool import Pool

# Who gives a connection back after a wish was noted. `caller`: we do, as the driver has asked since 2.0. `cursor`: the
# driver does, when the cursor closes, which held for 1.x alone; the driver of today keeps the connection in use.
RELEASE_BY_CALLER, RELEASE_BY_CURSOR = "caller", "cursor"
WISHES = ("gift_wrap", "voucher", "express")


def endpoints(means: Means) -> tuple[Endpoint, ...]:
    """One route: place an order, and note the wishes that came with it."""
    book = OrderBook(means)
    threading.Thread(target=book.follow_settings, daemon=True).start()
    return (Endpoint("POST", f"/{means.instance.names['orders']}", book.place, in_thread=True),)


class OrderBook:
    """Orders in the database, in `db.table` where that is set.

    `driver.release` comes with the deploy; a row of the settings table overrides it.
    """

    def __init__(self, means: Means) -> None:
        instance = means.instance
        self._telemetry = means.telemetry
        self._settings = means.settings
        self._pool = Pool(instance, means.telemetry)
        self._table = instance.names["orders"]
        self._release = instance.options["driver.release"]
        self._noted_by = instance.options["wishes.stored"].split(",")
        # Under driver 1.x a session was looked up again by its order, so it is kept.
        self._sessions: dict[object, PoolProxiedConnection] = {}

    def place(self, payload: Payload) -> Payload:
        """Write one order; raises Refused(503) when no connection became free in time."""
        try:
            order = self._write(payload)
            for wish in payload["wishes"]:
                if wish in self._noted_by:
                    self._note(order, wish)
        except PoolTimeoutError as error:
            self._telemetry.log.exception("order of %s not placed", payload["user"])
            raise Refused(503, type(error).__name__, "no database connection") from error
        except psycopg.Error as error:
            self._telemetry.log.exception("order of %s not placed", payload["user"])
            raise Refused(500, type(error).__name__, "the database refused the order") from error
        self._telemetry.log.info("order %s placed, confirmation goes to %s@example.org", order, payload["user"])
        return {"order": order}

    def follow_settings(self) -> None:
        """Read the settings table every two seconds, on a connection outside the pool, until the process ends."""
        self._pool.follow(f"SELECT value FROM {self._table}_settings WHERE name = 'driver.release'", self._use)

    def _use(self, release: str) -> None:
        self._release = release

    def _write(self, payload: Payload) -> object:
        connection = self._pool.take()
        table = self._settings.get("db.table", self._table)
        try:
            rows = self._pool.run(
                connection,
                f"INSERT INTO {table} (customer, items, total) VALUES (%s, %s, %s) RETURNING id",
                (payload["user"], payload["items"], payload["total"]),
            )
            connection.commit()
            return rows[0][0]
        finally:
            connection.close()

    def _note(self, order: object, wish: str) -> None:
        connection = self._pool.take()
        self._pool.run(connection, f"UPDATE {self._table} SET wish = %s WHERE id = %s", (wish, order))
        connection.commit()
        if self._release == RELEASE_BY_CURSOR:
            self._sessions[order] = connection
        else:
            connection.close()
