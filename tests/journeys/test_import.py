"""Somebody imports what they have, some of it broken, and sees what was kept and what was not."""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, Route, expect
from tests.journeys.seen import assert_axe_finds_nothing

pytestmark = [pytest.mark.browser, pytest.mark.slow]


@pytest.fixture
def half_broken(tmp_path: Path) -> Path:
    """A log of 40 lines, every second one readable; the rest are cut off in the middle."""
    lines = [
        json.dumps({"time": f"2026-11-20T10:{minute:02d}:00Z", "service": "orders", "level": "info", "message": "paid"})
        for minute in range(40)
    ]
    path = tmp_path / "half-broken.jsonl"
    path.write_text(
        "".join(f"{line if place % 2 else line[:30]}\n" for place, line in enumerate(lines)), encoding="utf-8"
    )
    return path


def test_a_half_broken_file_says_what_was_kept_and_why_the_rest_was_not(
    visit: Callable[..., Page], half_broken: Path, tmp_path: Path
) -> None:
    page = visit("#/")
    page.get_by_role("link", name="Import", exact=True).click()
    strange = tmp_path / "picture.bin"
    strange.write_bytes(bytes(range(256)) * 8)
    _drop(page, half_broken)
    page.get_by_label("Choose files").set_input_files(strange)
    name = page.get_by_label("Name of the recording")
    expect(name).to_have_value("half-broken")
    page.get_by_role("button", name="Import 2 files").click()
    kept = page.get_by_role("region", name=re.compile("What was kept of half-broken"))
    expect(kept).to_be_visible()
    expect(kept).to_contain_text("20 rows kept")
    expect(kept).to_contain_text("20 rows rejected")
    expect(kept.get_by_role("row", name=re.compile("half-broken"))).to_contain_text(re.compile(r"line \d+"))
    expect(kept.get_by_role("row", name=re.compile("picture"))).to_contain_text("not recognised")
    expect(page.get_by_role("region", name="Gaps")).to_be_visible()
    labels = page.get_by_role("region", name="Which label became what")
    expect(labels).to_contain_text("orders")
    expect(page.get_by_role("region", name="Recordings", exact=True).first).to_contain_text("half-broken")
    assert_axe_finds_nothing(page)


def test_an_incident_is_opened_on_what_describes_none(visit: Callable[..., Page], half_broken: Path) -> None:
    page = visit("#/", refused=True)  # evidence that was never asked for is not there: 404
    page.get_by_role("link", name="Import", exact=True).click()
    page.get_by_label("Choose files").set_input_files(half_broken)
    page.get_by_label("Name of the recording").fill("by-hand")
    page.get_by_role("button", name="Import this file").click()
    page.get_by_label("Title").fill("Orders are slow")
    page.get_by_role("button", name="Open incident").click()
    expect(page.get_by_role("heading", name="Orders are slow")).to_be_visible()
    expect(page.get_by_text("Nothing was analysed yet")).to_be_visible()


def test_files_can_be_left_out_before_they_are_sent(visit: Callable[..., Page], half_broken: Path) -> None:
    page = visit("#/")
    page.keyboard.press("i")
    expect(page.get_by_text("Drop files here")).to_be_visible()
    page.get_by_label("Choose files").set_input_files(half_broken)
    page.get_by_role("button", name="Leave half-broken.jsonl out").click()
    expect(page.get_by_text("Drop files here")).to_be_visible()


def test_an_import_shows_how_far_it_is_and_is_stopped(visit: Callable[..., Page], half_broken: Path) -> None:
    stopped = False

    def job(route: Route) -> None:
        nonlocal stopped
        if route.request.method == "DELETE":
            stopped = True
            route.fulfill(status=204)
        else:
            state = "cancelled" if stopped else "running"
            route.fulfill(json=route.fetch().json() | {"state": state, "step": "reading", "done": 3, "total": 10})

    page = visit("#/import", before=lambda one: one.route("**/api/v1/jobs/*", job))
    page.get_by_label("Choose files").set_input_files(half_broken)
    page.get_by_label("Name of the recording").fill("stopped")
    page.get_by_role("button", name="Import this file").press("Enter")
    expect(page.get_by_role("progressbar", name="Reading stopped")).to_have_attribute("aria-valuenow", "30")
    assert_axe_finds_nothing(page)
    page.get_by_role("button", name="Stop").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Rows that were kept before it stopped")
    expect(page.get_by_role("button", name="Import this file")).to_be_visible()


def _drop(page: Page, file: Path) -> None:
    """Let go of a file above the page's form, as a mouse would."""
    held = page.evaluate_handle(
        "([name, text]) => { const it = new DataTransfer(); it.items.add(new File([text], name)); return it }",
        [file.name, file.read_text(encoding="utf-8")],
    )
    page.get_by_role("form", name="Files to import").dispatch_event("drop", {"dataTransfer": held})
