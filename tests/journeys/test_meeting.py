"""Around the meeting by keys alone: a transcript beside words to say, cards for executives, questions for an event."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.seen import assert_axe_finds_nothing, assert_nothing_is_lost, settled

pytestmark = [pytest.mark.browser, pytest.mark.slow]

Visit = Callable[..., Page]
CALL = """Ana Lind: Let us go through the timeline. What did you see first?
Bo Ek: The queue was full at ten past ten, and the pool soon after.
Cleo Dahl: How many customers were hit, and for how long?
Bo Ek: Whose fault is it? Somebody has to be held accountable.
Ana Lind: The pool panel stood at twenty of twenty.
"""


def _give(page: Page, text: str = CALL) -> None:
    page.get_by_label("Choose a transcript").set_input_files(
        {"name": "call.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )


def test_a_pasted_transcript_is_walked_by_keys_and_forgotten(visit: Visit) -> None:
    page = visit("transcript", permissions=["clipboard-read", "clipboard-write"])
    expect(page.get_by_text("nothing of it is stored")).to_be_visible()
    page.get_by_label("Or paste it").fill(CALL)
    page.keyboard.press("Control+Enter")
    expect(page.get_by_role("list", name="Cues").get_by_role("listitem")).to_have_count(5)
    page.get_by_label("Role of Cleo Dahl").select_option("executive")
    expect(page.get_by_role("button", name="Answers 1")).to_be_visible()
    page.get_by_role("heading", name="Voices").click()
    page.keyboard.press("f")
    page.keyboard.press("j")
    finding = page.get_by_role("article", name="Finding")
    expect(finding).to_contain_text("asks for a person")
    expect(page.locator("mark").first).to_be_visible()
    words = finding.locator(".say").inner_text()
    page.keyboard.press("c")
    assert page.evaluate("navigator.clipboard.readText()")[:20] in words
    page.keyboard.press("l")
    expect(finding.locator(".say")).not_to_have_text(words)
    page.keyboard.press("n")
    expect(page.get_by_text("Not blame, you said.")).to_be_visible()
    page.keyboard.press("n")
    expect(finding).to_be_visible()
    page.reload()
    expect(page.get_by_text("Drop a transcript here")).to_be_visible()


def test_a_read_transcript_serves_everybody(visit: Visit) -> None:
    page = visit("transcript", reduced_motion="reduce")
    _give(page)
    expect(page.get_by_role("heading", name="Voices")).to_be_visible()
    page.keyboard.press("j")
    settled(page)
    assert_axe_finds_nothing(page)
    assert_nothing_is_lost(page, [(1024, 768), (390, 844)])


def test_a_file_in_which_nobody_speaks_is_told_and_another_can_be_given(visit: Visit) -> None:
    page = visit("transcript", refused=True)
    _give(page, " \n")
    expect(page.get_by_role("alert")).to_contain_text("call.txt")
    page.get_by_role("button", name="Another file").click()
    expect(page.get_by_text("Drop a transcript here")).to_be_visible()


def test_a_question_finds_its_card_and_the_card_opens_its_evidence(visit: Visit) -> None:
    page = visit("answers")
    cards = page.get_by_role("region", name="Answer cards").get_by_role("article")
    expect(cards).to_have_count(10)
    page.keyboard.press("/")
    page.keyboard.type("why did nobody catch this sooner?")
    page.keyboard.press("Enter")
    expect(cards).to_have_count(1)
    expect(cards).to_contain_text("GatewayErrorRatioHigh fired at")
    page.keyboard.press("Escape")
    page.keyboard.press("e")
    expect(page.get_by_role("complementary", name="Evidence E")).to_be_focused()
    page.keyboard.press("Escape")
    page.keyboard.press("5")
    expect(cards).to_have_count(10)
    expect(page.get_by_role("article", name="Is it the same as last time?")).to_contain_text("Not known yet.")


def test_questions_stand_beside_their_event(visit: Visit) -> None:
    page = visit("questions")
    page.get_by_role("link", name="orders 1.8.0").first.click()
    detail = page.get_by_role("complementary", name="Selected event")
    expect(detail.get_by_role("heading", name="To ask in the meeting")).to_be_visible()
    expect(detail).to_contain_text("orders 1.8.0 show a reviewer")
