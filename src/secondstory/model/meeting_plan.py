"""The meeting before it begins: its agenda with minutes and reasons, who comes, what they say of it, who leads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from secondstory.model.conversation import AgendaStep

MANY = 12
"""From more people on, an inner round speaks and the others write."""


class Template(StrEnum):
    """How long a meeting is, and how it is divided."""

    SHORT = "30"
    STANDARD = "60"
    SOAK = "90"  # with a break and silent writing before the actions
    SPLIT = "60+30"  # the actions on the next working day


@dataclass(frozen=True)
class Shape:
    """A box of a template. `is_fixed`: its minutes are not moved to others, only set by hand. `sitting`: 1 or 2."""

    key: str
    step: AgendaStep
    minutes: int
    is_fixed: bool = False
    sitting: int = 1

    @property
    def least(self) -> int:
        """What is left to it however much the others need."""
        return self.minutes if self.is_fixed else max(1, self.minutes // 2)


def _row(opening: int, minutes: tuple[int, int, int, int, int], closing: int) -> tuple[Shape, ...]:
    timeline, causes, factors, actions, discussion = minutes
    return (
        Shape("opening", AgendaStep.OPENING, opening, is_fixed=True),
        Shape("timeline", AgendaStep.TIMELINE, timeline),
        Shape("causes", AgendaStep.CAUSES, causes),
        Shape("factors", AgendaStep.FACTORS, factors),
        *((Shape("actions", AgendaStep.ACTIONS, actions),) if actions else ()),
        Shape("discussion", AgendaStep.DISCUSSION, discussion),
        Shape("closing", AgendaStep.CLOSING, closing, is_fixed=True),
    )


_SOAKED = _row(6, (26, 16, 12, 10, 5), 5)
SHAPES: dict[Template, tuple[Shape, ...]] = {
    Template.SHORT: _row(3, (10, 5, 4, 4, 1), 3),
    Template.STANDARD: _row(5, (18, 12, 8, 9, 4), 4),
    Template.SOAK: (*_SOAKED[:4], Shape("soak", AgendaStep.ACTIONS, 10, is_fixed=True), *_SOAKED[4:]),
    Template.SPLIT: (
        *_row(5, (24, 16, 9, 0, 3), 3),
        Shape("actions-2", AgendaStep.ACTIONS, 24, sitting=2),
        Shape("closing-2", AgendaStep.CLOSING, 6, is_fixed=True, sitting=2),
    ),
}


@dataclass(frozen=True)
class Pull:
    """Something open that asks for minutes at a step: how much, in words, and what it is about where that has a key."""

    step: AgendaStep
    weight: float
    words: str
    subject: str = ""


@dataclass(frozen=True)
class AgendaBox:
    """A part of the agenda. `why`: what it is for here and why it has its minutes; `template` what it would have.

    `is_set`: its minutes were set by hand. `least` and `most` bound what can be set, so that the minutes add up.
    """

    key: str
    step: AgendaStep
    sitting: int
    title: str
    minutes: int
    template: int
    aim: str
    why: tuple[str, ...]
    is_set: bool
    least: int
    most: int


class Answer(StrEnum):
    """What somebody said to being invited."""

    NONE = "none"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Attendee:
    """Somebody who is proposed, or was added. `why` says by what; `is_in` False: struck off the list by `by`."""

    token: str
    why: tuple[str, ...]
    is_in: bool
    by: str  # who put them on or off, "" = the record
    answer: Answer
    answer_why: str
    has_address: bool
    is_member: bool
    is_executive: bool
    moves: int  # how often they were put on the list or struck off


class PointKind(StrEnum):
    """What an attendee brings up before the meeting."""

    OBJECTION = "objection"  # to a box, or to the meeting as it is planned
    ADDITION = "addition"


class PointOutcome(StrEnum):
    """How the facilitator answers."""

    TAKEN_IN = "taken_in"
    PARKED = "parked"
    NOT_NOW = "not_now"  # with the reason


@dataclass(frozen=True)
class AgendaPoint:
    """What an attendee objects to, or adds. `outcome` None: nobody has answered yet."""

    id: str
    kind: PointKind
    box: str  # key of a box, "" = the meeting as a whole
    words: str
    by: str
    at: datetime
    outcome: PointOutcome | None = None
    reply: str = ""
    replied_by: str = ""


@dataclass(frozen=True)
class Independence:
    """Whether who leads stands beside the events. `findings` say what ties them; `advice` what to do about it."""

    leader: str
    is_tied: bool
    findings: tuple[str, ...]
    advice: str


@dataclass(frozen=True)
class MeetingPlan:
    """The meeting as it is planned now. `starts_by` and `template_by` "" = proposed, nobody set them.

    `sequence` counts the changes that a calendar must know: time, place, template, calling off.
    """

    title: str
    template: Template
    template_by: str
    template_why: str
    starts_at: datetime | None
    starts_by: str
    second_at: datetime | None  # of the second sitting, where there is one
    zone: str
    place: str
    is_called_off: bool
    boxes: tuple[AgendaBox, ...]
    attendees: tuple[Attendee, ...]
    points: tuple[AgendaPoint, ...]
    independence: Independence
    cautions: tuple[str, ...]
    sequence: int
    changed_at: datetime | None

    def sitting(self, number: int) -> tuple[AgendaBox, ...]:
        """The boxes of one sitting, in order."""
        return tuple(box for box in self.boxes if box.sitting == number)

    def length(self, number: int) -> timedelta:
        """How long a sitting is."""
        return timedelta(minutes=sum(box.minutes for box in self.sitting(number)))

    @property
    def open_points(self) -> tuple[AgendaPoint, ...]:
        """What nobody has answered yet."""
        return tuple(one for one in self.points if one.outcome is None)

    @property
    def invited(self) -> tuple[Attendee, ...]:
        """Who is on the list."""
        return tuple(one for one in self.attendees if one.is_in)
