"""The live channel: what is said arrives once and in order, whoever wrote it; who is there; who is shut out."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.decision import Contribution, ContributionKind
from secondstory.ports import World

from .conftest import BASE, Browser, visit


def said(world: World, incident: str, number: int, actor: str = "responder-2") -> None:
    world.ledger.append(
        Contribution(
            f"contribution-{number:03}",
            incident,
            "event/a",
            ContributionKind.STAR,
            "",
            actor,
            datetime(2026, 1, 1, tzinfo=UTC),
        )
    )


@contextmanager
def following(browser: Browser, incident: str, since: int = 0, **headers: str) -> Iterator[WebSocketTestSession]:
    address = f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/live?since={since}"
    with browser.client.websocket_connect(address, headers=headers) as socket:
        yield socket


def until(socket: WebSocketTestSession, kind: str) -> Any:
    while True:
        message = json.loads(socket.receive_text())
        if message["type"] == kind:
            return message


def changes(socket: WebSocketTestSession, last: int) -> list[int]:
    seen: list[int] = []
    while not seen or seen[-1] < last:
        seen += [one["seq"] for one in until(socket, "changes")["changes"]]
    return seen


def test_what_is_said_arrives_once_and_in_order_also_after_the_connection_was_lost(own_browser: Browser) -> None:
    world, incident = own_browser.world, own_browser.world.incidents.visible_to(LOCAL_OWNER)[0].id
    for number in range(1, 4):
        said(world, incident, number)
    with following(own_browser, incident) as socket:
        assert until(socket, "welcome")["head"] == 3
        assert changes(socket, 3) == [1, 2, 3]
        for number in range(4, 700):
            said(world, incident, number)  # beside the app, as another process does
        assert changes(socket, 699) == list(range(4, 700))
    said(own_browser.app.state.world, incident, 700)
    with following(own_browser, incident, 699) as socket:
        (change,) = until(socket, "changes")["changes"]
        assert (change["seq"], change["subject"], change["kind"], change["actor"]) == (
            700,
            "event/a",
            "star",
            "responder-2",
        )
        assert "text" not in change
    page = own_browser.get(f"/incidents/{incident}/ledger", since=690, limit=4)
    assert [one["seq"] for one in page["entries"]] == [691, 692, 693, 694]  # type: ignore[attr-defined]  # JSON
    assert (page["next_since"], page["head"]) == (694, 700)
    assert own_browser.get(f"/incidents/{incident}/ledger", since=694)["next_since"] is None


def test_those_who_have_the_incident_open_are_told_by_token_and_page(browser: Browser, incident: str) -> None:
    with browser.client, following(browser, incident) as first:  # both sockets in one loop, as in a server
        assert until(first, "welcome")["present"] == [{"actor": "owner", "page": ""}]
        with following(browser, incident) as second:
            second.send_text('{"page":"timeline"}')
            present = until(first, "presence")["present"]
            while len(present) < 2 or not present[-1]["page"]:
                present = until(first, "presence")["present"]
            assert present == [{"actor": "owner", "page": ""}, {"actor": "owner", "page": "timeline"}]
        while len(present) > 1:
            present = until(first, "presence")["present"]


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "evil.example"},
        {"origin": "http://evil.example"},
        {"origin": "http://127.0.0.1:1"},
        {"cookie": "secondstory_8123=guess"},
    ],
)
def test_a_socket_from_elsewhere_is_refused(browser: Browser, incident: str, headers: dict[str, str]) -> None:
    if "cookie" in headers:
        browser.client.cookies.clear()
    with pytest.raises(WebSocketDisconnect), following(browser, incident, **headers):
        pass


def test_who_may_not_read_the_incident_is_not_told_whether_it_is_there(browser: Browser, incident: str) -> None:
    stranger = visit(browser.world, Actor("responder-9", roles=(("another", Role.RESPONDER),)))
    for one in (incident, "no-such-incident"):
        with pytest.raises(WebSocketDisconnect), following(stranger, one):
            pass
    assert stranger.client.get(f"/api/v1/incidents/{incident}/ledger").status_code == 403


def test_who_has_another_role_is_told_within_a_moment(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("observer-2", roles=((incident, Role.OBSERVER),)))
    with following(guest, incident) as socket:
        until(socket, "welcome")
        guest.app.state.door.actor = replace(guest.door.actor, roles=((incident, Role.SCRIBE),))
        assert until(socket, "rights")["role"] == "scribe"


def test_who_may_no_longer_read_it_is_shut_out_within_a_moment(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("responder-2", roles=((incident, Role.RESPONDER),)))
    with following(guest, incident) as socket:
        until(socket, "welcome")
        guest.app.state.door.actor = replace(guest.door.actor, roles=())
        with pytest.raises(WebSocketDisconnect) as shut:
            until(socket, "never")
    assert shut.value.code == 4403


@pytest.mark.parametrize("message", ["no JSON", '{"page":"<b>"}', '{"page":1}', '{"page":"a","more":1}'])
def test_a_page_that_sends_what_nobody_knows_is_shut_out(browser: Browser, incident: str, message: str) -> None:
    with following(browser, incident) as socket:
        socket.send_text(message)
        with pytest.raises(WebSocketDisconnect) as shut:
            until(socket, "never")
    assert shut.value.code == 4400
