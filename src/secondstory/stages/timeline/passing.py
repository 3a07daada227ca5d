"""What let a deploy pass (change request, reviewers, checks, tests): from itself and from the code it brought."""

from __future__ import annotations

from secondstory.model.findings import Occurrence
from secondstory.model.telemetry import ChangeAttribute, OccurrenceKind
from secondstory.texts import say

_NONE = "none"
_SHORTEST_HASH = 7  # git's own shortest


def with_code(deploy: Occurrence, occurrences: tuple[Occurrence, ...]) -> dict[str, str]:
    """The deploy's attributes; what it does not say of the change is taken from the code of the same commit."""
    own = dict(deploy.attributes)
    commit = own.get(ChangeAttribute.COMMIT, "")
    if len(commit) < _SHORTEST_HASH:
        return own
    for code in occurrences:
        told = dict(code.attributes)
        other = told.get(ChangeAttribute.COMMIT, "")
        if code.kind != OccurrenceKind.CODE or len(other) < _SHORTEST_HASH:
            continue
        if commit.startswith(other) or other.startswith(commit):
            own = {key.value: told[key] for key in ChangeAttribute if key in told} | own
    return own


def passing_words(attributes: dict[str, str]) -> str:
    """One sentence; each part that nobody recorded is said to be unknown."""
    known = {key: attributes[key] for key in ChangeAttribute if attributes.get(key)}
    if not known.keys() - {ChangeAttribute.COMMIT, ChangeAttribute.URL}:
        return say("timeline.change_unknown")
    request, checks = known.get(ChangeAttribute.REQUEST), known.get(ChangeAttribute.CHECKS)
    tests = known.get(ChangeAttribute.TESTS)
    unknown = say("timeline.unknown")
    parts = [say("timeline.change_request", request=request) if request else say("timeline.change_request_unknown")]
    parts.append(_reviewers(known.get(ChangeAttribute.REVIEWERS)))
    parts.append(say("timeline.change_checks", told=checks or unknown))
    if tests or "test" not in (checks or "").lower():  # checks may tell the tests themselves
        parts.append(say("timeline.change_tests", told=tests or unknown))
    return f"{'; '.join(parts)}."


def _reviewers(given: str | None) -> str:
    if given is None:
        return say("timeline.change_reviewers_unknown")
    count = 0 if given == _NONE else len(given.split(","))
    if count == 1:
        return say("timeline.change_reviewers_one")
    return say("timeline.change_reviewers", count=count) if count else say("timeline.change_reviewers_none")
