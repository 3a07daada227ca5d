"""A hypothesis that a person puts forward: the text of a decision to add one, and its subject key."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.causes import Mechanism, Part
from secondstory.model.subject import subject_key

MOST_WORDS = 500


@dataclass(frozen=True)
class Proposal:
    """What a person thinks happened. `peer` names the callee where it is about the calls from the service to it."""

    service: str
    words: str
    mechanism: Mechanism = Mechanism.UNKNOWN
    part: Part = Part.INITIATING
    indicator: str = ""
    peer: str = ""

    def __post_init__(self) -> None:
        if not self.service.strip():
            raise ValueError("a hypothesis names a service")
        if not self.words.strip() or len(self.words) > MOST_WORDS:
            raise ValueError(f"a hypothesis says in 1 to {MOST_WORDS} characters what happened")
        if self.part is Part.TRIGGER:
            raise ValueError("a trigger is a change on record; add it to the timeline")

    @property
    def key(self) -> str:
        """The subject key: the same explanation told twice is one hypothesis, whatever the words."""
        return subject_key(
            "hypothesis", "told", self.service, self.peer, self.indicator, self.mechanism.value, self.part.value
        )
