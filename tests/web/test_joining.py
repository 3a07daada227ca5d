"""People come in by a signed invitation, are tokens from then on, and go out at once when they are taken out."""

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import NotAllowed, NotFound
from secondstory.ports import World
from secondstory.usecases.erase_person import erase_person
from secondstory.web.app import build_app
from secondstory.web.attempts import Attempts
from secondstory.web.door import CSRF_HEADER, Door
from secondstory.wiring import open_world

from .conftest import BASE, PORT, Browser, visit


@pytest.fixture(scope="module")
def owner(demo_dir: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    folder = Path(shutil.copytree(demo_dir, tmp_path_factory.mktemp("joining") / "data"))
    with open_world(Settings(data_dir=folder)) as world:
        yield visit(world)


@pytest.fixture(scope="module")
def place(owner: Browser) -> str:
    return f"/api/v1/incidents/{owner.world.incidents.visible_to(LOCAL_OWNER)[0].id}"


def link(owner: Browser, place: str, **given: object) -> str:
    answer = owner.client.post(f"{place}/invitations", json=given)
    assert answer.status_code == 201, answer.text
    made = answer.json()
    assert made["address"] == f"{BASE}/#/join/{made['invitation']['link']}"
    return str(made["invitation"]["link"])


def stranger(owner: Browser) -> TestClient:
    return TestClient(owner.app, base_url=BASE, raise_server_exceptions=False)


def join(owner: Browser, client: TestClient, signed: str, name: str = "") -> Any:
    owner.app.state.attempts = Attempts()
    answer = client.post("/api/v1/invitations/accept", json={"link": signed, "name": name})
    if answer.status_code == 200:
        client.headers[CSRF_HEADER] = client.get("/api/v1/session").json()["csrf"]
    return answer


def newcomer(owner: Browser, place: str, name: str, role: str = "responder") -> tuple[TestClient, str]:
    client = stranger(owner)
    answer = join(owner, client, link(owner, place, role=role), name)
    assert answer.status_code == 200, answer.text
    return client, answer.json()["actor"]


def test_an_invitation_says_what_it_is_for_asks_the_name_once_and_gives_a_token(owner: Browser, place: str) -> None:
    signed, client = link(owner, place, role="scribe"), stranger(owner)
    told = client.post("/api/v1/invitations/look", json={"link": signed}).json()
    assert told["role"] == "scribe" and told["asks_name"] is True and told["title"]
    answer = join(owner, client, signed, "Ada Okafor")
    cookie = answer.headers["set-cookie"].lower()
    assert "httponly" in cookie and "samesite=strict" in cookie and "ada" not in answer.text.lower()
    session = client.get("/api/v1/session").json()
    assert session["actor"].startswith("scribe-") and session["roles"] == ["scribe"] and not session["is_owner"]
    people = client.get(f"{place}/people")
    assert "Okafor" not in people.text and people.json()["invitations"] == []
    assert client.get(f"{place}/names").status_code == 403
    known = owner.client.get(f"{place}/names").json()["people"]
    assert {"actor": session["actor"], "name": "Ada Okafor"} in known


def test_a_link_works_once_and_not_after_it_was_taken_back_or_changed(owner: Browser, place: str) -> None:
    signed = link(owner, place)
    assert join(owner, stranger(owner), signed, "Bela Kovacs").status_code == 200
    assert join(owner, stranger(owner), signed, "Carla Rossi").status_code == 403
    signed = link(owner, place)
    open_ones = owner.client.get(f"{place}/people").json()["invitations"]
    found = next(one["id"] for one in open_ones if one["link"] == signed)
    assert owner.client.delete(f"{place}/invitations/{found}").status_code == 200
    for wrong in (signed, signed[:-2], "x" + signed, "made.up"):
        answer = join(owner, stranger(owner), wrong, "Carla Rossi")
        assert answer.status_code == 403 and answer.json()["next"]


def test_a_link_ends(owner: Browser, place: str) -> None:
    class Later:
        def now(self) -> datetime:
            return owner.world.clock.now() + timedelta(days=2)

    late = replace(owner.world, clock=Later())
    signed = link(owner, place, days=1)
    client = TestClient(build_app(late, Door(LOCAL_OWNER, PORT), 8, lambda: None), base_url=BASE)
    answer = client.post("/api/v1/invitations/accept", json={"link": signed, "name": "Dora Vance"})
    assert answer.status_code == 403 and "too old" in answer.json()["detail"]


def test_nobody_becomes_another_by_giving_the_same_name(owner: Browser, place: str) -> None:
    _client, token = newcomer(owner, place, "Elif Demir", "facilitator")
    signed = link(owner, place, role="observer")
    answer = join(owner, stranger(owner), signed, "elif.demir@example.org")
    assert answer.status_code == 400 and token not in answer.text
    owner.client.delete(f"{place}/people/{token}")
    assert join(owner, stranger(owner), signed, "Demir, Elif").status_code == 400, "not even one who left"
    assert join(owner, stranger(owner), signed, "Elif Q. Demir").status_code == 200, "the link is not used up"


def test_a_link_made_for_a_member_gives_the_same_person_another_browser(owner: Browser, place: str) -> None:
    first, token = newcomer(owner, place, "Femi Adeyemi", "executive")
    signed = link(owner, place, for_actor=token, role="facilitator")
    second = stranger(owner)
    assert join(owner, second, signed).json()["actor"] == token
    session = second.get("/api/v1/session").json()
    assert (session["actor"], session["roles"]) == (token, ["executive"])
    assert session["csrf"] != first.get("/api/v1/session").json()["csrf"]


def test_a_changed_role_holds_at_the_next_request_and_a_removed_person_is_out_at_once(
    owner: Browser, place: str
) -> None:
    client, token = newcomer(owner, place, "Gita Rao", "observer")
    mark = {"hypothesis": "-", "vote": "for"}
    assert client.post(f"{place}/matrix/votes", json=mark).status_code == 403
    assert owner.client.put(f"{place}/people/{token}", json={"role": "responder"}).status_code == 200
    assert client.post(f"{place}/matrix/votes", json=mark).status_code == 404, "may vote; there is nothing of this name"
    waiting = link(owner, place, for_actor=token)
    assert owner.client.delete(f"{place}/people/{token}").status_code == 200
    assert client.get(place).status_code == 401 and client.get("/api/v1/session").status_code == 401
    assert join(owner, stranger(owner), waiting).status_code == 403, "a link made for the person ends as well"


def test_signing_out_ends_the_browser_not_the_membership(owner: Browser, place: str) -> None:
    client, token = newcomer(owner, place, "Hana Sato")
    kept = dict(client.cookies)
    assert client.delete("/api/v1/session").status_code == 200
    again = stranger(owner)
    again.cookies.update(kept)
    assert again.get("/api/v1/session").status_code == 401, "the old cookie is worth nothing"
    members = [one["actor"] for one in owner.client.get(f"{place}/people").json()["members"]]
    assert token in members


def test_one_s_csrf_token_is_worth_nothing_in_another_s_browser(owner: Browser, place: str) -> None:
    first, _ = newcomer(owner, place, "Ines Prado")
    second, _ = newcomer(owner, place, "Jonas Lind")
    second.headers[CSRF_HEADER] = first.headers[CSRF_HEADER]
    assert second.delete("/api/v1/session").status_code == 403


def test_only_oneself_can_wish_to_be_named(owner: Browser, place: str) -> None:
    client, token = newcomer(owner, place, "Kofi Mensah")
    assert client.put(f"{place}/naming", json={"named": True}).status_code == 200
    named = {one["actor"]: one["named"] for one in owner.client.get(f"{place}/people").json()["members"]}
    assert named[token] is True
    assert owner.client.put(f"{place}/naming", json={"named": True}).status_code == 404, "the owner is no member"


def test_guessing_invitations_is_slowed_down(owner: Browser) -> None:
    owner.app.state.attempts = Attempts()
    client = stranger(owner)
    answers = [client.post("/api/v1/invitations/look", json={"link": f"guess-{n}"}).status_code for n in range(30)]
    assert answers[0] == 403 and answers[-1] == 429
    owner.app.state.attempts = Attempts()


def test_no_name_is_kept_outside_the_sealed_map(owner: Browser, place: str) -> None:
    newcomer(owner, place, "Zdenka Mlynarova")
    world: World = owner.world
    found = [path for path in world.data_dir.rglob("*") if path.is_file() and b"Mlynarova" in path.read_bytes()]
    assert found == []


def test_an_erased_person_is_forgotten_and_the_token_is_nobody_else_s(owner: Browser, place: str) -> None:
    client, token = newcomer(owner, place, "Yara Haddad")
    said = client.post(f"{place}/comments", json={"subject": "event/x", "text": "It was at 10:02."}).json()
    erase_person(LOCAL_OWNER, owner.world, token)
    assert "Haddad" not in owner.client.get(f"{place}/names").text
    assert client.get(place).status_code == 401
    kept = owner.client.get(f"{place}/comments").json()["threads"]
    assert said["id"] in [one["id"] for one in kept], "what was said stays"
    _again, other = newcomer(owner, place, "Yara Haddad")
    assert other != token
    with pytest.raises(NotFound):
        erase_person(LOCAL_OWNER, owner.world, token)
    with pytest.raises(NotAllowed):
        erase_person(Actor("kim"), owner.world, other)
