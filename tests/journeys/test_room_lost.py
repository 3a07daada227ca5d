"""A connection that is lost in the meeting: what the page says, what is kept, and what it shows when it is back."""

import shutil
from collections.abc import Generator
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bench.serving import served
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site, opened_site
from tests.journeys.room_people import DESK, PHONE, Guest, invited
from tests.journeys.seen import settled

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.room import RuleShown
from secondstory.usecases.room.log import happen
from secondstory.wiring import open_world

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LOST = "Connection lost."
RULE = "We speak of what the record shows."


class House:
    """A server of the test's own that can die and come back on the same port."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._life = ExitStack()
        self._process, self.address = self._life.enter_context(served(folder))

    def die(self) -> None:
        """Killed where it stands: it can say goodbye to nobody."""
        self._process.kill()
        self._process.wait()

    def come_back(self) -> None:
        """Another process at the same address, on what the first one left on the disk."""
        port = urlsplit(self.address).port
        self._process, _ = self._life.enter_context(served(self.folder, port or 0))

    def close(self) -> None:
        self._life.close()


@pytest.fixture
def house(demo_dir: Path, tmp_path: Path) -> Generator[House]:
    made = House(Path(shutil.copytree(demo_dir, tmp_path / "data")))
    yield made
    made.close()


def _meeting(browser: Browser, site: Site) -> tuple[Page, Guest]:
    """A facilitator and a responder: people who signed in. The owner's own cookie goes with the server's process."""
    owner = browser.new_context(storage_state=site.state).new_page()
    owner.goto(site.at("people"))
    settled(owner)
    desk = invited(browser, site, owner, "facilitator", DESK).page
    guest = invited(browser, site, owner, "responder", PHONE)
    owner.context.close()
    desk.get_by_role("button", name="Begin the meeting").click()
    expect(desk.locator("[aria-current=step]")).to_contain_text("Opening")
    desk.keyboard.press("n")
    expect(guest.page.get_by_text("2 of 7 · Timeline of events")).to_be_visible()
    return desk, guest


def test_a_killed_server_loses_nothing_and_all_are_back_with_what_happened_meanwhile(
    browser: Browser, house: House
) -> None:
    site = opened_site(browser, house.address)
    desk, guest = _meeting(browser, site)
    phone = guest.page
    notes = phone.get_by_role("textbox", name="Shared notes, Markdown")
    notes.click()
    phone.keyboard.type("Before. ")
    expect(phone.get_by_role("region", name="Shared notes").get_by_text("saved", exact=True)).to_be_visible()

    house.die()
    for page in (desk, phone):
        alert = page.get_by_role("alert").filter(has_text=LOST)
        expect(alert).to_contain_text("All that was sent is kept; what you see may be old.")
    phone.keyboard.type("Meanwhile.")
    expect(phone.get_by_text("Kept in this browser until the connection is back.")).to_be_visible()
    with open_world(Settings(data_dir=house.folder)) as beside:  # somebody at a terminal, while no page can be served
        happen(LOCAL_OWNER, beside, site.incident, RuleShown(RULE))
    phone.get_by_label("Add what you saw").fill("The pool was full at 10:19.")
    phone.keyboard.press("Enter")
    house.come_back()

    for page in (desk, phone):
        expect(page.get_by_text("Connected again; nothing was missed.")).to_be_visible()
        expect(page.get_by_role("alert").filter(has_text=LOST)).to_have_count(0)
        expect(page.get_by_text(RULE)).to_be_visible()
    expect(phone.get_by_text("2 of 7 · Timeline of events")).to_be_visible()
    expect(desk.get_by_role("textbox", name="Shared notes, Markdown")).to_have_text("Before. Meanwhile.")
    expect(phone.get_by_text("Kept; the room sees it.")).to_be_visible()
    expect(desk.get_by_role("log").get_by_text("The pool was full at 10:19.")).to_have_count(1)
    for page in (desk, phone):
        page.context.close()


def test_a_phone_that_loses_its_network_says_so_and_finds_the_room_where_it_is_by_then(
    browser: Browser, house: House
) -> None:
    site = opened_site(browser, house.address)
    desk, guest = _meeting(browser, site)
    phone = guest.page
    guest.context.set_offline(True)
    expect(phone.get_by_role("alert").filter(has_text=LOST)).to_be_visible()
    phone.get_by_role("button", name="Raise hand").click()
    desk.keyboard.press("n")
    expect(desk.locator("[aria-current=step]")).to_contain_text("Root-cause analysis")
    expect(phone.get_by_text("2 of 7 · Timeline of events")).to_be_visible()

    guest.context.set_offline(False)
    expect(phone.get_by_text("3 of 7 · Root-cause analysis")).to_be_visible()
    expect(phone.get_by_text("Connected again; nothing was missed.")).to_be_visible()
    expect(phone.get_by_role("button", name="Your hand is up, you are next")).to_be_visible()
    for page in (desk, phone):
        page.context.close()
