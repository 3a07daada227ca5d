"""A change becomes a table of safeguards: what was there, what each saw, why it let the change pass.

Only records speak: what they do not say is unknown, and asked of people in the meeting.
"""

from __future__ import annotations

import re

from secondstory.model.detection import Existed, Outcome, ReplayedRule, RuleKind, Safeguard
from secondstory.model.subject import subject_key
from secondstory.model.telemetry import ChangeAttribute
from secondstory.model.timeline import TimelineEvent
from secondstory.stages.detection.proposing import Shown
from secondstory.texts import say
from secondstory.texts.durations import duration

_NONE = "none"
_CANARY = re.compile(r"canar|staged|progressive|gradual|blue.?green", re.IGNORECASE)
_TESTS = re.compile(r"test|spec\b|e2e", re.IGNORECASE)
_LEFT_OUT = re.compile(r"\b(skipped|none|no|not|missing|disabled|off|left out)\b", re.IGNORECASE)
_REVIEW_NOTES = re.compile(r"review|checklist", re.IGNORECASE)


def find_safeguards(
    change: TimelineEvent | None, rules: tuple[ReplayedRule, ...], shown: tuple[Shown, ...], ids: tuple[str, ...]
) -> tuple[Safeguard, ...]:
    """Review, tests and canary of the change, and the alerts; without a change only the alerts."""
    alerts = _alerts(rules, shown, ids)
    if change is None:
        return (alerts,)
    told = dict(change.attributes)
    checks = [part.strip() for part in told.get(ChangeAttribute.CHECKS, "").split(";") if part.strip()]
    tests = [told[ChangeAttribute.TESTS]] if told.get(ChangeAttribute.TESTS) else _about(_TESTS, checks)
    notes = {key: value for key, value in told.items() if key not in tuple(ChangeAttribute)}
    return (
        _review(told.get(ChangeAttribute.REVIEWERS), notes, change.evidence_ids),
        _check("tests", tests, _notes(_TESTS, notes), change.evidence_ids),
        _check("canary", _about(_CANARY, checks), _notes(_CANARY, notes), change.evidence_ids),
        alerts,
    )


def _review(reviewers: str | None, notes: dict[str, str], ids: tuple[str, ...]) -> Safeguard:
    passed = _notes(_REVIEW_NOTES, notes) or say("detection.passed_unknown")
    if reviewers is None:
        return _safeguard("review", Existed.UNKNOWN, say("detection.not_on_record"), passed, ids)
    if reviewers == _NONE:
        return _safeguard("review", Existed.NO, say("detection.review_none"), say("detection.nothing_to_pass"), ids)
    count = len(reviewers.split(","))
    saw = say("detection.review_one") if count == 1 else say("detection.review_many", count=count)
    return _safeguard("review", Existed.YES, saw, passed, ids)


def _check(kind: str, parts: list[str], notes: str, ids: tuple[str, ...]) -> Safeguard:
    passed = notes or say("detection.passed_unknown")
    if not parts:
        return _safeguard(kind, Existed.UNKNOWN, say("detection.not_on_record"), passed, ids)
    saw = "; ".join(parts)
    if all(_LEFT_OUT.search(part) for part in parts):
        return _safeguard(kind, Existed.NO, saw, notes or say("detection.nothing_to_pass"), ids)
    return _safeguard(kind, Existed.YES, saw, passed, ids)


def _alerts(rules: tuple[ReplayedRule, ...], shown: tuple[Shown, ...], ids: tuple[str, ...]) -> Safeguard:
    had = [one for one in rules if one.rule.kind is RuleKind.EXISTING]
    if not had:
        return _safeguard("alerts", Existed.UNKNOWN, say("detection.no_rules"), say("detection.passed_unknown"), ids)
    fired = [one for one in had if one.recorded is not None or one.outcome is Outcome.FIRED]
    saw = say("detection.alerts_saw", fired=len(fired), count=len(had))
    if not shown:
        return _safeguard("alerts", Existed.YES, saw, say("detection.passed_unknown"), ids)
    first = shown[0]
    watched = {name for one in had for name in one.reads}
    name = first.signal.name
    read = any(asked.startswith(re.sub(r"\W", "_", name)) for asked in watched)
    passed = say(
        "detection.alerts_late" if read else "detection.alerts_unread", indicator=name, service=first.signal.service
    )
    first_s = max((one.sooner_s[1] for one in fired if one.sooner_s is not None), default=None)
    if first_s is not None and first_s < 0:
        passed += " " + say("detection.alerts_after", after=duration(-first_s))
    return _safeguard("alerts", Existed.YES, saw, passed, ids)


def _about(what: re.Pattern[str], parts: list[str]) -> list[str]:
    return [part for part in parts if what.search(part)]


def _notes(what: re.Pattern[str], notes: dict[str, str]) -> str:
    """What the record of the change says of this safeguard in words of its own."""
    found = [value for key, value in sorted(notes.items()) if what.search(key)]
    return say("detection.record_says", what="; ".join(found)) if found else ""


def _safeguard(kind: str, existed: Existed, saw: str, passed: str, ids: tuple[str, ...]) -> Safeguard:
    return Safeguard(subject_key("safeguard", kind), kind, existed, saw, passed, ids)
