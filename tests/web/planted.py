"""Two incidents full of words that occur nowhere else, one of them restricted, and everybody who might see them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from io import BytesIO
from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient
from httpx import Response

from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.model.incident import Incident, Severity
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.jobs import handlers, submit_import
from secondstory.usecases.open_incident import described, open_by_hand
from secondstory.usecases.people import invite
from secondstory.usecases.uploads import keep_upload
from secondstory.web.app import build_app
from secondstory.web.door import CSRF_HEADER, Door

from .conftest import BASE, PORT

IN_ROOM = ("hand", "rule", "poll", "choice", "said")
PLACES = ("title", "told", "comment", "text", "action", "lesson", "log", "note", *IN_ROOM)
"""Where words are planted; each incident's begin with its animal: zebratitle."""
SPOKEN = "spoken"
"""What captions bring, for who leads alone: zebraspoken."""
OWN = "ownnotes"
"""What who leads wrote down for themselves, for their own eyes alone: zebraownnotes-owner, zebraownnotes-other."""
RESTRICTED, OPEN, OTHER = "zebra", "okapi", "other"
NAME, SECRET = "Quillfeather", "secretgiraffe"
BEGIN = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Asker:
    """Somebody who asks: which incident they are in and as what."""

    incident: str
    role: Role | None

    @property
    def label(self) -> str:
        """For the names of tests."""
        return f"{self.role.value} of {self.incident}" if self.role else self.incident

    def may_read(self, incident: str) -> bool:
        """Whether what is said there is for them."""
        return self == OWNER or self.incident == incident

    def may_hear(self, incident: str) -> bool:
        """Whether what the coach hears is for them."""
        return self.may_unseal(incident)

    def own(self, incident: str) -> str:
        """What they wrote down for themselves there, "" = nothing."""
        whose = "owner" if self == OWNER else "facilitator"
        return f"{incident}{OWN}-{whose}" if self.may_hear(incident) else ""

    def may_unseal(self, incident: str) -> bool:
        """Whether names of people are for them."""
        return self == OWNER or (self.incident == incident and self.role is Role.FACILITATOR)


OWNER, NOBODY, STRANGER = Asker("owner", None), Asker("nobody", None), Asker(OTHER, Role.FACILITATOR)
ASKERS = (OWNER, NOBODY, STRANGER, *(Asker(incident, role) for incident in (OPEN, RESTRICTED) for role in Role))


@dataclass(frozen=True)
class House:
    """The installation with what was planted, and a browser for each asker."""

    world: World
    app: FastAPI
    browsers: dict[Asker, TestClient]


def planted(world: World) -> House:
    """Plant everything by the doors that people use."""
    door = Door(LOCAL_OWNER, PORT)
    app = build_app(world, door, 8, lambda: None)
    owner = _browser(app)
    assert owner.get(door.invitation(), follow_redirects=False).status_code == 303
    owner.headers[CSRF_HEADER] = door.csrf
    for incident in (RESTRICTED, OPEN):
        _record(world, incident)
    window = Window(BEGIN, BEGIN + timedelta(minutes=1))
    world.incidents.save(Incident(OTHER, "Another", Severity.SEV2, "UTC", window, (OTHER,)))
    browsers = {OWNER: owner, NOBODY: _browser(app)}
    for asker in ASKERS:
        if asker.role is not None:
            browsers[asker] = _joined(world, app, asker)
    for incident in (RESTRICTED, OPEN):
        _say(world, (owner, browsers[Asker(incident, Role.FACILITATOR)]), incident)
    _given(owner.put(_of(RESTRICTED, "restriction"), json={"restricted": True, "why": "Personal data."}))
    return House(world, app, browsers)


def words_of(incident: str) -> tuple[str, ...]:
    """The words that were planted in an incident."""
    return tuple(incident + place for place in PLACES)


def _browser(app: FastAPI) -> TestClient:
    return TestClient(app, base_url=BASE, raise_server_exceptions=False)


def _of(incident: str, *parts: str) -> str:
    return "/".join(("/api/v1/incidents", incident, *parts))


