"""Reads a wording before it may join: known slots, short enough, plain words, one question, and no blame in it."""

from __future__ import annotations

import re
from collections.abc import Callable

from secondstory.blameless.bad_questions import question_faults
from secondstory.blameless.replies.filling import MOST_WORDS, words_in
from secondstory.blameless.replies.moment import slots_of
from secondstory.model.fact_sheet import SLOTS
from secondstory.model.reply import Step
from secondstory.model.utterance import SpeakerRole, Utterance, Verdict
from secondstory.texts import say

# Words that shame, soothe, diagnose or promise, and idioms that a second language does not carry.
_AVOIDED = re.compile(
    r"\b(?:i hear you|valid|safe space|journey|unpack|circle back|culprit|offender|failed to|forgot|careless|"
    r"obviously|simply|just|again|on your side|no offen[cs]e|root cause|quite|moot|momentarily|guys|mankind|manned|"
    r"war room|silver bullet|low-hanging|however|never again|point(?:ing)? fingers?|defensive|emotional|"
    r"no consequences|confidential|i understand (?:that )?you|calm down|may well|should be fine)\b",
    re.IGNORECASE,
)


def faults(text: str, step: Step, judge: Callable[[Utterance], Verdict]) -> tuple[str, ...]:
    """What speaks against a wording, in sentences; empty where it may join."""
    try:
        slots = slots_of(text)
    except ValueError:
        return (say("wordings.braces"),)
    found = []
    if not text.strip():
        found.append(say("wordings.empty"))
    if unknown := sorted(slots - SLOTS):
        found.append(say("wordings.unknown_slots", names=", ".join(unknown)))
    if words_in(text) > MOST_WORDS[step]:
        found.append(say("wordings.too_long", count=words_in(text), most=MOST_WORDS[step], step=step.value))
    found += [say("wordings.avoided", words=one) for one in avoided_words(text)]
    found += [say(f"questions.fault_{fault.value}") for fault in question_faults(text)]
    if "!" in text:
        found.append(say("wordings.exclamation"))
    said = Utterance(re.sub(r"\{(\w+)\}", "it", text), speaker_role=SpeakerRole.FACILITATOR)
    verdict = judge(said)
    if verdict.labels:
        reasons = " ".join(dict.fromkeys(reason.says for reason in verdict.reasons))
        found.append(say("wordings.blames", reason=reasons))
    return tuple(found)


def avoided_words(text: str) -> tuple[str, ...]:
    """Words that we do not put into anybody's mouth."""
    return tuple(dict.fromkeys(found[0] for found in _AVOIDED.finditer(text)))
