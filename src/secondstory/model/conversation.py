"""What a transcript shows of a meeting: voices, steps, what was agreed, and what the coach reads in it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from secondstory.model.utterance import SpeakerRole, Verdict


class AgendaStep(StrEnum):
    """The steps of a review, in their order."""

    OPENING = "opening"
    TIMELINE = "timeline"
    CAUSES = "root-cause analysis"
    FACTORS = "contributing factors"
    ACTIONS = "action items"
    DISCUSSION = "open discussion"
    CLOSING = "closing"


class Consent(StrEnum):
    """How an action came to its owner."""

    VOLUNTEERED = "volunteered"
    ACCEPTED = "accepted"  # asked, and said yes
    ASKED = "asked"  # and no answer was found
    DECLINED = "declined"


class CutBy(StrEnum):
    """What an interruption was seen by."""

    OVERLAP = "overlap"
    CUT_OFF = "cut off"  # the sentence before has no end


@dataclass(frozen=True)
class Voice:
    """Who took part, as what, and how much they said. Zero cues: has not spoken."""

    name: str
    role: SpeakerRole
    is_inferred: bool  # the role was read from the text, nobody told it
    cues: int
    turns: int
    words: int
    seconds: float | None  # None where the file tells no times
    share_ratio: float  # 0..1, of the seconds, or of the words where there are none


@dataclass(frozen=True)
class Interruption:
    """Cue `cue` seems to begin before the one before it ends; a hint, for captions merge and drop speech."""

    cue: int
    speaker: str | None
    interrupted: str | None
    by: CutBy
    overlap_s: float | None


@dataclass(frozen=True)
class StepHeld:
    """A step of the agenda: the cue that calls it, and the minutes until the next. No cue: it was not called."""

    step: AgendaStep
    cue: int | None
    minutes: float | None


@dataclass(frozen=True)
class Agreement:
    """A decision: what was put forward in `called_cue` and agreed to, last in `cue`."""

    cue: int
    called_cue: int
    text: str
    agreed_by: tuple[str, ...]  # in order of their words; empty where the file names nobody
    doubted_by: tuple[str, ...]


@dataclass(frozen=True)
class Commitment:
    """An action item as it was said. `due` in the words that were used."""

    cue: int
    text: str
    owner: str | None
    due: str | None
    consent: Consent


@dataclass(frozen=True)
class Parked:
    """A topic left for later."""

    cue: int
    speaker: str | None
    text: str


@dataclass(frozen=True)
class CausalClaim:
    """Somebody says what it came from."""

    cue: int
    speaker: str | None
    text: str


@dataclass(frozen=True)
class ExecutiveQuestion:
    """What an executive asks; `answered_cue` is None while no answer was found."""

    cue: int
    speaker: str
    text: str
    is_pressure: bool  # asks for a person, a justification or consequences rather than for a fact
    answered_cue: int | None


@dataclass(frozen=True)
class Finding:
    """A cue that asks for something of the facilitator, with wordings to choose from."""

    cue: int
    verdict: Verdict
    replies: tuple[str, ...] = ()


@dataclass(frozen=True)
class Conversation:
    """All that is read in one transcript. Nothing of it is kept."""

    voices: tuple[Voice, ...]  # those given first, then in order of their first words
    unnamed_cues: int  # cues whose speaker the file does not tell
    interruptions: tuple[Interruption, ...]
    agenda: tuple[StepHeld, ...]
    ground_rule_cue: int | None
    agreements: tuple[Agreement, ...]
    commitments: tuple[Commitment, ...]
    parked: tuple[Parked, ...]
    claims: tuple[tuple[CausalClaim, ...], ...]  # those that compete, together
    questions: tuple[ExecutiveQuestion, ...]
    findings: tuple[Finding, ...]