def _record(world: World, incident: str) -> None:
    """Twenty minutes of logs in which something went wrong, with a secret and a name in them."""

    def line(second: int, level: str, words: str) -> str:
        at = (BEGIN + timedelta(seconds=second)).isoformat()
        return json.dumps({"time": at, "level": level, "msg": words, "app": "vault"})

    wrong = f"{incident}log the pool is exhausted password={SECRET}"
    lines = [line(second, "info", "done") for second in range(0, 1200, 4)]
    lines += [line(second, "error", wrong) for second in range(600, 900, 3)]
    upload = keep_upload(LOCAL_OWNER, world, [("app.jsonl", BytesIO("\n".join(sorted(lines)).encode()))])
    submit_import(LOCAL_OWNER, world, ImportRequest(upload, incident))
    world.worker.run_until_idle(handlers(LOCAL_OWNER, world))
    window = f"{BEGIN.isoformat()}/{(BEGIN + timedelta(minutes=20)).isoformat()}"
    open_by_hand(LOCAL_OWNER, world, described(incident, f"{incident}title", "SEV1", "UTC", window, incident))


def _joined(world: World, app: FastAPI, asker: Asker) -> TestClient:
    """Somebody who came in by an invitation, under a name that only the sealed map knows."""
    assert asker.role is not None
    browser = _browser(app)
    link = invite(LOCAL_OWNER, world, asker.incident, asker.role, DAY).link
    name = f"{asker.incident} {asker.role.value} {NAME}".title()
    token = _given(browser.post("/api/v1/invitations/accept", json={"link": link, "name": name}))["actor"]
    world.addresses.save(token, f"{token}@{NAME}.example")
    browser.headers[CSRF_HEADER] = browser.get("/api/v1/session").json()["csrf"]
    return browser


def _say(world: World, said_by: tuple[TestClient, TestClient], incident: str) -> None:
    """What people say there, each with a word of its own, and the name of somebody who is known."""
    name = f"{incident} Facilitator {NAME}".title()

    owner, other = said_by

    def post(path: str, **body: object) -> Any:
        return _given(owner.post(_of(incident, path), json=body))

    post("analyse")
    world.worker.run_until_idle(handlers(LOCAL_OWNER, world))
    when = {"start": BEGIN.isoformat()}
    post("timeline/events", when=when, title=f"{incident}told: {name} restarted it, password={SECRET}")
    members = _given(owner.get(_of(incident, "people")))["members"]
    post("comments", subject="event/x", text=f"{incident}comment of {name}, @{members[0]['actor']}")
    post("plan/actions", title=f"{incident}action for {name}")
    post("plan/lessons", kind="well", words=f"{incident}lesson from {name}")
    _meet(owner, incident, name)
    for leads, whose in ((owner, "owner"), (other, "facilitator")):
        body = {"text": f"{incident}{OWN}-{whose}", "version": 0}
        _given(leads.put(_of(incident, "meeting/rail/notes"), json=body, headers={"Idempotency-Key": "own"}))
    text = {"markdown": f"{incident}text is what we think *(opinion)*.", "base": ""}
    _given(owner.put(_of(incident, "text", "bluf"), json=text))
    post("review/steps", state="in_review")
    for check in _given(owner.get(_of(incident, "review")))["checks"]:
        if check["blocks"]:
            post("review/overrides", check=check["key"], why="Planted.")
    _given(other.post(_of(incident, "review/steps"), json={"state": "approved"}))
    post("versions", note=f"{incident}note for everybody")
    post("versions/1/letters")


def _meet(owner: TestClient, incident: str, name: str) -> None:
    """A meeting that is on."""
    choices = [f"{incident}choice of {name}", "Another."]
    acts: tuple[tuple[str, dict[str, object]], ...] = (
        ("start", {"title": f"Review by {name}", "rule": f"{incident}rule, {name}: what and how."}),
        ("said", {"act": "hand", "up": True, "about": f"{incident}hand for {name}"}),
        ("said", {"act": "tell", "id": "m1", "text": f"{incident}said {name}, password={SECRET}"}),
        ("led", {"act": "poll", "id": "p1", "question": f"{incident}poll on {name}?", "choices": choices}),
        ("said", {"act": "vote", "poll": "p1", "choice": 0}),
        (
            "captions",
            {"cues": [{"speaker": name, "text": f"{incident}{SPOKEN}: {name} should be fired, password={SECRET}"}]},
        ),
    )
    for verb, body in acts:
        _given(owner.post(_of(incident, "meeting", verb), json=body))


def _given(answer: Response) -> Any:
    assert answer.is_success, answer.text
    return answer.json()
