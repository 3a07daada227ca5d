"""What was changed by whom through which door, and who looked at what is restricted. Append only."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.window import require_utc


class DoorName(StrEnum):
    """By which door somebody came."""

    WEB = "web"
    CLI = "cli"
    JOB = "job"


@dataclass(frozen=True)
class AuditEntry:
    """One line: when, who (a token), by which door, did what, on what. `remark`: the reason, where one was given."""

    seq: int
    at: datetime
    actor: str
    door: DoorName
    what: str
    incident: str  # "" = the installation
    on: str
    remark: str

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of an audit entry")
