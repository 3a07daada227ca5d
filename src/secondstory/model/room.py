"""The live meeting: what happens in the room, and the room as it stands. All of it is for everybody in the room.

What the facilitator alone may see (captions, the coach's findings, anonymous cards) never becomes a room event.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from secondstory.model.actor import Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.growing_set import GrowingSet
from secondstory.model.window import require_utc

MOST_BOXES = 20
TOLD_KEPT = 50
"""So many of the last messages stay in the room's state; the log keeps all until the meeting is over."""


@dataclass(frozen=True)
class Box:
    """A part of the agenda and its minutes. `aims`: what it is for in this incident, and why it has its minutes."""

    key: str
    step: AgendaStep
    title: str
    minutes: int
    aims: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if self.minutes < 0:
            raise ValueError(f"a box has no negative minutes: {self.minutes}")


class ItemKind(StrEnum):
    """What a line of the board is."""

    DECISION = "decision"
    ACCOUNT = "account"  # what somebody tells of the outage
    ACTION = "action"
    PARKED = "parked"
    HYPOTHESIS = "hypothesis"
    EVIDENCE = "evidence"  # called for, from somebody
    FACTOR = "factor"
    CARD = "card"  # an anonymous card that the facilitator put up


class Ownership(StrEnum):
    """Whether whoever was proposed has taken an action on."""

    NOBODY = "nobody"
    ASKED = "asked"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Consent(StrEnum):
    """What everybody is asked to agree to."""

    CAPTIONS = "captions"  # what is said is read along, and forgotten at the end
    AUDIO = "audio"  # microphones are captioned on this server
    TRANSCRIPT = "transcript"  # the captions are kept after the end


# What happens. Ids are given by whoever sends the event, so that a repeated one is told apart from a second one.


@dataclass(frozen=True)
class Started:
    """The meeting begins with this agenda; its first box begins."""

    title: str
    boxes: tuple[Box, ...]
    rule: str

    def __post_init__(self) -> None:
        if not 0 < len(self.boxes) <= MOST_BOXES:
            raise ValueError(f"an agenda has 1 to {MOST_BOXES} boxes, not {len(self.boxes)}")


@dataclass(frozen=True)
class StepBegan:
    """The room goes to a box, forward or back."""

    box: str


@dataclass(frozen=True)
class BoxStretched:
    """A box is given other minutes in all."""

    box: str
    minutes: int


@dataclass(frozen=True)
class Shown:
    """An event is under discussion, by its subject key; "" = none. `place` (from 1) `of` so many; 0 = not told."""

    subject: str
    place: int = 0
    of: int = 0


@dataclass(frozen=True)
class RuleShown:
    """The ground rule in view is worded so from now on."""

    text: str


@dataclass(frozen=True)
class Joined:
    """Somebody came in, with the role that they have in the incident."""

    role: Role | None  # None: the owner of the installation


@dataclass(frozen=True)
class Left:
    """No page of somebody has been open for a while; who comes back joins again."""

    whose: str


@dataclass(frozen=True)
class HandRaised:
    """Somebody asks for the word. `about`: what on, in a few words."""

    about: str = ""


@dataclass(frozen=True)
class HandLowered:
    """Whose hand goes down: one's own, or that of who was given the word."""

    whose: str


@dataclass(frozen=True)
class PollOpened:
    """A question with its choices is put to the room."""

    id: str
    question: str
    choices: tuple[str, ...]

    def __post_init__(self) -> None:
        if not 2 <= len(self.choices) <= 7:
            raise ValueError(f"a poll has 2 to 7 choices, not {len(self.choices)}")


@dataclass(frozen=True)
class Voted:
    """An answer to a poll; the last one counts."""

    poll: str
    choice: int  # from 0


@dataclass(frozen=True)
class PollClosed:
    """No more answers."""

    poll: str


@dataclass(frozen=True)
class Told:
    """What somebody writes into the room. `about`: the subject key of the event that it is on."""

    id: str
    text: str
    about: str = ""


@dataclass(frozen=True)
class Captured:
    """A line for the board, which the ledger holds already under `key`; "" = the board alone holds it."""

    id: str
    kind: ItemKind
    text: str
    key: str = ""
    owner: str = ""  # of an action; of evidence who was asked for it
    due: date | None = None
    verifier: str = ""
    about: str = ""  # the subject key that it is on


@dataclass(frozen=True)
class OwnerAnswered:
    """Who was asked to take an action on says yes or no."""

    item: str
    yes: bool


@dataclass(frozen=True)
class VerifierAnswered:
    """Who was asked to look whether an action works says yes or no."""

    item: str
    yes: bool


