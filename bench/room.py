"""How a room carries two hundred people for two hours: a real server, their sockets from one other process.

Idea: hours of a meeting go by in as many minutes as asked. Everybody is a member with a cookie and a socket of their
own. What happens is drawn at random, at the pace of a lively meeting of that size: every ten seconds a message, a hand,
an event shown, a step or a line of the board. Now and then everybody answers a question within fifteen seconds
(`--voting`), which are not compressed. Each event is timed from sending the request until the last of all sockets was
told a room that holds it; one that changes nothing (a hand that is down already) is told to nobody and left out.
Units: milliseconds; `rss_mb` of the server every five minutes of the room's time, `slope_mb_per_hour` the straight line
through them after the first half hour, in the room's hours. `cpu_ratio`: processor time of the server over wall time.
When it misleads: time is compressed, so the load is `compressed` times that of a real meeting, and the two hundred
sockets are read by one process that shares the cores with the server; `reader_cpu_ratio` is its own share. Memory rises
until the caches of all threads and connections are full: with `--hours 4` the second half tells what stays.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import httpx

from api import cpu_s, spread
from conditions import Conditions, asks_conditions
from room_memory import WARM_S, Point, counted, grown, memory, rss_mb
from room_people import Guest, all_in, let_in, until
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.room import Captured, Happened, Room, Voted
from secondstory.stages.meeting.room import apply_event
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.room.view import PARTS, changed_parts
from secondstory.wiring import open_world
from serving import served

RESULT = Path(__file__).parent / "results" / "room.json"
TARGET_MS = 250.0
EVERY_S = 300
QUESTION_EACH = 90  # things that happen
BOXES = ("opening", "timeline", "causes", "factors", "actions", "discussion", "closing")


@dataclass(frozen=True)
class Watched:
    """The server's process, and where it writes what it holds; None = it is not asked."""

    pid: int
    out: Path | None


@dataclass
class Seen:
    """What was measured."""

    waiting: dict[int, list[float]] = field(default_factory=dict)  # by seq: sent at, told so far
    told_ms: list[float] = field(default_factory=list)
    votes_ms: list[float] = field(default_factory=list)  # of these the votes
    every_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    idle: int = 0  # events after which no page shows anything else
    rss: list[Point] = field(default_factory=list)
    held: list[dict[str, Any]] = field(default_factory=list)


class Crowd:
    """The people in the room and the events that are on their way to them."""

    def __init__(self, base: str, incident: str, members: list[tuple[str, str]]) -> None:
        self.guests = [Guest(token, secret, base, incident, self.hear) for token, secret in members]
        self.seen = Seen()
        self._told: dict[Guest, list[tuple[int, float]]] = {guest: [] for guest in self.guests}
        self._sent: list[tuple[int, float]] = []
        self._captured: dict[str, float] = {}

    def hear(self, guest: Guest, message: dict[str, Any], now: float) -> None:
        """Somebody's page was told the room after event number `seq`."""
        if "seq" in message:
            self._told[guest].append((message["seq"], now))

    async def act(self, client: httpx.AsyncClient, guest: Guest, verb: str, act: dict[str, Any]) -> None:
        """Do something and note when it was asked for."""
        began = time.perf_counter()
        answer = await guest.does(client, verb, act)
        self.seen.answer_ms.append((time.perf_counter() - began) * 1000)
        self.seen.kinds[act.get("act", verb)] += 1
        if answer.is_success and verb == "captures":  # answered with what became of it, not with its place in the log
            self._captured[act["id"]] = began
        elif answer.is_success:
            self._sent.append((answer.json()["seq"], began))
        else:
            self.seen.refused[answer.status_code] += 1

    @property
    def last_sent(self) -> int:
        """The number of the last event that was acknowledged."""
        return max((seq for seq, _began in self._sent), default=0)

    def reckon(self, log: Sequence[Happened]) -> int:
        """Match what was sent with what was told; how many events somebody was never told."""
        missing, changes = 0, changing(log)
        votes = {one.seq for one in log if isinstance(one.event, Voted)}
        lines = {one.event.id: one.seq for one in log if isinstance(one.event, Captured)}
        sent = self._sent + [(lines[ident], began) for ident, began in self._captured.items()]
        self.seen.idle = sum(seq not in changes for seq, _ in sent)
        places = dict.fromkeys(self.guests, 0)
        for seq, began in sorted(one for one in sent if one[0] in changes):
            last = 0.0
            for guest in self.guests:
                told = self._told[guest]
                place = places[guest]
                while place < len(told) and told[place][0] < seq:
                    place += 1
                places[guest] = place
                if place == len(told):
                    missing += 1
                    continue
                took = (told[place][1] - began) * 1000
                self.seen.every_ms.append(took)
                last = max(last, took)
            self.seen.told_ms.append(last)
            if seq in votes:
                self.seen.votes_ms.append(last)
        return missing


