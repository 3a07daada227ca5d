"""The timeline over HTTP: what a person says holds at once, is kept with its history, and needs the right to say it."""

from collections.abc import Callable
from typing import Any

import pytest

from secondstory.model.actor import Actor, Role
from secondstory.web.door import CSRF_HEADER

from .conftest import Browser, visit

WHEN = {"start": "2026-11-21T10:50:00Z", "end": "2026-11-21T10:52:00Z", "zone": "Europe/Berlin"}
TOLD = {"when": WHEN, "title": "I had the pool panel open", "service": "orders", "told_by": "responder-2"}


def at(incident: str, part: str = "") -> str:
    return f"/api/v1/incidents/{incident}/timeline{part}"


def post(browser: Browser, incident: str, part: str, body: object, status: int = 201) -> Any:
    answer = browser.client.post(at(incident, part), json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def now(browser: Browser, incident: str) -> Any:
    return browser.get(f"/incidents/{incident}/timeline")


def document(browser: Browser, incident: str) -> Any:
    return browser.get(f"/incidents/{incident}/documents/timeline")["body"]


def titled(events: Any, title: str) -> Any:
    return next(one for one in events if one["title"] == title)


def test_what_is_said_holds_at_once_and_is_taken_back_without_a_trace(own_browser: Browser, incident: str) -> None:
    before = now(own_browser, incident)
    assert (before["changed"], before["gone"], before["in_document"]) == ([], [], True)
    events = document(own_browser, incident)["events"]
    deploy, code = titled(events, "orders 1.8.0"), events[2]["key"]
    chats = [one for one in events if one["kind"] == "chat"]
    said = [
        post(own_browser, incident, "/events", TOLD),
        post(own_browser, incident, "/edits", {"event": deploy["key"], "title": "orders 1.8.0 went out"}),
        post(own_browser, incident, "/hidden", {"event": chats[0]["key"], "why": "A joke."}),
        post(own_browser, incident, "/merges", {"event": code, "into": deploy["key"]}),
        post(own_browser, incident, "/notes", {"event": deploy["key"], "text": "The first of two."}),
        post(own_browser, incident, "/links", {"message": chats[1]["key"], "subject": deploy["key"]}),
        post(own_browser, incident, "/skews", {"source": "alert", "seconds": -40}),
        post(
            own_browser,
            incident,
            "/milestones",
            {"milestone": "diagnosed", "start": WHEN["start"], "end": WHEN["end"], "event": deploy["key"]},
        ),
    ]
    then = now(own_browser, incident)
    assert then["in_document"] is False
    changed = titled(then["changed"], "orders 1.8.0 went out")
    assert changed["amended"]["merged"] == [code] and changed["amended"]["linked"] == [chats[1]["key"]]
    assert changed["amended"]["notes"][0]["text"] == "The first of two."
    told = titled(then["changed"], TOLD["title"])
    assert told["amended"]["told_by"] == "responder-2" and told["amended"]["confirmed"] is False
    assert set(then["gone"]) == {chats[0]["key"], code}
    assert {one["why"] for one in then["aside"]} == {"A joke.", ""}
    diagnosed = next(one for one in then["milestones"] if one["kind"] == "diagnosed")
    assert diagnosed["event_key"] == deploy["key"] and diagnosed["moment"]["provenance"] == "decided"
    assert next(one for one in then["clocks"] if one["source"] == "alert")["seconds"] == -40
    history: Any = own_browser.get(f"/incidents/{incident}/timeline/history", event=deploy["key"])
    assert history["found"]["title"] == "orders 1.8.0" and history["versions"][-1]["title"] == "orders 1.8.0 went out"
    for one in reversed(said):
        assert own_browser.client.delete(at(incident, f"/decisions/{one['id']}")).status_code == 200
    after = now(own_browser, incident)
    assert (after["changed"], after["gone"], after["aside"]) == ([], [], [])
    assert after["milestones"] == before["milestones"]


def test_the_next_analysis_brings_it_into_the_document_and_the_report(own_browser: Browser, incident: str) -> None:
    post(own_browser, incident, "/events", TOLD)
    chat = next(one for one in document(own_browser, incident)["events"] if one["kind"] == "alert")
    post(own_browser, incident, "/hidden", {"event": chat["key"], "why": "It fired twice."})
    assert own_browser.client.post(f"/api/v1/incidents/{incident}/analyse", json={}).status_code == 202
    own_browser.work()
    then = now(own_browser, incident)
    assert then["in_document"] is True and then["changed"] == []
    body = document(own_browser, incident)
    assert titled(body["events"], TOLD["title"]) and body["aside"][0]["event"]["key"] == chat["key"]
    report = own_browser.client.get(f"/api/v1/incidents/{incident}/report.md").text
    row = next(line for line in report.splitlines() if TOLD["title"] in line)
    assert "told by responder-2, not confirmed yet" in row


def test_stars_and_calls_to_dig_are_each_persons_own(own_browser: Browser, incident: str) -> None:
    key = document(own_browser, incident)["events"][0]["key"]
    other = visit(own_browser.world, Actor("observer-9", roles=((incident, Role.RESPONDER),)))
    for browser in (own_browser, other):
        post(browser, incident, "/toggles", {"event": key, "kind": "star"})
    post(other, incident, "/toggles", {"event": key, "kind": "dig_here"})
    raised = {"subject": key, "stars": 2, "digs": 1, "my_star": True, "my_dig": False}
    assert now(own_browser, incident)["raised"] == [raised]
    post(own_browser, incident, "/toggles", {"event": key, "kind": "star", "on": False})
    assert now(own_browser, incident)["raised"] == [raised | {"stars": 1, "my_star": False}]


def test_only_the_teller_confirms_and_may_correct_their_own_account(own_browser: Browser, incident: str) -> None:
    told = post(own_browser, incident, "/events", TOLD)["subject"]
    teller = visit(own_browser.world, Actor("responder-2", roles=((incident, Role.RESPONDER),)))
    another = visit(own_browser.world, Actor("responder-1", roles=((incident, Role.RESPONDER),)))
    assert now(teller, incident)["asked"] == [told] and now(another, incident)["asked"] == []
    refused = post(another, incident, "/confirmations", {"event": told}, 403)
    assert "responder-2" in refused["detail"]
    post(own_browser, incident, "/confirmations", {"event": told}, 403)
    post(another, incident, "/edits", {"event": told, "title": "I saw it all"}, 403)
    denied = {"event": told, "why": "I was not there."}
    post(another, incident, "/hidden", denied, 403)
    post(teller, incident, "/hidden", {"event": "event/deploy/orders", "why": "Not mine."}, 403)
    hidden = post(teller, incident, "/hidden", denied)
    assert [one["event"]["key"] for one in now(own_browser, incident)["aside"]] == [told]
    own_browser.client.delete(f"/api/v1/incidents/{incident}/timeline/decisions/{hidden['id']}")
    post(teller, incident, "/edits", {"event": told, "title": "The panel was open, scaled to 5,000"})
    assert now(teller, incident)["asked"] == []
    confirmed = titled(now(own_browser, incident)["changed"], "The panel was open, scaled to 5,000")
    assert confirmed["amended"]["confirmed"] is True
    post(teller, incident, "/confirmations", {"event": told}, 400)
    own = {key: value for key, value in TOLD.items() if key != "told_by"} | {"title": "I rolled back"}
    post(another, incident, "/events", own)
    mine = titled(now(another, incident)["changed"], "I rolled back")
    assert (mine["amended"]["told_by"], mine["amended"]["confirmed"]) == ("responder-1", True)


def test_a_correction_is_previewed_before_it_is_accepted(browser: Browser, incident: str) -> None:
    systems = [one for one in now(browser, incident)["clocks"] if one["source"].startswith("deploy/")]
    for one in systems:
        alone: Any = browser.get(f"/incidents/{incident}/timeline/skew", source=one["source"], seconds=3)
        assert alone["moved_count"] == one["events"]
    seen: Any = browser.get(f"/incidents/{incident}/timeline/skew", source="alert", seconds=-40)
    assert seen["moved_count"] == len(seen["moved"]) > 0
    assert {one["kind"] for one in seen["milestones"]} >= {"detected"}
    assert seen["overtaken_count"] >= len(seen["overtaken"]) > 0
    assert now(browser, incident)["clocks"] and all(one["seconds"] == 0 for one in now(browser, incident)["clocks"])


@pytest.mark.parametrize(
    ("part", "body", "status"),
    [
        ("/events", TOLD | {"told_by": "Ana Kovač"}, 400),
        ("/events", TOLD | {"when": WHEN | {"zone": "Mars/Olympus"}}, 400),
        ("/events", TOLD | {"when": WHEN | {"end": "2026-11-21T10:00:00Z"}}, 400),
        ("/events", TOLD | {"title": " "}, 400),
        ("/edits", {"event": "occurrence/gone", "title": "x"}, 404),
        ("/hidden", {"event": "occurrence/gone", "why": "x"}, 404),
        ("/skews", {"source": "sundial", "seconds": 3}, 400),
        ("/skews", {"source": "alert", "seconds": 1e8}, 400),
        ("/reattached", {"decision": "decision-0", "event": "occurrence/gone"}, 404),
        ("/milestones", {"milestone": "resolved", "start": WHEN["end"], "end": WHEN["start"]}, 400),
    ],
)
def test_what_cannot_be_taken_is_refused_with_the_next_step(
    browser: Browser, incident: str, part: str, body: object, status: int
) -> None:
    refused = post(browser, incident, part, body, status)
    assert refused["detail"] and refused["next"]


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.EXECUTIVE])
def test_who_may_not_decide_changes_nothing(letting_in: Callable[[Actor], Browser], incident: str, role: Role) -> None:
    one = letting_in(Actor(f"{role.value}-1", roles=((incident, role),)))
    key = document(one, incident)["events"][0]["key"]
    assert one.client.headers[CSRF_HEADER]
    for part, body in (
        ("/hidden", {"event": key, "why": "x"}),
        ("/edits", {"event": key, "title": "x"}),
        ("/notes", {"event": key, "text": "x"}),
        ("/skews", {"source": "alert", "seconds": 1}),
        ("/events", TOLD),
    ):
        post(one, incident, part, body, 403)
    assert now(one, incident)["may_decide"] is False


def test_a_name_that_is_typed_is_stored_as_a_role(own_browser: Browser, incident: str) -> None:
    token = own_browser.world.sealed.token("Ottilie Zimmerfeld", "responder")
    told = TOLD | {"title": "Ottilie Zimmerfeld looked at the pool", "body": "Ottilie Zimmerfeld saw it first."}
    key = post(own_browser, incident, "/events", told)["subject"]
    post(own_browser, incident, "/notes", {"event": key, "text": "Ottilie Zimmerfeld said so twice."})
    post(own_browser, incident, "/hidden", {"event": key, "why": "Ottilie Zimmerfeld told it again."})
    ledger = own_browser.world.ledger.decisions(incident)
    kept = " ".join(f"{one.text} {one.why}" for one in ledger)
    assert "Zimmerfeld" not in kept and kept.count(token) >= 4
