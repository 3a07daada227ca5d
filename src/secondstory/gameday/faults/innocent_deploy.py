"""The pool runs empty as in pool-exhaustion; a harmless deploy of the cart lies nearer to the first errors."""

from dataclasses import replace

from secondstory.gameday.crew import HEALTHY_RECORD
from secondstory.gameday.faults import pool_exhaustion
from secondstory.gameday.scenario import Deploy, Step

EXTENSION = replace(
    pool_exhaustion.EXTENSION,
    name="innocent-deploy",
    summary="pool-exhaustion with a harmless deploy of cart nearer to the first errors",
    fault=(
        *pool_exhaustion.EXTENSION.fault,
        Step(
            26,
            Deploy(
                "cart",
                "3.2.1",
                "{lead}",
                "{cart} 3.2.1",
                "New wording of two messages.",
                record={"change_request": "CR-2933", **HEALTHY_RECORD},
            ),
        ),
    ),
)