def changing(log: Sequence[Happened]) -> set[int]:
    """The events after which a page shows something else: a hand that is down already is lowered without a word."""
    room, found = Room(1), set()
    for one in log:
        before, room = room, apply_event(room, one)
        if any(PARTS[name](before, False) != PARTS[name](room, False) for name in changed_parts(before, room)):
            found.add(one.seq)
    return found


async def meeting(crowd: Crowd, asked: argparse.Namespace, server: Watched) -> None:
    """So many hours of the room's time in so many minutes."""
    whole_s = asked.hours * 3600
    dice, pace = random.Random(asked.seed), asked.minutes * 60 / whole_s
    lead, others = crowd.guests[0], crowd.guests[1:]
    began = time.perf_counter()
    tasks: set[asyncio.Task[None]] = set()
    voting_s = min(asked.voting, 0.5 * QUESTION_EACH * 10 * pace)

    def room_s() -> float:
        return (time.perf_counter() - began) / pace

    limits = httpx.Limits(max_connections=100, max_keepalive_connections=100)
    async with httpx.AsyncClient(timeout=60, limits=limits) as client:

        def do(guest: Guest, verb: str, act: dict[str, Any], later_s: float = 0.0) -> None:
            async def doing() -> None:
                await asyncio.sleep(later_s)
                await crowd.act(client, guest, verb, act)

            tasks.add(task := asyncio.create_task(doing()))
            task.add_done_callback(tasks.discard)

        watch = asyncio.create_task(weigh(crowd.seen, server, room_s, (pace, whole_s)))
        number = 0
        while (now := room_s()) < whole_s:
            number += 1
            happening(dice, number, (lead, others), do)
            if number % QUESTION_EACH == QUESTION_EACH // 2:
                ask(dice, f"p{number}", (lead, others), (do, voting_s))
            await asyncio.sleep(min(dice.expovariate(1 / 10.0), whole_s - now) * pace)  # every ten seconds something
        await asyncio.gather(*tasks)
        watch.cancel()
        with suppress(asyncio.CancelledError):
            await watch


def happening(dice: random.Random, number: int, people: tuple[Guest, list[Guest]], do: Any) -> None:
    """One thing that somebody does."""
    lead, others = people
    somebody = dice.choice(others)
    wish = dice.random()
    if wish < 0.35:
        words = "We saw the queue grow while the pool was full, and no alert looked at it. " * dice.randrange(1, 4)
        do(somebody, "said", {"act": "tell", "id": f"m{number}", "text": words})
    elif wish < 0.6:
        do(somebody, "said", {"act": "hand", "up": True, "about": "the pool"})
        do(lead, "led", {"act": "lower", "whose": somebody.token}, 2.0)
    elif wish < 0.75:
        do(lead, "led", {"act": "show", "subject": f"event/{dice.randrange(9)}", "place": 1, "of": 9})
    elif wish < 0.8:
        do(lead, "led", {"act": "step", "box": dice.choice(BOXES)})
    elif wish < 0.85:
        do(lead, "led", {"act": "rule", "text": f"We ask what and how, {number}."})
    else:
        line = {"id": f"c{number}", "kind": "parked", "text": f"How we tell support, {number}."}
        do(lead, "captures", line)


def ask(dice: random.Random, ident: str, people: tuple[Guest, list[Guest]], doing: tuple[Any, float]) -> None:
    """A question that everybody answers soon."""
    (lead, others), (do, voting_s) = people, doing
    do(lead, "led", {"act": "poll", "id": ident, "question": "Was this new to you?", "choices": ["yes", "no"]})
    for guest in others:
        vote = {"act": "vote", "poll": ident, "choice": dice.randrange(2)}
        do(guest, "said", vote, voting_s * (0.1 + 0.9 * dice.random()))


