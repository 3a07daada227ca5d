"""The meeting that ships, held in three browsers: heard, captured, closed, and in the document afterwards."""

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import DESK, PHONE, Guest, invited

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
CAPTIONS = Path(__file__).parents[2] / "examples" / "meetings" / "pool-exhaustion.vtt"
CHARGE = "pushed orders one eight without reading the checklist"
LATE = "\n\n88\n"
"""The captions until here are given first, as a file that goes on growing: by then one voice was not heard yet."""


def test_the_meeting_that_ships_ends_with_minutes_factors_and_accepted_actions(
    browser: Browser, site: Site, visit: Visit, tmp_path: Path
) -> None:
    desk = visit("room")
    responder = invited(browser, site, desk, "responder", PHONE)
    executive = invited(browser, site, desk, "executive", DESK)
    others = (responder, executive)

    desk.get_by_role("button", name="Begin the meeting").click()
    desk.get_by_text("Ask all to agree").click()
    desk.get_by_role("button", name="May what is said be read along?").click()
    desk.get_by_role("button", name="I agree").click()
    for page in (guest.page for guest in others):  # it may lie below what a phone shows: a line at its top leads there
        page.get_by_role("button", name="May what is said be read along? Answer").press("Enter")
        expect(page.get_by_role("button", name="I agree")).to_be_focused()
        page.keyboard.press("Enter")
    expect(desk.get_by_text("All who are here agree.")).to_be_visible()

    whole = CAPTIONS.read_text()
    first = tmp_path / "so-far.vtt"
    first.write_text(whole[: whole.index(LATE)] + "\n")
    _give(desk, first)
    _walk_through_findings(desk)
    _say_nothing_private(others)

    desk.keyboard.press("n")
    desk.keyboard.press("]")
    _capture(
        desk,
        "d",
        "Decision",
        "We treat the release setting as the initiating factor; payment is ruled out on this evidence",
    )
    _capture(desk, "p", "Parked", "What stands first on a dashboard")
    _capture(
        desk,
        "c",
        "Possible factor",
        "A setting that is left out keeps connections, and nothing says so until the pool is empty",
    )
    _capture(desk, "a", "Action", f"{responder.token} adds an alert on connections in use by Thursday")
    responder.page.get_by_role("button", name="I take it on").click()
    expect(desk.get_by_role("region", name="Board")).to_contain_text("taken on")

    _give(desk, CAPTIONS)
    _say_nothing_private(others)

    desk.keyboard.press("Shift+E")
    desk.get_by_role("dialog").get_by_role("button", name="End the meeting").click()
    for page in (desk, *(guest.page for guest in others)):
        expect(page.get_by_text("Thank you.")).to_be_visible()

    desk.goto(site.at("document"))
    document = desk.get_by_role("main")
    expect(document).to_contain_text("We treat the release setting as the initiating factor")
    expect(document).to_contain_text("What stands first on a dashboard")
    expect(document).to_contain_text("A setting that is left out keeps connections")
    expect(document).to_contain_text("alert on connections in use")
    for guest in others:
        guest.context.close()


def _give(desk: Page, file: Path) -> None:
    desk.keyboard.press("i")
    dialog = desk.get_by_role("dialog", name="Let the room be heard")
    dialog.get_by_label("Choose a transcript").set_input_files(file)
    expect(dialog.get_by_role("status")).to_contain_text("heard")
    dialog.get_by_role("button", name="Close").click()


def _walk_through_findings(desk: Page) -> None:
    """Each finding gets an answer of the facilitator's: said, or put away."""
    rail = desk.get_by_role("complementary", name="Only you")
    for key in "uxux":
        finding = rail.get_by_role("article", name="Finding")
        words = finding.inner_text()
        desk.keyboard.press(key)
        expect(finding).not_to_have_text(words)


def _say_nothing_private(others: tuple[Guest, ...]) -> None:
    for guest in others:
        assert CHARGE not in guest.page.content()


def _capture(desk: Page, key: str, kind: str, words: str) -> None:
    desk.keyboard.press(key)
    bar = desk.get_by_role("region", name="Capture")
    bar.get_by_label("What was said").fill(words)
    desk.keyboard.press("Enter")
    expect(bar).to_contain_text(f"{kind} kept")
    desk.keyboard.press("Escape")
