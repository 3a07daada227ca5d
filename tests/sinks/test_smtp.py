"""Letters reach a real mail server once, whatever dies on the way, and never tell an address."""

import logging
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from secondstory.cli.app import APP
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import BadInput, NotAllowed, NotFound, Unavailable
from secondstory.model.mail import MOST_ATTEMPTS, Attachment, Letter, LetterState
from secondstory.ports import World
from secondstory.usecases.mail import Delivered, deliver, letters, retry_letter, set_address
from secondstory.wiring import open_world

from .conftest import HandClock, Letterbox

LETTER = Letter(
    key="circulate/i/1/responder-1",
    to="responder-1",
    subject="Orders were slow – what we found",
    text="Grüße\n",
    html="<p>Grüße</p>",
    attachments=(Attachment("report.pdf", "application/pdf", b"%PDF-1.7\0\xff"),),
    incident_id="i",
)
ADDRESS = "rita.rivers@example.org"


@pytest.fixture
def queued(mail_world: World) -> World:
    set_address(LOCAL_OWNER, mail_world, "responder-1", ADDRESS)
    assert mail_world.outbox.put(LETTER, mail_world.clock.now())
    return mail_world


def test_a_letter_arrives_whole(queued: World, letterbox: Letterbox) -> None:
    assert deliver(LOCAL_OWNER, queued) == Delivered(sent=1, waiting=0, dead=0)
    (message,) = letterbox.arrived
    assert letterbox.recipients == [ADDRESS]
    assert (message["From"], message["Subject"]) == ("Second Story <reviews@example.org>", LETTER.subject)
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain is not None and plain.get_content().strip() == "Grüße"
    assert html is not None and html.get_content().strip() == "<p>Grüße</p>"
    (file,) = message.iter_attachments()
    assert (file.get_filename(), file.get_content()) == ("report.pdf", LETTER.attachments[0].data)


def test_the_same_letter_is_queued_once(queued: World, letterbox: Letterbox) -> None:
    assert not queued.outbox.put(replace(LETTER, text="Again"), queued.clock.now())
    deliver(LOCAL_OWNER, queued)
    assert not queued.outbox.put(LETTER, queued.clock.now())
    assert deliver(LOCAL_OWNER, queued) == Delivered(0, 0, 0)
    assert len(letterbox.arrived) == 1


def test_after_a_connection_that_dies_behind_the_letter_it_comes_again_as_the_same(
    queued: World, letterbox: Letterbox, clock: HandClock
) -> None:
    letterbox.deaths = 1
    assert deliver(LOCAL_OWNER, queued) == Delivered(sent=0, waiting=1, dead=0)
    assert deliver(LOCAL_OWNER, queued) == Delivered(0, 0, 0), "not before its time"
    clock.wait(minutes=2)
    assert deliver(LOCAL_OWNER, queued) == Delivered(sent=1, waiting=0, dead=0)
    first, second = letterbox.arrived
    assert first["Message-ID"] == second["Message-ID"] and first["Date"] == second["Date"]


def test_a_letter_survives_its_process(queued: World, letterbox: Letterbox, tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "data")
    with open_world(settings) as later:
        with pytest.raises(Unavailable, match="SECONDSTORY_MAIL_SERVER"):
            deliver(LOCAL_OWNER, later)
        deliver(LOCAL_OWNER, replace(later, post=queued.post))
    assert len(letterbox.arrived) == 1


def test_a_letter_is_given_up_in_the_end_and_can_be_tried_again(
    queued: World, letterbox: Letterbox, clock: HandClock
) -> None:
    letterbox.answer = "451 Try later"
    for _ in range(MOST_ATTEMPTS):
        deliver(LOCAL_OWNER, queued)
        clock.wait(hours=7)
    (posted,) = letters(LOCAL_OWNER, queued, "i")
    assert (posted.state, posted.attempts) == (LetterState.DEAD, MOST_ATTEMPTS)
    assert "451" in posted.error and "mail retry" in posted.error
    letterbox.answer = "250 Taken"
    retry_letter(LOCAL_OWNER, queued, LETTER.key)
    assert deliver(LOCAL_OWNER, queued).sent == 1
    with pytest.raises(NotFound):
        retry_letter(LOCAL_OWNER, queued, LETTER.key)


