"""The room over HTTP and its channel: all see the same, none who voted what, and only those of the incident."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.incident import Incident, Severity
from secondstory.model.room import HandRaised, Room
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.usecases.people import change_role, invite, remove_member
from secondstory.usecases.room.lead import Asked, start_meeting
from secondstory.usecases.room.log import happen, room_now
from secondstory.web.app import build_app
from secondstory.web.door import CSRF_HEADER, Door
from secondstory.web.live.stage import Guest, Stage, news_of
from secondstory.wiring import open_world

from .conftest import BASE, PORT

OUTAGE, OTHER = "outage", "other"
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
ASKED = Asked("Checkout outage")


@dataclass
class Somebody:
    """A member's browser; `token` is who it is."""

    token: str
    client: TestClient
    loop: TestClient

    def room(self) -> Any:
        return self.client.get(f"/api/v1/incidents/{OUTAGE}/meeting/room").json()

    def does(self, verb: str, **act: object) -> Any:
        """An act that must be taken."""
        answer = self.tries(verb, **act)
        assert answer.is_success, answer.text
        return answer.json()

    def tries(self, verb: str, **act: object) -> Any:
        return self.client.post(f"/api/v1/incidents/{OUTAGE}/meeting/{verb}", json=act)

    def watches(self, incident: str = OUTAGE, what: str = "room") -> AbstractContextManager[WebSocketTestSession]:
        """The channel; all sockets of a test are in one loop, as in a server."""
        cookie = "; ".join(f"{name}={value}" for name, value in self.client.cookies.items())
        address = f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/meeting/{what}"
        return self.loop.websocket_connect(address, headers={"cookie": cookie, "origin": BASE})


@dataclass
class House:
    """An incident with a facilitator, a responder and an observer."""

    world: World
    app: FastAPI
    loop: TestClient

    def comes(self, name: str, role: Role, incident: str = OUTAGE) -> Somebody:
        client = TestClient(self.app, base_url=BASE, raise_server_exceptions=False)
        link = invite(LOCAL_OWNER, self.world, incident, role, timedelta(days=1)).link
        came = client.post("/api/v1/invitations/accept", json={"link": link, "name": name})
        client.headers[CSRF_HEADER] = client.get("/api/v1/session").json()["csrf"]
        return Somebody(came.json()["actor"], client, self.loop)


@dataclass
class Hands:
    """A clock that is set by hand."""

    at: datetime = BEGIN

    def now(self) -> datetime:
        return self.at


@contextmanager
def house_of(world: World) -> Iterator[House]:
    for incident in (OUTAGE, OTHER):
        window = Window(BEGIN, BEGIN + timedelta(minutes=1))
        world.incidents.save(Incident(incident, "Checkout outage", Severity.SEV2, "UTC", window, (incident,)))
    app = build_app(world, Door(LOCAL_OWNER, PORT), 8, lambda: None)
    with TestClient(app, base_url=BASE) as loop:
        yield House(world, app, loop)


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with open_world(Settings(data_dir=tmp_path)) as world, house_of(world) as house:
        yield house


def hear(socket: WebSocketTestSession, kind: str = "room") -> Any:
    """The next message of a kind."""
    while True:
        message = json.loads(socket.receive_text())
        if message["type"] == kind:
            return message


def silent_until(socket: WebSocketTestSession, whose: list[str]) -> None:
    """Listen until those are the ones who have not answered."""
    while [one["silent_by"] for one in part(socket, "consents")] != [whose]:
        pass


def once(socket: WebSocketTestSession, name: str, holds: Callable[[Any], bool]) -> Any:
    """A part as it is when it holds; the first message tells it too, which may come after what others did already."""
    while True:
        message = json.loads(socket.receive_text())
        if message["type"] in ("welcome", "room") and name in message["parts"] and holds(message["parts"][name]):
            return message["parts"][name]


def part(socket: WebSocketTestSession, name: str) -> Any:
    """The next news of a part."""
    while True:
        parts = hear(socket)["parts"]
        if name in parts:
            return parts[name]


