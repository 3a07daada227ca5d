"""From a verdict and the words themselves to the hard moment they make, and to whom they are turned against."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import secondstory.blameless.replies.moments
from secondstory.blameless.replies.moment import Fit, Moment
from secondstory.model.reply import Target
from secondstory.model.utterance import Label, Utterance, Verdict
from secondstory.registry import extensions

_VENDOR = re.compile(r"\b(?:vendors?|suppliers?|providers?|third[- ]part(?:y|ies)|contractors?|aws|azure|gcp)\b")
_JUNIOR = re.compile(r"\b(?:juniors?|new (?:hire|guy|starter)|interns?|graduate|trainee)\b")
_ABSENT = re.compile(r"\b(?:(?:is|are)(?:n't| not) here|on (?:holiday|leave|vacation)|(?:has|have) left)\b")
_PLAINLY = 12  # more than labels, phrases and targets together
_OWN = re.compile(r"\byour (?:own )?team\b")


@dataclass(frozen=True)
class Occasion:
    """Something that was said, with what was read in it. `moment` names a moment that no words tell, such as silence.

    `at_s` seconds from the recording's begin, None where no times are told; `speaker` a role token, where it is known.
    """

    utterance: Utterance
    verdict: Verdict
    at_s: float | None = None
    target: Target | None = None  # None: read from the words
    speaker: str | None = None
    moment: str | None = None


@cache
def moments() -> tuple[Moment, ...]:
    """All hard moments, in order of key."""
    return extensions(secondstory.blameless.replies.moments, Moment)


def moment_named(key: str) -> Moment | None:
    """A moment by its key, such as M32."""
    return next((moment for moment in moments() if moment.key == key), None)


def moment_of(occasion: Occasion) -> Moment | None:
    """The moment that fits best; None where nothing is to be said."""
    if occasion.moment is not None:
        return moment_named(occasion.moment)
    verdict = occasion.verdict
    if verdict.own_slips:
        return moment_named("M38")
    if Label.SELF_BLAME in verdict.labels:
        return moment_named("M22")
    text, target = plain(occasion.utterance.text), target_of(occasion)
    scored = [(_score(moment.fit, occasion, text, target), moment) for moment in moments()]
    best = max(scored, key=lambda found: found[0], default=None)
    return best[1] if best is not None and best[0] > 0 else None


def target_of(occasion: Occasion) -> Target:
    """Who is spoken against, as told or as far as the words say."""
    if occasion.target is not None:
        return occasion.target
    text, labels = plain(occasion.utterance.text), occasion.verdict.labels
    if Label.SELF_BLAME in labels:
        return Target.SELF
    for pattern, target in ((_VENDOR, Target.VENDOR), (_JUNIOR, Target.JUNIOR), (_ABSENT, Target.ABSENT)):
        if pattern.search(text):
            return target
    if Label.BLAMES_TEAM in labels:
        return Target.OWN_TEAM if _OWN.search(text) else Target.TEAM
    return Target.PRESENT if occasion.verdict.target is not None else Target.UNNAMED


def plain(text: str) -> str:
    """Small letters, straight apostrophes."""
    return text.lower().replace("’", "'")


def is_said_plainly(fit: Fit, text: str) -> bool:
    """True where the words alone make the moment."""
    return any(_form(one).search(plain(text)) for one in fit.says)


def _score(fit: Fit, occasion: Occasion, text: str, target: Target) -> int:
    """How well a moment fits; 0 = it does not."""
    verdict, speaker = occasion.verdict, occasion.utterance.speaker_role
    if fit.speakers and speaker not in fit.speakers:
        return 0
    shared = [place for place, label in enumerate(verdict.labels) if label in fit.labels]
    label = 3 - min(shared[0], 2) if shared else 0
    if is_said_plainly(fit, text) and (verdict.labels or fit.alone or not fit.labels):
        return _PLAINLY + label
    if not shared:
        return 0
    said = any(_cue(cue).search(text) for cue in fit.cues)
    aimed = target in fit.targets
    if not said and (fit.needs_cue and not aimed):
        return 0
    if fit.targets and not fit.cues and not aimed:
        return 0
    return 4 * said + 2 * aimed + label + bool(fit.speakers)


@cache
def _cue(cue: str) -> re.Pattern[str]:
    return re.compile(r"(?<!\w)" + re.escape(cue))


@cache
def _form(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)
