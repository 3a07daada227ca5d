"""What a forge knows of a change (request, reviewers, checks, tests) to attributes; what it does not know stays out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from secondstory.model.telemetry import ChangeAttribute
from secondstory.sources.reading.occurrence_rows import Told
from secondstory.sources.reading.times import micros_of

NONE = "none"
_TEST = re.compile(r"(?i)tests?\b|testing|\bspecs?\b|\be2e\b|pytest|\bunit\b|integration")


@dataclass(frozen=True)
class ChangeRecord:
    """What let a change pass. None = the source does not know; an empty tuple = there was none."""

    request: str | None = None
    url: str | None = None
    commit: str | None = None
    reviewers: tuple[str, ...] | None = None
    checks: tuple[tuple[str, bool], ...] | None = None  # (name, passed)

    def attributes(self) -> dict[str, str | None]:
        """As attributes of an occurrence; tests are the checks that are named like tests, else unknown."""
        tests = tuple(check for check in self.checks or () if _TEST.search(check[0]))
        return {
            ChangeAttribute.REQUEST.value: self.request,
            ChangeAttribute.URL.value: self.url,
            ChangeAttribute.COMMIT.value: self.commit,
            ChangeAttribute.REVIEWERS.value: None if self.reviewers is None else ", ".join(self.reviewers) or NONE,
            ChangeAttribute.CHECKS.value: _passed(self.checks),
            ChangeAttribute.TESTS.value: _passed(tests) if tests else None,
        }


def with_previous(deploys: Iterable[tuple[int, Told]]) -> list[tuple[int, Told]]:
    """(place, deploy) pairs with the version that each one replaced, so that a rollback is told from a change."""
    known: dict[tuple[str, str | None], str] = {}
    found = []
    for place, deploy in sorted(deploys, key=lambda pair: (micros_of(str(pair[1].time)), pair[0])):
        where = deploy.service, deploy.environment
        told = {"version": deploy.version, "previous_version": known.get(where)}
        found.append((place, replace(deploy, attributes=deploy.attributes | told)))
        if deploy.version:
            known[where] = deploy.version
    return found


def _passed(checks: tuple[tuple[str, bool], ...] | None) -> str | None:
    """`3 of 4 passed; failed: lint`, and `none` where there was nothing to pass."""
    if not checks:
        return None if checks is None else NONE
    failed = [name for name, passed in checks if not passed]
    told = f"{len(checks) - len(failed)} of {len(checks)} passed"
    return f"{told}; failed: {', '.join(sorted(failed))}" if failed else told
