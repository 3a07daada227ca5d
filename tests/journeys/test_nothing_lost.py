"""A server that takes its time: no key, no word and no place is lost meanwhile, and no older answer comes back."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]

# Holds back what the page asks, as a slow line does, until it is let go; `refuse` answers it as an overloaded server.
LINE = """{
window.line = { method: '', part: '', refuse: false, waiting: [] }
const ask = window.fetch
window.fetch = async (url, init) => {
  if (line.method !== (init?.method ?? 'GET') || !String(url).includes(line.part)) return ask(url, init)
  await new Promise(go => line.waiting.push(go))
  const body = JSON.stringify({ title: 'Too busy', detail: 'The server has too much to do.', next: 'Try again.' })
  return line.refuse ? new Response(body, { status: 503 }) : ask(url, init)
}
}"""

# Another comment on the subject of the first, as it comes from another page.
BESIDE = """async incident => {
  const { csrf } = await (await fetch('/api/v1/session')).json()
  const path = `/api/v1/incidents/${incident}/comments`
  const { threads } = await (await fetch(path)).json()
  const headers = { 'X-CSRF-Token': csrf, 'Content-Type': 'application/json' }
  const body = JSON.stringify({ subject: threads[0].subject, text: 'The support desk, I think.' })
  await fetch(path, { method: 'POST', headers, body })
}"""


def hold(page: Page, method: str, part: str, *, refuse: bool = False) -> None:
    """From now on what the page asks so waits; some of it is refused in the end."""
    page.evaluate("given => Object.assign(line, given)", {"method": method, "part": part, "refuse": refuse})


def let_go(page: Page, count: int = 1) -> None:
    """Once so much waits, and no more: it goes on, and nothing is held any longer."""
    page.wait_for_function("count => line.waiting.length === count", arg=count)
    page.evaluate("() => { line.method = ''; line.waiting.splice(0).forEach(go => go()) }")


def slow(page: Page) -> None:
    page.add_init_script(LINE)


def test_what_is_typed_in_the_room_while_a_line_is_being_kept(visit: Visit) -> None:
    desk = visit("room", before=slow)
    desk.get_by_role("button", name="Begin the meeting").click()
    bar = desk.get_by_role("region", name="Capture")
    board = desk.get_by_role("region", name="Board")
    field = bar.get_by_role("textbox", name="What was said")
    expect(field).to_be_visible()
    hold(desk, "POST", "/captures")
    desk.keyboard.press("d")
    desk.keyboard.type("The old template goes")
    desk.keyboard.press("Enter")
    desk.keyboard.type("Releases wait for the pool")
    let_go(desk)
    expect(board).to_contain_text("The old template goes")
    expect(field).to_have_value("Releases wait for the pool")

    hold(desk, "POST", "/captures", refuse=True)
    desk.keyboard.press("Enter")
    desk.keyboard.type("The panel stays")
    let_go(desk)
    expect(bar.get_by_text("Not kept yet:")).to_be_visible()
    expect(field).to_have_value("The panel stays")
    bar.get_by_role("button", name="Put it back").press("Enter")
    for sentence in ("Releases wait for the pool", "The panel stays"):
        expect(field).to_have_value(sentence)
        field.press("Enter")
        expect(board).to_contain_text(sentence)
        if sentence.startswith("Releases"):
            bar.get_by_role("button", name="Put it back").press("Enter")

    # What is done in the room is done in its order: the second waits for the first.
    hold(desk, "POST", "/led")
    field.press("Escape")
    desk.keyboard.press("]")
    desk.keyboard.press("]")
    let_go(desk)
    expect(desk.get_by_text("Under discussion · 2 of")).to_be_visible()


def test_keys_pressed_before_the_agenda_has_answered_count_and_a_button_keeps_the_focus(visit: Visit) -> None:
    page = visit("prepare", before=slow)
    minutes = page.locator("#box-timeline b.min")
    before = int(minutes.inner_text().split()[0])
    page.keyboard.press("j")
    page.keyboard.press("j")
    expect(page.locator("#box-timeline")).to_be_focused()
    hold(page, "PUT", "/meeting/plan")
    for _ in range(3):
        page.keyboard.press("+")
    let_go(page)
    expect(minutes).to_contain_text(str(before + 3))

    hold(page, "PUT", "/meeting/plan")
    strike = page.get_by_role("region", name="Who comes").get_by_role("button", name="Strike").first
    named = strike.get_attribute("aria-label") or ""
    expect(strike).to_be_enabled()  # the minutes are shown before they are kept
    strike.press("Enter")
    let_go(page)
    put = page.get_by_role("button", name=named.replace("Strike", "Put").replace(" off ", " on "))
    expect(put).to_be_focused()


def test_enter_opens_what_was_asked_for_and_not_what_was_found_before(visit: Visit) -> None:
    page = visit("#/search?q=template", before=slow)
    rows = page.locator("main [data-current]")
    wanted = rows.first.get_by_role("link").get_attribute("href") or ""
    page.goto(page.url.replace("template", "checkout"))
    expect(rows.first).to_be_visible()
    hold(page, "GET", "/search")
    field = page.get_by_role("searchbox")
    field.fill("template")
    field.press("Enter")
    page.keyboard.press("Enter")
    let_go(page)
    page.wait_for_function("wanted => location.hash.startsWith(wanted)", arg=wanted)


def test_words_in_an_edit_stay_while_somebody_else_writes(visit: Visit, site: Site) -> None:
    page = visit("document")
    page.get_by_role("button", name="Comment on Open questions").press("Enter")
    panel = page.get_by_role("complementary", name="Comments on")
    panel.get_by_role("textbox").fill("Who was told first?")
    page.keyboard.press("Control+Enter")
    panel.get_by_role("button", name="Edit").press("Enter")
    field = panel.get_by_role("textbox", name="New words")
    expect(field).to_be_focused()
    page.keyboard.press("End")
    page.keyboard.type(" And when?")
    page.evaluate(BESIDE, site.incident)
    expect(panel.get_by_text("The support desk, I think.")).to_be_visible()
    expect(field).to_have_value("Who was told first? And when?")
