"""The catalogue of what we say: every sentence that reaches a person, by key, one file an area."""

from __future__ import annotations

import importlib
import pkgutil
from functools import cache

from secondstory.texts.numbers import Sentence

_SENTENCE = Sentence()


def say(key: str, **facts: object) -> str:
    """The sentence `key` with its facts filled in. Raises KeyError on an unknown key or a missing fact (our defect)."""
    return _SENTENCE.vformat(catalogue()[key], (), facts)


def counted(key: str, count: int, **facts: object) -> str:
    """The sentence `key`, or `key_one` for one of what it counts; both may tell `{count}`. Raises as `say` does."""
    return say(f"{key}_one" if count == 1 else key, count=count, **facts)


@cache
def catalogue() -> dict[str, str]:
    """All sentences by key; a key is `<area>.<name>`, the area being the file's name."""
    texts: dict[str, str] = {}
    for info in pkgutil.iter_modules(__path__):
        area: dict[str, str] = importlib.import_module(f"{__name__}.{info.name}").TEXTS
        texts.update({f"{info.name}.{name}": text for name, text in area.items()})
    return texts
