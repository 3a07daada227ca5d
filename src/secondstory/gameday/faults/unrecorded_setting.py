"""The pool runs empty because a row of the settings table changed; no deploy, nothing recorded."""

from dataclasses import replace

from secondstory.gameday.crew import CLOSING, FIRST_LOOK_AND_FIND, RESET_BY_HAND
from secondstory.gameday.faults import pool_exhaustion
from secondstory.gameday.scenario import Step, WriteSetting

EXTENSION = replace(
    pool_exhaustion.EXTENSION,
    name="unrecorded-setting",
    summary="pool-exhaustion by a changed row of data, without a deploy",
    fault=(Step(0, WriteSetting("orders", "driver.release", "cursor", harms=True)),),
    response=(*FIRST_LOOK_AND_FIND, *RESET_BY_HAND, *CLOSING),
    truth=replace(pool_exhaustion.TRUTH, trigger=None),
)
