"""A change sent again under its key is made once; another request under it is refused; refusals leave the key free."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.records.test_stores import incident as some_incident

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Box, Started
from secondstory.ports import World
from secondstory.usecases.room.log import begin
from secondstory.web.once import KEY_HEADER, REPLAYED_HEADER
from secondstory.wiring import open_world

from .conftest import Browser, visit

MEETING = "/api/v1/incidents/inc/meeting"
COMMENTS = "/api/v1/incidents/inc/comments"
SAID = {"subject": "event/deploy/orders", "text": "What was known then?"}


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        opened.incidents.save(some_incident("inc"))
        yield opened


@pytest.fixture
def browser(world: World) -> Browser:
    return visit(world)


def post(browser: Browser, key: str, body: object = SAID) -> Any:
    return browser.client.post(COMMENTS, json=body, headers={KEY_HEADER: key})


def test_a_change_that_is_sent_again_is_made_once_and_answered_as_before(browser: Browser, world: World) -> None:
    first, again = post(browser, "k-1"), post(browser, "k-1")
    assert (first.status_code, first.content) == (again.status_code, again.content)
    assert (first.headers.get(REPLAYED_HEADER), again.headers[REPLAYED_HEADER]) == (None, "true")
    assert first.headers["content-type"] == again.headers["content-type"]
    assert len(world.ledger.contributions("inc")) == 1
    assert post(visit(world), "k-1").content == first.content  # after a restart of the server
    assert post(browser, "k-2").status_code == 201 and len(world.ledger.contributions("inc")) == 2


def test_a_key_is_of_one_request_and_one_person(browser: Browser, world: World) -> None:
    assert post(browser, "k").status_code == 201
    other = post(browser, "k", {**SAID, "text": "Something else."})
    assert other.status_code == 409 and "another request" in other.json()["detail"]
    guest = visit(world, Actor("responder-1", roles=(("inc", Role.RESPONDER),)))
    assert post(guest, "k").json()["remarks"][0]["actor"] == "responder-1"


def test_what_was_refused_leaves_the_key_free(browser: Browser, world: World) -> None:
    assert post(browser, "k", {**SAID, "text": "  "}).status_code == 400
    assert post(browser, "k", {"subject": "event/a"}).status_code == 422
    assert post(browser, "k").status_code == 201
    assert len(world.ledger.contributions("inc")) == 1


def test_of_many_at_once_one_is_made_and_none_is_told_otherwise(browser: Browser, world: World) -> None:
    with ThreadPoolExecutor(6) as pool:
        answers = list(pool.map(lambda _: post(browser, "k"), range(6)))
    assert len(world.ledger.contributions("inc")) == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    assert len({answer.content for answer in answers if answer.status_code == 201}) == 1


def test_a_key_whose_answer_was_lost_says_so(browser: Browser, world: World) -> None:
    assert post(browser, "k").status_code == 201
    with open_world(Settings(data_dir=world.data_dir)) as other:  # as a server that died before it kept the answer
        kept = other.answered.begin("owner", "k", "")
        assert kept is not None
        other.answered.give_up("owner", "k")
        other.answered.begin("owner", "k", kept.fingerprint)
    lost = post(browser, "k")
    assert lost.status_code == 409 and "not known" in lost.json()["detail"]


@pytest.mark.parametrize("path", ["lint", "rehearsals", "incidents/inc/transcript", "incidents/inc/invitations"])
def test_answers_that_nobody_keeps_are_not_kept_for_a_key_either(browser: Browser, world: World, path: str) -> None:
    browser.client.post(f"/api/v1/{path}", json={"text": "Words."}, headers={KEY_HEADER: "k"})
    assert world.answered.begin("owner", "k", "") is None


@pytest.mark.parametrize("key", ["", "with space", "x" * 201])
def test_a_key_that_is_none_is_refused(browser: Browser, key: str) -> None:
    assert post(browser, key).status_code in (400, 422)


def test_what_is_typed_or_said_in_a_meeting_leaves_no_copy_under_a_key(
    browser: Browser, world: World, tmp_path: Path
) -> None:
    world.sealed.token("Ana Ferreira", "responder")
    begin(LOCAL_OWNER, world, "inc", Started("Outage", (Box("open", AgendaStep.OPENING, "Opening", 5),), "We ask how."))
    kept = {"kind": "action", "text": "Ana Ferreira adds an alert by Friday"}
    for number, (path, body) in enumerate(
        (
            ("captures/reading", kept),
            ("said", {"act": "tell", "id": "t-1", "text": "The pool was small."}),
            ("cards", {"text": "Nobody reads the release list."}),
        )
    ):
        answer = browser.client.post(f"{MEETING}/{path}", json=body, headers={KEY_HEADER: f"k-{number}"})
        assert answer.is_success, answer.text
    for number, one in enumerate(browser.client.get(f"{MEETING}/cards").json()):
        gone = browser.client.delete(f"{MEETING}/cards/{one['id']}", headers={KEY_HEADER: f"d-{number}"})
        assert gone.is_success
    with sqlite3.connect(tmp_path / "records.db") as records:
        assert records.execute("SELECT count(*) FROM answered").fetchone() == (0,)
