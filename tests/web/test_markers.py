"""Words planted everywhere in two incidents come out of no door to anybody whom they are not for.

Everybody asks everything: the addresses come from the route table (roles.txt), so that a new route is asked too.
"""

import json
import logging
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

import pytest
from fastapi.testclient import TestClient
from httpx import Response
from pypdf import PdfReader
from starlette.websockets import WebSocketDisconnect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Role
from secondstory.model.mail import LetterState, Sending
from secondstory.usecases.mail import deliver
from secondstory.usecases.text import read_text
from secondstory.web.routes.incidents import Kind
from secondstory.wiring import open_world

from .conftest import BASE
from .planted import (
    ASKERS,
    DAY,
    IN_ROOM,
    NAME,
    NOBODY,
    OPEN,
    OWN,
    OWNER,
    RESTRICTED,
    SECRET,
    SPOKEN,
    Asker,
    House,
    planted,
    words_of,
)
from .roles import NAMES, Row, rows

ROWS = rows()
READS = tuple(row for row in ROWS if row.method == "GET")
BOTH = (RESTRICTED, OPEN)
asked = pytest.mark.parametrize("asker", ASKERS, ids=lambda asker: asker.label)


class Heard(logging.Handler):
    """All that the installation writes to its log."""

    def __init__(self) -> None:
        super().__init__(logging.INFO)
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if not record.name.startswith("httpx"):  # the test's own client, which names whole addresses
            self.lines.append(self.format(record).lower())


@pytest.fixture(scope="module")
def heard() -> Iterator[Heard]:
    handler, root = Heard(), logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    yield handler
    root.setLevel(before)
    root.removeHandler(handler)


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, heard: Heard) -> Iterator[House]:
    with open_world(Settings(data_dir=tmp_path_factory.mktemp("planted"))) as world:
        yield planted(world)
    assert leaked(NOBODY, "\n".join(heard.lines)) == [], "the log tells nobody"


def test_what_who_leads_wrote_for_themselves_lies_on_no_disk_as_it_was_written(house: House) -> None:
    files = [path for path in house.world.data_dir.rglob("*") if path.is_file()]
    assert [path.name for path in files if OWN.encode() in path.read_bytes()] == []


def several(house: House, row: Row, incident: str) -> Iterator[str]:
    """The addresses of a row in an incident: of each document, section, form and piece of evidence, not of one."""
    name = next((name for name in ("kind", "section", "form", "evidence") if f"{{{name}}}" in row.path), None)
    known = {"kind": [kind.value for kind in Kind], "form": ["md", "html", "json", "pdf"]}
    if name == "section":
        known[name] = [one.key for one in read_text(LOCAL_OWNER, house.world, incident).sections]
    if name == "evidence":
        known[name] = [f"E{number:02d}" for number in range(1, 7)]
    for value in known[name] if name else [""]:
        yield row.address({**NAMES, "incident": incident, "alert": "none", **({name: value} if name else {})})


def told(answer: Response) -> str:
    """Everything that an answer says, in small letters: headers, text, and what is inside a packed file."""
    said = [str(answer.headers), answer.text]
    return "\n".join([*said, unpacked(answer.content)]).lower()


def unpacked(data: bytes) -> str:
    """The text inside of a file that holds it packed."""
    if data.startswith(b"%PDF"):
        return "\n".join(page.extract_text() for page in PdfReader(BytesIO(data)).pages)
    if not data.startswith(b"PK"):
        return ""
    with zipfile.ZipFile(BytesIO(data)) as packed:
        return "\n".join(packed.read(name).decode(errors="replace") for name in packed.namelist())


def leaked(asker: Asker, said: str, *, unsealed: bool = False) -> list[str]:
    """What of it is not for this asker."""
    hidden = [word for incident in BOTH if not asker.may_read(incident) for word in words_of(incident)]
    names = [] if unsealed else [NAME.lower()]
    heard = [incident + SPOKEN for incident in BOTH if not asker.may_hear(incident)]
    theirs = (f"{incident}{OWN}-{whose}" for incident in BOTH for whose in ("owner", "facilitator"))
    others = [word for word in theirs if word not in (asker.own(incident) for incident in BOTH)]
    return [word for word in (*hidden, *heard, *names, *others, SECRET) if word in said]


@asked
def test_no_page_of_the_api_tells_what_is_not_for_who_asks(house: House, asker: Asker) -> None:
    browser, everything = house.browsers[asker], []
    for incident in BOTH:
        for row in READS:
            for address in several(house, row, incident):
                said = told(browser.get(address))
                unsealed = row.path.endswith("/names") and asker.may_unseal(incident)
                assert leaked(asker, said, unsealed=unsealed) == [], address
                everything.append(said)
    seen = "\n".join(everything)
    for incident in BOTH:
        found = [word for word in words_of(incident) if word in seen]
        assert found == (list(words_of(incident)) if asker.may_read(incident) else [])
        assert (incident + SPOKEN in seen) == asker.may_hear(incident)
        own = asker.own(incident)
        assert not own or own in seen


@asked
def test_no_refusal_tells_what_is_not_for_who_asks(house: House, asker: Asker) -> None:
    browser = house.browsers[asker]
    for incident in (one for one in BOTH if not asker.may_read(one)):
        for row in ROWS:
            if row.method in ("POST", "PUT", "DELETE") and "{incident}" in row.path:
                names = {**NAMES, "incident": incident}
                answer = browser.request(row.method, row.address(names), **row.content(names))
                assert answer.status_code in (401, 403, 404), (row.label, answer.text)
                assert leaked(asker, told(answer)) == [], row.label
        played = browser.post("/api/v1/rehearsals", json={"room": "deploy", "incident": incident})
        assert leaked(asker, told(played)) == []


