"""The receiver of alerts: off without a token, open to its bearer alone, and silent about incidents."""

import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.ports import World
from secondstory.web.app import build_app
from secondstory.web.door import Door
from secondstory.web.receiver import Receiver
from secondstory.wiring import alert_token, open_world

from .conftest import BASE, PORT, Browser

SAMPLE = Path(__file__).parents[1] / "recordings" / "alertmanager" / "webhook.jsonl"
FIRING = json.loads(SAMPLE.read_bytes().splitlines()[0])
PATH = "/api/v1/alerts"
TOKEN = "a-token-that-nobody-guesses"


@dataclass
class Sender:
    """A program that knows the server's address, and perhaps its token."""

    client: TestClient
    world: World

    def send(self, token: str | None = TOKEN, body: object = None, **headers: str) -> tuple[int, dict[str, object]]:
        shown = {"Authorization": f"Bearer {token}"} if token is not None else {}
        answer = self.client.post(PATH, json=body or FIRING, headers={**shown, **headers})
        return answer.status_code, answer.json()


@pytest.fixture
def sending(tmp_path: Path) -> Iterator[Callable[[str], Sender]]:
    with open_world(Settings(data_dir=tmp_path / "data")) as world:

        def sender(token: str) -> Sender:
            door = Door(LOCAL_OWNER, PORT, receiver=Receiver(token))
            app = build_app(world, door, 8, lambda: None)
            return Sender(TestClient(app, base_url=BASE, raise_server_exceptions=False), world)

        yield sender


def test_a_notification_with_the_token_opens_one_incident_and_the_answer_names_none(
    sending: Callable[[str], Sender],
) -> None:
    sender = sending(TOKEN)
    assert sender.send() == sender.send() == (202, {"taken": True})
    (incident,) = sender.world.incidents.visible_to(LOCAL_OWNER)
    assert incident.title == "More than 5 % of requests to gateway fail"
    (line,) = [one for one in sender.world.audit.entries(None, 0, 9) if one.actor == "alert-receiver"][-1:]
    assert (line.what, line.on) == ("added", "alerts")


@pytest.mark.parametrize("token", [None, "", "wrong", TOKEN + "x"])
def test_off_and_a_wrong_token_are_refused_alike_and_leave_nothing(
    sending: Callable[[str], Sender], token: str | None
) -> None:
    on, off = sending(TOKEN), sending("")
    assert on.send(token) == off.send(token)
    assert on.send(token)[0] == 401 and not on.world.incidents.visible_to(LOCAL_OWNER)


def test_a_refused_notification_is_not_even_read(sending: Callable[[str], Sender]) -> None:
    answer = sending("").client.post(PATH, content=b"no json", headers={"Content-Type": "application/json"})
    assert answer.status_code == 401


def test_a_browsers_cookie_is_no_way_in(own_browser: Browser) -> None:
    assert own_browser.client.post(PATH, json=FIRING).status_code == 401


def test_the_token_opens_nothing_else(sending: Callable[[str], Sender]) -> None:
    client, shown = sending(TOKEN).client, {"Authorization": f"Bearer {TOKEN}"}
    assert client.get("/api/v1/incidents", headers=shown).status_code == 401
    assert client.post("/api/v1/incidents", json={}, headers=shown).status_code == 401
    assert client.get(PATH, headers=shown).status_code == 405


def test_another_page_may_not_send_and_guessing_is_slowed(sending: Callable[[str], Sender]) -> None:
    sender = sending(TOKEN)
    assert sender.send(Origin="https://evil.example")[0] == 403
    seen = [sender.send("guess")[0] for _ in range(25)]
    assert seen[0] == 401 and seen[-1] == 429
    assert sender.send()[0] == 202, "who has the token is not slowed by who guesses"


def test_too_large_and_senseless_notifications_are_refused(sending: Callable[[str], Sender]) -> None:
    sender = sending(TOKEN)
    assert sender.send(body={"alerts": [], "filling": "x" * 1024 * 1024})[0] == 413
    status, told = sender.send(body={"alerts": []})
    assert status == 400 and told["next"]


def test_an_owner_opens_an_incident_from_a_notification_at_hand(own_browser: Browser) -> None:
    made = own_browser.client.post("/api/v1/notifications", params={"time_zone": "Europe/Berlin"}, json=FIRING)
    assert made.status_code == 201 and made.json()["id"] == "gateway-2026-03-01-1300", made.text
    assert own_browser.get("/incidents/gateway-2026-03-01-1300")["alarm_service"] == "gateway"


def test_a_token_must_be_there_and_long(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data_dir=tmp_path, alert_token_variable="ALERTS")
    with pytest.raises(BadInput, match="ALERTS"):
        alert_token(settings)
    monkeypatch.setenv("ALERTS", "short")
    with pytest.raises(BadInput, match="24"):
        alert_token(settings)
    monkeypatch.setenv("ALERTS", TOKEN)
    assert alert_token(settings) == TOKEN and alert_token(Settings(data_dir=tmp_path)) == ""
