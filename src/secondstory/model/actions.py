"""Actions: what is proposed so that it does not come back, each with the factor it answers."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ActionKind(StrEnum):
    """What an action is for."""

    PREVENT = "prevent"
    DETECT = "detect"
    MITIGATE = "mitigate"
    PROCESS = "process"


class Area(StrEnum):
    """Where an action changes something."""

    PROCESS = "process"
    TOOLING = "tooling"
    TRAINING = "training"
    ARCHITECTURE = "architecture"


class Strength(StrEnum):
    """How much an action relies on people remembering."""

    STRONGER = "stronger"
    INTERMEDIATE = "intermediate"
    WEAKER = "weaker"


@dataclass(frozen=True)
class ActionItem:
    """A proposed action. Ownership is asked in the meeting, so there is no owner yet."""

    key: str
    title: str
    kind: ActionKind
    area: Area
    strength: Strength
    answers: tuple[str, ...]  # keys of hypotheses, gaps or milestones
    criterion: str  # how one will know that it works
    evidence_ids: tuple[str, ...]
    decision_ids: tuple[str, ...] = ()  # of the person who put it forward


@dataclass(frozen=True)
class ActionsBody:
    """Strongest first, then by key."""

    items: tuple[ActionItem, ...]
