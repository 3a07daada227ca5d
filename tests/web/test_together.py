"""Ten clients over real HTTP and WebSocket, a thousand edits, connections that break: all end with the same state."""

import json
import random
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from datetime import datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.codec import canonical_json
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb
from secondstory.model.ledger import Entry
from secondstory.model.workspace import Workspace, apply_entry, reduced
from secondstory.ports import World
from secondstory.web.door import CSRF_HEADER
from secondstory.web.serving import serving
from secondstory.wiring import open_world

CLIENTS, EDITS, SEED = 10, 100, 6
SUBJECTS = ("event/deploy/orders", "hypothesis/orders/x", "section/bluf", "action/limit-retries")
LOSES_CONNECTION = 0.06
PATIENCE_S = 20


@pytest.fixture
def world(own_demo_dir: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=own_demo_dir)) as opened:
        yield opened


class Client:
    """One page: follows the channel, reads the words it announces, and says something of its own now and then."""

    def __init__(self, base: str, cookies: httpx.Cookies, incident: str, seed: int) -> None:
        self.http = httpx.Client(base_url=f"{base}api/v1", cookies=cookies, timeout=PATIENCE_S)
        self.http.headers[CSRF_HEADER] = self.http.get("/session").json()["csrf"]
        self.base, self.incident, self.dice = base, incident, random.Random(seed)
        self.workspace, self.told, self.accepted = Workspace(), 0, 0
        self.socket: ClientConnection | None = None
        self.held = ExitStack()

    def run(self, hypotheses: list[str]) -> None:
        for _ in range(EDITS):
            if self.socket is None or self.dice.random() < LOSES_CONNECTION:
                self.reconnect()
            self.edit(hypotheses)
            self.listen()

    def reconnect(self) -> None:
        self.held.close()
        cookie = "; ".join(f"{name}={value}" for name, value in self.http.cookies.items())
        url = f"{self.base.replace('http', 'ws')}api/v1/incidents/{self.incident}/live?since={self.told}"
        origin = Origin(self.base.rstrip("/"))
        # A client that is slow to read is no dead one.
        opening = connect(url, additional_headers={"Cookie": cookie}, origin=origin, ping_interval=None, max_queue=None)
        self.socket = self.held.enter_context(opening)

    def listen(self) -> None:
        """Take what has arrived: nothing is left out or told twice, whichever connection it came by."""
        assert self.socket is not None
        with suppress(TimeoutError, ConnectionClosed):
            while True:
                self.take(json.loads(self.socket.recv(timeout=0)))
        self.read()

    def listen_until(self, last: int) -> None:
        assert self.socket is not None
        while self.told < last:
            self.take(json.loads(self.socket.recv(timeout=PATIENCE_S)))
        self.read()

    def take(self, message: Any) -> None:
        for change in message.get("changes", ()):
            assert change["seq"] == self.told + 1
            self.told = change["seq"]

    def read(self) -> None:
        """The words of what was announced, and perhaps of what is yet to be."""
        while self.workspace.seq < self.told:
            page = self.http.get(f"/incidents/{self.incident}/ledger", params={"since": self.workspace.seq}).json()
            for line in page["entries"]:
                self.workspace = apply_entry(self.workspace, entry_of(self.incident, line))

    def edit(self, hypotheses: list[str]) -> None:
        own = [remark.id for thread in self.workspace.threads() for remark in thread.remarks if not remark.withdrawn]
        method, path, body = self.wish(own, hypotheses)
        answer = self.http.request(method, f"/incidents/{self.incident}/{path}", json=body)
        assert answer.status_code in (200, 201, 400, 404), answer.text  # another one may have been there first
        self.accepted += answer.is_success

    def wish(self, own: list[str], hypotheses: list[str]) -> tuple[str, str, Any]:
        words = {"text": f"Words {self.dice.randrange(1000)}, @responder-2."}
        wish = self.dice.random()
        if wish < 0.4 or not own:
            return "POST", "comments", {"subject": self.dice.choice(SUBJECTS), **words}
        some = self.dice.choice(own)
        if wish < 0.55:
            return "POST", "comments", {"subject": f"comment/{some}", **words}
        if wish < 0.65:
            return "PUT", f"comments/{some}", words
        if wish < 0.75:
            return "PUT", f"comments/{some}/settled", {"settled": self.dice.random() < 0.6}
        if wish < 0.8:
            return "DELETE", f"comments/{some}", None
        if wish < 0.85:
            return "POST", "matrix/votes", {"hypothesis": self.dice.choice(hypotheses), "vote": "for"}
        return "POST", "undo", {}


def entry_of(incident: str, line: dict[str, Any]) -> Entry:
    at = datetime.fromisoformat(line["at"])
    first = (line["id"], incident, line["subject"])
    if line["is_decision"]:
        verb = DecisionVerb(line["kind"])
        return Entry(line["seq"], Decision(*first, verb, line["text"], line["why"], line["actor"], at))
    return Entry(line["seq"], Contribution(*first, ContributionKind(line["kind"]), line["text"], line["actor"], at))


@pytest.mark.slow
def test_ten_clients_and_a_thousand_edits_end_in_the_state_of_the_reference(world: World) -> None:
    incident = world.incidents.visible_to(LOCAL_OWNER)[0].id
    with serving(world, 0, 8) as served:
        entrance = httpx.Client(follow_redirects=False)
        entrance.get(served.url)
        clients = [Client(served.address, entrance.cookies, incident, SEED + number) for number in range(CLIENTS)]
        hypotheses = [
            one["key"] for one in clients[0].http.get(f"/incidents/{incident}/matrix").json()["causes"]["hypotheses"]
        ]
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda client: client.run(hypotheses), clients))
        ledger = world.feed.since(incident, 0, 10 * CLIENTS * EDITS)
        for client in clients:
            client.listen_until(len(ledger))
            client.held.close()
        told = clients[0].http.get(f"/incidents/{incident}/comments", params={"limit": 200}).json()
        server = list(told["threads"])
        while told["next_cursor"]:
            told = (
                clients[0]
                .http.get(f"/incidents/{incident}/comments", params={"limit": 200, "cursor": told["next_cursor"]})
                .json()
            )
            server += told["threads"]
        votes = clients[0].http.get(f"/incidents/{incident}/matrix").json()["my_votes"]
        stands = clients[0].http.get(f"/incidents/{incident}/ledger/standing").json()
    reference = reduced(ledger)
    assert sum(client.accepted for client in clients) == len(ledger) > CLIENTS * EDITS / 2
    assert all(client.workspace == reference for client in clients)
    assert server == json.loads(canonical_json(reference.threads()))
    assert stands == json.loads(canonical_json(reference))
    cast = {one.subject for one in reference.contributions if one.kind is ContributionKind.VOTE}
    assert {one["subject"] for one in votes} == cast
