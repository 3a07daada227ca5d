"""How a room carries two hundred people for two hours: a real server, their sockets from one other process.

Idea: two hours of a meeting go by in as many minutes as asked. Everybody is a member with a cookie and a socket of
their own. What happens is drawn at random, at the pace of a lively meeting of that size: every ten seconds a message, a
hand, an event shown, a step or a line of the board. Six questions are answered by everybody within fifteen seconds,
which are not compressed. Each event is timed from sending the request until the last of all sockets was told a room
that holds it.
Units: milliseconds; `rss_mb` of the server every five minutes of the room's time, `slope_mb_per_hour` the straight line
through them after the first half hour, in the room's hours. `cpu_ratio`: processor time of the server over wall time.
When it misleads: time is compressed, so the load is `compressed` times that of a real meeting, and the two hundred
sockets are read by one process that shares the cores with the server; `reader_cpu_ratio` is its own share.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import random
import subprocess
import tempfile
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx

from api import cpu_s, spread
from room_people import Guest, all_in, let_in, until
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.wiring import open_world
from serving import served

RESULT = Path(__file__).parent / "results" / "room.json"
TARGET_MS = 250.0
ROOM_S = 2 * 3600
EVERY_S = 300
VOTING_S = 15.0  # not compressed
BOXES = ("opening", "timeline", "causes", "factors", "actions", "discussion", "closing")


Server = tuple[subprocess.Popen[str], str]


@dataclass
class Seen:
    """What was measured."""

    waiting: dict[int, list[float]] = field(default_factory=dict)  # by seq: sent at, told so far
    told_ms: list[float] = field(default_factory=list)
    every_ms: list[float] = field(default_factory=list)
    answer_ms: list[float] = field(default_factory=list)
    kinds: Counter[str] = field(default_factory=Counter)
    refused: Counter[int] = field(default_factory=Counter)
    rss: list[tuple[float, float]] = field(default_factory=list)


class Crowd:
    """The people in the room and the events that are on their way to them."""

    def __init__(self, base: str, incident: str, members: list[tuple[str, str]]) -> None:
        self.guests = [Guest(token, secret, base, incident, self.hear) for token, secret in members]
        self.seen = Seen()
        self._told: dict[Guest, list[tuple[int, float]]] = {guest: [] for guest in self.guests}
        self._sent: list[tuple[int, float]] = []

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
        if answer.is_success:
            if "seq" in (told := answer.json()):  # a capture is told as a line of the board
                self._sent.append((told["seq"], began))
        else:
            self.seen.refused[answer.status_code] += 1

    @property
    def last_sent(self) -> int:
        """The number of the last event that was acknowledged."""
        return max((seq for seq, _began in self._sent), default=0)

    def reckon(self) -> int:
        """Match what was sent with what was told; how many events somebody was never told."""
        missing = 0
        places = dict.fromkeys(self.guests, 0)
        for seq, began in sorted(self._sent):
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
        return missing


async def meeting(crowd: Crowd, minutes: float, seed: int, pid: int) -> None:
    """Two hours of the room's time in `minutes`."""
    dice, pace = random.Random(seed), minutes * 60 / ROOM_S
    lead, others = crowd.guests[0], crowd.guests[1:]
    began = time.perf_counter()
    tasks: set[asyncio.Task[None]] = set()

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

        watch = asyncio.create_task(weigh(crowd.seen, pid, room_s, pace))
        number = 0
        while (now := room_s()) < ROOM_S:
            number += 1
            happening(dice, number, (lead, others), do)
            if number % 90 == 45:
                ask(dice, f"p{number}", (lead, others), do)
            await asyncio.sleep(min(dice.expovariate(1 / 10.0), ROOM_S - now) * pace)  # every ten seconds something
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


