"""What an action is for and how much it relies on people, read from its words; None where they do not say."""

from __future__ import annotations

import re
from typing import TypeVar

from secondstory.model.remedy import ActionKind, Strength

Told = TypeVar("Told")
_KINDS = (
    (
        ActionKind.DETECT,
        r"alerts?|alarms?|panels?|dashboards?|monitor\w*|metrics?|charts?|probes?|logs?|traces?"
        r"|page[rs]?",
    ),
    (
        ActionKind.MITIGATE,
        r"breakers?|timeouts?|retr(?:y|ies)|back-?pressure|fail-?over|roll-?backs?|limits?|jitter|shed\w*|degrad\w*"
        r"|fallbacks?|bulkheads?",
    ),
    (
        ActionKind.PROCESS,
        r"runbooks?|polic(?:y|ies)|train\w*|document\w*|docs?|checklists?|rehears\w*|drills?"
        r"|reviews?",
    ),
    (ActionKind.PREVENT, r"tests?|checks?|canar(?:y|ies)|validat\w*|remov\w*|pins?|upgrad\w*|caps?|lint\w*|guards?"),
)
_STRENGTHS = (
    (Strength.WEAKER, r"runbooks?|document\w*|docs?|train\w*|polic(?:y|ies)|remind\w*|careful|notes?|write up"),
    (
        Strength.INTERMEDIATE,
        r"alerts?|alarms?|panels?|dashboards?|monitor\w*|probes?|checks?|tests?|checklists?|drills?|canar(?:y|ies)"
        r"|metrics?|charts?|logs?",
    ),
    (
        Strength.STRONGER,
        r"remov\w*|breakers?|limits?|caps?|timeouts?|jitter|split\w*|bulkheads?|back-?pressure"
        r"|fail-?over",
    ),
)


def remedy_of(task: str) -> tuple[ActionKind | None, Strength | None]:
    """(kind, strength), by the first word that tells one."""
    return _first(_KINDS, task), _first(_STRENGTHS, task)


def _first(told: tuple[tuple[Told, str], ...], text: str) -> Told | None:
    met = [(hit.start(), one) for one, form in told if (hit := re.search(rf"\b(?:{form})\b", text, re.IGNORECASE))]
    return min(met, key=lambda pair: pair[0])[1] if met else None
