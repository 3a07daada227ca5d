"""What a cue costs in a long meeting: from the caption to its durable entry, and a look at the rail after it.

Idea: a meeting of the examples is said again and again, each time after the last, until there are so many cues; the
clock of the world goes with them, so findings fall away as they would. Cues are heard one by one, in one process,
without a browser. Should a cue become dearer as the meeting grows, the last five hundred tell.
When it misleads: the words repeat, so wordings run out after the first rounds and later cues have fewer replies to
choose; the wait for the disk is the machine's.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count, islice
from pathlib import Path

import numpy as np

from conditions import Conditions, asks_conditions
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.transcript import Cue
from secondstory.ports import World
from secondstory.sources.reading.meetings import transcript_of
from secondstory.sources.reading.roles import roles_given
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.room.hear import hear
from secondstory.usecases.room.lead import Asked, start_meeting
from secondstory.usecases.room.rail_view import rail_of
from secondstory.wiring import open_world

MEETING = Path(__file__).parents[1] / "examples" / "meetings" / "pool-exhaustion.vtt"
RESULT = Path(__file__).parent / "results" / "hearing.json"
BEGIN = datetime(2026, 11, 17, 15, 0, tzinfo=UTC)
PAUSE_S = 60.0
PEOPLE = ("Ines Keller=facilitator", "Ruth Lindqvist=executive")


@dataclass
class Hands:
    """A clock that is set by hand."""

    at: datetime = BEGIN

    def now(self) -> datetime:
        """The time that it was set to."""
        return self.at


def again_and_again(cues: tuple[Cue, ...]) -> Iterator[Cue]:
    """The cues without end, each round after the one before."""
    length_s = max(one.end_s or 0.0 for one in cues) + PAUSE_S
    for turn in count():
        for one in cues:
            start_s, end_s = (turn * length_s + (second or 0.0) for second in (one.start_s, one.end_s))
            yield replace(one, number=one.number + turn * len(cues), start_s=start_s, end_s=end_s)


def measured(world: World, incident: str, most: int) -> list[tuple[float, float]]:
    """Milliseconds to hear each cue, and to look at the rail after it."""
    clock = Hands()
    world = replace(world, clock=clock)
    start_meeting(LOCAL_OWNER, world, incident, Asked())
    hear(LOCAL_OWNER, world, incident, (), roles_given(PEOPLE))
    found = []
    for cue in islice(again_and_again(transcript_of(MEETING.name, MEETING.read_bytes()).cues), most):
        clock.at = BEGIN + timedelta(seconds=cue.end_s or 0.0)
        began = time.perf_counter()
        assert hear(LOCAL_OWNER, world, incident, (cue,)).heard == 1
        heard = time.perf_counter()
        rail_of(LOCAL_OWNER, world, incident)
        found.append(((heard - began) * 1000, (time.perf_counter() - heard) * 1000))
    return found


def told(times: list[tuple[float, float]], each: int) -> list[dict[str, float]]:
    """p50 and p95 of each stretch of so many cues."""
    rows = []
    for first in range(0, len(times), each):
        part = np.array(times[first : first + each])
        p50, p95 = np.quantile(part, (0.5, 0.95), axis=0)
        figures = {"hear_p50_ms": p50[0], "hear_p95_ms": p95[0], "look_p50_ms": p50[1], "look_p95_ms": p95[1]}
        rows.append({"from_cue": first + 1, **{name: round(float(one), 2) for name, one in figures.items()}})
    return rows


def main() -> None:
    """Run, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--cues", type=int, default=3000)
    asked.add_argument("--each", type=int, default=500, help="cues in a stretch that is told apart")
    asked.add_argument("--out", type=Path, default=RESULT)
    asks_conditions(asked)
    chosen = asked.parse_args()
    conditions = Conditions(chosen)
    with tempfile.TemporaryDirectory() as folder, open_world(Settings(data_dir=Path(folder))) as world:
        ensure_demo(LOCAL_OWNER, world, lambda _what: None)
        incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        times = measured(world, incident, chosen.cues)
    result = {
        "cues": len(times),
        "stretches": told(times, chosen.each),
        "conditions": conditions.told(),
    }
    chosen.out.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
