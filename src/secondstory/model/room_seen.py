"""The room as somebody in it sees it: parts, each told anew when it changes. Votes by person are in none of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from secondstory.model.actor import Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Consent, ItemKind, Ownership


class RoomState(StrEnum):
    """Where a meeting is."""

    WAITING = "waiting"  # nobody has begun it
    LIVE = "live"
    BREAK = "break"
    ENDED = "ended"


@dataclass(frozen=True)
class BoxSeen:
    """A part of the agenda. `spent_s`: without the present stretch, which runs from the clock's `since` on."""

    key: str
    step: AgendaStep
    title: str
    minutes: int
    aims: tuple[str, ...]
    spent_s: float


@dataclass(frozen=True)
class ClockSeen:
    """Where the meeting is. The current box runs since `since`; None = it does not run."""

    state: RoomState
    title: str
    started_at: datetime | None
    ended_at: datetime | None
    boxes: tuple[BoxSeen, ...]
    current: str
    since: datetime | None
    break_until: datetime | None
    led_by: str


@dataclass(frozen=True)
class ShownSeen:
    """The event under discussion, by its subject key, and its place among those that the facilitator goes through.

    `subject` "" = none; `of` 0 = its place was not told. `discussed`: the keys of all that were shown, each once.
    """

    subject: str
    place: int
    of: int
    discussed: tuple[str, ...]


@dataclass(frozen=True)
class HandSeen:
    """Somebody who asks for the word, since when, on what."""

    actor: str
    at: datetime
    about: str


@dataclass(frozen=True)
class PollSeen:
    """A question to the room. `counts`, by choice, are told from three answers on, open or closed; before that None."""

    id: str
    question: str
    choices: tuple[str, ...]
    is_open: bool
    answered: int
    counts: tuple[int, ...] | None


@dataclass(frozen=True)
class LineSeen:
    """A line of the board; `key` is its place in the ledger, "" where the board alone holds it."""

    id: str
    kind: ItemKind
    text: str
    key: str
    owner: str
    due: date | None
    verifier: str
    about: str
    by: str
    at: datetime
    box: str
    ownership: Ownership
    verifying: Ownership


@dataclass(frozen=True)
class MessageSeen:
    """What somebody wrote into the room."""

    id: str
    actor: str
    at: datetime
    text: str
    about: str


@dataclass(frozen=True)
class ConsentSeen:
    """What everybody is asked to agree to, and how many did. Who did not is told to facilitators alone, else None."""

    what: Consent
    asked_by: str
    asked_at: datetime
    agreed: int
    refused: int
    silent: int
    refused_by: tuple[str, ...] | None
    silent_by: tuple[str, ...] | None


@dataclass(frozen=True)
class PersonSeen:
    """Somebody who came in since the meeting began."""

    actor: str
    role: Role | None
    joined_at: datetime


@dataclass(frozen=True)
class OwnVote:
    """Your answer to a poll."""

    poll: str
    choice: int


@dataclass(frozen=True)
class OwnConsent:
    """Whether you agreed."""

    what: Consent
    yes: bool


@dataclass(frozen=True)
class OwnSeen:
    """What you said that others do not see as yours."""

    votes: tuple[OwnVote, ...] = ()
    consents: tuple[OwnConsent, ...] = ()


@dataclass(frozen=True)
class RoomParts:
    """All that is told of a room; the channel tells the same parts by the same names."""

    clock: ClockSeen
    shown: ShownSeen
    rule: str
    hands: tuple[HandSeen, ...]
    polls: tuple[PollSeen, ...]
    board: tuple[LineSeen, ...]
    told: tuple[MessageSeen, ...]
    consents: tuple[ConsentSeen, ...]
    people: tuple[PersonSeen, ...]
    own: OwnSeen


@dataclass(frozen=True)
class RoomSeen:
    """The room of the last meeting for who asks; meeting 0 = none was begun. `role` is "owner" for the owner.

    `catch_up`: what a latecomer should know, in a few sentences.
    """

    number: int
    seq: int
    now: datetime
    you: str
    role: str
    leads: bool
    parts: RoomParts
    catch_up: tuple[str, ...]
