"""A real mail server on loopback, and a world that is set up for it."""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.parser import BytesParser
from email.policy import default
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from secondstory.config import Settings
from secondstory.ports import World
from secondstory.wiring import open_world


@dataclass
class Letterbox:
    """What arrived, and how the server answers: `deaths` connections die after the letter was taken."""

    deaths: int = 0
    answer: str = "250 Taken"
    arrived: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802 - the server calls it by this name
        self, server: SMTP, _session: Session, envelope: Envelope
    ) -> str:
        assert isinstance(envelope.content, bytes)
        if self.answer.startswith("250"):
            self.arrived.append(BytesParser(_class=EmailMessage, policy=default).parsebytes(envelope.content))
            self.recipients += envelope.rcpt_tos
        if self.deaths:
            self.deaths -= 1
            assert server.transport is not None
            server.transport.abort()
        return self.answer


@dataclass
class HandClock:
    """A clock that stands until it is moved."""

    time: datetime = datetime(2026, 1, 1, 12, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def wait(self, **span: float) -> None:
        self.time += timedelta(**span)


@pytest.fixture
def letterbox() -> Letterbox:
    return Letterbox()


class FreePort(Controller):
    """A server on whichever port is free."""

    def _trigger_server(self) -> None:
        assert self.server is not None
        self.port = self.server.sockets[0].getsockname()[1]
        super()._trigger_server()


@pytest.fixture
def mail_port(letterbox: Letterbox) -> Iterator[int]:
    controller = FreePort(letterbox, hostname="127.0.0.1", port=0)
    controller.start()
    yield controller.port
    controller.stop()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def mail_world(tmp_path: Path, mail_port: int, clock: HandClock) -> Iterator[World]:
    settings = Settings(
        data_dir=tmp_path / "data",
        mail_server="127.0.0.1",
        mail_port=mail_port,
        mail_tls="none",
        mail_from="Second Story <reviews@example.org>",
        mail_owner="owner@example.org",
    )
    with open_world(settings) as world:
        yield replace(world, clock=clock)
