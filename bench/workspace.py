"""How fast people's writes are when fifty of them work on one incident: a real server, SQLite with synchronous=FULL.

Idea: a server process of its own on a copy of the demo; each person has an HTTP connection and a live channel, waits
about a second (0.5 to 1.5, at random), writes, and waits for the answer. Of the writes 60 % are comments, 15 % replies,
10 % edits, 5 % settle a thread, 5 % are votes on a hypothesis (which fold the whole matrix again), 5 % are taken back.
Units: milliseconds. `server`: from the request's arrival to the head of the answer, as the server tells it
(Server-Timing); `client`: from sending to the last byte. `told`: from the answer to the writer until another page was
told on its channel. `server_cpu_ms`: processor time of the server for each write, all else that it did included.
When it misleads: all times grow on a busy machine; `load` is its number of waiting processes before and after. The
load is made on the same machine. How long the disk takes to write through is part of every write: `fsync_ms`.
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
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.exceptions import ConnectionClosed
from websockets.typing import Origin

from api import cpu_s, demo_served, spread

RESULT = Path(__file__).parent / "results" / "workspace.json"
TARGET_MS = 15.0
SUBJECTS = ("event/deploy/orders", "hypothesis/orders/x", "section/bluf", "action/limit-retries")


@dataclass
class Seen:
    """What was measured, by kind of write; and what went wrong."""

    server: dict[str, list[float]] = field(default_factory=dict)
    client: list[float] = field(default_factory=list)
    told: list[float] = field(default_factory=list)
    answered: dict[str, float] = field(default_factory=dict)  # by id of the first comment of a thread
    refused: Counter[int] = field(default_factory=Counter)


class Person:
    """Somebody at work: writes now and then, while what others do comes in."""

    def __init__(self, base: str, client: httpx.AsyncClient, incident: str, seed: int) -> None:
        self.base, self.client, self.incident = base, client, incident
        self.dice = random.Random(seed)
        self.own: list[str] = []

    async def work(self, hypotheses: list[str], until: float, seen: Seen) -> None:
        """Write until the time is over."""
        await asyncio.sleep(self.dice.random())
        while time.perf_counter() < until:
            kind, method, path, body = self.wish(hypotheses)
            began = time.perf_counter()
            answer = await self.client.request(method, f"/incidents/{self.incident}/{path}", json=body)
            seen.client.append((time.perf_counter() - began) * 1000)
            if answer.is_success:
                took = float(answer.headers["server-timing"].partition("dur=")[2])
                seen.server.setdefault(kind, []).append(took)
                if kind == "comment":
                    self.own.append(answer.json()["id"])
                    seen.answered[self.own[-1]] = time.perf_counter()
            else:
                seen.refused[answer.status_code] += 1
            await asyncio.sleep(0.5 + self.dice.random())

    def wish(self, hypotheses: list[str]) -> tuple[str, str, str, Any]:
        """The next write: its kind, and how it is asked for."""
        words = {"text": f"What was known at 10:{self.dice.randrange(60):02}? @responder-2 may know more."}
        wish = self.dice.random()
        some = self.dice.choice(self.own) if self.own else ""
        if wish < 0.6 or not some:
            return "comment", "POST", "comments", {"subject": self.dice.choice(SUBJECTS), **words}
        if wish < 0.75:
            return "reply", "POST", "comments", {"subject": f"comment/{some}", **words}
        if wish < 0.85:
            return "edit", "PUT", f"comments/{some}", words
        if wish < 0.9:
            return "settle", "PUT", f"comments/{some}/settled", {"settled": self.dice.random() < 0.5}
        if wish < 0.95:
            return "vote", "POST", "matrix/votes", {"hypothesis": self.dice.choice(hypotheses), "vote": "for"}
        return "undo", "POST", "undo", {}

    async def follow(self, seen: Seen, *, timing: bool) -> None:
        """Take what the channel tells."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        url = f"{self.base.replace('http', 'ws')}api/v1/incidents/{self.incident}/live?since={2**53}"
        origin = Origin(self.base.rstrip("/"))
        async with connect(url, additional_headers={"Cookie": cookie}, origin=origin) as socket:
            with suppress(ConnectionClosed):
                async for message in socket:
                    hear(message if timing else "{}", seen)


def hear(message: str | bytes, seen: Seen) -> None:
    """Keep how long after its answer a comment was told of."""
    now = time.perf_counter()
    for change in json.loads(message).get("changes", ()):
        if (at := seen.answered.get(change["id"])) is not None:
            seen.told.append((now - at) * 1000)


async def together(url: str, people: int, seconds: float) -> tuple[Seen, float]:
    """Let them work; what was seen, and for how long."""
    base = url.partition("?")[0]
    async with httpx.AsyncClient() as entrance:
        await entrance.get(url)
        cookies = entrance.cookies
    everybody: list[Person] = []
    for number in range(people):
        client = httpx.AsyncClient(base_url=f"{base}api/v1", cookies=cookies, timeout=60)
        client.headers["X-CSRF-Token"] = (await client.get("/session")).json()["csrf"]
        if not everybody:
            incident = (await client.get("/incidents")).json()["incidents"][0]["id"]
        everybody.append(Person(base, client, incident, number))
    matrix = (await everybody[0].client.get(f"/incidents/{incident}/matrix")).json()
    hypotheses = [one["key"] for one in matrix["causes"]["hypotheses"]]
    seen, began = Seen(), time.perf_counter()
    following = [asyncio.create_task(one.follow(seen, timing=place == 0)) for place, one in enumerate(everybody)]
    await asyncio.gather(*(one.work(hypotheses, began + seconds, seen) for one in everybody))
    took = time.perf_counter() - began
    for task in following:
        task.cancel()
    await asyncio.gather(*following, return_exceptions=True)
    return seen, took


def fsync_ms(folder: Path) -> dict[str, float]:
    """How long the disk takes to write 4 KiB through."""
    times = []
    with (folder / "fsync").open("wb", buffering=0) as file:
        for _ in range(200):
            file.write(b"x" * 4096)
            began = time.perf_counter()
            os.fsync(file.fileno())
            times.append((time.perf_counter() - began) * 1000)
    return spread(times)


def main() -> None:
    """Measure, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--people", type=int, default=50)
    asked.add_argument("--seconds", type=float, default=60)
    asked.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True)
    chosen = asked.parse_args()
    load = os.getloadavg()[0]
    with tempfile.TemporaryDirectory() as folder:
        disk = fsync_ms(Path(folder))
    with demo_served() as (process, url):
        cpu = cpu_s(process.pid)
        seen, took = asyncio.run(together(url, chosen.people, chosen.seconds))
        cpu = cpu_s(process.pid) - cpu
    writes = [one for times in seen.server.values() for one in times]
    result = {
        "people": chosen.people,
        "seconds": round(took, 1),
        "writes": len(writes),
        "target_p95_ms": TARGET_MS,
        "server": spread(writes),
        "client": spread(seen.client),
        "told": spread(seen.told),
        "server_cpu_ms": round(cpu * 1000 / len(writes), 2),
        "by_kind": {kind: {"writes": len(times), **spread(times)} for kind, times in sorted(seen.server.items())},
        "refused": dict(seen.refused),
        "fsync_ms": disk,
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "cores": os.cpu_count(),
    }
    if chosen.keep:
        RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