@dataclass(frozen=True)
class Struck:
    """A line of the board is taken back."""

    item: str


@dataclass(frozen=True)
class BreakBegan:
    """Nobody talks for so many minutes, and no box's time runs."""

    minutes: int


@dataclass(frozen=True)
class BreakEnded:
    """The room goes on where it was."""


@dataclass(frozen=True)
class ConsentAsked:
    """Everybody is asked whether they agree."""

    what: Consent


@dataclass(frozen=True)
class Consented:
    """Somebody agrees, or not, or no more."""

    what: Consent
    yes: bool


@dataclass(frozen=True)
class LeadTaken:
    """Another facilitator leads from here on."""


@dataclass(frozen=True)
class Ended:
    """The meeting is over."""


_Led = Started | StepBegan | BoxStretched | Shown | RuleShown | BreakBegan | BreakEnded | LeadTaken | Ended
_Asked = PollOpened | Voted | PollClosed | ConsentAsked | Consented
_Said = HandRaised | HandLowered | Told | Captured | OwnerAnswered | VerifierAnswered | Struck
RoomEvent = _Led | _Asked | _Said | Joined | Left


@dataclass(frozen=True)
class Happened:
    """One event and its place: 1, 2, 3, … in each meeting, without a hole."""

    seq: int
    at: datetime
    actor: str
    event: RoomEvent

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of a room event")
        if self.seq < 1:
            raise ValueError("room events are numbered from 1")


# The room as it stands.


@dataclass(frozen=True)
class BoxSpent:
    """A box with the seconds that were spent in it before the present stretch."""

    box: Box
    spent_s: float = 0.0


@dataclass(frozen=True)
class RoomClock:
    """Where the meeting is. Of the current box `since` counts on, unless there is a break."""

    started_at: datetime | None = None
    ended_at: datetime | None = None
    boxes: tuple[BoxSpent, ...] = ()
    current: str = ""
    since: datetime | None = None
    break_until: datetime | None = None
    led_by: str = ""


@dataclass(frozen=True)
class Hand:
    """Somebody who asks for the word, since when."""

    actor: str
    at: datetime
    about: str


@dataclass(frozen=True)
class Poll:
    """A question and its answers by person, which no view tells."""

    id: str
    question: str
    choices: tuple[str, ...]
    votes: tuple[tuple[str, int], ...] = ()
    is_open: bool = True


@dataclass(frozen=True)
class Item:
    """A line of the board. `by`: who captured it; `box`: the box that it was said in."""

    line: Captured
    by: str
    at: datetime
    box: str
    ownership: Ownership = Ownership.NOBODY
    verifying: Ownership = Ownership.NOBODY


@dataclass(frozen=True)
class Message:
    """What somebody wrote into the room."""

    id: str
    actor: str
    at: datetime
    text: str
    about: str


@dataclass(frozen=True)
class ConsentState:
    """Who was asked what, and who agreed."""

    what: Consent
    asked_by: str
    asked_at: datetime
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Somebody who came in, once or more often. `left_at` None: is there, as far as one knows."""

    actor: str
    role: Role | None
    joined_at: datetime
    left_at: datetime | None = None


@dataclass(frozen=True)
class Room:
    """A meeting after event number `seq`; `number` counts the meetings of an incident from 1."""

    number: int
    seq: int = 0
    title: str = ""
    clock: RoomClock = RoomClock()
    shown: str = ""  # subject key
    shown_at: tuple[int, int] = (0, 0)  # its place, of how many
    discussed: tuple[str, ...] = ()  # subject keys of all that were shown, in order, each once
    rule: str = ""
    hands: tuple[Hand, ...] = ()
    polls: tuple[Poll, ...] = ()
    board: tuple[Item, ...] = ()
    told: tuple[Message, ...] = ()
    told_ids: GrowingSet[tuple[str, str]] = field(default_factory=GrowingSet)  # (id, whose) of all, also those not kept
    consents: tuple[ConsentState, ...] = ()
    people: tuple[Person, ...] = ()

    @property
    def is_live(self) -> bool:
        """True from its start to its end."""
        return self.clock.started_at is not None and self.clock.ended_at is None

    @property
    def present(self) -> tuple[Person, ...]:
        """Who came in and has not left."""
        return tuple(one for one in self.people if one.left_at is None)

    def item(self, ident: str) -> Item | None:
        """A line of the board."""
        return next((one for one in self.board if one.line.id == ident), None)

    def poll(self, ident: str) -> Poll | None:
        """A poll, open or closed."""
        return next((one for one in self.polls if one.id == ident), None)