def ask(dice: random.Random, ident: str, people: tuple[Guest, list[Guest]], do: Any) -> None:
    """A question that everybody answers soon."""
    lead, others = people
    do(lead, "led", {"act": "poll", "id": ident, "question": "Was this new to you?", "choices": ["yes", "no"]})
    for guest in others:
        do(guest, "said", {"act": "vote", "poll": ident, "choice": dice.randrange(2)}, 1 + dice.random() * VOTING_S)


async def weigh(seen: Seen, pid: int, room_s: Any, pace: float) -> None:
    """Note the server's memory every five minutes of the room's time."""
    while True:
        seen.rss.append((round(room_s()), rss_mb(pid)))
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


def rss_mb(pid: int) -> float:
    """What a process holds in memory."""
    pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
    return round(pages * os.sysconf("SC_PAGE_SIZE") / 2**20, 1)


def slope(points: list[tuple[float, float]]) -> float:
    """Megabytes an hour of the room's time: the straight line of least squares after the first half hour."""
    later = [(at / 3600, mb) for at, mb in points if at >= 1800]
    if len(later) < 3:
        return 0.0
    mean_x, mean_y = (sum(values) / len(later) for values in zip(*later, strict=True))
    over = sum((x - mean_x) ** 2 for x, _ in later)
    return round(sum((x - mean_x) * (y - mean_y) for x, y in later) / over, 2)


async def held(server: Server, incident: str, members: list[tuple[str, str]], asked: argparse.Namespace) -> Any:
    """The meeting, from the coming in of all to its end; what was measured."""
    process, url = server
    crowd = Crowd(url.partition("?")[0], incident, members)
    staying = [asyncio.create_task(guest.stay()) for guest in crowd.guests]
    began = time.perf_counter()
    assert await until(lambda: all_in(crowd.guests), 60), "not everybody came in"
    joined_s = time.perf_counter() - began
    async with httpx.AsyncClient(timeout=60) as client:
        answer = await crowd.guests[0].does(client, "start", {})
        assert answer.is_success, answer.text
    people = len(members)
    assert await until(lambda: all(len(one.parts["people"]) == people for one in crowd.guests), 60), "not all noted"
    noted_s = time.perf_counter() - began - joined_s
    cpu, own, wall = cpu_s(process.pid), time.process_time(), time.perf_counter()
    await meeting(crowd, asked.minutes, asked.seed, process.pid)
    wall = time.perf_counter() - wall
    cpu, own = cpu_s(process.pid) - cpu, time.process_time() - own
    await until(lambda: min(one.seq for one in crowd.guests) >= crowd.last_sent, 10)
    for task in staying:
        task.cancel()
    await asyncio.gather(*staying, return_exceptions=True)
    missing, seen = crowd.reckon(), crowd.seen
    return {
        "events": len(seen.told_ms),
        "compressed": round(ROOM_S / wall, 1),
        "joined_s": round(joined_s, 2),
        "noted_s": round(noted_s, 2),
        "to_all": spread(seen.told_ms),
        "to_each": spread(seen.every_ms),
        "answer": spread(seen.answer_ms),
        "never_told": missing,
        "kinds": dict(seen.kinds),
        "refused": dict(seen.refused),
        "rss_mb": seen.rss,
        "slope_mb_per_hour": slope(seen.rss),
        "cpu_ratio": round(cpu / wall, 3),
        "reader_cpu_ratio": round(own / wall, 3),
        "messages": sum(one.messages for one in crowd.guests),
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--minutes", type=float, default=8, help="that the two hours take")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True)
    asked = parser.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        with open_world(Settings(data_dir=Path(folder))) as world:
            ensure_demo(LOCAL_OWNER, world, lambda _what: None)
            incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        members = let_in(Path(folder), incident, asked.people)
        disk = fsync_ms(Path(folder))
        with served(Path(folder)) as server:
            measured = asyncio.run(held(server, incident, members, asked))
    result = {
        "people": asked.people,
        "minutes": asked.minutes,
        "target_p95_ms": TARGET_MS,
        **measured,
        "fsync_ms": disk,
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "cores": os.cpu_count(),
    }
    if asked.keep:
        RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
