"""A real `secondstory serve` on the analysed demo, and a browser that is signed in to it."""

import shutil
from collections.abc import Callable, Generator
from dataclasses import dataclass
from pathlib import Path

import pytest
from bench.chromium import CHROMIUM, FLAGS
from bench.serving import served
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    Playwright,
    StorageState,
    expect,
    sync_playwright,
)
from tests.journeys.seen import settled

import secondstory

BUILT = Path(secondstory.__file__).parent / "web" / "static" / "index.html"
SOURCES = Path(__file__).parents[2] / "ui"
GENERATED = "schema.d.ts"  # made from the API's description by every check
PATIENCE_MS = 30_000
Before = Callable[[Page], None]
REFUSED = "Failed to load resource"


@dataclass(frozen=True)
class Site:
    """The running server and the cookies of the one who opened its address."""

    base: str
    state: StorageState
    incident: str

    def at(self, place: str) -> str:
        """The address of a page, such as "evidence", of the demo's incident; "" = its overview, "#/…" = as it is."""
        if place.startswith("#"):
            return self.base + place
        return f"{self.base}#/i/{self.incident}" + (f"/{place}" if place else "")


# For one module only: while Playwright runs, its event loop keeps every other test from starting one of its own.
@pytest.fixture(scope="module")
def playwright() -> Generator[Playwright]:
    if CHROMIUM is None:
        pytest.skip("Chromium is not installed (Debian: apt-get install chromium)")
    if not BUILT.is_file():
        pytest.skip("the web pages are not built (make ui)")
    # Old pages would be tested in place of the sources, and nobody would know.
    written = [SOURCES / "index.html", *(path for path in SOURCES.glob("src/**/*") if path.name != GENERATED)]
    newest = max((path.stat().st_mtime for path in written), default=0)
    if newest > BUILT.stat().st_mtime:
        pytest.fail("the web pages are older than their sources in ui/: run `make ui`")
    expect.set_options(timeout=PATIENCE_MS)
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Generator[Browser]:
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
    yield launched
    launched.close()


@pytest.fixture(scope="module")
def site(browser: Browser, demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Site]:
    data_dir = tmp_path_factory.mktemp("served") / "data"
    shutil.copytree(demo_dir, data_dir)
    with served(data_dir) as (_process, address):
        yield opened_site(browser, address)


def opened_site(browser: Browser, address: str) -> Site:
    """The site behind the address that a server printed, which lets one browser in, once."""
    context = browser.new_context()
    page = context.new_page()
    page.goto(address)
    link = page.get_by_role("link", name="Checkout fails for many customers")
    incident = (link.get_attribute("href") or "").rsplit("/", 1)[-1]
    site = Site(address.split("?")[0], context.storage_state(), incident)
    context.close()
    return site


@pytest.fixture
def visit(browser: Browser, site: Site) -> Generator[Callable[..., Page]]:
    """`visit(place, **context options)` opens a page of the demo; what its console complains of fails the test.

    `refused=True` where the test itself makes the server refuse, `before(page)` runs before anything is asked.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def open_page(place: str = "", *, refused: bool = False, before: Before | None = None, **options: object) -> Page:
        wanted = {"viewport": {"width": 1440, "height": 900}, "storage_state": site.state, **options}
        context = browser.new_context(**wanted)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: complaints.extend(_complaint(said, refused)))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if before:
            before(page)
        page.goto(site.at(place))
        if before is None:
            settled(page)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert complaints == []


def _complaint(said: ConsoleMessage, refused: bool) -> list[str]:
    return [] if said.type != "error" or (refused and said.text.startswith(REFUSED)) else [said.text]
