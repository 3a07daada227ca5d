"""The contract of a hard moment: what it is known by, and the wordings for each step, one file a moment."""

from __future__ import annotations

import re
import string
from dataclasses import dataclass
from functools import cached_property

from secondstory.model.reply import Frame, Step, Target
from secondstory.model.utterance import Label, SpeakerRole

_LINE = re.compile(r"^([a-h])(?:\[([a-z_, ]+)\])? (.+)$")


@dataclass(frozen=True)
class Wording:
    """One sentence or two with slots in braces. Empty `speakers` or `targets` = it suits all."""

    key: str
    step: Step
    frame: Frame
    text: str
    speakers: tuple[SpeakerRole, ...] = ()
    targets: tuple[Target, ...] = ()
    is_own: bool = False  # of the organisation or the facilitator

    @cached_property
    def slots(self) -> frozenset[str]:
        """The slots that the text declares."""
        return slots_of(self.text)


@dataclass(frozen=True)
class Fit:
    """What a moment is known by: `cues` are phrases in small letters; at least one of them must be met where
    `needs_cue` holds. `says` are regular expressions over small letters: one that is met decides, whichever labels
    there are. A moment that has no labels needs none, and `alone` gives a note where there are none. Moments without
    labels and `says` are only ever named."""

    labels: tuple[Label, ...] = ()
    cues: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    alone: bool = False
    speakers: tuple[SpeakerRole, ...] = ()
    targets: tuple[Target, ...] = ()
    needs_cue: bool = False


@dataclass(frozen=True)
class Moment:
    """A hard moment. `entry` is the first step spoken aloud; `shows` the slots of the scenes to put on the screen,
    the most telling first; `points` the minute without the person, its last one free of slots.
    """

    key: str  # M01 to M40
    title: str
    fit: Fit
    entry: Step
    shows: tuple[str, ...]
    points: tuple[str, ...]
    wordings: tuple[Wording, ...]


def bank(key: str, **steps: str) -> tuple[Wording, ...]:
    """Wordings from text, one a line: a letter for the frame, `[whom it suits]` where not all, then the words.

    A line that begins with two spaces goes on with the one before it.
    """
    found = []
    for name, block in steps.items():
        for place, line in enumerate(block.strip().replace("\n  ", " ").splitlines(), start=1):
            met = _LINE.match(line)
            if met is None:
                raise ValueError(f"{key}, {name}: no frame before {line!r}")
            frame, suits, text = met.groups()
            named = {one.strip() for one in (suits or "").split(",") if one.strip()}
            found.append(
                Wording(
                    key=f"{key}/{name}/{place}",
                    step=Step(name),
                    frame=Frame(frame),
                    text=text,
                    speakers=tuple(role for role in SpeakerRole if role.value in named),
                    targets=tuple(target for target in Target if target.value in named),
                )
            )
    return tuple(found)


def slots_of(text: str) -> frozenset[str]:
    """The names in braces. Raises ValueError on a brace that is not closed, or on one that names nothing."""
    names = [name for _, name, spec, turn in string.Formatter().parse(text) if name is not None]
    if not all(name.isidentifier() for name in names):
        raise ValueError(f"braces name one slot each: {text!r}")
    return frozenset(names)