async def weigh(seen: Seen, server: Watched, room_s: Any, times: tuple[float, float]) -> None:
    """Note the server's memory every five minutes of the room's time, and three times what it consists of."""
    pace, whole_s = times
    counts_at = [WARM_S, whole_s / 2, whole_s - EVERY_S] if server.out is not None else []
    while True:
        now = room_s()
        if server.out is not None and counts_at and now >= counts_at[0]:
            counts_at.pop(0)
            seen.held.append(await counted(server.pid, server.out))
        seen.rss.append((round(now), rss_mb(server.pid)))
        await asyncio.sleep(EVERY_S * pace)


def fsync_ms(folder: Path) -> dict[str, float]:
    """How long the disk takes to write 4 KiB through: part of every event, and long while others write much."""
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return spread(times)


async def held(crowd: Crowd, asked: argparse.Namespace, server: Watched) -> dict[str, Any]:
    """The meeting, from the coming in of all to its end; how it went."""
    staying = [asyncio.create_task(guest.stay()) for guest in crowd.guests]
    began = time.perf_counter()
    assert await until(lambda: all_in(crowd.guests), 60), "not everybody came in"
    joined_s = time.perf_counter() - began
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await crowd.guests[0].does(client, "start", {})
        assert answer.is_success, answer.text
    people = len(crowd.guests)
    assert await until(lambda: all(len(one.parts["people"]) == people for one in crowd.guests), 60), "not all noted"
    noted_s = time.perf_counter() - began - joined_s
    cpu, own, wall = cpu_s(server.pid), time.process_time(), time.perf_counter()
    await meeting(crowd, asked, server)
    wall = time.perf_counter() - wall
    cpu, own = cpu_s(server.pid) - cpu, time.process_time() - own
    await until(lambda: min(one.seq for one in crowd.guests) >= crowd.last_sent, 10)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    return {
        "compressed": round(asked.hours * 3600 / wall, 1),
        "joined_s": round(joined_s, 2),
        "noted_s": round(noted_s, 2),
        "cpu_ratio": round(cpu / wall, 3),
        "reader_cpu_ratio": round(own / wall, 3),
        "messages": sum(one.messages for one in crowd.guests),
    }


def reckoned(crowd: Crowd, log: Sequence[Happened]) -> dict[str, Any]:
    """What was measured, now that the log tells which events there were to tell."""
    missing, seen = crowd.reckon(log), crowd.seen
    return {
        "events": len(seen.told_ms),
        "events_that_change_nothing": seen.idle,
        "to_all": spread(seen.told_ms),
        "votes_to_all": spread(seen.votes_ms),
        "to_each": spread(seen.every_ms),
        "answer": spread(seen.answer_ms),
        "never_told": missing,
        "kinds": dict(seen.kinds),
        "refused": dict(seen.refused),
        "memory": memory(seen.rss),
        "rss_mb": seen.rss,
        "grown": [grown(*pair) for pair in pairwise(seen.held)],
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--hours", type=float, default=2, help="of the room's time")
    parser.add_argument("--minutes", type=float, default=8, help="that they take")
    parser.add_argument("--voting", type=float, default=15, help="seconds in which all answer; not compressed")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", action="store_true", help="say what the server holds more of, half by half")
    parser.add_argument("--trace", action="store_true", help="as --count, with the lines that asked for it; slow")
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True)
    asks_conditions(parser)
    asked = parser.parse_args()
    conditions = Conditions(asked)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_world(Settings(data_dir=folder)) as world:
            ensure_demo(LOCAL_OWNER, world, lambda _what: None)
            incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        members = let_in(folder, incident, asked.people)
        disk = fsync_ms(folder)
        out = folder / "held.json" if asked.count or asked.trace else None
        traced = {"SECONDSTORY_TRACED": "1"} if asked.trace else {}
        with served(folder, 0, {"SECONDSTORY_WATCHED": str(out), **traced} if out else None) as (process, url):
            crowd = Crowd(url.partition("?")[0], incident, members)
            went = asyncio.run(held(crowd, asked, Watched(process.pid, out)))
        with open_world(Settings(data_dir=folder)) as world:
            measured = reckoned(crowd, world.room_log.since(incident, 1, 0))
    result = {
        "people": asked.people,
        "hours": asked.hours,
        "minutes": asked.minutes,
        "target_p95_ms": TARGET_MS,
        **went,
        **measured,
        "fsync_ms": disk,
        "conditions": conditions.told(),
    }
    if asked.keep:
        RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
