"""The shared notes: what two write converges, is told to others once it is on disk, and survives; who may write."""

import asyncio
import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import orjson
import pytest
from pycrdt import (
    Decoder,
    Doc,
    Encoder,
    Text,
    create_awareness_message,
    create_sync_message,
    create_update_message,
    handle_sync_message,
    read_message,
)
from starlette.testclient import WebSocketTestSession
from starlette.websockets import WebSocketDisconnect

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.errors import Unavailable
from secondstory.ports import KeptUpdates, Notebook
from secondstory.usecases.backup import back_up, restore
from secondstory.usecases.erase_person import erase_person
from secondstory.usecases.room.notes import notes_of, text_of
from secondstory.web.live.notes import MOST_BYTES, NotesPage, NotesRooms
from secondstory.wiring import open_world

from .conftest import BASE, Browser, visit


class Pad:
    """A page's copy of the notes."""

    def __init__(self, socket: WebSocketTestSession) -> None:
        self.socket = socket
        self.doc: Doc[Text] = Doc()
        self.text = self.doc.get("notes", type=Text)
        self.sent = 0
        self.told: list[dict[str, object]] = []
        self.cursors: dict[int, object] = {}
        self.welcome = self.until("welcome")
        socket.send_bytes(create_sync_message(self.doc))
        self.hear_until(lambda: "synced" in self.marks)

    marks: frozenset[str] = frozenset()

    def until(self, kind: str) -> dict[str, object]:
        self.hear_until(lambda: bool(self.told) and self.told[-1]["type"] == kind)
        return self.told[-1]

    def hear_until(self, done: Callable[[], bool]) -> None:
        while not done():
            message = self.socket.receive()
            self.socket._raise_on_close(message)
            if message.get("text"):
                self.told.append(json.loads(message["text"]))
            else:
                self.hear(message["bytes"])

    def hear(self, data: bytes) -> None:
        if data[0] == 1:
            decoder = Decoder(read_message(data[1:]))
            for _ in range(decoder.read_var_uint()):
                client, _clock = decoder.read_var_uint(), decoder.read_var_uint()
                self.cursors[client] = orjson.loads(decoder.read_var_string())
            return
        reply = handle_sync_message(data[1:], self.doc)
        if reply is not None:
            self.send(reply)
        if data[1] == 1:
            self.marks = self.marks | {"synced"}

    def send(self, message: bytes) -> None:
        self.sent += 1
        self.socket.send_bytes(message)

    def write(self, place: int, words: str) -> None:
        before = self.doc.get_state()
        self.text.insert(place, words)
        self.send(create_update_message(self.doc.get_update(before)))

    def is_saved(self) -> bool:
        counts = [one["count"] for one in self.told if one["type"] == "saved"]
        return bool(counts) and counts[-1] == self.sent

    def saved(self) -> None:
        self.hear_until(self.is_saved)

    def look(self, clock: int, state: object) -> None:
        encoder = Encoder()
        encoder.write_var_uint(1)
        encoder.write_var_uint(self.doc.client_id)
        encoder.write_var_uint(clock)
        encoder.write_var_string(json.dumps(state))
        self.socket.send_bytes(create_awareness_message(encoder.to_bytes()))


@contextmanager
def open_notes(browser: Browser, incident: str) -> Iterator[Pad]:
    address = f"{BASE.replace('http', 'ws')}/api/v1/incidents/{incident}/meeting/notes"
    with browser.client.websocket_connect(address) as socket:
        yield Pad(socket)


def kept(browser: Browser, incident: str) -> str:
    return text_of(browser.world.notes.kept(Notebook(incident, 1)).updates)


def at(clock: int) -> dict[str, object]:
    """A cursor."""
    place = {"type": None, "tname": "notes", "item": {"client": 1, "clock": clock}, "assoc": 0}
    return {"anchor": place, "head": place}


def test_two_write_at_once_and_what_is_called_saved_is_on_disk(own_browser: Browser, incident: str) -> None:
    with own_browser.client, open_notes(own_browser, incident) as first, open_notes(own_browser, incident) as second:
        assert first.welcome == {"type": "welcome", "meeting": 1, "may_write": True, "you": "owner"}
        for place, letter in enumerate("Ten o'clock: "):
            first.write(place, letter)
        second.write(0, "Facts\n")
        first.saved()
        assert kept(own_browser, incident).replace("Facts\n", "") == "Ten o'clock: "
        second.saved()
        first.hear_until(lambda: "Facts" in str(first.text))
        second.hear_until(lambda: str(second.text) == str(first.text))
        # Taking words out moves no state vector; it counts as an update like any other.
        before = first.doc.get_state()
        del first.text[0:6]
        first.send(create_update_message(first.doc.get_update(before)))
        first.saved()
        assert kept(own_browser, incident) == str(first.text)
    answer = own_browser.get(f"/incidents/{incident}/meeting/notes")
    assert answer == {"meeting": 1, "text": str(first.text).rstrip()}
    lines = own_browser.world.audit.entries(incident, 0, 10)
    assert [(one.actor, one.what, one.on) for one in lines if one.on == "meeting/notes"] == [
        ("owner", "wrote", "meeting/notes")
    ] * 2


