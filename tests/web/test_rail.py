"""The rail over HTTP and WebSocket: for facilitators alone, and captions in pieces."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Box, Consent, ConsentAsked, Joined, Started
from secondstory.usecases.room.log import begin, happen
from secondstory.usecases.room.rail_view import RailView, rail_of
from secondstory.web.live.channel import FULL
from secondstory.web.live.rail import RailHub

from .conftest import BASE, Browser, visit

CHARGE = "00:01.000 --> 00:04.000\n<v Emil>Somebody should be fired for this outage.\n\n"


@contextmanager
def rail(browser: Browser, incident: str) -> Iterator[WebSocketTestSession]:
    address = f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/meeting/rail"
    with browser.client.websocket_connect(address) as socket:
        yield socket


def until_card(socket: WebSocketTestSession, *, there: bool) -> Any:
    while True:
        told = json.loads(socket.receive_text())["rail"]
        if (told["card"] is not None) is there:
            return told


@pytest.fixture
def incident(own_browser: Browser) -> str:
    one = own_browser.world.incidents.visible_to(LOCAL_OWNER)[0].id
    started = Started("Post-mortem", (Box("open", AgendaStep.OPENING, "Opening", 5),), "We ask how.")
    begin(LOCAL_OWNER, own_browser.world, one, started)
    return one


def post(browser: Browser, incident: str, what: str, body: dict[str, object]) -> Any:
    return browser.client.post(f"/api/v1/incidents/{incident}/meeting/{what}", json=body)


def test_a_piece_of_captions_becomes_a_card_that_one_act_takes_away(own_browser: Browser, incident: str) -> None:
    with own_browser.client, rail(own_browser, incident) as socket:
        text = f"WEBVTT\n\n{CHARGE}"
        for piece in (text[:40], text[40:]):
            answer = post(own_browser, incident, "captions", {"text": piece, "stream": "s"})
            assert answer.status_code == 200, answer.text
        assert answer.json() == {"heard": 1, "repeated": 0, "unread": 0}
        card = until_card(socket, there=True)["card"]
        assert card["text"] == "Somebody should be fired for this outage."
        done = post(own_browser, incident, "rail", {"does": {"act": "dismissed", "cue": card["cue"]}})
        assert done.json()["card"] is None
        until_card(socket, there=False)


def test_nobody_but_who_leads_gets_the_rail_or_an_answer_about_it(own_browser: Browser, incident: str) -> None:
    assert post(own_browser, incident, "captions", {"text": f"WEBVTT\n\n{CHARGE}"}).json()["heard"] == 1
    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        guest = visit(own_browser.world, Actor(f"{role.value}-9", roles=((incident, role),)))
        with pytest.raises(WebSocketDisconnect), rail(guest, incident):
            pass
        answer = guest.client.get(f"/api/v1/incidents/{incident}/meeting/rail")
        assert answer.status_code == 403 and "fired" not in answer.text
        assert post(guest, incident, "rail", {"does": {"act": "used", "cue": 1}}).status_code == 403


def test_a_watch_that_fails_ends_its_pages_so_that_they_come_back_to_another(
    own_browser: Browser, incident: str
) -> None:
    sound = rail_of(LOCAL_OWNER, own_browser.world, incident)
    views = iter((None, sound))

    def look(_incident: str) -> RailView:
        view = next(views, sound)
        if view is None:
            raise RuntimeError("cannot be read")
        return view

    own_browser.app.state.rails = RailHub(look)
    with own_browser.client:
        with pytest.raises(RuntimeError), rail(own_browser, incident) as socket:
            socket.receive_text()
        with rail(own_browser, incident) as socket:
            assert json.loads(socket.receive_text())["rail"]["is_live"]


def test_so_many_pages_follow_a_rail_and_no_more(own_browser: Browser, incident: str) -> None:
    world = own_browser.world
    own_browser.app.state.rails = RailHub(lambda one: rail_of(LOCAL_OWNER, world, one), most_pages=1)
    with own_browser.client, rail(own_browser, incident) as first:
        assert json.loads(first.receive_text())["type"] == "rail"
        with rail(own_browser, incident) as second:
            assert second.receive()["code"] == FULL


def test_a_stream_without_an_end_is_given_up(own_browser: Browser, incident: str) -> None:
    answer = post(own_browser, incident, "captions", {"text": "word " * 30_000, "stream": "s"})
    assert answer.status_code == 400 and "150000 characters" in answer.json()["detail"]
    assert post(own_browser, incident, "captions", {"text": f"WEBVTT\n\n{CHARGE}", "stream": "s"}).json()["heard"] == 1


def test_a_refusal_says_who_has_not_agreed(own_browser: Browser, incident: str) -> None:
    happen(LOCAL_OWNER, own_browser.world, incident, ConsentAsked(Consent.CAPTIONS))
    guest = Actor("responder-2", roles=((incident, Role.RESPONDER),))
    happen(guest, own_browser.world, incident, Joined(Role.RESPONDER))
    answer = post(own_browser, incident, "captions", {"text": f"WEBVTT\n\n{CHARGE}"})
    assert answer.status_code == 409 and "responder-2" in answer.json()["detail"]


def test_an_answer_of_the_rail_is_kept_nowhere(own_browser: Browser, incident: str) -> None:
    post(own_browser, incident, "captions", {"text": f"WEBVTT\n\n{CHARGE}"})
    own_browser.client.headers["Idempotency-Key"] = "k1"
    answer = post(own_browser, incident, "rail", {"does": {"act": "dismissed", "cue": 1}})
    assert answer.headers["cache-control"] == "no-store"
    again = post(own_browser, incident, "rail", {"does": {"act": "dismissed", "cue": 1}})
    assert "Idempotent-Replayed" not in again.headers
    audit = own_browser.client.get(f"/api/v1/incidents/{incident}/audit").text
    assert "meeting/rail" not in audit and "meeting/captions" not in audit
