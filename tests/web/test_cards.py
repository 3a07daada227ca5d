"""Cards without a sender over HTTP: nothing that is kept anywhere tells who wrote one, or when."""

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from cryptography.fernet import Fernet
from tests.records.test_stores import incident as some_incident
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.actor import Actor, Role
from secondstory.model.anonymous import InputKind, Score
from secondstory.model.errors import NotAllowed
from secondstory.ports import World
from secondstory.usecases.cards import put_scores, tallies_of
from secondstory.wiring import open_world

from .conftest import Browser, visit

PATH = "/api/v1/incidents/inc/meeting/cards"
MARK = "quillword"


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path)) as opened:
        opened.incidents.save(some_incident("inc", restricted=True))
        yield opened


def member(world: World, role: Role) -> Browser:
    return visit(world, Actor(f"{role.value}-7", roles=(("inc", role),)))


def put(browser: Browser, text: str) -> Any:
    answer = browser.client.post(PATH, json={"text": text}, headers={"Idempotency-Key": f"key-{abs(hash(text))}"})
    assert answer.status_code == 201, answer.text
    return answer.json()


def test_a_card_is_read_by_who_leads_alone_and_nothing_tells_who_wrote_it(world: World, tmp_path: Path) -> None:
    world.sealed.token("Ana Ferreira", "responder")
    writer, reader = member(world, Role.RESPONDER), member(world, Role.FACILITATOR)
    before = len(world.audit.entries(None, 0, 100))
    assert put(writer, f"Ana Ferreira knows {MARK}, password=hunter2secret")["text"].startswith("responder-1 knows")
    assert len(world.audit.entries(None, 0, 100)) == before, "no line of the audit"
    assert world.ledger.decisions("inc") == () and world.ledger.contributions("inc") == ()
    (card,) = reader.client.get(PATH).json()
    assert MARK in card["text"] and "hunter2" not in card["text"] and set(card) == {"id", "text"}
    for role in (Role.SCRIBE, Role.RESPONDER, Role.EXECUTIVE, Role.OBSERVER):
        refused = member(world, role).client.get(PATH)
        assert refused.status_code == 403 and MARK not in refused.text
    assert member(world, Role.OBSERVER).client.post(PATH, json={"text": "x"}).status_code == 403
    with sqlite3.connect(tmp_path / "records.db") as records:
        assert [row[1] for row in records.execute("PRAGMA table_info(cards)")] == [
            "id",
            "incident_id",
            "kind",
            "cipher",
        ]
        assert records.execute("SELECT count(*) FROM answered").fetchone() == (0,), "no key keeps it under an actor"
        (cipher,) = records.execute("SELECT cipher FROM cards").fetchone()
    key = (tmp_path / "sealed.key").read_bytes()
    assert Fernet(key).extract_timestamp(cipher) == 0, "a cipher tells when it was made, unless it is told not to"
    for file in tmp_path.rglob("*"):
        assert file.is_dir() or MARK.encode() not in file.read_bytes(), file


def test_the_order_of_the_cards_is_not_the_order_of_writing(world: World, tmp_path: Path) -> None:
    writer, reader = member(world, Role.SCRIBE), member(world, Role.FACILITATOR)
    written = [put(writer, f"Card {number}")["text"] for number in range(12)]
    shown = [one["text"] for one in reader.client.get(PATH).json()]
    assert sorted(shown) == sorted(written) and shown != written, "one shuffle in 479 million is the same"
    assert shown == [one["text"] for one in reader.client.get(PATH).json()], "it does not move while it is read"
    with sqlite3.connect(tmp_path / "records.db") as records, pytest.raises(sqlite3.OperationalError, match="rowid"):
        records.execute("SELECT rowid FROM cards")
    gone = reader.client.get(PATH).json()[0]["id"]
    left = reader.client.delete(f"{PATH}/{gone}").json()
    assert len(left) == 11 and gone not in {one["id"] for one in left}
    assert reader.client.delete(f"{PATH}/{gone}").status_code == 404


def test_scores_are_told_from_three_answers_on(world: World) -> None:
    guest = Actor("responder-7", roles=(("inc", Role.RESPONDER),))
    for value in (5, 2):
        put_scores(guest, world, "inc", (Score("safe", value), Score("useful", 4)))
    assert [(one.answers, one.counts) for one in tallies_of(guest, world, "inc")] == [(2, ()), (2, ())]
    put_scores(guest, world, "inc", (Score("safe", 5),))
    safe, useful = tallies_of(guest, world, "inc")
    assert (safe.counts, useful.counts) == ((0, 1, 0, 0, 2), ())
    assert tallies_of(guest, world, "inc", InputKind.CARD) == ()
    with pytest.raises(NotAllowed):
        put_scores(Actor("stranger"), world, "inc", (Score("safe", 1),))
    with pytest.raises(ValueError, match="1 to 5"):
        Score("safe", 6)


def test_the_command_writes_and_reads_cards_and_leaves_no_line(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDSTORY_DATA_DIR", str(tmp_path))
    world.incidents.save(some_incident("open"))  # of a restricted one each look has a line, whatever it was for
    said = CliRunner().invoke(APP, ["meeting", "card", "open", "The list is long."])
    assert said.exit_code == 0 and "without your name" in said.output
    assert "The list is long." in CliRunner().invoke(APP, ["meeting", "card", "open"]).output
    assert all(one.what != "meeting" for one in world.audit.entries(None, 0, 100))
    (card,) = world.unsigned.cards.of("open", InputKind.CARD)
    dropped = CliRunner().invoke(APP, ["meeting", "card", "open", "--drop", card.id])
    assert dropped.exit_code == 0 and world.unsigned.cards.of("open", InputKind.CARD) == ()
