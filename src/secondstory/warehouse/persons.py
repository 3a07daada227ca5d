"""Texts that name known persons to the same texts with their role tokens.

A person is known by the full name in any common spelling (`Maria Lopez`, `maria.lopez`, `mlopez@…`, `@marialopez`) and,
where no other known person shares it, by the first name alone. A shared first name becomes `[person]`. Accents,
capitals and the order of first and last name do not matter. A name that is also a common word, such as `will` or `ops`,
is taken for a person alone only where it is addressed, as in `@will`, or has a capital letter within a sentence.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.person import is_automation, is_common_word, name_words, person_key, plain_letters
from secondstory.model.telemetry import AUTOMATION, MACHINE_KINDS
from secondstory.warehouse.redaction import matching

SOMEBODY = "[person]"
_NOT_ASCII = r"[^\x00-\x7F]"
_SHORTEST_ALONE = 3  # letters; shorter first names are too often words


def replace_people(texts: pa.Array, people: tuple[tuple[str, str], ...], *, prose: bool) -> pa.Array:
    """`people` are (name, token) pairs. Nulls stay.

    What is no `prose`, such as attributes, keeps single names: there `max` and `mark` are values and keys.
    """
    names = _names(people, prose)
    if not names.tokens:
        return texts
    concerned = matching(texts, names.hint)
    foreign = matching(texts, _NOT_ASCII)
    if foreign.any():  # only there is an accent; its classes of letters make the search five times as dear
        concerned[foreign] = matching(texts.filter(pa.array(foreign)), names.accented_hint)
    if not concerned.any():
        return texts
    mask = pa.array(concerned)
    changed = [names.pattern.sub(names.token, text) for text in texts.filter(mask).to_pylist()]
    return pc.replace_with_mask(texts, mask, pa.array(changed, pa.string()))


def actor_tokens(actors: pa.Array, kinds: pa.Array, people: tuple[tuple[str, str], ...]) -> pa.Array:
    """Actors of occurrences to tokens; nobody, also written as `-`, is null. A name that is not known never stays:
    where a machine reports (`MACHINE_KINDS`), or a program is named, it becomes `automation`, elsewhere `[person]`.
    """
    tokens = {person_key(name): token for name, token in reversed(people)}
    encoded = actors.dictionary_encode()
    written = encoded.dictionary.to_pylist()
    told = [AUTOMATION if is_automation(each) else tokens.get(person_key(each)) for each in written]
    known = pa.array(told, pa.string()).take(encoded.indices)
    somebody = pa.array([bool(name_words(each)) for each in written], pa.bool_()).take(encoded.indices)
    somebody = somebody.fill_null(False)
    unknown = pc.if_else(pc.is_in(kinds, pa.array(MACHINE_KINDS, pa.string())), AUTOMATION, SOMEBODY)
    return pc.if_else(somebody, pc.coalesce(known, unknown), pa.scalar(None, pa.string()))


@dataclass(frozen=True)
class _Names:
    hint: str  # RE2, cheap, matches wherever `pattern` does in a text without accents
    accented_hint: str  # matches wherever `pattern` does
    pattern: re.Pattern[str]
    tokens: tuple[str, ...]  # one for each group of the pattern

    def token(self, match: re.Match[str]) -> str:
        return self.tokens[(match.lastindex or 1) - 1]


@lru_cache(maxsize=8)
def _names(people: tuple[tuple[str, str], ...], prose: bool) -> _Names:
    full: dict[tuple[str, ...], str] = {}
    for name, token in people:
        words = name_words(name)
        if len(words) > (0 if prose else 1) and not is_automation(name):
            full.setdefault(words, token)
    first: dict[str, set[str]] = defaultdict(set)
    for words, token in full.items():
        if prose and len(words) > 1 and len(words[0]) >= _SHORTEST_ALONE and words[:1] not in full:
            first[words[0]].add(token)
    longest_first = sorted(full.items(), key=lambda pair: (-len(" ".join(pair[0])), pair[0]))
    patterns = [(_full_name(words), token) for words, token in longest_first]
    patterns += [(_last_name_first(words), token) for words, token in longest_first if len(words) > 1]
    patterns += [(_handle(words), token) for words, token in longest_first if len(words) > 1]
    for word, owners in sorted(first.items()):
        patterns.append((_alone(word), min(owners) if len(owners) == 1 else SOMEBODY))
    handles = {words[0][0] + words[-1] for words in full if len(words) > 1}
    hints = sorted(handles.union(*((words[0], words[-1]) for words in full)))
    return _Names(
        hint=f"(?i){'|'.join(re.escape(word) for word in hints)}",
        accented_hint=f"(?i){'|'.join(_spelled(word) for word in hints)}",
        pattern=re.compile("|".join(f"({pattern})" for pattern, _ in patterns)),
        tokens=tuple(token for _, token in patterns),
    )


# Not within a word; an escape of JSON, such as \n, ends one.
_BEFORE = r"(?:(?<!\w)|(?<=\\[bfnrt]))"
_MAILBOX = r"(?:@[\w-]+(?:\.[\w-]+)+)?"


def _full_name(words: tuple[str, ...]) -> str:
    if len(words) == 1:
        return _alone(words[0])
    spelled = r"[\s._-]?".join(_spelled(word) for word in words)
    return rf"(?i:{_BEFORE}@?{spelled}{_MAILBOX}(?!\w))"


def _last_name_first(words: tuple[str, ...]) -> str:
    first = r"[\s._-]".join(_spelled(word) for word in words[:-1])
    return rf"(?i:{_BEFORE}{_spelled(words[-1])}(?:,\s*|[\s._-]){first}(?!\w))"


def _handle(words: tuple[str, ...]) -> str:
    spelled = _spelled(words[0][0] + words[-1])
    return rf"(?i:{_BEFORE}(?:@{spelled}(?:\.[\w-]+)*|{spelled}@[\w-]+(?:\.[\w-]+)+)(?!\w))"


def _alone(word: str) -> str:
    # "sam-api" and "sam.example" are names of things.
    end = r"(?!\w|[.-]\w|@\w)"
    if not is_common_word(word):
        return rf"(?:(?<![\w.-])|(?<=\\[bfnrt]))@?(?i:{_spelled(word)}){end}"
    addressed = rf"(?<![\w.-])@(?i:{_spelled(word)}){end}"
    named = word[0].upper() + _spelled(word[1:])
    # Any word has a capital where a sentence begins; a comma or a colon after it says that somebody is spoken to.
    return rf"(?:{addressed}|(?<=[\w,;] ){named}{end}|(?<![\w.-]){named}(?=[,:]\s|'s\b))"


def _spelled(word: str) -> str:
    return "".join(_LETTERS.get(letter, re.escape(letter)) for letter in word)


def _with_accents() -> dict[str, str]:
    """Each plain letter as the class of itself and its accented forms."""
    forms: dict[str, str] = defaultdict(str)
    for code in (*range(0xE0, 0x180), *range(0x1E00, 0x1F00)):
        letter = chr(code)
        plain = plain_letters(letter)
        if letter.islower() and len(plain) == 1 and plain != letter:
            forms[plain] += letter
    return {plain: f"[{plain}{accented}]" for plain, accented in forms.items()}


_LETTERS = _with_accents()
