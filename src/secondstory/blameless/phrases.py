"""From a list of phrases to the finder of a rule: regular expressions over plain text, with the words that were met."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from secondstory.blameless.rule import MASK, Hit, Said
from secondstory.model.utterance import Label, Span

# Closed classes that phrases are built from.
NAMED = rf"{MASK}+"  # somebody known by name
THING = (
    r"(?:alert|alarm|monitor\w*|breaker|cache|job|pod|host|queue|tool|script|form|page|runbook|dashboard|config\w*|flag"
    r"|validator|linter|pipeline|deploy\w*|default|template|timeout|retry|replica|service|system|process|check|test|api"
    r"|database|disk|server|router|switch|firewall|probe|canary|rollback|it)"
)
HARDLY = r"(?:really |just |clearly |obviously |simply |basically |kind of |also |even |honestly |actually ){0,2}"
WHOLLY = r"(?:all |entirely |clearly |mostly |really |largely |just |simply |100% ){0,2}"
FAULT = r"(?:fault|mistake|doing|mess|screw[- ]?up)\b(?![- ](?:toleran|domain|inject|line))"
_TAKES_BACK = re.compile(r"\b(?:but|however|except|although|unless)\b")


@dataclass(frozen=True)
class Phrase:
    """A regular expression over plain text; its group `who`, if any, names the person or team."""

    pattern: str
    severity: int
    strength: float


def finder(label: Label | None, *phrases: Phrase) -> Callable[[Said], tuple[Hit, ...]]:
    """A rule's `find` that meets each phrase wherever it stands. Gaps in the patterns must be bounded."""
    compiled = tuple((re.compile(phrase.pattern), phrase) for phrase in phrases)

    def find(said: Said) -> tuple[Hit, ...]:
        return tuple(
            Hit(label, phrase.severity, phrase.strength, Span(*met.span()), _who(met))
            for pattern, phrase in compiled
            for met in pattern.finditer(said.plain)
            if met.end() > met.start()
        )

    return find


def unless_taken_back(*phrases: Phrase) -> Callable[[Said], tuple[Hit, ...]]:
    """A ground to leave alone what meets a phrase, unless a "but" comes after it."""
    find = finder(None, *phrases)
    return lambda said: tuple(hit for hit in find(said) if not _TAKES_BACK.search(said.plain, hit.words.end))


def _who(met: re.Match[str]) -> Span | None:
    if "who" not in met.re.groupindex or met.start("who") == met.end("who"):
        return None
    return Span(*met.span("who"))
