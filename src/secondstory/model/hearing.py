"""What is heard in a meeting and what the facilitator does with it: the journal, which is forgotten at the close."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.card import Card
from secondstory.model.conversation import AgendaStep
from secondstory.model.reply import Reply, Step
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel, SpeakerRole, Verdict
from secondstory.model.window import require_utc


class RailAct(StrEnum):
    """What a facilitator does with a finding."""

    USED = "used"  # said it, or something like it
    DISMISSED = "dismissed"
    NOT_BLAME = "not_blame"  # the finding is wrong; its rules count less in this meeting
    STEP_UP = "step_up"  # shows the next, firmer reply


@dataclass(frozen=True)
class Heard:
    """A cue with what was read in it and what may be said; read once, so that a restart judges nothing again.

    `sent_s`: its begin as the captions gave it; the cue itself counts in the meeting's own seconds. `told`: the number
    of the room event that it is the text of, 0 = it was spoken.
    """

    cue: Cue
    role: SpeakerRole
    channel: Channel
    box: str
    step: AgendaStep
    verdict: Verdict
    replies: tuple[Reply, ...] = ()
    card: Card | None = None
    sent_s: float | None = None
    told: int = 0


@dataclass(frozen=True)
class Acted:
    """A facilitator did something with the finding at a cue; `wording`: the key of the reply in view then."""

    act: RailAct
    cue: int
    wording: str = ""


@dataclass(frozen=True)
class RuleSaid:
    """The ground rule was said in the words of this key, or turned down."""

    key: str


@dataclass(frozen=True)
class QuestionAsked:
    """A question was asked, or turned down: the next one comes."""

    text: str


@dataclass(frozen=True)
class RoleNamed:
    """Who speaks under this name is this."""

    name: str
    role: SpeakerRole


@dataclass(frozen=True)
class OwnNotes:
    """All that whoever leads has written down for themselves, in place of what they wrote before."""

    by: str
    text: str


JournalWhat = Heard | Acted | RuleSaid | QuestionAsked | RoleNamed | OwnNotes


@dataclass(frozen=True)
class JournalEntry:
    """One entry and its place: 1, 2, 3, … in each meeting."""

    seq: int
    at: datetime
    what: JournalWhat

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of a journal entry")
        if self.seq < 1:
            raise ValueError("journal entries are numbered from 1")


@dataclass(frozen=True)
class CoachCount:
    """What stays of the coach when a meeting is over: how often, without person, cue or text.

    `label`: what was read first, or the moment's key where no words were at fault; `act`: "" = neither used nor
    turned down.
    """

    label: str
    step: Step
    act: str
    count: int


@dataclass(frozen=True)
class KeptCue:
    """A line of a transcript that all present agreed to keep; whoever has no token is a numbered speaker."""

    at_s: float | None
    speaker: str
    text: str


@dataclass(frozen=True)
class KeptTranscript:
    """The captions of a meeting, which all present agreed to keep, without anything that was read in them."""

    incident_id: str
    number: int
    agreed_by: tuple[str, ...]
    cues: tuple[KeptCue, ...]
