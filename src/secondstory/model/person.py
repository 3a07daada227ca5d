"""A person's name as written in many ways, to the words that make it up."""

from __future__ import annotations

import re


def name_words(written: str) -> tuple[str, ...]:
    """`Maria Lopez`, `@maria.lopez` and `Maria Lopez <maria@example.com>` are all ("maria", "lopez")."""
    name = re.sub(r"<[^>]*>", " ", written).strip() or written
    local = name.removeprefix("@").split("@")[0]
    return tuple(word for word in re.split(r"[\s._,\-<>]+", local.lower()) if word)
