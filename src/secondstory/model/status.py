"""The status of an incident and its legal path: what may follow what."""

from __future__ import annotations

from enum import StrEnum


class Status(StrEnum):
    """Where an incident stands, in the order of its life; the last one stands beside it."""

    TRIAGE = "triage"
    INVESTIGATING = "investigating"
    IDENTIFIED = "identified"
    MITIGATING = "mitigating"
    MITIGATED = "mitigated"
    RESOLVED = "resolved"
    LEARNING = "learning"  # the post-mortem is being worked on
    PUBLISHED = "published"
    CLOSED = "closed"
    CANCELLED = "cancelled"  # it was no incident, or another one covers it


_LIVE = (
    Status.TRIAGE,
    Status.INVESTIGATING,
    Status.IDENTIFIED,
    Status.MITIGATING,
    Status.MITIGATED,
    Status.RESOLVED,
)
# While it is live what was believed may turn out wrong, so steps back are as legal as steps forward.
_AFTER: dict[Status, tuple[Status, ...]] = {
    **{one: (*(other for other in _LIVE if other is not one), Status.CANCELLED) for one in _LIVE},
    Status.RESOLVED: (Status.LEARNING, Status.CLOSED, *(one for one in _LIVE if one is not Status.RESOLVED)),
    Status.LEARNING: (Status.PUBLISHED, Status.CLOSED, Status.INVESTIGATING),
    Status.PUBLISHED: (Status.CLOSED, Status.LEARNING),
    Status.CLOSED: (Status.LEARNING, Status.INVESTIGATING),
    Status.CANCELLED: (Status.TRIAGE, Status.INVESTIGATING),
}


def may_follow(status: Status) -> tuple[Status, ...]:
    """What an incident of this status may become, the usual next step first."""
    return _AFTER[status]
