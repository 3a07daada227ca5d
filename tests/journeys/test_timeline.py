"""The timeline as a person reads it: brush the window, walk the events, open what they rest on, read it as a table."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, Route, expect

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
HANDLES = ("Begin of the window", "End of the window")


def _handle(page: Page, edge: int) -> str:
    return page.get_by_role("slider", name=HANDLES[edge]).get_attribute("aria-valuetext") or ""


def _shown(page: Page) -> tuple[str, str]:
    return _handle(page, 0), _handle(page, 1)


def _utc(shown: str) -> str:
    """A time as the address has it: the page tells the demo's incident in Berlin's winter time."""
    hour, rest = shown.split(":", 1)
    return f"{int(hour) - 1:02d}:{rest}".replace(":", "(:|%3A)")


def _ready(visit: Visit, **options: object) -> Page:
    page = visit("timeline", **options)
    expect(page.get_by_role("listbox", name="Events in time order")).to_be_visible()
    expect(page.get_by_text(re.compile(r"^max ")).first).to_be_visible()  # a curve has come
    return page


def _inked(page: Page) -> int:
    """Pixels of the lanes' canvas that are drawn on."""
    return int(
        page.evaluate(
            """() => {
              const canvas = document.querySelector('[role=listbox] canvas')
              const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
              let inked = 0
              for (let i = 3; i < data.length; i += 4) if (data[i] > 0) inked += 1
              return inked
            }"""
        )
    )


def test_the_window_is_brushed_with_the_mouse(visit: Visit) -> None:
    page = _ready(visit)
    begin, end = _shown(page)
    box = page.get_by_role("slider", name=HANDLES[1]).bounding_box()
    assert box is not None
    assert box["width"] >= 24 and box["height"] >= 24, "the handle is too small to be hit"
    page.mouse.move(box["x"] + 12, box["y"] + 12)
    page.mouse.down()
    page.mouse.move(box["x"] - 200, box["y"] + 12, steps=5)
    page.mouse.up()
    assert _handle(page, 0) == begin
    assert _handle(page, 1) < end
    shorter = _shown(page)
    expect(page).to_have_url(re.compile(r"[?&]to=2026-11-21T" + _utc(shorter[1])))
    page.reload()
    expect(page.get_by_role("slider", name=HANDLES[1])).to_have_attribute("aria-valuetext", shorter[1])


def test_the_window_is_brushed_with_keys_alone(visit: Visit) -> None:
    page = _ready(visit)
    page.keyboard.press("+")
    page.keyboard.press("b")
    expect(page.get_by_role("slider", name="Window shown")).to_be_focused()
    begin, end = _shown(page)
    page.keyboard.press("ArrowRight")
    assert _handle(page, 0) > begin and _handle(page, 1) > end, "arrow keys move the window"
    begin, end = _shown(page)
    page.keyboard.press("Shift+ArrowLeft")
    assert _handle(page, 0) == begin and _handle(page, 1) < end, "Shift with arrows resizes it"
    page.get_by_role("slider", name=HANDLES[0]).press("ArrowLeft")
    assert _handle(page, 0) < begin
    field = page.get_by_role("textbox", name="Window from")
    field.fill("11:50:00")
    field.press("Enter")
    assert _handle(page, 0) == "11:50:00"


def test_keys_walk_events_in_time_order_and_open_what_one_rests_on(visit: Visit) -> None:
    page = _ready(visit)
    page.keyboard.press("Home")
    times = []
    for _ in range(12):
        said = page.get_by_role("option", selected=True).inner_text()
        times.append(said[:8])
        page.keyboard.press("ArrowRight")
    assert times == sorted(times)
    assert len(set(times)) > 4
    page.keyboard.press("e")
    panel = page.get_by_role("complementary", name=re.compile(r"^(Evidence|Gap) "))
    expect(panel).to_be_visible()
    expect(panel.get_by_text(re.compile(r"What rests on it|[0-9a-f]{12}")).first).to_be_visible()
    page.keyboard.press("Escape")
    expect(panel).to_have_count(0)
    expect(page.get_by_role("complementary", name="Selected event")).to_be_visible()


