"""What people agreed on: contributing factors, what went well and badly, actions with owners, accepted risks.

Folded from decisions by `stages/actions`; nothing here is found by the machine alone.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from secondstory.model.action_state import ActionState
from secondstory.model.causes import Part
from secondstory.model.remedy import ActionKind, Area, Strength


class LinkKind(StrEnum):
    """What one factor did to another."""

    SET_OFF = "set_off"
    AMPLIFIED = "amplified"
    HID = "hid"
    PROLONGED = "prolonged"


class LessonKind(StrEnum):
    """How something went. Well needs no answer; the others do."""

    BADLY = "badly"
    WELL = "well"
    LUCKY = "lucky"


class Ownership(StrEnum):
    """How far an owner, or who verifies, is: asked, never told."""

    NONE = "none"
    PROPOSED = "proposed"
    ACCEPTED = "accepted"
    DECLINED = "declined"


@dataclass(frozen=True)
class Factor:
    """A contributing factor; the initiating ones come first. `hypothesis` "" = in people's own words."""

    key: str
    label: str  # F1, F2, … in the order shown
    words: str
    part: Part
    hypothesis: str
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...]


@dataclass(frozen=True)
class Link:
    """What one factor did to another: `source` amplified `target`."""

    key: str
    source: str
    target: str
    kind: LinkKind
    words: str
    decision_ids: tuple[str, ...]


@dataclass(frozen=True)
class Lesson:
    """Something that went badly or well, or where luck helped."""

    key: str
    label: str  # L1, L2, …
    kind: LessonKind
    words: str
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...]


@dataclass(frozen=True)
class ActionStep:
    """One entry of an action's history. what: written, edited, due, status; owner, accepted, declined; verifier, …"""

    id: str
    at: datetime
    actor: str
    what: str
    text: str
    why: str


@dataclass(frozen=True)
class PlannedAction:
    """An action that people agreed on, as it stands, with all that was said of it, the oldest first."""

    key: str
    label: str  # A1, A2, … in the order of agreement
    title: str
    kind: ActionKind
    area: Area
    strength: Strength
    strength_why: str
    answers: tuple[str, ...]  # keys of factors and lessons
    criterion: str  # how one will know that it works, in words; criteria that run come beside it
    team: str  # who carries it, where teams are named
    proposal: str  # key of the machine's proposal that it was made from, or ""
    owner: str
    ownership: Ownership
    due: date
    zone: str  # in which the day ends
    progress: ActionState
    next: tuple[ActionState, ...]
    history: tuple[ActionStep, ...]
    decision_ids: tuple[str, ...]
    verifier: str = ""  # who was asked to look whether it works; never the owner
    verifying: Ownership = Ownership.NONE

    @property
    def is_owned(self) -> bool:
        """True once somebody took it on."""
        return self.ownership is Ownership.ACCEPTED


@dataclass(frozen=True)
class Risk:
    """Something that nobody will do anything about until `expires`, with who approved that and why."""

    key: str
    label: str  # R1, R2, …
    answers: tuple[str, ...]
    words: str
    approver: str
    approved_at: datetime
    expires: date
    decision_ids: tuple[str, ...]


@dataclass(frozen=True)
class FollowUp:
    """The day on which the plan is looked at together. `actor` "" = offered by the policy, nobody set it yet."""

    day: date
    actor: str = ""
    why: str = ""
    decision_ids: tuple[str, ...] = ()


@dataclass(frozen=True)
class Plan:
    """All of it. `unread` are ids of decisions that say nothing here: of something gone, or steps that may not be."""

    factors: tuple[Factor, ...] = ()
    links: tuple[Link, ...] = ()
    lessons: tuple[Lesson, ...] = ()
    actions: tuple[PlannedAction, ...] = ()
    risks: tuple[Risk, ...] = ()
    unread: tuple[str, ...] = ()
    follow_up: FollowUp | None = None  # None: nobody set a day


@dataclass(frozen=True)
class Warned:
    """Something a plan should not be left with: the rule, what it is about, what is said and what would mend it."""

    rule: str
    subject: str  # key, or "" = the plan as a whole
    label: str
    words: str
    suggestion: str
    is_closure: bool  # True: the plan is not complete without it
