"""Chooses what the cast says next, from the script, the seed and how the last answer went."""

from __future__ import annotations

import re
from dataclasses import dataclass
from zlib import crc32

from secondstory.blameless.rehearsal.script import Line, Script
from secondstory.blameless.rehearsal.telling import told
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.rehearsal import HardMoment

_CLOCK = re.compile(r"^(\d\d):(\d\d)")
_OFF_MIN = 7  # how far a note in the room is from the record

# Lines that any room may use from level 2 on. Provocations, as those of the rooms.
_CONTRADICTS = (
    "And my notes have {wrong}, not {time}.",
    "By the way, I wrote down {wrong} for that, and not {time}.",
    "Besides, somebody told me it began at {wrong}, not at {time}.",
    "I am sure it was {wrong}. Your {time} cannot be right.",
)
_YOURSELF = (
    "You said it yourself: “{slip}”.",
    "“{slip}”: those were your words.",
    "I only repeat what you said: “{slip}”.",
    "So we heard it from you now: “{slip}”.",
)
_MOUTHED = (
    "So you agree with me that it comes down to one person.",
    "I take it that you also think somebody was not paying attention.",
    "Good, then we both know who I mean.",
    "As you said before, it was plain carelessness.",
)


@dataclass(frozen=True)
class Setting:
    """What a room is played with."""

    script: Script
    level: int
    seed: int
    sheet: FactSheet


@dataclass(frozen=True)
class RoomCue:
    """What is said, by whom, and what it does. `wording` is the line as written, so that it is not said twice."""

    key: str
    title: str
    initials: str
    text: str
    moment: HardMoment
    craft: str
    wording: str


@dataclass(frozen=True)
class Beat:
    """How the room stands after an answer. `special` is concern, join, mouthed or nothing."""

    number: int  # of the turn to come
    used: tuple[str, ...]
    is_eased: bool
    is_harder: bool
    special: str
    slip: str  # words of the answer that concede blame; "" = none, or not thrown back at this level


def opening(setting: Setting) -> RoomCue:
    """The first cue of the room at its level."""
    return _said(setting, setting.script.openings[setting.level - 1], Beat(1, (), False, False, "", ""), "")


def next_cue(setting: Setting, beat: Beat) -> RoomCue:
    """What is said after an answer."""
    script = setting.script
    if beat.slip:
        return _said(setting, script.harder, beat, _pick(_YOURSELF, setting, beat).replace("{slip}", beat.slip))
    if beat.special == "concern":
        return _said(setting, script.concern, beat, "")
    if beat.special == "join":
        return _said(setting, script.join, beat, _contradiction(setting, beat) if setting.level > 1 else "")
    if beat.special == "mouthed":
        return _said(setting, script.harder, beat, _pick(_MOUTHED, setting, beat))
    line = script.ease if beat.is_eased else script.harder if beat.is_harder else script.press
    return _said(setting, line, beat, "")


def _said(setting: Setting, line: Line, beat: Beat, beside: str) -> RoomCue:
    """A wording that can be filled and was not used yet, the seed deciding where to look first."""
    at = _number(setting, beat) % len(line.wordings)
    turned = (*line.wordings[at:], *line.wordings[:at])
    fresh = [one for one in turned if one not in beat.used] or list(turned)
    choices = [(one, text) for one in (*fresh, *turned) if (text := told(one, setting.sheet)) is not None]
    wording, text = choices[0]
    part = setting.script.part(line.by)
    return RoomCue(part.key, part.title, part.initials, f"{text} {beside}".strip(), line.moment, line.craft, wording)


def _contradiction(setting: Setting, beat: Beat) -> str:
    """A time of the record, told wrongly; nothing where no time is on record."""
    times = (time for scene in setting.sheet.scenes if (time := scene.get("time")) and _CLOCK.match(time))
    right = next(times, None)
    if right is None:
        return ""
    hours, minutes = (int(part) for part in right.split(":")[:2])
    off = (hours * 60 + minutes + _OFF_MIN) % 1440
    return (
        _pick(_CONTRADICTS, setting, beat)
        .replace("{wrong}", f"{off // 60:02d}:{off % 60:02d}")
        .replace("{time}", right)
    )


def _pick(wordings: tuple[str, ...], setting: Setting, beat: Beat) -> str:
    return wordings[_number(setting, beat) % len(wordings)]


def _number(setting: Setting, beat: Beat) -> int:
    return crc32(f"{setting.seed}/{setting.script.name}/{setting.level}/{beat.number}".encode())
