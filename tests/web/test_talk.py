"""Comments over HTTP: threads, who may change what, names taken out, mentions; and taking back one's own."""

from collections.abc import Iterator
from typing import Any

import pytest
from tests.records.test_stores import incident as some_incident

from secondstory.config import Settings
from secondstory.model.actor import Actor, Role
from secondstory.ports import World
from secondstory.wiring import open_world

from .conftest import Browser, visit

EVENT = "event/deploy/orders"


@pytest.fixture
def world(tmp_path: Any) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        opened.incidents.save(some_incident("inc"))
        opened.incidents.save(some_incident("secret"))
        yield opened


@pytest.fixture
def owner(world: World) -> Browser:
    return visit(world)


@pytest.fixture
def guest(world: World) -> Browser:
    return visit(world, Actor("responder-1", roles=(("inc", Role.RESPONDER),)))


def post(browser: Browser, path: str, status: int = 201, **body: object) -> Any:
    answer = browser.client.post(f"/api/v1/incidents/inc/{path}", json=body)
    assert answer.status_code == status, answer.text
    return answer.json()


def test_a_thread_grows_is_edited_settled_and_taken_back_by_those_who_may(owner: Browser, guest: Browser) -> None:
    thread = post(owner, "comments", subject=EVENT, text="What was known then?")
    root = thread["id"]
    reply = post(guest, "comments", subject=f"comment/{root}", text="Only the alert.")["remarks"][1]
    nested = post(owner, "comments", subject=f"comment/{reply['id']}", text="Thanks.")
    assert [remark["actor"] for remark in nested["remarks"]] == ["owner", "responder-1", "owner"]
    changed = guest.client.put(f"/api/v1/incidents/inc/comments/{reply['id']}", json={"text": "The alert."}).json()
    assert changed["remarks"][1]["text"] == "The alert." and changed["remarks"][1]["edited_at"]
    assert guest.client.put(f"/api/v1/incidents/inc/comments/{root}", json={"text": "No."}).status_code == 403
    assert guest.client.delete(f"/api/v1/incidents/inc/comments/{root}").status_code == 403
    settled = guest.client.put(f"/api/v1/incidents/inc/comments/{reply['id']}/settled", json={"settled": True}).json()
    assert settled["settled_by"] == "responder-1"
    left = owner.client.delete(f"/api/v1/incidents/inc/comments/{root}").json()["threads"][0]
    assert (left["remarks"][0]["text"], left["remarks"][0]["withdrawn"]) == ("", True)
    assert owner.client.delete(f"/api/v1/incidents/inc/comments/{root}").status_code == 400
    assert owner.client.delete("/api/v1/incidents/inc/comments/none").status_code == 404


def test_lists_are_cut_by_a_cursor_that_new_comments_do_not_shift(owner: Browser) -> None:
    for number in range(5):
        post(owner, "comments", subject=EVENT, text=f"Number {number}.")
    first = owner.get("/incidents/inc/comments", limit=2)
    post(owner, "comments", subject=EVENT, text="Later.")
    second = owner.get("/incidents/inc/comments", limit=3, cursor=first["next_cursor"])
    third = owner.get("/incidents/inc/comments", limit=3, cursor=second["next_cursor"])
    words = [one["remarks"][0]["text"] for page in (first, second, third) for one in page["threads"]]  # type: ignore[attr-defined]  # JSON
    assert words == ["Number 0.", "Number 1.", "Number 2.", "Number 3.", "Number 4.", "Later."]
    assert third["next_cursor"] is None
    for wrong in ("zzz", "e-e", "ä"):
        assert owner.client.get("/api/v1/incidents/inc/comments", params={"cursor": wrong}).status_code == 400


def test_names_and_secrets_do_not_reach_the_ledger(owner: Browser, world: World) -> None:
    token = world.sealed.token("Maria Lopez", "responder")
    thread = post(owner, "comments", subject=EVENT, text="Maria Lopez had password=hunter2hunter2 at hand.")
    words = thread["remarks"][0]["text"]
    assert token in words and "Maria" not in words and "hunter2" not in words


def test_who_is_named_is_told_once_and_only_where_they_may_read(owner: Browser, guest: Browser) -> None:
    post(owner, "comments", subject=EVENT, text="@responder-1, did you see it? @owner too.")
    owner.client.post("/api/v1/incidents/secret/comments", json={"subject": EVENT, "text": "@responder-1 knows."})
    (mention,) = guest.get("/mentions")["mentions"]  # type: ignore[misc]  # JSON
    assert (mention["incident_id"], mention["actor_id"], mention["subject"]) == ("inc", "owner", EVENT)
    assert owner.get("/mentions")["mentions"] == []
    assert guest.client.delete("/api/v1/incidents/secret/mentions").status_code == 403
    assert guest.client.delete("/api/v1/incidents/inc/mentions").json() == {"mentions": []}
    assert guest.get("/mentions")["mentions"] == []


@pytest.mark.parametrize(
    ("subject", "text", "status"),
    [("event", "No key.", 400), (EVENT, "   ", 400), ("comment/none", "Reply.", 404), (EVENT, "a" * 4001, 422)],
)
def test_what_cannot_be_a_comment_is_refused(owner: Browser, subject: str, text: str, status: int) -> None:
    post(owner, "comments", status, subject=subject, text=text)


def test_ones_own_last_entry_is_taken_back_step_by_step(owner: Browser, guest: Browser) -> None:
    post(owner, "comments", subject=EVENT, text="First.")
    post(guest, "comments", subject=EVENT, text="Beside.")
    second = post(owner, "comments", subject=EVENT, text="Second.")["id"]
    told = post(owner, "undo", 200)
    assert told["entry"]["id"] == second and told["sentence"] == f"Taken back: comment on {EVENT}."
    assert post(owner, "undo", 200)["entry"]["text"] == "First."
    assert post(owner, "undo", 404)["next"]
    assert [one["remarks"][0]["text"] for one in owner.get("/incidents/inc/comments")["threads"]] == ["Beside."]  # type: ignore[attr-defined]  # JSON
    assert post(owner, "undo", 404, entry=second)["detail"]


def test_what_others_built_on_is_not_taken_back_unseen(owner: Browser, guest: Browser) -> None:
    root = post(owner, "comments", subject=EVENT, text="First.")["id"]
    reply = post(guest, "comments", subject=f"comment/{root}", text="Reply.")["remarks"][1]["id"]
    refused = post(owner, "undo", 400)
    assert "responder-1 has built on it" in refused["detail"] and reply in refused["detail"]
    post(guest, "undo", 200)
    post(owner, "undo", 200)


def test_an_observer_reads_and_says_nothing(world: World, owner: Browser) -> None:
    post(owner, "comments", subject=EVENT, text="First.")
    observer = visit(world, Actor("observer-1", roles=(("inc", Role.OBSERVER),)))
    assert len(observer.get("/incidents/inc/comments")["threads"]) == 1  # type: ignore[arg-type]  # JSON
    post(observer, "comments", 403, subject=EVENT, text="No.")
    post(observer, "undo", 403)
