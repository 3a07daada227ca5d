"""What was said in a meeting, cue by cue."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.utterance import SpeakerRole


@dataclass(frozen=True)
class Cue:
    """A stretch of speech. Seconds count from the recording's begin; None where the file tells no times."""

    number: int  # from 1, in the order of the file
    start_s: float | None
    end_s: float | None
    speaker: str | None  # as the file names them; None where it does not
    text: str


@dataclass(frozen=True)
class Participant:
    """Who took part, and as what."""

    name: str
    role: SpeakerRole


@dataclass(frozen=True)
class Transcript:
    """All cues of one meeting. `rejects` counts what could not be read, by reason."""

    name: str
    cues: tuple[Cue, ...]
    participants: tuple[Participant, ...] = ()
    rejects: tuple[tuple[str, int], ...] = ()
