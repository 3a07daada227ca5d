"""Three people in one room, each with a browser of their own: who leads, a responder on a phone, an executive."""

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Browser, BrowserContext, Page
from tests.journeys.conftest import PATIENCE_MS, Site
from tests.journeys.seen import settled

DESK = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 844}
NAMES = {
    "facilitator": "Ana Lind",
    "responder": "Wanda Ferreira",
    "executive": "Helen Osei",
    "observer": "Ulla Brandt",
    "scribe": "Bo Lund",
}


@dataclass(frozen=True)
class Guest:
    """Somebody who was invited, and the page that they look at. `token`: what everybody calls them."""

    page: Page
    context: BrowserContext
    token: str


def invited(browser: Browser, site: Site, owner: Page, role: str, viewport: dict[str, int]) -> Guest:
    """A member who joined by a link of the owner's, with their browser in the live room."""
    link = owner.evaluate(
        """async ([incident, role]) => {
          const { csrf } = await (await fetch('/api/v1/session')).json()
          const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
          const body = JSON.stringify({ role, days: 1 })
          const made = await fetch(`/api/v1/incidents/${incident}/invitations`, { method: 'POST', headers, body })
          return (await made.json()).invitation.link
        }""",
        [site.incident, role],
    )
    context = browser.new_context(viewport=viewport)  # type: ignore[arg-type]  # a plain dict
    context.set_default_timeout(PATIENCE_MS)
    page = context.new_page()
    page.goto(f"{site.base}#/join/{link}")
    page.get_by_label("Your name").fill(NAMES[role])
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site.base}#/i/{site.incident}")
    token = page.evaluate("async () => (await (await fetch('/api/v1/session')).json()).actor")
    page.goto(site.at("room"))
    settled(page)
    return Guest(page, context, token)


Invite = Callable[[str, dict[str, int]], Guest]