def test_a_click_on_a_mark_tells_what_it_is(visit: Visit) -> None:
    page = _ready(visit)
    page.get_by_role("button", name=re.compile("All kinds")).click()
    page.get_by_role("button", name="None").click()
    page.get_by_role("checkbox", name=re.compile("^Alerts")).check()
    page.keyboard.press("Escape")
    expect(page.get_by_text(re.compile(r"^6 events"))).to_be_visible()
    lanes = page.get_by_role("listbox", name="Events in time order")
    page.keyboard.press("End")
    page.keyboard.press("ArrowLeft")
    title = page.get_by_role("option", selected=True).inner_text()
    circle = page.locator("[role=listbox] svg circle").bounding_box()
    assert circle is not None, "the selected mark is ringed"
    page.keyboard.press("Home")
    expect(page.get_by_role("option", selected=True)).not_to_have_text(title)
    where = lanes.bounding_box()
    assert where is not None
    page.mouse.click(circle["x"] + circle["width"] / 2, circle["y"] + circle["height"] / 2)
    expect(page.get_by_role("complementary", name="Selected event").get_by_role("heading", level=2)).to_contain_text(
        "Gateway"
    )


def test_pan_and_zoom_change_what_is_drawn_and_the_incident_comes_back(visit: Visit) -> None:
    page = _ready(visit)
    assert _inked(page) > 20_000
    whole = _shown(page)
    box = page.get_by_role("listbox").bounding_box()
    assert box is not None
    page.mouse.move(box["x"] + 300, box["y"] + 100)
    page.keyboard.down("Control")
    page.mouse.wheel(0, -400)
    page.keyboard.up("Control")
    expect(page.get_by_role("slider", name=HANDLES[0])).not_to_have_attribute("aria-valuetext", whole[0])
    near = _shown(page)
    assert whole[0] < near[0] < near[1] < whole[1]
    page.mouse.down()
    page.mouse.move(box["x"] + 500, box["y"] + 100, steps=4)
    page.mouse.up()
    assert _handle(page, 0) < near[0]
    page.keyboard.press("0")
    assert _shown(page) == whole


def test_the_table_says_all_that_the_picture_shows(visit: Visit) -> None:
    page = _ready(visit)
    page.keyboard.press("t")
    events, signals = page.get_by_role("table").first, page.get_by_role("table").last
    expect(events.get_by_role("row", name=re.compile("orders 1.8.0.*"))).not_to_have_count(0)
    expect(events.get_by_role("row", name=re.compile("Gap"))).not_to_have_count(0)
    expect(signals.get_by_role("row", name=re.compile("connection count, used"))).not_to_have_count(0)
    expect(page).to_have_url(re.compile("view=table"))


def test_a_server_that_stops_answering_leaves_what_had_come_and_says_so(visit: Visit) -> None:
    page = _ready(visit)
    page.route("**/signals?*", _refuse)
    page.get_by_role("button", name="All signals").click()
    expect(page.get_by_text("Signals did not arrive")).to_be_visible()
    assert _inked(page) > 20_000
    page.unroute("**/signals?*")
    # The note takes room, so the view changes; the page still asks only when a person asks it to.
    page.set_viewport_size({"width": 1440, "height": 700})
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_text("Signals did not arrive")).to_have_count(0)


def _refuse(route: Route) -> None:
    route.fulfill(
        status=200,
        content_type="application/json",
        body='{"grid": null}',
    )


def test_every_chart_gets_its_curve_also_where_a_signals_name_is_long(visit: Visit) -> None:
    page = _ready(visit)
    names = page.locator("[title^='http.server.request.duration']")
    expect(names).not_to_have_count(0)
    for name in names.all():
        expect(name).to_contain_text(re.compile(r"(max|min) [0-9]"))
