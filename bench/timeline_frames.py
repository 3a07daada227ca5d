"""How smoothly the timeline pans: 20,000 events and 500 signals in Chromium, frame intervals as JSON.

Idea: the built app, the very page a person opens, gets its documents from a generator in place of the server; the mouse
drags the lanes to and fro while the page notes when each frame comes.
Units: milliseconds between two animation frames; a screen of 60 Hz has 16.7. Build the app before: `make ui`.
When it misleads: Chromium runs headless and without a graphics card, on a busy machine every figure grows.
"""

from __future__ import annotations

import argparse
import json
import mimetypes
import random
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Page, Route, sync_playwright

from chromium import CHROMIUM, FLAGS

ROOT = Path(__file__).parents[1]
STATIC = ROOT / "src" / "secondstory" / "web" / "static"
RESULT = ROOT / "bench" / "results" / "timeline_frames.json"
ORIGIN = "http://secondstory.invalid"
START = datetime(2026, 11, 17, 9, 0, tzinfo=UTC)
HOURS = 4
STEP_S = 5
SERVICES = tuple(f"service-{number:02d}" for number in range(40))
KINDS = ("change", "alert", "orchestrator", "orchestrator", "signal", "chat", "command", "status")
LISTS = ("changed", "gone", "milestones", "onsets", "aside", "orphans", "asked", "clocks", "people")
STARS = {"stars": 1, "digs": 1, "my_star": True, "my_dig": False}
STARRED = [{"subject": f"event/{number}", **STARS} for number in range(0, 2000, 10)]
MAY = {"may_decide": True, "may_contribute": True, "in_document": True}
AMENDED = {**dict.fromkeys(LISTS, ()), "raised": STARRED, **MAY}
WATCH = """() => {
  window.frames = []
  let last = performance.now()
  const tick = (now) => { window.frames.push(now - last); last = now; requestAnimationFrame(tick) }
  requestAnimationFrame(tick)
}"""


def stamp(second: float) -> str:
    """A time so many seconds after the start of the record."""
    return (START + timedelta(seconds=second)).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


