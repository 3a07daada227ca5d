"""How soon who leads sees what a caption calls for: from sending it until the rail's socket tells, for two hours.

Idea: a real server; the people of a room sit there with a socket each and have agreed to captions, and the facilitator
follows the rail. A caption stream sends cue after cue by HTTP, each on its own as a live caption comes, at a steady
pace; a meeting of the examples is said again and again until there are enough. Timed is each cue until the rail counts
it, and those that bring a card into view until the card is there.
Units: milliseconds, apart for each stretch of the meeting: should a cue become dearer as it grows, the last one tells.
When it misleads: two hours go by in minutes, so a finding that would have fallen away after three minutes still waits;
the words repeat, so wordings run out; the sender shares the cores with the server.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path
from typing import Any

import httpx
from websockets.asyncio.client import connect
from websockets.typing import Origin

from api import cpu_s, spread
from conditions import Conditions, asks_conditions
from hearing import MEETING, PEOPLE, again_and_again
from room_memory import rss_mb
from room_people import Guest, all_in, let_in, until
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.transcript import Cue
from secondstory.sources.reading.meetings import transcript_of
from secondstory.usecases.demo import ensure_demo
from secondstory.wiring import open_world
from serving import served

RESULT = Path(__file__).parent / "results" / "hearing_live.json"
TARGET_MS, PATIENCE_S = 150.0, 60.0


@dataclass
class Rail:
    """What the facilitator's page was told, and when: by how many cues were heard, and by the cue of the card."""

    heard: int = 0
    counted: list[tuple[int, float]] = field(default_factory=list)
    cards: dict[int, float] = field(default_factory=dict)
    is_open: bool = False

    async def follow(self, lead: Guest) -> None:
        """Take what comes, until cancelled."""
        url = f"{lead.base.replace('http', 'ws')}api/v1/incidents/{lead.incident}/meeting/rail"
        cookie = {"Cookie": f"{lead.cookie}={lead.secret}"}
        origin = Origin(lead.base.rstrip("/"))
        async with connect(url, additional_headers=cookie, origin=origin, compression=None, max_size=None) as socket:
            async for message in socket:
                now, self.is_open = time.perf_counter(), True
                rail = json.loads(message)["rail"]
                if rail["heard"] > self.heard:
                    self.heard = rail["heard"]
                    self.counted.append((self.heard, now))
                if rail["card"] is not None:
                    self.cards.setdefault(rail["card"]["cue"], now)


async def held(base: str, incident: str, members: list[tuple[str, str]], asked: argparse.Namespace) -> dict[str, Any]:
    """The meeting, with all who are in it; what was measured."""
    guests = [Guest(token, secret, base, incident, lambda *_: None) for token, secret in members]
    lead, rail = guests[0], Rail()
    staying = [asyncio.create_task(guest.stay()) for guest in guests]
    async with httpx.AsyncClient(timeout=60) as client:
        assert await until(lambda: all_in(guests), PATIENCE_S), "not everybody came in"
        await _done(lead.does(client, "start", {}))
        everybody = len(guests)
        assert await until(lambda: len(lead.parts["people"]) == everybody, PATIENCE_S), "not all are noted"
        await _done(lead.does(client, "led", {"act": "ask_consent", "what": "captions"}))
        for guest in guests:
            await _done(guest.does(client, "said", {"act": "consent", "what": "captions", "yes": True}))
        following = asyncio.create_task(rail.follow(lead))
        assert await until(lambda: rail.is_open, PATIENCE_S), "the rail is not told"
        sent = await _spoken(client, lead, asked)
        assert await until(lambda: rail.heard >= asked.cues, PATIENCE_S), f"{rail.heard} of {asked.cues} were heard"
    for task in (following, *staying):
        task.cancel()
    await asyncio.gather(following, *staying, return_exceptions=True)
    return _reckoned(sent, rail, asked.each)


async def _spoken(client: httpx.AsyncClient, lead: Guest, asked: argparse.Namespace) -> list[float]:
    """Send the cues at their pace; when each was sent. One that is late holds the next up, as a stream does."""
    cues = islice(again_and_again(transcript_of(MEETING.name, MEETING.read_bytes()).cues), asked.cues)
    sent, pause_s = [], asked.minutes * 60 / asked.cues
    due = time.perf_counter()
    for place, cue in enumerate(cues):
        await asyncio.sleep(max(due - time.perf_counter(), 0.0))
        due = max(due, time.perf_counter() - 1.0) + pause_s
        text = _as_vtt(cue) if place else f"WEBVTT\n\n{_as_vtt(cue)}"
        sent.append(time.perf_counter())
        roles = () if place else PEOPLE
        await _done(lead.does(client, "captions", {"text": text, "stream": "bench", "roles": roles}))
    return sent


def _as_vtt(cue: Cue) -> str:
    begin, end = (_stamp(second or 0.0) for second in (cue.start_s, cue.end_s))
    voice = f"<v {cue.speaker}>" if cue.speaker else ""
    return f"{begin} --> {end}\n{voice}{cue.text}\n\n"


def _stamp(second: float) -> str:
    minutes, rest = divmod(second, 60)
    hours, minutes = divmod(int(minutes), 60)
    return f"{hours:02}:{minutes:02}:{rest:06.3f}"


async def _done(asking: Any) -> None:
    answer = await asking
    assert answer.is_success, answer.text


def _reckoned(sent: list[float], rail: Rail, each: int) -> dict[str, Any]:
    told, place = [], 0
    for number, at in enumerate(sent, 1):
        while rail.counted[place][0] < number:
            place += 1
        told.append((rail.counted[place][1] - at) * 1000)
    cards = {cue: (at - sent[cue - 1]) * 1000 for cue, at in rail.cards.items() if 1 <= cue <= len(sent)}
    fresh = {cue: took for cue, took in cards.items() if took <= told[cue - 1] + 1}  # not one that waited its turn
    rows = []
    for first in range(0, len(told), each):
        last = min(first + each, len(told))
        brought = [took for cue, took in fresh.items() if first < cue <= last]
        row = {"from_cue": first + 1, "heard": spread(told[first:last]), "findings": len(brought)}
        rows.append(row | ({"finding": spread(brought)} if brought else {}))
    return {
        "cues": len(told),
        "findings_in_view_at_once": len(fresh),
        "findings_in_view_later": len(cards) - len(fresh),
        "caption_to_finding": spread(list(fresh.values())),
        "caption_to_rail": spread(told),
        "stretches": rows,
    }


def main() -> None:
    """Measure, print, and keep the result."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cues", type=int, default=3000)
    parser.add_argument("--minutes", type=float, default=3.5, help="in which they are sent")
    parser.add_argument("--people", type=int, default=20, help="in the room, each with a socket")
    parser.add_argument("--each", type=int, default=500, help="cues in a stretch that is told apart")
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
        with served(folder) as (process, url), suppress(asyncio.CancelledError):
            before, cpu, began = rss_mb(process.pid), cpu_s(process.pid), time.perf_counter()
            measured = asyncio.run(held(url.partition("?")[0], incident, members, asked))
            wall = time.perf_counter() - began
            measured["cpu_ratio"] = round((cpu_s(process.pid) - cpu) / wall, 3)
            measured["rss_mb"] = [before, rss_mb(process.pid)]
    result = {
        "people": asked.people,
        "minutes": asked.minutes,
        "target_p95_ms": TARGET_MS,
        **measured,
        "conditions": conditions.told(),
    }
    if asked.keep:
        RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
