"""The pool runs empty as in pool-exhaustion, while the catalogue's index work keeps a processor busy in bursts."""

from dataclasses import replace

from secondstory.gameday.faults import pool_exhaustion

EXTENSION = replace(
    pool_exhaustion.EXTENSION,
    name="noisy-neighbour",
    summary="pool-exhaustion with bursts of processor time in catalogue",
    options={"catalogue": {"index.every_s": "38", "index.for_s": "18"}},
)
