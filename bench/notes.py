"""Shared notes with many writers: when all copies are the same, when the last letter is called saved, and what is kept.

Idea: a real server on a copy of the demo in its own process; so many writers in this one, each with a copy of the text
and a connection, insert a letter at a place of their own choosing, so many times, with a pause between. Time counts
from the last letter written until every copy has all letters, and until each writer was told that all of theirs are on
disk. Then the server is killed, and what is kept is counted.
When it misleads: the writers share one process and its core, so a copy may be ready later than the server told it.
"""

from __future__ import annotations

import argparse
import asyncio
import http.cookiejar
import json
import random
import tempfile
import time
import urllib.request
from collections.abc import Callable
from pathlib import Path

from bench.conditions import Conditions, asks_conditions
from bench.serving import served
from pycrdt import Doc, Text, create_sync_message, create_update_message, handle_sync_message
from websockets.asyncio.client import ClientConnection, connect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import Notebook
from secondstory.usecases.demo import ensure_demo
from secondstory.usecases.room.notes import NAME, text_of
from secondstory.wiring import open_world

RESULT = Path(__file__).parent / "results" / "notes.json"


class Writer:
    """One page: its copy, and how many of its updates are sent and saved."""

    def __init__(self, socket: ClientConnection, seed: int) -> None:
        self._socket, self._dice = socket, random.Random(seed)
        self.doc: Doc[Text] = Doc()
        self.text = self.doc.get(NAME, type=Text)
        self.sent = self.saved = self.received = 0
        self.last_at = 0.0

    async def hear(self) -> None:
        """Take what comes, until the connection ends."""
        async for message in self._socket:
            self.received += len(message)
            if isinstance(message, str):
                told = json.loads(message)
                self.saved = told.get("count", self.saved)
            elif message[0] == 0:
                reply = handle_sync_message(message[1:], self.doc)
                if reply is not None:
                    await self._send(reply)

    async def greet(self) -> None:
        """Ask for what is there."""
        await self._socket.send(create_sync_message(self.doc))

    async def write(self, edits: int, pause_s: float) -> None:
        """Insert so many letters."""
        for _ in range(edits):
            before = self.doc.get_state()
            self.text.insert(self._dice.randint(0, len(self.text)), "x")
            await self._send(create_update_message(self.doc.get_update(before)))
            self.last_at = time.monotonic()
            await asyncio.sleep(self._dice.random() * 2 * pause_s)

    async def _send(self, message: bytes) -> None:
        self.sent += 1
        await self._socket.send(message)


async def run(place: str, cookie: str, wanted: argparse.Namespace, kill: Callable[[], None]) -> dict[str, object]:
    """Write, and measure until all have all; then kill the server."""
    writers, edits, pause_s = wanted.writers, wanted.edits, wanted.pause
    sockets = [await connect(place, additional_headers={"Cookie": cookie}) for _ in range(writers)]
    pages = [Writer(socket, seed) for seed, socket in enumerate(sockets)]
    hearing = [asyncio.create_task(page.hear()) for page in pages]
    for page in pages:
        await page.greet()
    began = time.monotonic()
    writing = [asyncio.create_task(page.write(edits, pause_s)) for page in pages]
    saved_s = same_s = 0.0
    while not (saved_s and same_s):
        await asyncio.sleep(0.005)
        ended, is_written = max(page.last_at for page in pages), all(page.sent >= edits + 1 for page in pages)
        if is_written and not saved_s and all(page.saved == page.sent for page in pages):
            saved_s = time.monotonic() - ended
        if not same_s and all(len(page.text) == writers * edits for page in pages):
            same_s = time.monotonic() - ended
    assert len({str(page.text) for page in pages}) == 1
    kill()
    await asyncio.gather(*writing, *hearing, return_exceptions=True)
    return {
        "writers": writers,
        "edits_each": edits,
        "writing_s": round(ended - began, 2),
        "all_copies_equal_after_s": round(same_s, 3),
        "all_saved_after_s": round(saved_s, 3),
        "bytes_received_by_a_page": round(sum(page.received for page in pages) / writers),
    }


def main() -> None:
    """Run, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--writers", type=int, default=20)
    asked.add_argument("--edits", type=int, default=200)
    asked.add_argument("--pause", type=float, default=0.05, help="seconds between the letters of one writer")
    asks_conditions(asked)
    chosen = asked.parse_args()
    conditions = Conditions(chosen)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(data_dir=Path(folder))
        with open_world(settings) as world:
            ensure_demo(LOCAL_OWNER, world, lambda _what: None)
            incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
        with served(Path(folder)) as (process, address):
            jar = http.cookiejar.CookieJar()
            urllib.request.build_opener(urllib.request.HTTPCookieProcessor(jar)).open(address).read()
            cookie = "; ".join(f"{one.name}={one.value}" for one in jar)
            place = f"{address.split('?')[0].replace('http', 'ws')}api/v1/incidents/{incident}/meeting/notes"
            result = asyncio.run(run(place, cookie, chosen, process.kill))
            process.wait()
        with open_world(settings) as world:
            kept = world.notes.kept(Notebook(incident, 1)).updates
        result |= {
            "letters_kept_after_kill": len(text_of(kept)),
            "rows_kept": len(kept),
            "bytes_kept": sum(map(len, kept)),
            "conditions": conditions.told(),
        }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