@asked
def test_search_and_the_list_count_nothing_that_is_not_for_who_asks(house: House, asker: Asker) -> None:
    browser = house.browsers[asker]
    for incident in BOTH:
        for word in (*words_of(incident), incident, SECRET, NAME):
            found = browser.get("/api/v1/search", params={"q": word, "limit": 100})
            listed = browser.get("/api/v1/incidents", params={"query": word})
            within = browser.get("/api/v1/search", params={"q": word, "incident": incident})
            for answer in (found, listed, within):
                assert leaked(asker, told(answer).replace(word, "")) == []
            if asker != NOBODY and (not asker.may_read(incident) or word in (SECRET, NAME)):
                page = found.json()
                assert (page["total"], page["found"], page["counts"]) == (0, [], []), word
                assert listed.json()["total"] == 0 and incident not in listed.json()["services"]


@asked
def test_the_live_channel_tells_no_words_and_of_other_incidents_nothing(house: House, asker: Asker) -> None:
    for incident in BOTH:
        heard = overheard(house.browsers[asker], incident)
        assert bool(heard) is asker.may_read(incident)
        assert leaked(NOBODY, "\n".join(heard).lower()) == []


@asked
def test_no_room_tells_what_is_not_for_who_watches(house: House, asker: Asker) -> None:
    for incident in BOTH:
        said = watched(house.browsers[asker], incident).lower()
        assert leaked(asker, said) == []
        assert all(incident + place in said for place in IN_ROOM) == asker.may_read(incident)


@asked
def test_no_rail_tells_what_was_heard_to_who_does_not_lead(house: House, asker: Asker) -> None:
    for incident in BOTH:
        said = watched(house.browsers[asker], incident, "rail").lower()
        assert leaked(asker, said) == []
        assert (incident + SPOKEN in said) == asker.may_hear(incident)
        assert incident + OWN not in said, "even the rail of who wrote them does not carry them"


def watched(browser: TestClient, incident: str, channel: str = "room") -> str:
    """What the channel of a room tells who comes in; nothing where it stays shut."""
    address = f"{BASE.replace('http', 'ws', 1)}/api/v1/incidents/{incident}/meeting/{channel}"
    try:
        with browser.websocket_connect(address, headers={"Origin": BASE}) as socket:
            return socket.receive_text()
    except WebSocketDisconnect:
        return ""


def overheard(browser: TestClient, incident: str) -> list[str]:
    """What the channel of an incident tells from the first entry on; nothing where it stays shut."""
    address = f"{BASE.replace('http', 'ws', 1)}/api/v1/incidents/{incident}/live?since=0"
    try:
        with browser.websocket_connect(address, headers={"Origin": BASE}) as socket:
            heard = [socket.receive_text()]
            head = json.loads(heard[0])["head"]
            while f'"seq":{head}' not in heard[-1].replace(" ", ""):
                heard.append(socket.receive_text())
            return heard
    except WebSocketDisconnect:
        return []


def test_letters_go_to_those_who_may_read_them_and_name_nobody(house: House) -> None:
    now = house.world.clock.now()
    sent = [one.letter for one in house.world.mailbag.due(now, now + DAY)]
    for incident in BOTH:
        letters = [one for one in sent if one.incident_id == incident]
        members = {one.actor_id for one in house.world.members.of(incident) if one.role is not Role.OBSERVER}
        assert {one.to for one in letters} == members
        for letter in letters:
            files = [unpacked(one.data) + one.data.decode(errors="replace") for one in letter.attachments]
            said = "\n".join([letter.subject, letter.text, letter.html, letter.to, *files]).lower()
            assert leaked(Asker(incident, Role.RESPONDER), said) == []
            assert {f"{incident}title", f"{incident}text", f"{incident}note"} <= {
                w for w in words_of(incident) if w in said
            }


def test_a_letter_of_a_restricted_incident_is_not_sent_to_who_was_taken_out_meanwhile(house: House) -> None:
    class Carrier:
        def __init__(self) -> None:
            self.carried: list[tuple[str, str]] = []

        def send(self, sending: Sending, address: str) -> None:
            assert address
            self.carried.append((sending.letter.incident_id, sending.letter.to))

    carrier, later = Carrier(), house.world.clock.now() + 2 * DAY
    world = replace(house.world, post=carrier, clock=At(later))
    (out,) = (one.actor_id for one in world.members.of(RESTRICTED) if one.role is Role.SCRIBE)
    world.members.remove(RESTRICTED, out)
    deliver(LOCAL_OWNER, world)
    assert len(carrier.carried) == 7 and (RESTRICTED, out) not in carrier.carried
    (dead,) = (one for one in world.outbox.posted(RESTRICTED) if one.state is LetterState.DEAD)
    assert dead.to == out and "may not read" in dead.error


@dataclass(frozen=True)
class At:
    """A clock that stands."""

    time: datetime

    def now(self) -> datetime:
        return self.time


def test_an_error_that_nobody_foresaw_tells_its_kind_and_place_alone(house: House, heard: Heard) -> None:
    class Broken:
        def latest(self, incident_id: str, kind: str) -> None:
            del incident_id, kind
            raise RuntimeError(f"{RESTRICTED}title could not be read for {NAME}")

    whole = house.app.state.world
    house.app.state.world = replace(whole, documents=Broken())
    try:
        answer = house.browsers[OWNER].get(f"/api/v1/incidents/{RESTRICTED}/documents/report")
    finally:
        house.app.state.world = whole
    assert answer.status_code == 500 and leaked(NOBODY, told(answer)) == []
    (line,) = (one for one in heard.lines if "a request for" in one)
    assert "in latest" in line and "runtimeerror" in line and leaked(NOBODY, line) == []
