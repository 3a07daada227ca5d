"""The contract of a blame rule: from the words of an utterance to what they do, with the words it rests on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.model.utterance import Label, Span, Utterance

MASK = "ǁ"
"""Stands for each letter of a known person's name; a letter to regular expressions, and in no English word."""


@dataclass(frozen=True)
class Said:
    """An utterance and its text in small letters with straight quotes, character by character as long as the text."""

    utterance: Utterance
    plain: str


@dataclass(frozen=True)
class Hit:
    """A rule met something. A `label` of None is a ground to leave the utterance alone."""

    label: Label | None
    severity: int  # 0 where it is left alone, or self-blame
    strength: float  # 0..1: how often such words were rightly read so on texts that were not looked at
    words: Span
    target: Span | None = None


@dataclass(frozen=True)
class BlameRule:
    """One rule. `says` is its reason in the rail: twelve words at most, about the words.

    It must meet something in each text of `meets`, and nothing in any of `leaves`.
    """

    name: str
    says: str
    find: Callable[[Said], tuple[Hit, ...]]
    meets: tuple[str, ...]
    leaves: tuple[str, ...]