def test_what_one_does_all_in_the_room_see_and_a_latecomer_is_told_where_it_is(house: House) -> None:
    lead, responder = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
    with lead.watches() as first, responder.watches() as second:
        assert hear(first, "welcome")["parts"]["clock"]["state"] == "waiting"
        assert hear(second, "welcome")["number"] == 0
        lead.does("start", title="Checkout outage")
        assert [part(one, "clock")["state"] for one in (first, second)] == ["live", "live"]
        responder.does("said", act="hand", up=True, about="the pool")
        for one in (first, second):
            (hand,) = part(one, "hands")
            assert (hand["actor"], hand["about"]) == (responder.token, "the pool")
        lead.does("led", act="show", subject="event/deploy/orders", place=2, of=7)
        shown = {"subject": "event/deploy/orders", "place": 2, "of": 7, "discussed": ["event/deploy/orders"]}
        assert part(second, "shown") == shown
        lead.does("led", act="step", box="timeline")
        assert part(second, "clock")["current"] == "timeline"
    late = house.comes("Cleo Park", Role.OBSERVER)
    with late.watches() as third:
        welcome = hear(third, "welcome")
        assert (welcome["you"], welcome["role"], welcome["leads"]) == (late.token, "observer", False)
        assert welcome["parts"]["shown"] == shown and welcome["seq"] >= 6
        assert welcome["catch_up"][0].startswith("The meeting ")  # in the first minute nothing else was missed
        came = welcome["parts"]["people"]
    assert {one["actor"] for one in came} == {lead.token, responder.token, late.token}
    assert lead.room()["parts"]["people"] == came, "those who left were there"


def test_no_name_comes_into_the_room_by_whatever_text(house: House) -> None:
    lead = house.comes("Ana Lind", Role.FACILITATOR)
    named = "Ana Lind starts"
    box = {"key": "open", "step": AgendaStep.OPENING.value, "title": named, "minutes": 5, "aims": [named]}
    lead.does("start", title=named, rule=named, boxes=[box])
    lead.does("said", act="hand", up=True, about=named)
    lead.does("said", act="tell", id="t-1", text=named, about=named)
    lead.does("led", act="poll", id="p-1", question=named, choices=[named, "no"])
    told = json.dumps(lead.room())
    assert "Ana" not in told and told.count(f"{lead.token} starts") >= 8
    blank = lead.tries("led", act="poll", id="p-2", question="Sure?", choices=["yes", " "])
    assert blank.status_code == 400 and "needs words" in blank.json()["detail"]


def test_who_voted_what_stays_untold_and_so_do_the_counts_of_few(house: House) -> None:
    lead = house.comes("Ana Lind", Role.FACILITATOR)
    voters = [house.comes(f"Voter {name}", Role.RESPONDER) for name in ("Aa", "Bb", "Cc")]
    lead.does("start")
    lead.does("led", act="poll", id="p1", question="Was this new to you?", choices=["yes", "no"])
    for place, voter in enumerate(voters):
        with voter.watches() as socket:
            hear(socket, "welcome")
            for choice in (0, 1):
                voter.does("said", act="vote", poll="p1", choice=choice)
                assert part(socket, "own")["votes"] == [{"poll": "p1", "choice": choice}]
        assert voter.room()["parts"]["own"] == {"votes": [{"poll": "p1", "choice": 1}], "consents": []}
        (poll,) = lead.room()["parts"]["polls"]
        assert (poll["answered"], poll["counts"]) == (place + 1, [0, 3] if place == 2 else None)
    assert lead.room()["parts"]["own"] == {"votes": [], "consents": []}
    lead.does("led", act="poll", id="p2", question="Are we confident?", choices=["yes", "no"])
    for voter in voters[:2]:
        voter.does("said", act="vote", poll="p2", choice=0)
    lead.does("led", act="close_poll", poll="p2")
    for who in (lead, voters[2]):
        few = who.room()["parts"]["polls"][-1]
        assert (few["is_open"], few["answered"], few["counts"]) == (False, 2, None), "two answers tell whose they are"
    typed = CliRunner(env={"SECONDSTORY_DATA_DIR": str(house.world.data_dir)})
    told = json.loads(typed.invoke(APP, ["meeting", "room", OUTAGE, "--json"]).stdout)
    assert [one["counts"] for one in told["parts"]["polls"]] == [[0, 3], None]
    assert voters[0].token not in json.dumps(told["parts"]["polls"])
    assert "fewer than three" in typed.invoke(APP, ["meeting", "room", OUTAGE]).stdout


