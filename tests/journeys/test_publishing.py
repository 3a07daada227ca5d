"""From the demo's analysis to a document in somebody's mail, by keyboard alone; decisions, keys, pages are counted."""

import shutil
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from bench.serving import served
from playwright.sync_api import Browser, Locator, Page, Route, expect
from tests.journeys.seen import assert_axe_finds_nothing
from tests.sinks.conftest import FreePort, Letterbox

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.wiring import open_world

MOST_DECISIONS = 40
MOST_TABS = 150
PATIENCE_S = 30
REVIEW = "**/review"


@dataclass
class Hand:
    """A person with a keyboard and no mouse: every key that is pressed counts, and so does each page."""

    page: Page
    pressed: Counter[str] = field(default_factory=Counter)
    pages: list[str] = field(default_factory=list)
    part: str = ""

    def begin(self, part: str, keys: str = "") -> None:
        """A new part of the way, which keys of the product lead to."""
        self.part = part
        self.keys(*keys)

    def keys(self, *names: str) -> None:
        for name in names:
            self.page.keyboard.press(name)
            self.pressed[self.part] += 1
            shown = self.page.evaluate("location.hash.split('?')[0]")
            if shown not in self.pages:
                self.pages.append(shown)

    def type(self, words: str) -> None:
        self.page.keyboard.type(words)
        self.pressed[self.part] += len(words)

    def to(self, target: Locator) -> None:
        """Tab until it has the focus; what cannot be reached in this many steps cannot be worked with."""
        expect(target).to_be_enabled()
        for _ in range(MOST_TABS):
            if target.evaluate("node => node === document.activeElement"):
                return
            self.keys("Tab")
        raise AssertionError(f"{target} is not reached in {MOST_TABS} steps")


@dataclass
class Waited(Letterbox):
    """A letterbox for who waits in another thread."""

    taken: Event = field(default_factory=Event)

    async def handle_DATA(  # noqa: N802 - the server calls it by this name
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        answer = await super().handle_DATA(server, session, envelope)
        self.taken.set()
        return answer


@pytest.fixture(scope="module")
def letterbox() -> Waited:
    return Waited()


@pytest.fixture(scope="module")
def data_dir(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("published") / "data"))


@pytest.fixture(scope="module")
def address(data_dir: Path, letterbox: Waited) -> Iterator[str]:
    """A server of its own, set up for a real mail server."""
    carrier = FreePort(letterbox, hostname="127.0.0.1", port=0)
    carrier.start()
    mail = {"SERVER": "127.0.0.1", "PORT": str(carrier.port), "TLS": "none"}
    mail |= {"FROM": "reviews@example.org", "OWNER": "owner@example.org"}
    with pytest.MonkeyPatch.context() as environment:
        for name, value in mail.items():
            environment.setenv(f"SECONDSTORY_MAIL_{name}", value)
        with served(data_dir) as (_process, where):
            yield where
    carrier.stop()


def decided(data_dir: Path) -> int:
    with open_world(Settings(data_dir=data_dir)) as world:
        (incident,) = world.incidents.visible_to(LOCAL_OWNER)
        return len(world.ledger.decisions(incident.id))


def say_what_it_is(hand: Hand) -> None:
    page = hand.page
    hand.begin("title and severity", "gb")
    hand.to(page.get_by_role("button", name="Change title"))
    hand.keys("Enter")
    expect(page.get_by_role("textbox", name="Title")).to_be_focused()
    hand.keys("Control+a")
    hand.type("Three in eight payments failed for three minutes")
    hand.keys("Enter")
    expect(page.get_by_role("heading", name="Three in eight payments failed")).to_be_visible()
    hand.to(page.get_by_role("button", name="Change severity"))
    hand.keys("Enter")
    hand.type("SEV2")
    hand.keys("Tab")
    hand.type("three minutes, no data lost")
    hand.keys("Enter")
    expect(page.get_by_role("list").get_by_text("SEV2", exact=True).first).to_be_visible()


