"""What somebody said or wrote, as the coach reads it, and what the coach reads in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Channel(StrEnum):
    """Where it was said."""

    MEETING = "meeting"
    DOCUMENT = "document"
    CHAT = "chat"


class SpeakerRole(StrEnum):
    """Who speaks, as far as it changes the answer."""

    FACILITATOR = "facilitator"
    ENGINEER = "engineer"
    MANAGER = "manager"
    EXECUTIVE = "executive"
    CUSTOMER = "customer"
    OBSERVER = "observer"
    UNKNOWN = "unknown"


class Label(StrEnum):
    """What an utterance does; several may apply, SELF_BLAME stands alone."""

    BLAMES_PERSON = "blames_person"
    BLAMES_TEAM = "blames_team"  # a team, a vendor, an organisation
    COUNTERFACTUAL = "counterfactual"  # judges people by what they did not do
    ASKS_FOR_NAME = "asks_for_name"  # who is at fault
    STOPS_AT_PEOPLE = "stops_at_people"  # a slip or inattention given as cause, category or remedy
    DEFENDS = "defends"  # answers a charge, actual or expected
    PRESSES = "presses"  # from authority: demands names, justification or consequences
    SELF_BLAME = "self_blame"


class OwnSlip(StrEnum):
    """What the facilitator's own sentence does; told to her alone."""

    DEFENSIVE = "defensive"
    LEADING = "leading"  # the answer stands in the question
    HINDSIGHT = "hindsight"  # judges by what was known only afterwards


class Move(StrEnum):
    """What an utterance asks of the facilitator."""

    LEAVE = "leave"
    REPLY = "reply"
    SUPPORT = "support"
    ANSWER = "answer"  # an honest question of fact from an executive: an answer card


class Basis(StrEnum):
    """What a verdict rests on."""

    RULE = "rule"
    EXAMPLES = "examples"


@dataclass(frozen=True)
class Utterance:
    """One cue, sentence or message. `context` holds what came right before, the latest last."""

    text: str
    context: tuple[str, ...] = ()
    channel: Channel = Channel.MEETING
    speaker_role: SpeakerRole = SpeakerRole.UNKNOWN
    people: tuple[str, ...] = ()  # single names of those who are known to be meant, such as who speaks in the room
    things: tuple[str, ...] = ()  # words that name no person, in small letters, such as services of the incident


@dataclass(frozen=True)
class Span:
    """Characters [start, end) of an utterance's text."""

    start: int
    end: int

    def __post_init__(self) -> None:
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span has at least one character: [{self.start}, {self.end})")


@dataclass(frozen=True)
class Reason:
    """One ground of a verdict: a rule by name with the words that it met, or the nearest examples it learnt from."""

    basis: Basis
    name: str  # of the rule, or "nearest"
    says: str  # twelve words at most, about the words and never about a person's state
    words: str  # verbatim


@dataclass(frozen=True)
class Verdict:
    """What was read in one utterance. No labels: nothing to be said. `is_read` False: not in a language it knows."""

    labels: tuple[Label, ...] = ()  # the strongest first
    severity: int = 0  # 0 none or self-blame, 1 mild, 2 clear, 3 hostile or a demand for punishment
    likely: float = 0.0  # 0..1, that the utterance needs a reply
    target: Span | None = None  # the words that name the person or the team
    reasons: tuple[Reason, ...] = ()
    move: Move = Move.LEAVE
    own_slips: tuple[OwnSlip, ...] = ()  # only where the facilitator speaks
    is_read: bool = True

    def __post_init__(self) -> None:
        if Label.SELF_BLAME in self.labels and len(self.labels) > 1:
            raise ValueError("self-blame stands alone")
        if not 0 <= self.severity <= 3 or not 0 <= self.likely <= 1:
            raise ValueError(f"severity {self.severity} is 0 to 3, likely {self.likely} is 0 to 1")