def test_who_did_not_agree_is_told_to_facilitators_alone(house: House) -> None:
    lead, responder = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
    lead.does("start")
    with lead.watches() as first, responder.watches() as second:
        once(first, "people", lambda people: len(people) == 2)
        lead.does("led", act="ask_consent", what="captions")
        responder.does("said", act="consent", what="captions", yes=False)
        for socket, refused, silent in ((first, [responder.token], [lead.token]), (second, None, None)):
            (asked,) = once(socket, "consents", lambda asked: any(one["refused"] for one in asked))
            assert (asked["agreed"], asked["refused_by"], asked["silent_by"]) == (0, refused, silent)


def test_captions_do_not_wait_for_somebody_who_left_and_do_for_who_came_back(tmp_path: Path) -> None:
    clock = Hands()
    with open_world(Settings(data_dir=tmp_path)) as opened, house_of(replace(opened, clock=clock)) as house:
        lead, responder = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
        lead.does("start")
        with lead.watches() as socket:
            with responder.watches() as second:
                hear(second, "welcome")
                lead.does("led", act="ask_consent", what="captions")
                lead.does("said", act="consent", what="captions", yes=True)
                silent_until(socket, [responder.token])
            while hear(socket, "here")["people"] != [lead.token]:
                pass
            clock.at += timedelta(minutes=1)
            assert lead.tries("captions", cues=[{"text": "The queue was full."}]).status_code == 409
            clock.at += timedelta(minutes=1)
            silent_until(socket, [])
            assert lead.does("captions", cues=[{"text": "The queue was full."}])["heard"] == 1
            with responder.watches():
                silent_until(socket, [responder.token])
                assert lead.tries("captions", cues=[{"text": "And then."}]).status_code == 409


def test_what_is_sent_again_for_want_of_an_answer_counts_once(house: House) -> None:
    lead, responder = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
    lead.does("start")
    for _ in range(2):
        lead.does("led", act="poll", id="p1", question="New to you?", choices=["yes", "no"])
        responder.does("said", act="tell", id="m1", text="The pool was full at 10:02.")
    parts = lead.room()["parts"]
    assert (len(parts["polls"]), len(parts["told"])) == (1, 1)
    assert lead.tries("said", act="tell", id="m1", text="Mine.").status_code == 400


def test_what_another_process_lets_happen_is_told_too(house: House, tmp_path: Path) -> None:
    lead = house.comes("Ana Lind", Role.FACILITATOR)
    with lead.watches() as socket, open_world(Settings(data_dir=tmp_path)) as beside:
        hear(socket, "welcome")
        start_meeting(LOCAL_OWNER, beside, OUTAGE, ASKED)
        assert part(socket, "clock")["title"] == "Checkout outage"
        happen(LOCAL_OWNER, beside, OUTAGE, HandRaised("the pool"))
        assert part(socket, "hands")[0]["actor"] == "owner"


def test_two_processes_and_two_facilitators_write_one_log_without_a_hole(house: House, tmp_path: Path) -> None:
    start_meeting(LOCAL_OWNER, house.world, OUTAGE, ASKED)
    ana, bo = (Actor(name, roles=((OUTAGE, Role.FACILITATOR),)) for name in ("facilitator-1", "facilitator-2"))
    with open_world(Settings(data_dir=tmp_path)) as beside:
        seqs = []
        for turn in range(10):
            seqs += [happen(ana, house.world, OUTAGE, HandRaised(f"{turn}")).seq]
            seqs += [happen(bo, beside, OUTAGE, HandRaised(f"{turn}")).seq]
        assert seqs == list(range(2, 22))
        assert room_now(beside, OUTAGE) == room_now(house.world, OUTAGE)


def test_roles_do_what_is_theirs(house: House) -> None:
    lead, responder = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
    observer = house.comes("Cleo Park", Role.OBSERVER)
    assert responder.tries("start").status_code == 403
    lead.does("start")
    for somebody in (responder, observer):
        assert somebody.tries("led", act="step", box="timeline").status_code == 403
        assert somebody.tries("end").status_code == 403
    assert observer.tries("said", act="hand", up=True).status_code == 403
    responder.does("said", act="hand", up=True)
    lead.does("led", act="lower", whose=responder.token)
    lead.does("led", act="ask_consent", what="captions")
    observer.does("said", act="consent", what="captions", yes=True)  # the others wait for it
    assert lead.room()["parts"]["hands"] == []
    lead.does("end")
    assert responder.tries("said", act="hand", up=True).json()["detail"] == "The meeting is over."


