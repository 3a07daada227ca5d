"""GitHub's deployments and merged pull requests to occurrences: webhook deliveries, REST answers, `gh pr list`.

Many records may speak of one deployment: its statuses become one deploy, at the time when it began. Who reviewed and
which checks ran is in the list of the command line tool only; a plain pull request does not tell them, so they stay
unknown: `requested_reviewers` are those who have not looked yet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import Any

from secondstory.model.telemetry import AUTOMATION, Mapping, OccurrenceKind
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.change_records import ChangeRecord
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text
from secondstory.sources.reading.forge import Forge, parse_forge
from secondstory.sources.reading.occurrence_rows import Told
from secondstory.texts import say

_KNOWN = "deployment, deployment_status, pull_request"
_HEAD = re.compile(rb'"(?:deployment_status|original_environment|statuses_url|diff_url)"\s*:|/deployments/\d+"')
_COMMAND = re.compile(rb'"(?:mergedAt|mergeCommit|statusCheckRollup)"\s*:')
_REPOSITORY = re.compile(r"/repos/[^/]+/([^/?#]+)|^https?://[^/]+/[^/]+/([^/?#]+)/pull/")
_RELEASE = re.compile(r"v?\d+(?:\.\d+)+(?:[-+.\w]*)")
_BEGUN, _OVER = "in_progress", ("success", "failure", "error")
_PASSED = ("SUCCESS", "NEUTRAL", "SKIPPED")
_LOOKED = ("APPROVED", "CHANGES_REQUESTED", "COMMENTED")
_SHORT = 8  # digits of a commit


def recognise(head: FileHead) -> bool:
    """True for JSON with the keys of GitHub's deployments or pull requests."""
    if not head.start.startswith((b"{", b"[")):
        return False
    return _COMMAND.search(head.head) is not None or (b'"node_id"' in head.head and bool(_HEAD.search(head.head)))


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All deployments and merges. Raises BadInput where the file holds no JSON object."""
    return parse_forge(block, mapping, Forge(_note, _merge, _deploy))


@dataclass(frozen=True)
class _Note:
    """What one record says of a deployment. `status` is (time, state, log's address)."""

    place: int
    deployment: str
    deploy: Told
    change: ChangeRecord
    status: tuple[str, str, str] | None


def _note(record: dict[str, Any], place: int) -> _Note | None:
    """None where the record is of no deployment."""
    given = record if "sha" in record and "task" in record else section(record, "deployment")
    if not given:
        return None
    service, version = _repository(given), _version(given)
    deploy = Told(
        time=text(given, "created_at"),
        kind=OccurrenceKind.DEPLOY,
        title=f"{service} {version}".strip(),
        service=service,
        version=version,
        environment=text(given, "environment", ""),
        body=text(given, "description", ""),
        actor=_person(given.get("creator")),
        attributes={"ref": text(given, "ref", ""), "task": text(given, "task", "")},
    )
    given_status, status = section(record, "deployment_status"), None
    if given_status:
        log = text(given_status, "log_url", "") or text(given_status, "target_url", "")
        status = text(given_status, "created_at"), text(given_status, "state"), log
    change = replace(_runs(record), commit=text(given, "sha", "") or None)
    return _Note(place, text(given, "id"), deploy, change, status)


def _runs(record: dict[str, Any]) -> ChangeRecord:
    """What the workflow and the check that a delivery names say of the change."""
    runs = [section(record, part) for part in ("workflow_run", "check_run")]
    ended = [(text(run, "name", "run"), text(run, "conclusion")) for run in runs if text(run, "conclusion", "")]
    numbers = [text(each, "number") for run in runs for each in items(run, "pull_requests") if isinstance(each, dict)]
    return ChangeRecord(
        request=f"#{numbers[0]}" if numbers else None,
        checks=tuple((name, conclusion.upper() in _PASSED) for name, conclusion in ended) or None,
    )


def _deploy(notes: list[_Note]) -> tuple[int, Told]:
    """The deploy from when it began, with its outcome, however many records told of it and in whatever order."""
    statuses = sorted(note.status for note in notes if note.status)
    begun = next((time for time, state, _ in statuses if state == _BEGUN), notes[0].deploy.time)
    ended = next(((time, state) for time, state, _ in reversed(statuses) if state in _OVER), None)
    state = ended[1] if ended else statuses[-1][1] if statuses else None
    checks = dict(check for note in notes for check in note.change.checks or ())
    requests = [note.change.request for note in notes if note.change.request]
    change = replace(
        notes[0].change, request=requests[0] if requests else None, checks=tuple(sorted(checks.items())) or None
    )
    deploy = notes[0].deploy
    outcome = {"state": state, "finished_at": ended[0] if ended else None}
    return notes[0].place, replace(
        deploy,
        time=begun,
        title=f"{deploy.title} ({state})" if state and state != "success" else deploy.title,
        url=next((log for _, _, log in reversed(statuses) if log), None),
        attributes=deploy.attributes | change.attributes() | outcome,
    )


def _merge(record: dict[str, Any]) -> Told | None:
    """The merge that a record tells of; None for a pull request that was not merged."""
    request = section(record, "pull_request") or record
    listed = "mergedAt" in request
    if not listed and "merged_at" not in request:
        raise Unusable(say("sources.record_unknown", known=_KNOWN))
    time = request["mergedAt" if listed else "merged_at"]
    if not time:
        return None
    change = _listed_change(request) if listed else _plain_change(request)
    merged_by = _person(request.get("mergedBy" if listed else "merged_by")) or _person(record.get("sender"))
    base = text(request, "baseRefName", "") if listed else text(section(request, "base"), "ref", "")
    return Told(
        time=time,
        kind=OccurrenceKind.CODE,
        title=f"{change.request} {text(request, 'title', '')}".strip(),
        service=_repository(request) or text(section(record, "repository"), "name", ""),
        body=text(request, "body", ""),
        actor=merged_by or _person(request.get("user")),
        url=change.url,
        attributes=change.attributes() | {"branch": base},
        people=change.reviewers or (),
    )


def _plain_change(request: dict[str, Any]) -> ChangeRecord:
    return ChangeRecord(
        request=f"#{text(request, 'number')}",
        url=text(request, "html_url", "") or None,
        commit=text(request, "merge_commit_sha", "") or None,
    )


def _listed_change(request: dict[str, Any]) -> ChangeRecord:
    """Of `gh pr list --json`: a part that was not asked for is unknown."""
    reviewers = checks = None
    if "reviews" in request:
        author = text(section(request, "author"), "login", "")
        looked = [one for one in items(request, "reviews") if isinstance(one, dict) and one.get("state") in _LOOKED]
        others = [one.get("author") for one in looked if text(section(one, "author"), "login", "") != author]
        people = dict.fromkeys(_person(other) for other in others)
        reviewers = tuple(person for person in people if person not in (None, AUTOMATION))
    if "statusCheckRollup" in request:
        rollup = [each for each in items(request, "statusCheckRollup") if isinstance(each, dict)]
        checks = tuple((_check_name(each), _check_state(each) in _PASSED) for each in rollup if _check_state(each))
    return ChangeRecord(
        request=f"#{text(request, 'number')}",
        url=text(request, "url", "") or None,
        commit=text(section(request, "mergeCommit"), "oid", "") or None,
        reviewers=reviewers,
        checks=checks,
    )


def _check_name(check: dict[str, Any]) -> str:
    return text(check, "name", "") or text(check, "context", "check")


def _check_state(check: dict[str, Any]) -> str:
    """Empty where a check has not ended."""
    return (text(check, "conclusion", "") or text(check, "state", "")).upper()


def _person(given: object) -> str | None:
    """The name, or the account where there is none; None where nobody is told."""
    if not isinstance(given, dict):
        return None
    login = text(given, "login", "")
    if given.get("type") == "Bot" or given.get("is_bot") is True or login.endswith("[bot]"):
        return AUTOMATION
    return text(given, "name", "") or login or None


def _repository(given: dict[str, Any]) -> str:
    """The repository's name, from the addresses in a record."""
    for name in ("repository_url", "url", "html_url"):
        found = _REPOSITORY.search(text(given, name, ""))
        if found:
            return found[1] or found[2]
    return ""


def _version(deployment: dict[str, Any]) -> str:
    """The tag that was deployed, or the first digits of the commit."""
    ref = text(deployment, "ref", "")
    return ref if _RELEASE.fullmatch(ref) else text(deployment, "sha", "")[:_SHORT]


EXTENSION = SourceExtension(
    name="github",
    summary="GitHub deployments and merged pull requests: webhook deliveries, REST answers, `gh pr list --json`",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
