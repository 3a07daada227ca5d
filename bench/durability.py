"""Whether an acknowledged write outlives `kill -9`: a process writes to the ledger in a loop and is killed, many times.

Idea: each round a fresh process opens the records and appends entries one after the other; after each it tells the
entry's id through a pipe. It is killed at a random moment, also in the middle of a commit. Then the records are opened
again: every id that was told must be there, entries are numbered without a hole, and the file is sound.
When it misleads: the machine stays up. That the disk has what it confirmed, also when the power fails, rests on
synchronous=FULL and on the disk's word; this measures neither.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import random
import select
import signal
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from multiprocessing.connection import Connection
from pathlib import Path

import sqlalchemy as sa

from secondstory.model.decision import Contribution, ContributionKind
from secondstory.records.database import Database
from secondstory.records.ledger import SqlLedger

RESULT = Path(__file__).parent / "results" / "durability.json"
ROUNDS = 1000
LONGEST_S = 0.06
PATIENCE_S = 60.0
INCIDENT = "inc"
NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)


@dataclass(frozen=True)
class Outcome:
    """What came of all rounds. `unacknowledged`: written, but killed before it could be told; they may stay."""

    rounds: int
    acknowledged: int
    unacknowledged: int
    lost: tuple[str, ...]
    in_order: bool
    sound: bool


def write_on(url: str, number: int, told: Connection) -> None:
    """Append entries until killed, and tell the id of each that was accepted."""
    ledger = SqlLedger(Database(url))
    place = 0
    while True:
        ident = f"c-{number}-{place}"
        ledger.append(Contribution(ident, INCIDENT, "event/a", ContributionKind.COMMENT, "Words.", "kim", NOON))
        os.write(told.fileno(), f"{ident}\n".encode())
        place += 1


def killed(folder: Path, rounds: int, seed: int) -> Outcome:
    """Write and kill so many times, then look what is there."""
    url = f"sqlite:///{folder / 'records.db'}"
    records = Database(url)
    records.migrate()
    records.close()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["secondstory.records.ledger"])
    dice = random.Random(seed)
    told = [ident for number in range(rounds) for ident in _round(context, url, number, dice.random() * LONGEST_S)]
    again = Database(url)
    entries = SqlLedger(again).since(INCIDENT, 0, 10**9)
    with again.read() as connection:
        sound = connection.scalar(sa.text("PRAGMA integrity_check")) == "ok"
    again.close()
    kept = {entry.said.id for entry in entries}
    return Outcome(
        rounds=rounds,
        acknowledged=len(told),
        unacknowledged=len(kept - set(told)),
        lost=tuple(ident for ident in told if ident not in kept),
        in_order=[entry.seq for entry in entries] == list(range(1, len(entries) + 1)),
        sound=sound,
    )


def _round(context: multiprocessing.context.ForkServerContext, url: str, number: int, after_s: float) -> list[str]:
    """The ids that one process told before it was killed, `after_s` after the first of them."""
    ours, theirs = os.pipe()
    with os.fdopen(ours, "rb", buffering=0) as told:
        with Connection(theirs, readable=False) as end:
            process = context.Process(target=write_on, args=(url, number, end))
            process.start()
        assert select.select([told], [], [], PATIENCE_S)[0], "the writer wrote nothing"
        time.sleep(after_s)
        assert process.pid is not None
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        whole = told.read()
    # A line that was cut off was told in part: it counts as told only with its end.
    return whole.decode().split("\n")[:-1]


def main() -> None:
    """Run, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--seed", type=int, default=1)
    chosen = asked.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        outcome = killed(Path(folder), chosen.rounds, chosen.seed)
    result = {
        "rounds": outcome.rounds,
        "acknowledged": outcome.acknowledged,
        "unacknowledged_kept": outcome.unacknowledged,
        "lost": list(outcome.lost),
        "numbered_without_a_hole": outcome.in_order,
        "sound": outcome.sound,
        "seconds": round(time.monotonic() - began),
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