def agree(hand: Hand) -> None:
    """Factors, how it went, and three of the proposed actions with an owner; the day comes from the policy."""
    page = hand.page
    hand.begin("factors", "ga")
    hand.to(page.get_by_role("button", name="By factor"))
    hand.keys("Enter")
    factors = page.get_by_role("region", name="Contributing factors")
    for count in (1, 2):
        hand.to(factors.get_by_role("button", name="Accept as a factor").first)
        hand.keys("Enter")
        expect(factors.get_by_text(f"F{count}", exact=True).first).to_be_visible()
    hand.begin("a lesson")
    lessons = page.get_by_role("region", name="How it went")
    hand.to(lessons.get_by_role("button", name="Add"))
    hand.keys("Enter")
    hand.type("Went well")
    hand.keys("Tab")
    hand.type("The release was taken back within two minutes of the alert")
    hand.keys("Enter")
    expect(lessons.get_by_text("L1", exact=True).first).to_be_visible()
    hand.begin("actions", "ga")
    proposed = page.get_by_role("region", name="Proposed by the evidence")
    board = page.get_by_role("region", name="Open and in progress")
    for count in (1, 2, 3):
        hand.to(proposed.get_by_role("button", name="Agree").first)
        hand.keys("Enter")
        expect(board.get_by_text(f"A{count}", exact=True)).to_be_visible()
    for _ in range(3):
        hand.keys("j", "o", "Enter")
        expect(page.get_by_role("complementary").locator("dd").first).to_have_text("owner")


def edit_and_publish(hand: Hand) -> None:
    page = hand.page
    hand.begin("analysis", "gd")
    hand.to(page.get_by_role("article").get_by_role("button", name="Analyse again"))
    hand.keys("Enter")
    expect(page.get_by_text("Something changed since the analysis was made")).to_be_hidden()
    hand.begin("text", "gd")
    questions = page.get_by_role("heading", name="Open questions")
    expect(questions).to_be_visible()
    for _ in range(page.get_by_role("article").get_by_role("heading", level=2).count()):
        if questions.evaluate("node => node === document.activeElement"):
            break
        hand.keys("j")
    hand.keys("Tab", "Enter")
    expect(page.get_by_role("textbox", name="Open questions, Markdown")).to_be_focused()
    hand.keys("Control+End")
    hand.type("\n\nWho else takes the database settings from the old template?")
    hand.keys("Control+s")
    expect(page.get_by_text("written by people")).to_be_visible()
    hand.begin("review")
    # What is asked again after each change arrives late, as on a slow connection: nothing older is shown meanwhile.
    late: list[Route] = []
    page.route(REVIEW, lambda asked: late.append(asked) if asked.request.method == "GET" else asked.continue_())
    hand.keys("Escape", "r")
    steps = page.get_by_role("list", name="Review").locator("[aria-current=step]")
    expect(steps).to_contain_text("In review")
    with page.expect_request(lambda asked: asked.method == "GET" and asked.url.endswith("/review")):
        hand.keys("r")
    expect(steps).to_contain_text("Approved")
    hand.begin("publish")
    hand.keys("p")
    panel = page.get_by_role("region", name="Publish and versions")
    expect(panel.get_by_role("textbox")).to_be_focused()
    hand.keys("Enter")
    for asked in late:
        asked.continue_()
    page.unroute(REVIEW)
    send = panel.get_by_role("button", name="Send to 1 person")
    expect(send).to_be_focused()
    assert_axe_finds_nothing(page)
    hand.begin("circulate")
    hand.keys("Enter")
    expect(panel.get_by_role("list", name="Who gets version 1")).to_contain_text("owner")
    expect(steps).to_contain_text("Published")


def test_from_the_analysis_to_published_and_mailed(
    browser: Browser, address: str, data_dir: Path, letterbox: Waited
) -> None:
    page = browser.new_page(viewport={"width": 1440, "height": 900})
    page.goto(address)
    expect(page.get_by_role("link", name="Checkout fails for many customers")).to_be_visible()
    before = decided(data_dir)
    hand = Hand(page)
    hand.begin("open it")
    hand.keys("Enter")
    expect(page.get_by_role("heading", name="Checkout fails for many customers").first).to_be_visible()
    say_what_it_is(hand)
    agree(hand)
    edit_and_publish(hand)
    decisions = decided(data_dir) - before
    told = ", ".join(f"{part} {count}" for part, count in hand.pressed.items())
    sys.stdout.write(f"\n{decisions} decisions, {sum(hand.pressed.values())} keys ({told}), {len(hand.pages)} pages\n")
    assert letterbox.taken.wait(PATIENCE_S)
    (message,) = letterbox.arrived
    assert letterbox.recipients == ["owner@example.org"]
    assert "Three in eight payments failed" in message["Subject"] and "[SEV2]" in message["Subject"]
    assert decisions <= MOST_DECISIONS
