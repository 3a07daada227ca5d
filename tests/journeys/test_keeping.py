"""What is kept with an incident, in the browser: files by keyboard, in both themes and on a phone."""

import re
import zlib
from collections.abc import Callable
from struct import pack

import pytest
from playwright.sync_api import FilePayload, Page, expect
from tests.journeys.seen import assert_axe_finds_nothing

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
SIDE = 48


def picture() -> bytes:
    """A small PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return pack(">I", len(data)) + kind + data + pack(">I", zlib.crc32(kind + data))

    head = pack(">IIBBBBB", SIDE, SIDE, 8, 2, 0, 0, 0)
    rows = zlib.compress((b"\x00" + b"\x30\x60\x90" * SIDE) * SIDE)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def test_a_file_is_attached_by_keyboard_shown_small_saved_and_removed(visit: Visit) -> None:
    page = visit("record", refused=True)
    files = page.get_by_role("region", name="Files")
    picker = files.get_by_label("Choose a file to attach")
    for name, data, note in (
        ("page.html", b"<html>", ""),
        ("pool.csv", b"time,idle\n10:01,3\n10:02,0\n", "The pool, minute by minute"),
        ("dashboard.png", picture(), "What the dashboard showed at 10:52"),
    ):
        picker.set_input_files(FilePayload(name=name, mimeType="text/html", buffer=data))
        expect(files.get_by_label("What it shows")).to_be_focused()
        page.keyboard.type(note)
        page.keyboard.press("Enter")
        if name == "page.html":
            expect(files.get_by_text("no kind of file that can be attached")).to_be_visible()
            page.keyboard.press("Escape")
            expect(files.get_by_role("button", name="Attach a file")).to_be_focused()
        else:
            expect(files.get_by_role("link", name=name)).to_be_visible()
    drawn = files.get_by_role("img", include_hidden=True).or_(files.locator("img"))
    expect(drawn).to_have_js_property("naturalWidth", SIDE)
    assert_axe_finds_nothing(page)
    with page.expect_download() as saved:
        files.get_by_role("link", name="dashboard.png").press("Enter")
    assert saved.value.path().read_bytes() == picture()
    files.get_by_role("button", name="Remove pool.csv").press("Enter")
    expect(files.get_by_text("pool.csv, removed by")).to_be_visible()
    expect(files.get_by_role("button", name="Attach a file")).to_be_focused()


def test_the_owner_sees_what_goes_and_a_held_incident_is_told_there(visit: Visit) -> None:
    page = visit("record")
    page.get_by_role("button", name="Hold everything").press("Enter")
    page.keyboard.type("A claim is open.")
    page.keyboard.press("Enter")
    expect(page.get_by_text("A claim is open. Nothing of the incident goes.")).to_be_visible()
    page = visit("#/keeping")
    expect(page.get_by_role("region", name="Under legal hold")).to_contain_text("A claim is open.")
    row = page.get_by_role("region", name="What goes, and when").get_by_role("listitem").first
    expect(row).to_contain_text("held")
    days = page.get_by_label("Raw telemetry, from when it came")
    days.fill("60")
    days.press("Enter")
    expect(page.get_by_role("status")).to_have_text("The days are kept.")
    assert_axe_finds_nothing(page)
    page.reload()
    expect(days).to_have_value("60")


def test_an_incident_is_deleted_only_after_its_id_was_typed_and_not_under_hold(visit: Visit) -> None:
    page = visit("record", refused=True)
    page.get_by_role("button", name="Delete the incident").press("Enter")
    gone = page.get_by_role("region", name="Delete")
    name = gone.locator("label .mono").first.inner_text()
    page.keyboard.type(name[:-1])
    gone.get_by_label("Why").fill("It was a drill.")
    button = gone.get_by_role("button", name="Delete for good")
    expect(button).to_be_disabled()
    gone.get_by_label("Type").fill(name)
    hold = page.get_by_role("button", name=re.compile("Lift the hold|Hold everything"))
    expect(hold).to_be_visible()  # until then it is not known whether it is held
    held = hold.inner_text() == "Lift the hold"
    button.press("Enter")
    if held:
        expect(gone.get_by_role("alert")).to_contain_text("under legal hold")
        page.get_by_role("button", name="Lift the hold").press("Enter")
        page.keyboard.type("It is settled.")
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Hold everything")).to_be_visible()
        button.press("Enter")
    expect(page.get_by_role("region", name="Deleted incidents")).to_contain_text("It was a drill.")
    assert_axe_finds_nothing(page)
