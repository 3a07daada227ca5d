"""Each page while it waits, when it fails, when there is nothing, and where data is missing."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.seen import assert_axe_finds_nothing, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]

FAULT = {
    "title": "Records are locked",
    "detail": "Another program holds them.",
    "next": "Close it, then try again.",
}
INCIDENT = re.compile(r"/incidents/[^/]+$")


@dataclass
class Server:
    """Answers one address as the test says: holds the answer back, fails, has nothing, or passes it on."""

    nothing: tuple[int, object]
    does: str = "hold"
    held: list[Route] = field(default_factory=list)

    def __call__(self, route: Route) -> None:
        if self.does == "hold":
            self.held.append(route)
        elif self.does == "fail":
            route.fulfill(status=503, content_type="application/problem+json", body=json.dumps(FAULT))
        elif self.does == "empty":
            status, body = self.nothing
            route.fulfill(status=status, json=body)
        else:
            route.fallback()

    def let_go(self, does: str) -> None:
        """Answer what was held back, and all that follows, in this way."""
        self.does = does
        for route in self.held:
            self(route)
        self.held.clear()


NOT_THERE = (404, {"title": "Not found", "detail": "It was never made.", "next": ""})
NO_INCIDENT = {"incidents": [], "total": 0, "counts": {"all": 0}, "services": []}
PAGES = [
    ("#/", r"/incidents(\?.*)?$", "the incidents", (200, NO_INCIDENT), "No incident yet"),
    ("#/import", r"/recordings$", "the recordings", (200, {"recordings": []}), "Nothing was imported yet"),
    ("evidence/E01", r"/evidence/E01\?", "this evidence", None, None),
    ("timeline", r"/documents/timeline$", "the timeline", NOT_THERE, "No timeline yet"),
    ("impact", r"/documents/impact$", "the impact", NOT_THERE, "No impact yet"),
    ("causes", r"/documents/causes$", "the causes", NOT_THERE, "No causes yet"),
    ("answers", r"/answers$", "the answers", NOT_THERE, "No answers yet"),
    ("questions", r"/questions$", "the questions", NOT_THERE, "No questions yet"),
    ("document", r"/text$", "the document", NOT_THERE, "No document yet"),
    ("request", r"/exemplars$", "requests to begin with", (200, {"exemplars": []}), "No request is on record"),
]


@pytest.mark.parametrize(("place", "address", "what", "nothing", "said"), PAGES, ids=[page[0] for page in PAGES])
def test_a_page_waits_stops_fails_and_says_that_it_is_empty(
    visit: Visit, place: str, address: str, what: str, nothing: tuple[int, object] | None, said: str | None
) -> None:
    server = Server(nothing or NOT_THERE)
    page = visit(place, refused=True, before=lambda one: one.route(re.compile(address), server))
    main = page.get_by_role("main")
    # Under a second the frame says it, then how long it takes and the way out.
    expect(main.get_by_role("status").filter(has_text=f"Loading {what}")).to_be_attached()
    expect(main.get_by_role("progressbar", name=f"Loading {what}")).to_be_visible()
    main.get_by_role("button", name="Stop").click()
    alert = main.get_by_role("alert")
    expect(alert).to_contain_text("You stopped this before it was there.")
    server.does = "fail"
    alert.get_by_role("button", name="Try again").click()
    for words in FAULT.values():
        expect(alert).to_contain_text(words)
    assert_axe_finds_nothing(page)
    if said:
        server.does = "empty"
        alert.get_by_role("button", name="Try again").click()
        expect(main.get_by_text(said)).to_be_visible()
        expect(alert).to_have_count(0)
        assert_axe_finds_nothing(page)
    server.does = "pass"
    page.reload()
    settled(page)
    expect(alert).to_have_count(0)
    if said:
        expect(main.get_by_text(said)).to_have_count(0)


@pytest.mark.parametrize(("place", "what"), [("", "the overview"), ("evidence", "the evidence")])
def test_an_incident_waits_fails_and_says_that_it_was_never_analysed(visit: Visit, place: str, what: str) -> None:
    server = Server(NOT_THERE)
    page = visit(
        place,
        refused=True,
        reduced_motion="reduce",
        before=lambda one: one.route(INCIDENT, server),
    )
    main = page.get_by_role("main")
    expect(main.get_by_role("progressbar", name=f"Loading {what}")).to_be_visible()
    server.let_go("fail")
    for words in FAULT.values():
        expect(main.get_by_role("alert")).to_contain_text(words)
    page.route(INCIDENT, _never_analysed)
    page.route(re.compile(r"/incidents/[^/]+/evidence$"), Server(NOT_THERE, "empty"))
    main.get_by_role("button", name="Try again").click()
    expect(main.get_by_text("Nothing here does not mean nothing happened.")).to_be_visible()
    expect(main.get_by_role("link", name=re.compile("Import"))).to_be_visible()
    assert_axe_finds_nothing(page)


@pytest.mark.parametrize(
    ("keys", "document", "what"),
    [
        ("g t", "documents/timeline", "the timeline"),
        ("g i", "documents/impact", "the impact"),
        ("g c", "documents/causes", "the causes"),
        ("g d", "text", "the document"),
    ],
)
def test_no_time_is_told_before_the_incident_has_said_its_zone(
    visit: Visit, keys: str, document: str, what: str
) -> None:
    server = Server(NOT_THERE)
    page = visit("#/", timezone_id="Asia/Tokyo")
    page.route(INCIDENT, server)
    page.get_by_role("link", name="Checkout fails for many customers").click()
    with page.expect_response(re.compile(rf"/{document}$")) as answered:
        for key in keys.split():
            page.keyboard.press(key)
    answered.value.finished()
    main = page.get_by_role("main")
    expect(main.get_by_role("progressbar", name=f"Loading {what}")).to_be_visible()
    expect(main).not_to_contain_text(re.compile(r"\d:\d\d:\d\d|Tokyo"))
    server.let_go("pass")
    expect(main.get_by_role("progressbar")).to_have_count(0)
    expect(main).to_contain_text(re.compile(r"\d:\d\d"))


def _never_analysed(route: Route) -> None:
    told = route.fetch().json()
    stages = [stage | {"state": "empty"} for stage in told["stages"]]
    route.fulfill(json=told | {"status": "open", "stages": stages})


def test_a_server_that_is_gone_is_told_and_asked_again(visit: Visit) -> None:
    page = visit("#/", refused=True)
    page.route("**/api/v1/**", lambda route: route.abort())
    page.get_by_role("link", name="Checkout fails for many customers").click()
    alert = page.get_by_role("alert").first
    expect(alert).to_contain_text("The server does not answer")
    expect(alert).to_contain_text("See whether secondstory serve still runs")
    page.unroute("**/api/v1/**")
    alert.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("heading", name="Bottom line up front")).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)


def test_who_is_not_signed_in_is_told_where_to_begin(visit: Visit) -> None:
    page = visit("#/", refused=True, storage_state=None)
    main = page.get_by_role("main")
    expect(main.get_by_role("heading", name="You are not signed in")).to_be_visible()
    expect(main).to_contain_text("Open the address that secondstory serve printed")
    assert_axe_finds_nothing(page)


def test_missing_samples_are_hatched_and_never_bridged(visit: Visit) -> None:
    def cut(route: Route) -> None:
        told = route.fetch().json()
        for signal in told["signals"]:
            half = range(len(signal["max"]) // 3, len(signal["max"]) // 2)
            for ends in ("min", "max"):
                signal[ends] = [None if k in half else value for k, value in enumerate(signal[ends])]
        route.fulfill(json=told)

    page = visit(before=lambda one: one.route("**/signals?*", cut))
    strip = page.get_by_role("region", name="in one strip")
    expect(strip.get_by_text("no data")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("i")
    hole = page.get_by_role("img", name="Share of failed requests, gateway").locator("rect[fill^='url(#hatch']")
    expect(hole).to_have_count(1)
    assert_axe_finds_nothing(page)


def test_a_signal_that_was_never_recorded_is_no_calm_line(visit: Visit) -> None:
    def none(route: Route) -> None:
        route.fulfill(json=route.fetch().json() | {"signals": [], "total": 0})

    page = visit("#/", before=lambda one: one.route("**/signals?*", none))
    expect(page.get_by_role("row", name="Checkout fails for many customers").get_by_text("no signal")).to_be_attached()
    page.get_by_role("link", name="Checkout fails for many customers").click()
    expect(page.get_by_text("No signal was recorded for the services at the entry.")).to_be_visible()
    page.keyboard.press("g")
    page.keyboard.press("i")
    expect(page.get_by_text("What users saw over time is not known.")).to_be_visible()
