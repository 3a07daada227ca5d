"""A deploy of the order service brings a driver setting of old, and connections are no longer given back."""

from secondstory.gameday.crew import CLOSING, FIRST_LOOK_AND_FIND, PAYMENT_DEPLOY, ROLL_BACK, SHIPPING
from secondstory.gameday.scenario import Scenario, Step, Truth

TRUTH = Truth(
    role="orders",
    indicators=("db.client.connection.count", "db.client.connection.pending_requests", "db.client.connection.timeouts"),
    mechanism=(
        "connections taken to note an order's wishes are not given back, because the setting driver.release=cursor "
        "leaves that to a driver that no longer does it; the pool runs empty, requests queue and time out"
    ),
    fault_kind="connection-pool-exhaustion",
    trigger="orders",
)

EXTENSION = Scenario(
    name="pool-exhaustion",
    title="Checkout fails for many customers",
    summary="a deploy of orders leaks connections until its pool is empty",
    before=(Step(0, PAYMENT_DEPLOY),),
    fault=SHIPPING,
    response=(*FIRST_LOOK_AND_FIND, *ROLL_BACK, *CLOSING),
    truth=TRUTH,
)
