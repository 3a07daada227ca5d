"""Whether a room outlives `kill -9`: its people write into it all the time while its server is killed repeatedly.

Idea: a real server on its own port; each person has a socket that comes back by itself, and writes one message after
the other, each sent again until it is acknowledged, as a page does. Then: every acknowledged message is in the log,
each once, numbered without a hole, and every page has the room that the log makes.
Units: seconds. `back_s`: from the server's first answer until all are told the room again; `down_s`: from the kill
until then, which holds the start of a process and grows on a busy machine.
When it misleads: the machine stays up; what the disk confirmed rests on synchronous=FULL (see bench/durability.py).
"""

from __future__ import annotations

import argparse
import asyncio
import json
import socket
import subprocess
import tempfile
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import httpx
from bench.conditions import Conditions, asks_conditions
from bench.room_people import TRIES_S, Guest, all_in, let_in, until
from bench.serving import served

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.incident import Incident, Severity
from secondstory.model.room import Happened, Room, Told
from secondstory.model.window import Window
from secondstory.usecases.room.lead import Asked, start_meeting
from secondstory.usecases.room.log import room_now
from secondstory.wiring import open_world

RESULT = Path(__file__).parent / "results" / "room_killed.json"
INCIDENT, PATIENCE_S, TARGET_S = "outage", 60.0, 5.0
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)


@dataclass
class Outcome:
    """What was acknowledged, what the log holds after the last kill, and what each page was told."""

    acknowledged: set[str] = field(default_factory=set)
    back_s: list[float] = field(default_factory=list)
    down_s: list[float] = field(default_factory=list)
    guests: list[Guest] = field(default_factory=list)
    log: tuple[Happened, ...] = ()
    room: Room = field(default_factory=lambda: Room(1))

    @property
    def said(self) -> list[str]:
        """The messages of the log, in order."""
        return [one.event.id for one in self.log if isinstance(one.event, Told)]

    @property
    def lost(self) -> set[str]:
        """What was acknowledged and is not there."""
        return self.acknowledged - set(self.said)

    @property
    def is_whole(self) -> bool:
        """True where the log has no hole and nothing twice."""
        in_order = [one.seq for one in self.log] == list(range(1, len(self.log) + 1))
        return in_order and len(self.said) == len(set(self.said))

    @property
    def is_same(self) -> bool:
        """True where every page has the room that the log makes."""
        told, people = [one.id for one in self.room.told], {one.actor for one in self.room.people}
        return all(
            guest.seq == self.room.seq
            and [one["id"] for one in guest.parts["told"]] == told
            and {one["actor"] for one in guest.parts["people"]} == people
            for guest in self.guests
        )


def killed(folder: Path, people: int, kills: int) -> Outcome:
    """Hold a meeting through so many kills."""
    with open_world(Settings(data_dir=folder)) as world:
        window = Window(BEGIN, BEGIN + timedelta(minutes=1))
        world.incidents.save(Incident(INCIDENT, "Outage", Severity.SEV2, "UTC", window, (INCIDENT,)))
        start_meeting(LOCAL_OWNER, world, INCIDENT, Asked("Outage"))
    outcome = Outcome()
    asyncio.run(_through(folder, let_in(folder, INCIDENT, people), kills, outcome))
    with open_world(Settings(data_dir=folder)) as world:
        outcome.log = world.room_log.since(INCIDENT, 1, 0)
        outcome.room = room_now(world, INCIDENT) or Room(1)
    return outcome


async def _through(folder: Path, members: list[tuple[str, str]], kills: int, outcome: Outcome) -> None:
    port = _free_port()
    base = f"http://127.0.0.1:{port}/"
    guests = outcome.guests = [Guest(token, secret, base, INCIDENT, lambda *_: None) for token, secret in members]
    staying = [asyncio.create_task(guest.stay()) for guest in guests]
    writing: list[asyncio.Task[None]] = []
    killed_at = 0.0
    for number in range(kills + 1):
        with served(folder, port) as (process, _url):
            began = time.perf_counter()
            assert await until(lambda: all_in(guests), PATIENCE_S), "not all are back"
            if number:
                outcome.back_s.append(round(time.perf_counter() - began, 2))
                outcome.down_s.append(round(time.perf_counter() - killed_at, 2))
            writing = writing or [asyncio.create_task(_write_on(guest, outcome.acknowledged)) for guest in guests]
            assert await _grown(outcome.acknowledged, len(guests)), "nothing is acknowledged"
            if number == kills:
                await _stop(writing)
                assert await _agree(guests), "not all were told the last event"
                await _stop(staying)
            else:
                killed_at = _kill(process, guests)


def _kill(process: subprocess.Popen[str], guests: list[Guest]) -> float:
    process.kill()
    process.wait()
    for guest in guests:
        guest.parts = {}
    return time.perf_counter()


async def _grown(acknowledged: set[str], by: int) -> bool:
    enough = len(acknowledged) + by
    return await until(lambda: len(acknowledged) >= enough, PATIENCE_S)


async def _agree(guests: list[Guest]) -> bool:
    """Whether every page is told as much as the server knows."""
    url, end = f"{guests[0].base}api/v1/incidents/{INCIDENT}/meeting/room", time.perf_counter() + PATIENCE_S
    async with httpx.AsyncClient(timeout=30) as client:
        while time.perf_counter() < end:  # what was on its way when its writer stopped may still come
            last = (await client.get(url, headers=guests[0].headers())).json()["seq"]
            if {guest.seq for guest in guests} == {last}:
                return True
            await asyncio.sleep(TRIES_S)
    return False


async def _stop(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


async def _write_on(guest: Guest, acknowledged: set[str]) -> None:
    """Write into the room, each message until it is acknowledged."""
    place = 0
    async with httpx.AsyncClient(timeout=30) as client:
        while True:
            ident = f"{guest.token}-{place}"
            act: dict[str, Any] = {"act": "tell", "id": ident, "text": "We saw it too."}
            answer = await guest.does(client, "said", act)
            if answer.is_success:
                acknowledged.add(ident)
                place += 1


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


def _measured(people: int, kills: int) -> dict[str, object]:
    with tempfile.TemporaryDirectory() as folder:
        outcome = killed(Path(folder), people, kills)
    return {
        "people": people,
        "kills": kills,
        "acknowledged": len(outcome.acknowledged),
        "lost": sorted(outcome.lost),
        "whole": outcome.is_whole,
        "same_on_all_pages": outcome.is_same,
        "back_s": outcome.back_s,
        "down_s": outcome.down_s,
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, nargs="+", default=[20, 200], help="in one room after the other")
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--keep", action=argparse.BooleanOptionalAction, default=True)
    asks_conditions(parser)
    asked = parser.parse_args()
    conditions = Conditions(asked)
    rooms = [_measured(people, asked.kills) for people in asked.people]
    result = {"target_s": TARGET_S, "rooms": rooms, "conditions": conditions.told()}
    if asked.keep:
        RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
