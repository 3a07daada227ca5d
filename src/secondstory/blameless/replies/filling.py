"""Fills a wording's slots: all facts of one sentence come from one scene of the incident."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from secondstory.blameless.replies.ladder import Room
from secondstory.blameless.replies.moment import slots_of
from secondstory.blameless.replies.recognising import plain
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.reply import Step

ROOM_SLOTS = frozenset({"agenda_step", "role", "role_b"})
MOST_WORDS = {Step.NOTE: 20, Step.NUDGE: 20, Step.REDIRECT: 35, Step.FIRM: 40, Step.OUTSIDE: 40, Step.SUPPORT: 35}
_OURS = re.compile(r"(^|[.?!] )(\{(?:signal|panel|source|unknown)\})")
_LATER = 4
# What is spoken of, by the slot of the scenes that tell of it.
_SUBJECTS = {
    "change": ("deploy", "release", "change", "merge", "ship", "version", "rollback", "roll back", "config", "push"),
    "alert": ("alert", "page", "alarm", "caught", "notice", "detect", "monitor", "sooner"),
    "panel": ("pool", "connection", "dashboard", "graph", "panel", "latency", "slow", "database"),
    "service_b": ("timeout", "retry", "retries", "depend", "upstream", "downstream", "calls"),
    "impact": ("customer", "user", "cost", "orders lost", "money", "board"),
    "step": ("checklist", "runbook", "procedure", "step", "list"),
    "claim_a": ("cause", "reason", "no, it"),
    "action": ("accountable", "responsible", "fix", "prevent", "action", "never"),
}


@dataclass(frozen=True)
class Filled:
    """A text without open slots. `scene` None: it tells no fact of the incident."""

    text: str
    facts: tuple[tuple[str, str], ...]
    scene: Scene | None
    relevance: int


def fill(text: str, sheet: FactSheet, room: Room, said: str, shows: tuple[str, ...] = ()) -> Filled | None:
    """The text with the most fitting scene of those that hold all its slots; None where no scene does."""
    needed = slots_of(text)
    known = dict(room.slots) | dict(zip(("role", "role_b"), sheet.roles, strict=False))
    if not (needed & ROOM_SLOTS) <= known.keys():
        return None
    wanted = needed - ROOM_SLOTS
    if not wanted:
        return Filled(_written(text, known), (), None, 0)
    held = [scene for scene in sheet.scenes if wanted <= {slot for slot, _ in scene.slots}]
    if not held:
        return None
    # Of scenes alike the first is the most telling; the next one waits until that was told a few times.
    alike: Counter[frozenset[str]] = Counter()
    scored: list[tuple[int, int, Scene]] = []
    for scene in held:
        kind = frozenset(slot for slot, _ in scene.slots if slot in _SUBJECTS and slot != "step")
        score = relevance(scene, said, shows) - room.scenes.count(scene.key) - _LATER * alike[kind]
        scored.append((score, -len(scored), scene))
        alike[kind] += 1
    score, _, scene = max(scored, key=lambda found: found[:2])
    told = {slot: value for slot, value in scene.slots if slot in wanted}
    return Filled(_written(text, known | told), tuple(sorted(told.items())), scene, score)


def relevance(scene: Scene, said: str, shows: tuple[str, ...]) -> int:
    """How near a scene is to what was said: names that both hold, then subjects, then what the moment shows first."""
    text = plain(said)
    slots = dict(scene.slots)
    names = {slots[slot].lower() for slot in ("service", "service_b", "alert", "change") if slot in slots}
    named = sum(name in text for name in names)
    subject = any(slot in slots and any(cue in text for cue in cues) for slot, cues in _SUBJECTS.items())
    shown = next((len(shows) - place for place, slot in enumerate(shows) if slot in slots), 0)
    return 6 * named + 4 * subject + shown


def words_in(text: str) -> int:
    """How many words a reader counts."""
    return len(text.split())


def _written(text: str, slots: dict[str, str]) -> str:
    def opened(found: re.Match[str]) -> str:
        value = slots.get(found[2][1:-1], "")
        return found[1] + value[:1].upper() + value[1:]

    return _OURS.sub(opened, text).format(**slots)
