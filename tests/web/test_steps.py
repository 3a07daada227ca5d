"""Steps and clocks over HTTP."""

from datetime import timedelta
from typing import Any

from secondstory.model.window import format_time

from .conftest import Browser


def test_the_overview_and_the_list_tell_the_running_clock(browser: Browser, incident: str) -> None:
    seen: Any = browser.get(f"/incidents/{incident}")
    assert seen["clock"]["waits_for"] == "meeting" and seen["clock"]["since"] == seen["resolved_at"]
    listed: Any = browser.get("/incidents")
    assert listed["incidents"][0]["clock"] == seen["clock"]
    held: Any = browser.get(f"/incidents/{incident}/steps")
    assert [one["step"] for one in held["steps"] if one["done"]] == ["freeze", "draft"]
    assert held["time_zone"] == seen["time_zone"]


def test_a_meeting_that_ended_starts_the_clock_to_the_summary_and_nothing_is_stale(
    own_browser: Browser, incident: str
) -> None:
    path = f"/api/v1/incidents/{incident}/steps"
    now = own_browser.world.clock.now()
    ended = format_time(now - timedelta(minutes=10))
    held = own_browser.client.put(f"{path}/meeting/done", json={"at": ended}).json()
    assert [one["waits_for"] for one in held["clocks"]] == ["meeting", "summary"]
    seen: Any = own_browser.get(f"/incidents/{incident}")
    assert (seen["clock"]["waits_for"], seen["clock"]["since"]) == ("summary", ended)
    assert {stage["state"] for stage in seen["stages"]} == {"full"}
    ahead = own_browser.client.put(f"{path}/summary/done", json={"at": format_time(now + timedelta(hours=1))})
    assert ahead.status_code == 400 and "lies ahead" in ahead.json()["detail"]
    back = own_browser.client.delete(f"{path}/meeting").json()
    assert [one["waits_for"] for one in back["clocks"]] == ["meeting"]
    assert own_browser.client.delete(f"{path}/meeting").status_code == 404


def test_a_retrospective_has_no_clock_and_says_why(own_browser: Browser, incident: str) -> None:
    given = {"value": "retrospective", "why": "from two years ago"}
    assert own_browser.client.put(f"/api/v1/incidents/{incident}/record/mode", json=given).status_code == 200
    seen: Any = own_browser.get(f"/incidents/{incident}")
    assert (seen["clock"], seen["clocks_off"], seen["document_due"]) == (None, "retrospective", None)
