"""Actions: what is proposed so that it does not come back, each with the factor it answers."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.remedy import ActionKind, Area, Strength

__all__ = ["ActionItem", "ActionKind", "ActionsBody", "Area", "Strength"]


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
    """What is proposed, strongest first, then by key. What people agreed on is a `Plan`, which no document holds."""

    items: tuple[ActionItem, ...]
