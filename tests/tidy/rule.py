"""The form of a rule: what it wants, how it looks, what it must catch and what it must leave alone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from .source import Module


@dataclass(frozen=True)
class Rule:
    """`check` yields one sentence for each finding: where, what, and what to do instead."""

    name: str
    check: Callable[[Module], Iterator[str]]
    caught: tuple[Module, ...]
    allowed: tuple[Module, ...]
