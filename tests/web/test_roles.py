"""Every route for every role, from the route table and roles.txt; a route that is not listed there fails."""

import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from hashlib import sha256
from io import BytesIO
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocketDisconnect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.model.people import Invitation, Member, SignIn
from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.jobs import handlers, submit_analysis, submit_import
from secondstory.usecases.people import invite
from secondstory.usecases.uploads import keep_upload
from secondstory.web.app import SUBJECTS, build_app, described_app
from secondstory.web.door import CSRF_HEADER, Door, csrf_of
from secondstory.web.guard import API
from secondstory.wiring import open_world

from .conftest import BASE, PORT
from .roles import EVERYBODY, NAMES, Row, rows

MEMBERS = {"F": Role.FACILITATOR, "S": Role.SCRIBE, "R": Role.RESPONDER, "E": Role.EXECUTIVE, "B": Role.OBSERVER}
ROWS = rows()
OTHER = "another-incident"
DAY = timedelta(days=1)
LINE = b'{"time":"2026-03-01T12:00:01Z","msg":"done","app":"orders"}\n'
UNFIT = (405, 413, 415, 422, 429)


@dataclass(frozen=True)
class House:
    """A demo with a member in each role, and one in another incident."""

    world: World
    app: FastAPI
    door: Door
    owner_secret: str
    names: dict[str, str]

    def browser(self, sign: str) -> TestClient:
        """A browser of the role of this column, which came in a moment ago."""
        client = TestClient(self.app, base_url=BASE, raise_server_exceptions=False)
        if sign == "O":
            client.cookies.set(self.door.cookie_name, self.owner_secret)
            client.headers[CSRF_HEADER] = self.door.csrf
        elif sign != "N":
            secret = self._let_in(sign)
            client.cookies.set(self.door.cookie_name, secret)
            client.headers[CSRF_HEADER] = csrf_of(secret)
        return client

    def named(self, row: Row) -> dict[str, str]:
        """What the placeholders of this row stand for: a fresh link or job where it uses one up."""
        incident, names = self.names["incident"], dict(self.names)
        if "{link}" in row.body:
            names["link"] = invite(LOCAL_OWNER, self.world, incident, Role.OBSERVER, DAY).link
        if "/jobs/{job}" in row.path:
            names["job"] = submit_analysis(LOCAL_OWNER, self.world, incident, refresh=False).id
        return names

    def _let_in(self, sign: str) -> str:
        incident, person, now = self.names["incident"], f"person-{sign}", self.world.clock.now()
        where, role = (incident, MEMBERS[sign]) if sign in MEMBERS else (OTHER, Role.FACILITATOR)
        if where == OTHER:
            self.world.members.remove(incident, person)
        invitation = Invitation(self.world.ids.new("invitation"), where, role, person, "owner", now, now + DAY)
        self.world.invitations.save(invitation)
        secret = secrets.token_urlsafe(8)
        sign_in = SignIn(sha256(secret.encode()).hexdigest(), person, now, now + DAY)
        used = replace(invitation, accepted_by=person)
        assert self.world.sign_ins.accept(used, Member(where, person, role, now), sign_in)
        return secret


@pytest.fixture(scope="module")
def house(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("roles") / "data"))
    with open_world(Settings(data_dir=folder)) as world:
        incident = world.incidents.visible_to(LOCAL_OWNER)[0]
        world.incidents.save(replace(incident, id=OTHER, title="Another"))
        upload = keep_upload(LOCAL_OWNER, world, [("app.jsonl", BytesIO(LINE))])
        job = submit_import(LOCAL_OWNER, world, ImportRequest(upload, "uploaded"))
        world.worker.run_until_idle(handlers(LOCAL_OWNER, world))
        door = Door(LOCAL_OWNER, PORT)
        secret = door.enter(door.invitation().partition("token=")[2]) or ""
        names = {**NAMES, "incident": incident.id, "job": job.id}
        yield House(world, build_app(world, door, 8, lambda: None), door, secret, names)


def routes() -> set[str]:
    """Every operation of the API, and every WebSocket."""
    described = described_app().openapi()["paths"]
    every = [route for subject in SUBJECTS for route in subject.ROUTER.routes]
    sockets = {f"WS {API}{route.path}" for route in every if isinstance(route, WebSocketRoute)}
    return sockets | {f"{method.upper()} {path}" for path, operations in described.items() for method in operations}


def test_the_table_lists_every_route_and_no_other() -> None:
    listed = [row.label for row in ROWS]
    assert set(listed) == routes(), "add or remove lines in tests/web/roles.txt; its head says how"
    assert len(listed) == len(set(listed)) >= 40


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_each_role_is_answered_or_refused_as_the_table_says(house: House, row: Row) -> None:
    seen = {sign: answered(house, row, sign) for sign in EVERYBODY}
    told = "".join(sign if seen[sign] else "." for sign in EVERYBODY)
    assert told == "".join(sign if sign in row.who else "." for sign in EVERYBODY)


def answered(house: House, row: Row, sign: str) -> bool:
    """Whether the role is answered; a refusal must be the right one, and a problem that says what to do."""
    names, browser = house.named(row), house.browser(sign)
    if row.method == "WS":
        return connected(browser, row.address(names))
    answer = browser.request(row.method, row.address(names), **row.content(names))
    status = answer.status_code
    assert status < 500 and status not in UNFIT, answer.text
    if status >= 400:
        problem = answer.json()
        assert answer.headers["content-type"] == "application/problem+json"
        assert problem["status"] == status and problem["detail"] and problem["next"], problem
    if status == 401:
        assert sign == "N" or not row.who  # what nobody enters by a cookie
    is_own = "{job}" in row.path  # a job that one may not see is not there
    return status not in ((401, 403, 404) if is_own else (401, 403))


def connected(browser: TestClient, address: str) -> bool:
    """Whether the WebSocket is opened to this browser."""
    try:
        with browser.websocket_connect(BASE.replace("http", "ws", 1) + address, headers={"Origin": BASE}):
            return True
    except WebSocketDisconnect:
        return False
