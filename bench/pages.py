"""How soon a person sees the demo: from the address with its token to the whole first page in Chromium, as JSON.

Idea: a new browser context for each run, so nothing is kept from the run before, and a server for each, for a token
lets in once. The page is whole when the incident's row stands with its sparkline, the fonts are there and nothing is
under way on the network. Bytes are those of the wire as Chromium counts them: bodies as they were packed, and headers.
Units: milliseconds, bytes.
When it misleads: Chromium runs headless and without a graphics card; on a busy machine times grow, bytes do not.
"""

from __future__ import annotations

import argparse
import json
import os
import tempfile
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from api import spread
from chromium import CHROMIUM, FLAGS
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.usecases.demo import ensure_demo
from secondstory.wiring import open_world
from serving import served

RESULT = Path(__file__).parent / "results" / "pages.json"
TARGET_MS, TARGET_BYTES = 1500, 300_000
PAGES = ("", "/evidence", "/timeline", "/impact", "/causes", "/document", "/request")
WHOLE = """async () => {
  const row = document.querySelector('main tbody tr')
  if (!row || !row.querySelector('svg path, svg polyline') || document.querySelector('[aria-busy="true"]')) return false
  await document.fonts.ready
  return true
}"""


class Wire:
    """What travels for one page, by path."""

    def __init__(self, page: Page) -> None:
        self.bytes: dict[str, int] = {}
        self._paths: dict[str, str] = {}
        devtools = page.context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.on("Network.responseReceived", self._begun)
        devtools.on("Network.loadingFinished", self._ended)

    def _begun(self, event: dict[str, dict[str, str]]) -> None:
        path = event["response"]["url"].split("/", 3)[3].partition("?")[0]
        self._paths[str(event["requestId"])] = "/" + path

    def _ended(self, event: dict[str, int]) -> None:
        path = self._paths.get(str(event["requestId"]), "?")
        self.bytes[path] = self.bytes.get(path, 0) + int(event["encodedDataLength"])


def first_page(browser: Browser, url: str) -> tuple[float, dict[str, int]]:
    """Milliseconds until the first page is whole, and what travelled for it."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    wire = Wire(page)
    page.goto(url, wait_until="commit")
    page.wait_for_function(WHOLE, timeout=60_000)
    took: float = page.evaluate("performance.now()")
    page.wait_for_load_state("networkidle")
    page.context.close()
    return took, wire.bytes


def further_pages(browser: Browser, url: str) -> dict[str, int]:
    """What each further page of the incident adds, in bytes; the browser keeps what came before."""
    page = browser.new_context(viewport={"width": 1440, "height": 900}).new_page()
    wire = Wire(page)
    page.goto(url)
    page.wait_for_function(WHOLE, timeout=60_000)
    incident = page.evaluate("fetch('/api/v1/incidents').then(a => a.json()).then(a => a.incidents[0].id)")
    page.wait_for_load_state("networkidle")
    added, before = {}, sum(wire.bytes.values())
    for name in PAGES:
        page.evaluate("hash => { location.hash = hash }", f"#/i/{incident}{name}")
        page.wait_for_timeout(500)
        page.wait_for_load_state("networkidle")
        page.wait_for_function("!document.querySelector('[aria-busy=\"true\"]')", timeout=60_000)
        total = sum(wire.bytes.values())
        added[name.strip("/") or "overview"], before = total - before, total
    page.context.close()
    return added


def main() -> None:
    """Measure, print, and keep the result."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--runs", type=int, default=10)
    chosen = asked.parse_args()
    load = os.getloadavg()[0]
    times = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as engine:
        with open_world(Settings(data_dir=Path(folder))) as world:
            ensure_demo(LOCAL_OWNER, world, lambda _what: None)
        browser = engine.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        for _ in range(chosen.runs):
            with served(Path(folder)) as (_process, url):
                took, wire = first_page(browser, url)
                times.append(took)
        with served(Path(folder)) as (_process, url):
            added = further_pages(browser, url)
        version = browser.version
        browser.close()
    total = sum(wire.values())
    result = {
        "chromium": version,
        "runs": chosen.runs,
        "load": [round(load, 1), round(os.getloadavg()[0], 1)],
        "target_ms": TARGET_MS,
        **spread(times),
        "target_bytes": TARGET_BYTES,
        "bytes": total,
        "by_path": dict(sorted(wire.items(), key=lambda item: -item[1])),
        "further_pages_bytes": added,
    }
    RESULT.write_text(json.dumps(result, indent=1) + "\n")
    print(json.dumps(result, indent=1))


if __name__ == "__main__":
    main()
