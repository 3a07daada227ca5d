"""Finds action wording that nobody could check: a verb that says "better" without saying what, where and by which test.

The idea: `improve monitoring` is done as soon as somebody says so. It misleads where the rest of the sentence holds the
measure in words that are no number and no quoted name.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from secondstory.texts import say


@dataclass(frozen=True)
class Vague:
    """Characters [start, end) of the text, the words there, and what to say instead."""

    start: int
    end: int
    words: str
    suggestion: str


_BETTER = (
    r"improv(?:e|ing)|enhanc(?:e|ing)|strengthen(?:ing)?|review(?:ing)?|investigat(?:e|ing)|look(?:ing)? (?:at|into)"
    r"|consider(?:ing)?|explor(?:e|ing)|evaluat(?:e|ing)|optimi[sz](?:e|ing)|increas(?:e|ing)|ensure|make sure"
    r"|tighten|revisit|rethink|think about|discuss|address|fix|clean up|work on|better|more|harden"
)
_SUBJECTS = {
    "watching": r"monitoring|alert(?:s|ing)?|observability|visibility|logging|dashboards?|metrics|instrumentation",
    "telling": r"communications?|awareness|collaboration|coordination|alignment|culture",
    "writing": r"documentation|docs|runbooks?|knowledge|procedures?",
    "trying": r"test coverage|test(?:s|ing)?|coverage|qa|reviews?|code review",
    "holding": r"resilien(?:ce|cy)|reliability|robustness|stability|performance|capacity|scalability|error handling",
}
_CARE = re.compile(
    r"\b(?:be (?:more )?careful|take (?:more )?care|pay (?:more |closer )?attention|be (?:more )?(?:vigilant|mindful)"
    r"|double[- ]check everything|remember to|remind (?:everybody|everyone|people|the team)"
    r"|train (?:people|everybody|everyone|the team|staff)(?: better)?|raise awareness)\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    rf"(?:^|(?<=[.;:!?] ))(?:we (?:should|need to|must|will) |let'?s |to |please )?(?P<all>(?:{_BETTER})\b"
    rf"(?:(?: (?:the|our|all|their|more|better|existing|general|overall|of|and|on|around|in))*"
    rf" (?P<subject>{'|'.join(_SUBJECTS.values())})\b)?)",
    re.IGNORECASE,
)
_MEASURED = re.compile(r"\d|`[^`]+`|\b(?:when|until|so that|such that|instead of|fails? (?:the|a) )\b", re.IGNORECASE)
_ALONE = ("ensure", "make sure", "fix", "address", "increase", "harden", "review", "clean up", "evaluate")
_FEW_WORDS = 6


def vague_in(text: str) -> tuple[Vague, ...]:
    """Wording in an action's title that no test could settle, in order of place."""
    found = [
        Vague(*hit.span(), hit[0], say("plan.vague_care")) for hit in _CARE.finditer(text) if not _is_measured(text)
    ]
    for hit in _NOTHING.finditer(text):
        subject = hit["subject"]
        rest = text[hit.end() :]
        if _is_measured(text) or (subject is None and not _is_bare(hit["all"], rest)):
            continue
        found.append(Vague(*hit.span("all"), hit["all"], _suggested(subject)))
    return tuple(sorted(found, key=lambda one: one.start))


def _is_measured(text: str) -> bool:
    return _MEASURED.search(text) is not None


def _is_bare(words: str, rest: str) -> bool:
    """A weak verb with a few words after it says what is meant but not how one would know."""
    strong = words.casefold().startswith(_ALONE)
    return not strong and len(rest.split()) < _FEW_WORDS


def _suggested(subject: str | None) -> str:
    if subject is not None:
        for name, words in _SUBJECTS.items():
            if re.fullmatch(words, subject, re.IGNORECASE):
                return say(f"plan.vague_{name}")
    return say("plan.vague_any")