def test_two_who_come_at_once_are_in_one_room_and_the_last_to_leave_keeps_it_as_one_row() -> None:
    notes, notebook = Stubborn(0), Notebook("inc", 1)

    async def scene() -> None:
        rooms = NotesRooms(notes, lambda: datetime(2026, 1, 1, tzinfo=UTC))
        pages = [NotesPage("responder-1"), NotesPage("responder-2")]
        first, second = await asyncio.gather(*(rooms.join(notebook, page) for page in pages))
        assert first is second
        for page, words in zip(pages, ("one ", "two "), strict=True):
            doc: Doc[Text] = Doc()
            doc.get("notes", type=Text).insert(0, words)
            assert first.take(page, doc.get_update())
        await rooms.leave(first, pages[0])
        assert len(notes.rows) == 2
        await rooms.leave(first, pages[1])

    asyncio.run(scene())
    assert len(notes.rows) == 1
    assert sorted(text_of(tuple(notes.rows)).split()) == ["one", "two"]


def test_what_was_written_without_a_connection_merges(own_browser: Browser, incident: str) -> None:
    with own_browser.client, open_notes(own_browser, incident) as there:
        there.write(0, "middle")
        there.saved()
        with open_notes(own_browser, incident) as away:
            pass
        away.text.insert(6, " end")  # while it is away
        there.write(0, "begin ")
        there.saved()
        with open_notes(own_browser, incident) as back:
            back.write(0, "")
            back.send(create_update_message(away.doc.get_update(back.doc.get_state())))
            back.saved()
            there.hear_until(lambda: str(there.text) == "begin middle end")
            back.hear_until(lambda: str(back.text) == "begin middle end")


def test_names_and_secrets_are_taken_out_of_the_text_that_leaves_the_room(own_browser: Browser, incident: str) -> None:
    own_browser.world.sealed.token("Kim Larsen", "responder")
    with own_browser.client, open_notes(own_browser, incident) as pad:
        pad.write(0, "Kim Larsen rolled back\npassword=hunter2hunter2")
        pad.saved()
    text = str(own_browser.get(f"/incidents/{incident}/meeting/notes")["text"])
    assert "Larsen" not in text and "hunter2" not in text and "rolled back" in text


def test_a_name_that_is_erased_while_a_page_is_open_does_not_come_back(own_browser: Browser, incident: str) -> None:
    token = own_browser.world.sealed.token("Wilhelmina Marker", "responder")
    with own_browser.client:
        with open_notes(own_browser, incident) as pad:
            pad.write(0, "Wilhelmina Marker rolled back.\n")
            pad.write(0, "At ten.\n")
            pad.saved()
            erase_person(LOCAL_OWNER, own_browser.world, token)  # as the command line does, beside the server
            pad.write(0, "Then it was calm.\n")
            with pytest.raises(WebSocketDisconnect) as shut:
                pad.until("never")
            assert shut.value.code == 1012
        with open_notes(own_browser, incident) as back:
            back.send(create_update_message(pad.doc.get_update(back.doc.get_state())))
            back.saved()
            assert str(back.text) == f"Then it was calm.\nAt ten.\n{token} rolled back.\n"
    assert "Marker" not in kept(own_browser, incident)


def test_what_is_written_is_in_no_file_in_clear_and_comes_back_with_a_backup(
    own_browser: Browser, incident: str, tmp_path: Path
) -> None:
    world = own_browser.world
    with own_browser.client, open_notes(own_browser, incident) as pad:
        pad.write(0, "Quillfern looked at the pool")
        pad.saved()
    back_up(LOCAL_OWNER, world, tmp_path / "all.tar", tmp_path / "all.keys")
    there = [tmp_path / "all.tar", *(one for one in world.data_dir.rglob("*") if one.is_file())]
    assert [one.name for one in there if b"Quillfern" in one.read_bytes()] == []
    restore(LOCAL_OWNER, tmp_path / "all.tar", tmp_path / "all.keys", tmp_path / "back")
    with open_world(Settings(data_dir=tmp_path / "back")) as back:
        assert "Quillfern looked" in notes_of(LOCAL_OWNER, back, incident)