def test_a_refusal_for_good_is_not_repeated_and_tells_no_address(
    queued: World, letterbox: Letterbox, caplog: pytest.LogCaptureFixture
) -> None:
    letterbox.answer = f"550 <{ADDRESS}> is unknown"
    with caplog.at_level(logging.DEBUG):
        assert deliver(LOCAL_OWNER, queued) == Delivered(sent=0, waiting=0, dead=1)
    (posted,) = letters(LOCAL_OWNER, queued, "i")
    assert "550" in posted.error and "example.org" not in posted.error.replace("ann@example.org", "")
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]  # which is the server's
    assert ADDRESS not in "\n".join(ours)


def test_no_address_no_letter(mail_world: World) -> None:
    mail_world.outbox.put(LETTER, mail_world.clock.now())
    assert deliver(LOCAL_OWNER, mail_world).dead == 1
    (posted,) = letters(LOCAL_OWNER, mail_world, None)
    assert "mail address responder-1" in posted.error


def test_two_carriers_send_one_letter(queued: World, letterbox: Letterbox, clock: HandClock) -> None:
    clock.wait(seconds=1)
    held = queued.mailbag.due(clock.now(), clock.now() + timedelta(minutes=10))
    assert len(held) == 1
    assert deliver(LOCAL_OWNER, queued) == Delivered(0, 0, 0)
    assert letterbox.arrived == []


def test_addresses_and_words_are_not_in_the_database(queued: World) -> None:
    files = [file.read_bytes() for file in queued.data_dir.rglob("*") if file.is_file()]
    assert not any(b"rita.rivers" in data or "Grüße".encode() in data for data in files)


def test_the_owner_is_written_to_at_the_address_of_the_settings(mail_world: World, letterbox: Letterbox) -> None:
    mail_world.outbox.put(replace(LETTER, to="owner"), mail_world.clock.now())
    deliver(LOCAL_OWNER, mail_world)
    assert letterbox.recipients == ["owner@example.org"]
    assert mail_world.addresses.known() == ("owner",)


@pytest.mark.parametrize("address", ["nobody", "a@b\r\nBcc: c@d", "a@b, c@d", "<a@b>"])
def test_an_address_that_is_none_is_refused(mail_world: World, address: str) -> None:
    with pytest.raises(BadInput, match="no mail address"):
        set_address(LOCAL_OWNER, mail_world, "responder-1", address)


def test_people_set_their_own_address_only(mail_world: World) -> None:
    set_address(Actor("responder-1"), mail_world, "responder-1", ADDRESS)
    with pytest.raises(NotAllowed):
        set_address(Actor("responder-1"), mail_world, "responder-2", ADDRESS)
    with pytest.raises(NotAllowed):
        letters(Actor("responder-1"), mail_world, None)


def test_the_command_line_tells_how_far_letters_came(
    queued: World, mail_port: int, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SECONDSTORY_DATA_DIR", str(queued.data_dir))
    listed = CliRunner().invoke(APP, ["mail", "list", "--json"])
    assert LETTER.key in listed.stdout and ADDRESS not in listed.stdout
    assert CliRunner().invoke(APP, ["mail", "send"]).exit_code == 3
    for name, value in (("SERVER", "127.0.0.1"), ("PORT", str(mail_port)), ("TLS", "none"), ("FROM", "a@b.example")):
        monkeypatch.setenv(f"SECONDSTORY_MAIL_{name}", value)
    sent = CliRunner().invoke(APP, ["mail", "send"])
    assert sent.exit_code == 0 and "1 sent" in sent.stdout
    assert len(letterbox.arrived) == 1