def test_a_member_of_another_incident_gets_no_channel_and_who_is_taken_out_loses_it(house: House) -> None:
    stranger, responder = house.comes("Kim Vale", Role.FACILITATOR, OTHER), house.comes("Ben Roth", Role.RESPONDER)
    for incident in (OUTAGE, "no-such-incident"):
        with pytest.raises(WebSocketDisconnect), stranger.watches(incident):
            pass
    assert stranger.client.get(f"/api/v1/incidents/{OUTAGE}/meeting/room").status_code == 403
    start_meeting(LOCAL_OWNER, house.world, OUTAGE, ASKED)
    with responder.watches() as socket:
        hear(socket, "welcome")
        change_role(LOCAL_OWNER, house.world, OUTAGE, responder.token, Role.FACILITATOR)
        assert hear(socket, "rights") == {"type": "rights", "role": "facilitator", "leads": True}
        remove_member(LOCAL_OWNER, house.world, OUTAGE, responder.token)
        with pytest.raises(WebSocketDisconnect) as shut:
            hear(socket, "never")
    assert shut.value.code == 4403


def test_a_stream_of_captions_is_of_who_leads_and_of_one_meeting(house: House) -> None:
    lead, guest = house.comes("Ana Lind", Role.FACILITATOR), house.comes("Ben Roth", Role.RESPONDER)
    lead.does("start")
    charge = "00:01.000 --> 00:04.000\nSomebody should be fired.\n"
    lead.does("captions", text="WEBVTT\n\n", stream="s")
    assert guest.tries("captions", text="NOTE from somebody else\n", stream="s").status_code == 403
    assert lead.does("captions", text=f"{charge}\n", stream="s")["heard"] == 1
    lead.does("captions", text=charge.replace("01", "11"), stream="s")
    lead.does("end")
    lead.does("start")
    assert lead.does("captions", text="\n", stream="s", ends=True)["heard"] == 0, "half a cue of the meeting before"


def test_who_leads_no_more_loses_the_rail(house: House) -> None:
    lead = house.comes("Ana Lind", Role.FACILITATOR)
    lead.does("start")
    with lead.watches(what="rail") as socket:
        hear(socket, "rail")
        change_role(LOCAL_OWNER, house.world, OUTAGE, lead.token, Role.SCRIBE)
        with pytest.raises(WebSocketDisconnect) as shut:
            hear(socket, "never")
    assert shut.value.code == 4403
    with pytest.raises(WebSocketDisconnect), lead.watches(what="rail"):
        pass


def test_a_page_that_says_something_on_the_channel_is_shut_out(house: House) -> None:
    lead = house.comes("Ana Lind", Role.FACILITATOR)
    with lead.watches() as socket:
        socket.send_text('{"act":"hand","up":true}')
        with pytest.raises(WebSocketDisconnect) as shut:
            hear(socket, "never")
    assert shut.value.code == 4400


def test_a_page_that_was_held_up_is_told_the_time_of_its_own_message() -> None:
    stage = Stage()
    stage.take(news_of(Room(1), None))
    guests = [Guest("inc", LOCAL_OWNER, secret) for secret in ("a", "b")]
    told = [stage.news(one, BEGIN + timedelta(seconds=late))[0] for one, late in zip(guests, (0, 30), strict=True)]
    assert [datetime.fromisoformat(json.loads(one)["now"]).second for one in told] == [0, 30]


def test_pages_that_are_equally_far_share_one_message() -> None:
    stage = Stage()
    stage.take(news_of(Room(1), None))
    first, second = (stage.news(Guest("inc", LOCAL_OWNER, secret), BEGIN)[0] for secret in ("a", "b"))
    assert first is second, "hundreds of pages hold hundreds of copies of a board that grows"
    stage.take(news_of(replace(Room(1), seq=1, rule="We ask how."), Room(1)))
    later = stage.news(Guest("inc", LOCAL_OWNER, "c"), BEGIN)[0]
    assert json.loads(later)["seq"] == 1 and "We ask how." in later