def test_a_cursor_has_the_token_of_who_is_signed_in_whatever_the_page_says(browser: Browser, incident: str) -> None:
    with browser.client, open_notes(browser, incident) as watching:
        with open_notes(browser, incident) as pad:
            pad.look(1, {"user": {"name": "responder-7", "color": "red"}, "cursor": at(1), "more": "x"})
            watching.hear_until(lambda: pad.doc.client_id in watching.cursors)
            assert watching.cursors[pad.doc.client_id] == {"user": {"name": "owner"}, "cursor": at(1)}
            # Nobody moves the cursor of somebody else's page.
            pad.doc = watching.doc
            watching.look(1, {"cursor": at(2)})
            watching.hear_until(lambda: watching.doc.client_id in watching.cursors)
            pad.look(9, {"cursor": at(99)})
            pad.look(9, None)
        gone = [client for client in watching.cursors if client != watching.doc.client_id]
        watching.hear_until(lambda: watching.cursors[gone[0]] is None)
        assert watching.cursors[watching.doc.client_id] == {"user": {"name": "owner"}, "cursor": at(2)}


def cursor_of(state: bytes) -> bytes:
    return bytes([len(state) + 4, 1, 7, 1, len(state)]) + state


UNSOUND = [
    b"",
    b"\x00",
    b"\x05",
    b"\x00\x02\x03abc",
    b"\x00\x02\x05ab",
    b"\x00\x00\x02\xff\xff",
    b"\x01\x02zz",
    b"\x01" + cursor_of(b'{"cursor":{"anchor":1,"head":{}}}'),
]


@pytest.mark.parametrize("message", UNSOUND)
def test_what_is_no_update_shuts_the_page_out_and_harms_nobody(browser: Browser, incident: str, message: bytes) -> None:
    with browser.client, open_notes(browser, incident) as there:
        with open_notes(browser, incident) as pad:
            pad.socket.send_bytes(message)
            with pytest.raises(WebSocketDisconnect) as shut:
                pad.until("never")
        assert shut.value.code == 4400
        before = str(there.text)
        there.write(0, "still ")
        there.saved()
        assert kept(browser, incident) == "still " + before


def test_text_in_place_of_bytes_shuts_the_page_out(browser: Browser, incident: str) -> None:
    with browser.client, open_notes(browser, incident) as pad:
        pad.socket.send_text("{}")
        with pytest.raises(WebSocketDisconnect) as shut:
            pad.until("never")
    assert shut.value.code == 4400


def test_who_watches_reads_along_and_cannot_write(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("observer-2", roles=((incident, Role.OBSERVER),)))
    with guest.client, open_notes(guest, incident) as pad:
        assert pad.welcome["may_write"] is False
        pad.write(0, "x")
        with pytest.raises(WebSocketDisconnect) as shut:
            pad.until("never")
    assert shut.value.code == 4405
    assert "x" not in kept(browser, incident)


def test_rights_end_within_a_moment(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("responder-2", roles=((incident, Role.RESPONDER),)))
    with guest.client, open_notes(guest, incident) as pad:
        guest.app.state.door.actor = replace(guest.door.actor, roles=((incident, Role.OBSERVER),))
        assert pad.until("rights")["may_write"] is False
        guest.app.state.door.actor = replace(guest.door.actor, roles=())
        with pytest.raises(WebSocketDisconnect) as shut:
            pad.until("never")
    assert shut.value.code == 4403


def test_a_stranger_is_not_told_whether_there_are_notes(browser: Browser, incident: str) -> None:
    stranger = visit(browser.world, Actor("responder-9", roles=(("another", Role.RESPONDER),)))
    for one in (incident, "no-such-incident"):
        with pytest.raises(WebSocketDisconnect), open_notes(stranger, one):
            pass


def test_notes_that_are_full_take_no_more(browser: Browser, incident: str) -> None:
    guest = visit(browser.world, Actor("responder-3", roles=((incident, Role.RESPONDER),)))
    with guest.client, open_notes(guest, incident) as pad:
        words = "w" * 200_000
        with pytest.raises(WebSocketDisconnect) as shut:
            for _ in range(MOST_BYTES // len(words) + 1):
                pad.write(0, words)
            pad.until("never")
        assert shut.value.code == 4413


class Stubborn:
    """Notes whose disk refuses so many times."""

    def __init__(self, refusals: int) -> None:
        self.rows: list[bytes] = []
        self.refusals = refusals

    def kept(self, _notebook: Notebook) -> KeptUpdates:
        return KeptUpdates(len(self.rows), tuple(self.rows))

    def append(self, _notebook: Notebook, update: bytes) -> int:
        if self.refusals:
            self.refusals -= 1
            raise Unavailable("The disk is full.", "Make room.")
        self.rows.append(update)
        return len(self.rows)

    def compact(self, _notebook: Notebook, upto: int, whole: bytes) -> None:
        self.rows[:upto] = [whole]


def test_while_the_disk_takes_nothing_nothing_is_called_saved(browser: Browser, incident: str) -> None:
    notes = Stubborn(1)
    stubborn = visit(replace(browser.world, notes=notes))
    with stubborn.client, open_notes(stubborn, incident) as pad, open_notes(stubborn, incident) as other:
        pad.write(0, "words")
        pad.until("trouble")
        assert not pad.is_saved()
        pad.saved()
        assert text_of(tuple(notes.rows)) == "words"
        other.hear_until(lambda: str(other.text) == "words")