class Outage:
    """A generated incident of one size; the seed decides all of it."""

    def __init__(self, events: int, signals: int, seed: int) -> None:
        self._draw = random.Random(seed)
        self.keys = tuple(
            f"signal/{SERVICES[i % len(SERVICES)]}/indicator_{i // len(SERVICES)}" for i in range(signals)
        )
        self.events = [self._event(number) for number in range(events)]
        steps = HOURS * 3600 // STEP_S
        self.values = {key: self._curve(steps) for key in self.keys}

    def _event(self, number: int) -> dict[str, object]:
        kind = self._draw.choice(KINDS)
        second = self._draw.uniform(0, HOURS * 3600 - 10)
        people = kind in ("chat", "command", "status")
        return {
            "key": f"event/{number}",
            "moment": {
                "earliest": stamp(second),
                "latest": stamp(second + (10 if kind == "signal" else 0)),
                "provenance": "recorded",
            },
            "kind": kind,
            "service": None if people else self._draw.choice(SERVICES),
            "title": f"{kind} {number}: something that took {self._draw.randrange(900)} ms",
            "body": "",
            "actor": "responder-1",
            "evidence_ids": ["ev-1"],
            "decision_ids": [],
            "attributes": [],
        }

    def _curve(self, steps: int) -> list[float | None]:
        level = self._draw.uniform(10, 100)
        begin, end = sorted(self._draw.sample(range(steps), 2))
        hole = self._draw.randrange(steps)
        return [
            None
            if hole <= step < hole + 40
            else level * (3 if begin < step < end else 1) * self._draw.uniform(0.9, 1.1)
            for step in range(steps)
        ]

    def documents(self) -> dict[str, object]:
        """Bodies of the two documents that the page asks for."""
        window = {"start": stamp(3600), "end": stamp(3 * 3600)}
        piece = {"start": stamp(0), "end": stamp(HOURS * 3600)}
        summaries = [
            {"key": key, "service": key.split("/")[1], "indicator": key.split("/")[2], "kind": "latency", "unit": "ms",
             "peer": None, "evidence_id": "ev-1"}
            for key in self.keys
        ]  # fmt: skip
        facts = {
            "window": window, "grid": {"pieces": [piece], "step_s": STEP_S}, "services": SERVICES,
            "entry_services": SERVICES[:1], "edges": [], "gaps": [], "signals": summaries,
        }  # fmt: skip
        return {"evidence": facts, "timeline": {"events": self.events, "milestones": [], "onsets": []}}

    def signals(self, fields: dict[str, list[str]]) -> dict[str, object]:
        """The named signals cut to columns, as the server cuts them."""
        first, last = (datetime.fromisoformat(fields[name][0]) for name in ("start", "end"))
        total = (last - first).total_seconds()
        columns = max(1, min(int(fields["width"][0]), -(-int(total) // STEP_S)))
        width_s = total / columns
        offset = (first - START).total_seconds()
        cells = [self._cell(offset + i * width_s, offset + (i + 1) * width_s) for i in range(columns)]
        drawn = [self._drawn(key, cells) for key in fields["names"]]
        return {"grid": {"start": fields["start"][0], "step_s": width_s}, "signals": drawn, "total": len(drawn)}

    def _cell(self, begin_s: float, end_s: float) -> tuple[int, int]:
        first = max(0, int(begin_s // STEP_S))
        return first, max(first + 1, int(end_s // STEP_S))

    def _drawn(self, key: str, cells: list[tuple[int, int]]) -> dict[str, object]:
        values = self.values[key]
        parts = [[value for value in values[a:b] if value is not None] for a, b in cells]
        level = sorted(value for value in values if value is not None)[len(values) // 10]
        return {
            "key": key, "unit": "ms", "band": {"low": level * 0.9, "high": level * 1.2},
            "min": [min(part) if part else None for part in parts],
            "max": [max(part) if part else None for part in parts],
        }  # fmt: skip


def answering(outage: Outage) -> object:
    """Answers every request of the page: files of the built app, documents and signals of the outage."""
    documents = outage.documents()
    window = documents["evidence"]["window"]  # type: ignore[index]  # JSON
    incident = {
        "id": "bench", "title": "20,000 events", "severity": "SEV1", "time_zone": "UTC", "window": window,
        "alarm_at": None, "alarm_service": None, "status": "analysed", "stages": [], "resolved_at": None,
        "document_due": None, "first_cause": None, "users_hit": None, "failed_requests": None, "gaps": 0, "bluf": [],
        "numbers": [], "uncertain": [], "settled": [], "gap_list": [], "entities": {"services": SERVICES},
    }  # fmt: skip

    def answer(route: Route) -> None:
        parts = urlsplit(route.request.url)
        path = parts.path
        if not path.startswith("/api/v1/"):
            file = STATIC / path.lstrip("/") if path != "/" else STATIC / "index.html"
            kind = mimetypes.guess_type(file.name)[0] or "text/html"
            route.fulfill(body=file.read_bytes(), content_type=kind) if file.is_file() else route.fulfill(status=404)
        elif path.endswith("/signals"):
            route.fulfill(json=outage.signals(parse_qs(parts.query)))
        elif "/documents/" in path:
            route.fulfill(json={"envelope": {}, "body": documents[path.rsplit("/", 1)[1]], "hash": "0"})
        elif path.endswith("/timeline"):
            route.fulfill(json=AMENDED)
        elif path.endswith("/evidence"):
            route.fulfill(json={"evidence": [], "gaps": []})
        elif path.endswith("/session"):
            nobody = {"roles": [], "may": [], "incidents": [], "csrf": "", "version": "0", "zone": "UTC"}
            route.fulfill(json={"actor": "owner", "is_owner": True, **nobody})
        elif path.endswith("/questions"):
            route.fulfill(json={"subjects": [], "plain": []})
        elif path.endswith(("/comments", "/mentions", "/ledger", "/ledger/standing")):
            route.fulfill(
                json={"comments": [], "mentions": [], "threads": [], "entries": [], "next": None, "standing": []}
            )
        else:
            route.fulfill(json=incident)

    return answer


def panned(page: Page, seconds: float) -> list[float]:
    """Frame intervals in milliseconds while the mouse drags the lanes to and fro."""
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None, "the timeline has no lanes"
    left, right, y = box["x"] + 60, box["x"] + box["width"] - 60, 500.0
    until = time.monotonic() + seconds
    page.evaluate(WATCH)
    way = 1
    while time.monotonic() < until:
        begin, end = (left, right) if way > 0 else (right, left)
        page.mouse.move(begin, y)
        page.mouse.down()
        for part in range(1, 91):
            page.mouse.move(begin + (end - begin) * part / 90, y)
            page.wait_for_timeout(8)
        page.mouse.up()
        way = -way
    found: list[float] = page.evaluate("window.frames.slice(1)")
    return found


def share(values: list[float], part: float) -> float:
    """The value that `part` of all stay below, in milliseconds."""
    return round(sorted(values)[min(len(values) - 1, int(part * len(values)))], 2)


def main() -> None:
    """Measure, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--events", type=int, default=20_000)
    asked.add_argument("--signals", type=int, default=500)
    asked.add_argument("--seconds", type=float, default=10.0)
    asked.add_argument("--picture", type=Path, help="Write a picture of the page here.")
    chosen = asked.parse_args()
    outage = Outage(chosen.events, chosen.signals, seed=7)
    with sync_playwright() as engine:
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        page = browser.new_page(viewport={"width": 1440, "height": 900})
        page.route("**/*", answering(outage))  # type: ignore[arg-type]  # its own handlers are untyped
        page.goto(f"{ORIGIN}/#/i/bench/timeline")
        page.get_by_role("button", name="All signals").click()
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(1500)
        frames = panned(page, chosen.seconds)
        if chosen.picture:
            page.screenshot(path=chosen.picture)
        version = browser.version
        browser.close()
    result = {
        "events": chosen.events, "signals": chosen.signals, "chromium": version, "frames": len(frames),
        "p50": share(frames, 0.5), "p95": share(frames, 0.95), "max": round(max(frames), 2),
    }  # fmt: skip
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result))


if __name__ == "__main__":
    main()
