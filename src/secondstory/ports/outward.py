"""What leaves the installation: letters that wait in the records, the addresses they go to, and what carries them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal, Protocol

from secondstory.model.document import Document
from secondstory.model.mail import Letter, Posted, Sending
from secondstory.model.publication import Publication, PublishedFile
from secondstory.model.report import ReportBody


class Addresses(Protocol):
    """Where people are written to, by role token. Part of the sealed layer: encrypted at rest, never logged."""

    def save(self, token: str, address: str) -> None:
        """Create or replace; an empty address removes it."""

    def of(self, token: str) -> str | None:
        """The address of one person."""

    def known(self) -> tuple[str, ...]:
        """The tokens that have an address."""


class Outbox(Protocol):
    """Letters to send, kept until they are sent; what they say is forgotten then."""

    def put(self, letter: Letter, now: datetime) -> bool:
        """Queue a letter durably. False: one with its key is there already, and nothing is added."""

    def posted(self, incident_id: str | None) -> tuple[Posted, ...]:
        """How far each letter of an incident came, or each of all (None); the oldest first."""

    def again(self, key: str, now: datetime) -> bool:
        """Have a dead letter tried again. False: there is none with this key."""


class Mailbag(Protocol):
    """The outbox from the carrier's side."""

    def due(self, now: datetime, until: datetime) -> tuple[Sending, ...]:
        """Letters whose time has come. Nobody else is handed them before `until`, so that two carriers send one."""

    def settle(self, posted: Posted) -> None:
        """What became of an attempt."""


class Post(Protocol):
    """Carries letters to where they go."""

    def send(self, sending: Sending, address: str) -> None:
        """Hand it over. Raises Unavailable where another attempt may do, and BadInput where none will."""


@dataclass(frozen=True)
class MailServer:
    """The one server that letters are handed to. An empty `user` signs in to none."""

    host: str
    port: int
    sender: str  # the address that letters come from, with or without a name
    tls: Literal["starttls", "tls", "none"] = "starttls"
    user: str = ""
    password: str = ""

    @property
    def place(self) -> str:
        """How errors name it."""
        return f"{self.host}:{self.port}"


@dataclass(frozen=True)
class PostExtension:
    """A way that letters go."""

    name: str
    summary: str
    open: Callable[[MailServer], Post]


class Publications(Protocol):
    """Published versions of documents; each is written once."""

    def add(self, publication: Publication, files: tuple[PublishedFile, ...]) -> None:
        """Keep a version with its files, in one step. Raises Conflict where its number is taken."""

    def of(self, incident_id: str) -> tuple[Publication, ...]:
        """All versions of an incident, the newest first."""

    def file(self, incident_id: str, number: int, name: str) -> PublishedFile | None:
        """One file of a version."""


class Renderer(Protocol):
    """Writes a document in a form that needs a program or fonts."""

    def render(self, document: Document[ReportBody]) -> bytes:
        """The document's bytes. Raises Unavailable where what it needs is not installed."""


@dataclass(frozen=True)
class RendererExtension:
    """A form of the document that is rendered outside the core."""

    name: str
    summary: str
    suffix: str
    media_type: str
    open: Callable[[], Renderer]
