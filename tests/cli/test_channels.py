"""Every verb of the command line, from verbs.txt: what it changes goes by the same route, with the same right, as on a
page; and what works on the records is done by the user whom they belong to.
"""

import json
import re
import shlex
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from tests.web.planted import NOBODY, OPEN, OTHER, OWNER, Asker, House, planted
from tests.web.roles import EVERYBODY, Row, rows
from typer.main import get_command
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.actor import Role
from secondstory.web.local import Local, announced
from secondstory.wiring import open_world

_LINE = re.compile(
    r"(?P<verb>[a-z-]+(?: [a-z-]+)?) +(?P<how>asks|opens)(?: +(?P<rest>.*?) *(?P<route>(?:POST|PUT|DELETE) /\S+))?"
)
_SIGNS = dict(
    zip(EVERYBODY, (OWNER, *(Asker(OPEN, role) for role in Role), Asker(OTHER, Role.FACILITATOR), NOBODY), strict=True)
)


@dataclass(frozen=True)
class Listed:
    """A line of verbs.txt."""

    verb: str
    asks: bool
    rest: str
    route: str


@dataclass(frozen=True)
class Request:
    """What a verb asked of the server."""

    method: str
    path: str
    body: object


def listed() -> tuple[Listed, ...]:
    lines = Path(__file__).with_name("verbs.txt").read_text(encoding="utf-8").splitlines()
    found = []
    for line in lines:
        if line.strip() and not line.startswith("#"):
            match = _LINE.fullmatch(line.strip())
            assert match is not None, f"verbs.txt: {line!r} is no line of it; its head says what one looks like"
            method, _, path = (match["route"] or "").partition(" ")
            route = f"{method} /api/v1{path}" if path else ""
            found.append(Listed(match["verb"], match["how"] == "asks", match["rest"] or "", route))
    return tuple(found)


def verbs(command: object, name: str = "") -> Iterator[str]:
    inside: dict[str, Any] = getattr(command, "commands", {})
    if inside:
        for word, inner in inside.items():
            yield from verbs(inner, f"{name} {word}".strip())
    else:
        yield name


class Listening(ThreadingHTTPServer):
    """A server that knows its owner, writes down every change that it is asked for, and makes none."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.asked: list[Request] = []


class Answer(BaseHTTPRequestHandler):
    """Refuses every change in the words of a problem."""

    server: Listening

    def do_GET(self) -> None:
        self._say(200, {})

    def do_POST(self) -> None:
        told = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.server.asked.append(Request(self.command, self.path, json.loads(told) if told else None))
        self._say(403, {"detail": "Refused for the test.", "next": "Read the test."})

    def do_PUT(self) -> None:
        self.do_POST()

    def do_DELETE(self) -> None:
        self.do_POST()

    def _say(self, status: int, body: object) -> None:
        data = json.dumps(body).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, format: str, *args: object) -> None:
        """Says nothing."""


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_world(Settings(data_dir=tmp_path_factory.mktemp("channels"))) as world:
        yield planted(world)


@pytest.fixture(scope="module")
def listening(house: House) -> Iterator[Listening]:
    with Listening() as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        local = Local(f"http://127.0.0.1:{server.server_port}/", "cookie", "value", "csrf", 1)
        with announced(house.world.data_dir, local, lambda: False):
            yield server
        server.shutdown()
        thread.join()


LISTED = listed()


def test_the_table_lists_every_verb_and_no_other() -> None:
    names = [one.verb for one in LISTED]
    assert sorted(names) == sorted(verbs(get_command(APP))), "add or remove lines in tests/cli/verbs.txt"
    changing = {row.label for row in rows() if row.method in ("POST", "PUT", "DELETE")}
    assert {one.route for one in LISTED if one.asks} <= changing


@pytest.mark.parametrize("line", [one for one in LISTED if one.asks and one.rest != "-"], ids=lambda line: line.verb)
def test_a_verb_asks_the_server_by_the_route_that_pages_use(
    line: Listed, house: House, listening: Listening, tmp_path: Path
) -> None:
    text = tmp_path / "text.md"
    text.write_text("What we think *(opinion)*.\n", encoding="utf-8")
    words = [*line.verb.split(), *shlex.split(line.rest.format(incident=OPEN, file=text))]
    before = house.world.feed.heads((OPEN,))
    listening.asked.clear()
    answer = CliRunner().invoke(APP, words, env={"SECONDSTORY_DATA_DIR": str(house.world.data_dir)})
    assert answer.exit_code == 3 and "Refused for the test." in answer.output, answer.output
    assert house.world.feed.heads((OPEN,)) == before, "nothing is written past the server"
    (asked,) = listening.asked
    row = row_of(asked)
    assert row.label == line.route
    seen = {sign for sign, asker in _SIGNS.items() if answered(house.browsers[asker], asked)}
    assert "O" in seen <= row.who, "sent by anybody else, it needs the right that the route's row says, or more"


def row_of(asked: Request) -> Row:
    """The row of the route table that a request is for."""
    path = "/api/v1" + asked.path.partition("?")[0].removeprefix("/api/v1")
    fitting = [row for row in rows() if row.method == asked.method and re.fullmatch(_pattern(row.path), path)]
    return min(fitting, key=lambda row: row.path.count("{"))


def _pattern(path: str) -> str:
    return re.sub(r"\\{\w+\\}", "[^/]+", re.escape(path))


def answered(browser, asked: Request) -> bool:
    """Whether the same request of another person is answered; it must fit the route's own description."""
    answer = browser.request(asked.method, asked.path, json=asked.body)
    assert answer.status_code not in (405, 413, 415, 422) and answer.status_code < 500, answer.text
    return answer.status_code not in (401, 403)
