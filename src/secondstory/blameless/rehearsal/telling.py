"""Fills the slots of a line or wording from a fact sheet: each sentence from one scene, or not at all."""

from __future__ import annotations

import re

from secondstory.model.fact_sheet import FactSheet, Scene

_SLOT = re.compile(r"\{(\w+)\}")
_SENTENCES = re.compile(r"(?<=[.?!;])\s+")


def told(text: str, sheet: FactSheet, given: tuple[tuple[str, str], ...] = ()) -> str | None:
    """`text` with every slot filled; `given` (such as role) goes before the scenes. None where a slot has no fact.

    What stands in one sentence comes from one scene, for only that is known to belong together.
    """
    parts: list[str] = []
    for sentence in _SENTENCES.split(text):
        filled = _filled(sentence, sheet.scenes, dict(given))
        if filled is None:
            return None
        parts.append(filled if parts and parts[-1].endswith(";") else filled[:1].upper() + filled[1:])
    return " ".join(parts)


def slots(text: str) -> frozenset[str]:
    """The slots that a text needs."""
    return frozenset(_SLOT.findall(text))


def _filled(sentence: str, scenes: tuple[Scene, ...], given: dict[str, str]) -> str | None:
    wanted = slots(sentence) - set(given)
    facts: dict[str, str] = {}
    if wanted:
        scene = next((scene for scene in scenes if wanted <= {slot for slot, _ in scene.slots}), None)
        if scene is None:
            return None
        facts = dict(scene.slots)
    return _SLOT.sub(lambda match: given.get(match.group(1)) or facts[match.group(1)], sentence)
