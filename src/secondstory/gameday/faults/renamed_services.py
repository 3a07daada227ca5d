"""The pool runs empty as in pool-exhaustion, and every service is called something else."""

from dataclasses import replace

from secondstory.gameday.faults import pool_exhaustion

EXTENSION = replace(
    pool_exhaustion.EXTENSION,
    name="renamed-services",
    title="Many visitors cannot finish a booking",
    summary="pool-exhaustion with other names for every service",
    names={
        "gateway": "frontdoor",
        "checkout": "till",
        "cart": "satchel",
        "orders": "ledger",
        "payment": "cashier",
        "catalogue": "shelf",
        "database": "vault",
    },
)
