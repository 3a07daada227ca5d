"""All terms there are, and all of them as an incident has them."""

from __future__ import annotations

from functools import cache

import secondstory.stages.glossary.terms
from secondstory.model.glossary import Entry
from secondstory.registry import extensions
from secondstory.stages.glossary.term import Sight, Term


@cache
def every_term() -> tuple[Term, ...]:
    """All terms, in the order in which they are read."""
    return tuple(sorted(extensions(secondstory.stages.glossary.terms, Term), key=lambda one: (one.place, one.name)))


def glossary(sight: Sight | None) -> tuple[Entry, ...]:
    """Every term as an incident has it; `sight` None = it was never analysed."""
    return tuple(term.entry(sight) for term in every_term())
