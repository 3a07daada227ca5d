"""What travels on the live channel, both ways."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field

from secondstory.model.ledger import Entry


@dataclass(frozen=True)
class Change:
    """That something was said: on what, of which kind, by whom. Its words are asked for where they are needed."""

    seq: int
    id: str
    subject: str
    kind: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class Present:
    """One open page: whose, and which. The same person may have several."""

    actor: str
    page: str


@dataclass(frozen=True)
class Welcome:
    """The first message. `head` below what the page has seen: the records are older than the page, read all anew."""

    head: int
    present: tuple[Present, ...]
    you: str
    type: Literal["welcome"] = "welcome"


@dataclass(frozen=True)
class Changes:
    """What was committed since the last message of this kind, in order and without a hole."""

    changes: tuple[Change, ...]
    type: Literal["changes"] = "changes"


@dataclass(frozen=True)
class Presence:
    """Who has which page open now."""

    present: tuple[Present, ...]
    type: Literal["presence"] = "presence"


@dataclass(frozen=True)
class Rights:
    """That the one behind the page has another role there from now on: what it may do is to be asked again."""

    role: str
    type: Literal["rights"] = "rights"


class Seen(BaseModel):
    """What a page tells: its own name, such as `timeline`."""

    model_config = ConfigDict(extra="forbid")

    page: str = Field(max_length=30, pattern=r"^[a-z-]*$")


def change_of(entry: Entry) -> Change:
    """An entry without its words."""
    said = entry.said
    return Change(entry.seq, said.id, said.subject, entry.verb, said.actor_id, said.at)
