"""What the facilitator may say to a hard moment: one sentence or two, filled with this incident's facts."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Step(StrEnum):
    """How firm a reply is. SUPPORT stands beside the ladder: who takes the blame is never turned elsewhere."""

    NOTE = "note"  # in the rail only
    NUDGE = "nudge"  # a question that moves on
    REDIRECT = "redirect"  # acknowledges, then turns
    FIRM = "firm"  # the rule and a choice
    OUTSIDE = "outside"  # offers to go on outside the room
    SUPPORT = "support"


class Frame(StrEnum):
    """How a wording turns to the facts; two frames never sound alike."""

    FACT = "a"  # a fact, then what
    SOURCES = "b"  # two sources side by side
    MINUTE = "c"  # walks the minute
    ORDINARY = "d"  # the ordinary day
    OPTIONS = "e"  # what was open then
    REPLAY = "f"  # on recorded data
    NEXT_SHIFT = "g"  # whoever comes next
    KEPT_WORD = "h"  # one word of the speaker kept, the person left out


class Target(StrEnum):
    """Who is spoken against."""

    PRESENT = "present"
    JUNIOR = "junior"
    ABSENT = "absent"
    OWN_TEAM = "own_team"  # the facilitator's
    TEAM = "team"
    VENDOR = "vendor"
    UNNAMED = "unnamed"
    SELF = "self"


@dataclass(frozen=True)
class Reply:
    """A filled wording. `text` is to be said, or shown in the rail where the step is NOTE.

    `facts` are the slots that a scene of the incident filled, `evidence_ids` what that scene rests on. `point` is what
    was raised, for the minutes, without its person. `invitation` asks another voice; "" where none fits. `draft` is a
    note to one's own manager, only at OUTSIDE.
    """

    moment: str  # such as M01
    title: str
    topic: str  # what cools down as one
    step: Step
    wording: str  # key
    text: str
    facts: tuple[tuple[str, str], ...]
    scene: str  # key; "" where the text needs no fact
    evidence_ids: tuple[str, ...]
    point: str
    invitation: str
    invitation_wording: str = ""  # as it stood before it was filled
    draft: str = ""

    @property
    def cites(self) -> bool:
        """True where it tells a fact of this incident."""
        return bool(self.facts)
