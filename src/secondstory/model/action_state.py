"""How far an action is: each step, what may follow it, and what it asks of whoever takes it."""

from __future__ import annotations

from enum import StrEnum


class ActionState(StrEnum):
    """Where an action stands. Done is not proved: implemented, verified and effective are three things."""

    OPEN = "open"
    IN_PROGRESS = "in_progress"
    IMPLEMENTED = "implemented"
    VERIFIED = "verified"  # somebody else saw that the criterion holds
    EFFECTIVE = "effective"  # it held when it mattered
    INEFFECTIVE = "ineffective"
    ACCEPTED_RISK = "accepted_risk"  # not done, knowingly
    CANCELLED = "cancelled"


_NEXT = {
    ActionState.OPEN: (
        ActionState.IN_PROGRESS,
        ActionState.IMPLEMENTED,
        ActionState.ACCEPTED_RISK,
        ActionState.CANCELLED,
    ),
    ActionState.IN_PROGRESS: (
        ActionState.IMPLEMENTED,
        ActionState.OPEN,
        ActionState.ACCEPTED_RISK,
        ActionState.CANCELLED,
    ),
    ActionState.IMPLEMENTED: (ActionState.VERIFIED, ActionState.IN_PROGRESS),
    ActionState.VERIFIED: (ActionState.EFFECTIVE, ActionState.INEFFECTIVE),
    ActionState.EFFECTIVE: (ActionState.INEFFECTIVE,),
    ActionState.INEFFECTIVE: (ActionState.IN_PROGRESS, ActionState.ACCEPTED_RISK, ActionState.CANCELLED),
    ActionState.ACCEPTED_RISK: (ActionState.OPEN,),
    ActionState.CANCELLED: (ActionState.OPEN,),
}
JUDGED = (ActionState.VERIFIED, ActionState.EFFECTIVE)
"""Steps that the owner may not take: somebody else has looked."""
REASONED = (
    ActionState.VERIFIED,
    ActionState.EFFECTIVE,
    ActionState.INEFFECTIVE,
    ActionState.ACCEPTED_RISK,
    ActionState.CANCELLED,
)
"""Steps that need words: what was seen, or why it is not done."""
AT_WORK = (ActionState.OPEN, ActionState.IN_PROGRESS)
"""Steps in which a due date is waited for."""
ABANDONED = (ActionState.CANCELLED, ActionState.INEFFECTIVE)
"""Steps in which an action answers nothing."""


def may_come(now: ActionState) -> tuple[ActionState, ...]:
    """What may follow, the usual first."""
    return _NEXT[now]


class Refusal(StrEnum):
    """Why a step is not taken."""

    NOT_NEXT = "not_next"
    OWN_WORK = "own_work"
    NO_WORDS = "no_words"


def refused(now: ActionState, wanted: ActionState, owner: str, said: tuple[str, str]) -> Refusal | None:
    """Why somebody may not take a step, or None; `said` is (who, words)."""
    who, words = said
    if wanted not in _NEXT[now]:
        return Refusal.NOT_NEXT
    if wanted in JUDGED and who == owner:
        return Refusal.OWN_WORK
    if wanted in REASONED and not words.strip():
        return Refusal.NO_WORDS
    return None
