"""The page as a reader uses it: keyboard alone, without script, on a phone, in the dark, on paper."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from bench.chromium import CHROMIUM, FLAGS
from playwright.sync_api import Browser, Page, sync_playwright
from tests.stages.report_documents import as_document, report

from secondstory.stages.report import report_formats

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    html = next(extension for extension in report_formats() if extension.name == "html")
    path: Path = tmp_path_factory.mktemp("report") / "report.html"
    path.write_bytes(html.render(as_document(report())))
    return path.as_uri()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if CHROMIUM is None:
        pytest.skip("no Chromium on the PATH: apt-get install chromium")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield running
        running.close()


def opened(browser: Browser, address: str, width: int = 1440, **more: object) -> Page:
    page = browser.new_context(viewport={"width": width, "height": 900}, **more).new_page()
    page.goto(address)
    return page


def test_a_chip_opens_its_evidence_with_enter_and_escape_leads_back(browser: Browser, address: str) -> None:
    page = opened(browser, address)
    for _ in range(40):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('main a.ev')"):
            break
    chip = page.evaluate("document.activeElement.textContent")
    assert chip == "E01"

    page.keyboard.press("Enter")
    panel = page.locator("#panel")
    assert panel.is_visible()
    assert "OutcomeQuery" in panel.inner_text()
    assert panel.locator("svg[role=img]").count() == 1
    assert page.evaluate("document.activeElement.className") == "shut"

    page.keyboard.press("Escape")
    assert not panel.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "E01"


def test_without_script_a_chip_leads_to_its_evidence(browser: Browser, address: str) -> None:
    page = opened(browser, address, java_script_enabled=False)
    page.locator("main a.ev").first.click()
    assert page.url.endswith("#E01")


def test_the_page_raises_no_error_and_asks_for_nothing(browser: Browser, address: str) -> None:
    said: list[str] = []
    page = browser.new_page()
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    assert said == []
    assert asked == [address]


@pytest.mark.parametrize("width", [320, 390, 720, 1024, 1440])
def test_nothing_runs_off_the_side_at_any_width(browser: Browser, address: str, width: int) -> None:
    page = opened(browser, address, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_button_turns_light_to_dark(browser: Browser, address: str) -> None:
    page = opened(browser, address, color_scheme="light")
    before = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.locator("button.theme").click()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") != before


def test_on_paper_the_navigation_is_gone_and_the_evidence_stays(browser: Browser, address: str) -> None:
    page = opened(browser, address, color_scheme="dark")
    page.emulate_media(media="print", color_scheme="dark")
    assert not page.locator("nav").is_visible()
    assert page.locator("#E01").is_visible()
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
