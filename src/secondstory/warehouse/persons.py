"""Texts that name known persons to the same texts with their role tokens.

A person is known by the full name in any common spelling (`Maria Lopez`, `maria.lopez`, `mlopez@…`, `@marialopez`) and,
where no other known person shares it, by the first name alone. A shared first name becomes `[person]`.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.person import name_words
from secondstory.model.telemetry import AUTOMATION, MACHINE_KINDS
from secondstory.warehouse.redaction import matching

SOMEBODY = "[person]"
_SHORTEST_ALONE = 3  # letters; shorter first names are too often words


def replace_people(texts: pa.Array, people: tuple[tuple[str, str], ...], *, prose: bool) -> pa.Array:
    """`people` are (name, token) pairs. Nulls stay.

    What is no `prose`, such as attributes, keeps single names: there `max` and `mark` are values and keys.
    """
    names = _names(people, prose)
    if not names.tokens:
        return texts
    concerned = matching(texts, names.hint)
    if not concerned.any():
        return texts
    mask = pa.array(concerned)
    changed = [names.pattern.sub(names.token, text) for text in texts.filter(mask).to_pylist()]
    return pc.replace_with_mask(texts, mask, pa.array(changed, pa.string()))


def actor_tokens(actors: pa.Array, kinds: pa.Array, people: tuple[tuple[str, str], ...]) -> pa.Array:
    """Actors of occurrences to tokens; nobody, also written as `-`, is null. A name that is not known never stays:
    where a machine reports (`MACHINE_KINDS`) it becomes `automation`, elsewhere `[person]`.
    """
    tokens = {name_words(name): token for name, token in reversed(people)} | {(AUTOMATION,): AUTOMATION}
    encoded = actors.dictionary_encode()
    words = [name_words(actor) for actor in encoded.dictionary.to_pylist()]
    known = pa.array([tokens.get(each) for each in words], pa.string()).take(encoded.indices)
    somebody = pa.array([bool(each) for each in words], pa.bool_()).take(encoded.indices).fill_null(False)
    unknown = pc.if_else(pc.is_in(kinds, pa.array(MACHINE_KINDS, pa.string())), AUTOMATION, SOMEBODY)
    return pc.if_else(somebody, pc.coalesce(known, unknown), pa.scalar(None, pa.string()))


@dataclass(frozen=True)
class _Names:
    hint: str  # RE2, cheap, matches wherever `pattern` does
    pattern: re.Pattern[str]
    tokens: tuple[str, ...]  # one for each group of the pattern

    def token(self, match: re.Match[str]) -> str:
        return self.tokens[(match.lastindex or 1) - 1]


@lru_cache(maxsize=8)
def _names(people: tuple[tuple[str, str], ...], prose: bool) -> _Names:
    full: dict[tuple[str, ...], str] = {}
    for name, token in people:
        words = name_words(name)
        if len(words) > (0 if prose else 1):
            full.setdefault(words, token)
    first: dict[str, set[str]] = defaultdict(set)
    for words, token in full.items():
        if prose and len(words) > 1 and len(words[0]) >= _SHORTEST_ALONE and words[:1] not in full:
            first[words[0]].add(token)
    longest_first = sorted(full.items(), key=lambda pair: (-len(" ".join(pair[0])), pair[0]))
    patterns = [(_full_name(words), token) for words, token in longest_first]
    patterns += [(_handle(words), token) for words, token in longest_first if len(words) > 1]
    for word, owners in sorted(first.items()):
        patterns.append((_alone(word), min(owners) if len(owners) == 1 else SOMEBODY))
    hints = {words[0] for words in full} | {words[0][0] + words[-1] for words in full if len(words) > 1}
    return _Names(
        hint=f"(?i){'|'.join(re.escape(word) for word in sorted(hints))}",
        pattern=re.compile("|".join(f"({pattern})" for pattern, _ in patterns), re.IGNORECASE),
        tokens=tuple(token for _, token in patterns),
    )


# Not within a word; an escape of JSON, such as \n, ends one.
_BEFORE = r"(?:(?<!\w)|(?<=\\[bfnrt]))"
_MAILBOX = r"(?:@[\w-]+(?:\.[\w-]+)+)?"


def _full_name(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return _alone(words[0])
    spelled = r"[\s._-]?".join(re.escape(word) for word in words)
    return rf"{_BEFORE}@?{spelled}{_MAILBOX}(?!\w)"


def _handle(words: tuple[str, ...]) -> str:
    spelled = re.escape(words[0][0] + words[-1])
    return rf"{_BEFORE}(?:@{spelled}(?:\.[\w-]+)*|{spelled}@[\w-]+(?:\.[\w-]+)+)(?!\w)"


def _alone(word: str) -> str:
    # "sam-api" and "sam.example" are names of things.
    return rf"(?:(?<![\w.-])|(?<=\\[bfnrt]))@?{re.escape(word)}(?!\w|[.-]\w|@\w)"
