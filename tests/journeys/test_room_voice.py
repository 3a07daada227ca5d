"""A microphone in the room: read along once everybody agrees, and no longer when one does not."""

import re
from collections.abc import Callable, Generator
from pathlib import Path

import pytest
from bench.chromium import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, Playwright, expect
from tests.journeys.conftest import Site
from tests.journeys.room_people import PHONE, invited

from secondstory.speech.whisper import is_installed

pytestmark = [pytest.mark.browser, pytest.mark.slow]

SPOKEN = Path(__file__).parents[1] / "recordings" / "speech" / "two-sentences.wav"
Visit = Callable[..., Page]


@pytest.fixture(scope="module")
def browser(playwright: Playwright) -> Generator[Browser]:
    """A browser whose microphone plays a recording, over and over."""
    heard = (f"--use-file-for-fake-audio-capture={SPOKEN}", "--use-fake-ui-for-media-stream")
    flags = [*FLAGS, "--use-fake-device-for-media-stream", *heard]
    launched = playwright.chromium.launch(executable_path=CHROMIUM, args=flags)
    yield launched
    launched.close()


def acts(page: Page, incident: str, **act: object) -> None:
    """What the one at this page does as the one who leads."""
    done = page.evaluate(
        """async ([incident, body]) => {
          const { csrf } = await (await fetch('/api/v1/session')).json()
          const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
          const path = `/api/v1/incidents/${incident}/meeting/led`
          return (await fetch(path, { method: 'POST', headers, body: JSON.stringify(body) })).status
        }""",
        [incident, act],
    )
    assert done < 300


def test_a_microphone_is_captioned_once_everybody_agrees(browser: Browser, site: Site, visit: Visit) -> None:
    if not is_installed():
        pytest.skip("what reads speech is not installed: pip install 'secondstory[speech]'")
    owner = visit("room")
    owner.get_by_role("button", name="Begin the meeting").click()
    expect(owner.get_by_role("textbox", name="Shared notes, Markdown")).to_be_visible()
    acts(owner, site.incident, act="ask_consent", what="audio")
    guest = invited(browser, site, owner, "executive", PHONE)
    voice = guest.page.get_by_role("region", name="Your microphone")
    voice.get_by_role("button", name="Let my microphone be captioned").click()
    expect(voice.get_by_role("status").filter(has_text="have not agreed")).to_be_visible()
    for page in (owner, guest.page):
        page.get_by_role("button", name="I agree").click()
    expect(voice).to_contain_text("Heard last")
    expect(voice).to_contain_text(re.compile("We scaled the|connection pool"))  # it is said over and over, cut anywhere
    guest.page.get_by_role("button", name="I do not agree").click()
    expect(voice.get_by_role("status").filter(has_text="have not agreed")).to_be_visible()
    voice.get_by_role("button", name="Switch it off").click()
    expect(voice.get_by_role("button", name="Let my microphone be captioned")).to_be_visible()
    guest.context.close()
