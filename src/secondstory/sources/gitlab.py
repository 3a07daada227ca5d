"""GitLab's deployments and merged merge requests to occurrences: webhook deliveries and REST answers.

Many deliveries may speak of one deployment: they become one deploy, at the time when it began. A merge request tells
who was asked to review and how its pipeline ended; a deployment tells neither.
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

_KNOWN = "deployment, merge_request"
_DELIVERY = re.compile(rb'"object_kind"\s*:\s*"(?:deployment|merge_request)"')
_KEYS = ((b'"deployable"', b'"iid"'), (b'"merge_status"', b'"iid"'), (b'"target_project_id"', b'"iid"'))
_PROJECT = re.compile(r"/([^/]+)/(?:-/)?(?:jobs|pipelines|merge_requests)/")
_RELEASE = re.compile(r"v?\d+(?:\.\d+)+(?:[-+.\w]*)")
_ZONE = re.compile(r"^(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)(?: UTC| ([+-]\d\d):?(\d\d))$")
_BEGUN, _OVER = "running", ("success", "failed", "canceled")
_BOT = re.compile(r"(?:project|group)_\d+_bot|.*[-_]bot$")


def recognise(head: FileHead) -> bool:
    """True for JSON with the keys of GitLab's deployments or merge requests."""
    if not head.start.startswith((b"{", b"[")) or b'"node_id"' in head.head:
        return False
    listed = any(all(key in head.head for key in keys) for keys in _KEYS)
    return listed or _DELIVERY.search(head.head) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All deployments and merges. Raises BadInput where the file holds no JSON object."""
    return parse_forge(block, mapping, Forge(_note, _merge, _deploy))


@dataclass(frozen=True)
class _Note:
    """What one record says of a deployment; `deploy.time` is when it came to `state`."""

    place: int
    deployment: str
    deploy: Told
    state: str
    ended: str


def _note(record: dict[str, Any], place: int) -> _Note | None:
    """None where the record is of no deployment."""
    if record.get("object_kind") == "deployment":
        return _delivered(record, place)
    return _answered(record, place) if "environment" in record and "sha" in record else None


def _delivered(record: dict[str, Any], place: int) -> _Note:
    commit = text(record, "commit_url", "").rpartition("/")[2]
    state, time = text(record, "status"), _time(record, "status_changed_at")
    service = text(section(record, "project"), "name", "")
    version = _version(text(record, "ref", ""), commit or text(record, "short_sha", ""))
    deploy = Told(
        time=time,
        kind=OccurrenceKind.DEPLOY,
        title=f"{service} {version}".strip(),
        service=service,
        version=version,
        environment=text(record, "environment", ""),
        body=text(record, "commit_title", ""),
        actor=_person(record.get("user")),
        url=text(record, "deployable_url", "") or None,
        attributes=ChangeRecord(commit=commit or None).attributes() | {"ref": text(record, "ref", "")},
    )
    deployment = _deployment(service, text(record, "deployment_id", str(place)))
    return _Note(place, deployment, deploy, state, time if state in _OVER else "")


def _answered(record: dict[str, Any], place: int) -> _Note:
    job = section(record, "deployable")
    commit, ref = text(record, "sha"), text(record, "ref", "")
    pipeline = section(job, "pipeline")
    link = text(job, "web_url", "") or text(pipeline, "web_url", "")
    service, version = _project(link), _version(ref, commit)
    deploy = Told(
        time=_time(job, "started_at") or _time(record, "created_at"),
        kind=OccurrenceKind.DEPLOY,
        title=f"{service} {version}".strip(),
        service=service,
        version=version,
        environment=text(section(record, "environment"), "name", ""),
        body=text(section(job, "commit"), "title", ""),
        actor=_person(record.get("user")),
        url=link or None,
        attributes=ChangeRecord(commit=commit).attributes() | {"ref": ref},
    )
    deployment = _deployment(service, text(record, "id", str(place)))
    return _Note(place, deployment, deploy, text(record, "status", ""), _time(job, "finished_at"))


def _deployment(service: str, number: str) -> str:
    """Files of several servers may use one number twice."""
    return f"{service}/{number}"


def _deploy(notes: list[_Note]) -> tuple[int, Told]:
    """The deploy from when it began, with its outcome, however many records told of it and in whatever order."""
    in_order = sorted(notes, key=lambda note: (str(note.deploy.time), note.place))
    first = next((note for note in in_order if note.state == _BEGUN), in_order[0])
    last = next((note for note in reversed(in_order) if note.state in _OVER), in_order[-1])
    deploy = first.deploy
    failed = last.state not in ("", "success")
    return notes[0].place, replace(
        deploy,
        title=f"{deploy.title} ({last.state})" if failed else deploy.title,
        attributes=deploy.attributes | {"state": last.state, "finished_at": last.ended},
    )


def _merge(record: dict[str, Any]) -> Told | None:
    """The merge that a record tells of; None for a merge request that is not merged."""
    delivered = record.get("object_kind") == "merge_request"
    request = section(record, "object_attributes") if delivered else record
    if "iid" not in request or not {"merged_at", "state", "action"} & request.keys():
        raise Unusable(say("sources.record_unknown", known=_KNOWN))
    merged = request.get("merged_at") or (delivered and request.get("action") == "merge")
    if not merged:
        return None
    link = text(request, "url", "") or text(request, "web_url", "")
    pipeline = section(request, "head_pipeline") or section(request, "pipeline")
    checks = (("pipeline", text(pipeline, "status") == "success"),) if pipeline else None
    change = ChangeRecord(
        request=f"!{text(request, 'iid')}",
        url=link or None,
        commit=text(request, "merge_commit_sha", "") or text(request, "squash_commit_sha", "") or None,
        reviewers=_reviewers(record),
        checks=checks,
    )
    return Told(
        time=_time(request, "merged_at") or _time(request, "updated_at"),
        kind=OccurrenceKind.CODE,
        title=f"{change.request} {text(request, 'title', '')}".strip(),
        service=text(section(record, "project"), "name", "") or _project(link),
        body=text(request, "description", ""),
        actor=_person(record.get("merge_user") or record.get("merged_by") or record.get("user")),
        url=change.url,
        attributes=change.attributes() | {"branch": text(request, "target_branch", "")},
        people=change.reviewers or (),
    )


def _reviewers(record: dict[str, Any]) -> tuple[str, ...] | None:
    if "reviewers" not in record:
        return None
    people = dict.fromkeys(_person(each) for each in items(record, "reviewers"))
    return tuple(person for person in people if person not in (None, AUTOMATION))


def _person(given: object) -> str | None:
    """The name, or the account where there is none; None where nobody is told."""
    if not isinstance(given, dict):
        return None
    account = text(given, "username", "")
    if given.get("bot") is True or _BOT.fullmatch(account):
        return AUTOMATION
    return text(given, "name", "") or account or None


def _project(link: str) -> str:
    found = _PROJECT.search(link)
    return found[1] if found else ""


def _time(given: dict[str, Any], field: str) -> str:
    """A time as RFC 3339; webhooks write `2026-03-06 10:02:30 +0100`."""
    written = text(given, field, "").strip()
    found = _ZONE.match(written)
    return f"{found[1]}{found[2] or '+00'}:{found[3] or '00'}" if found else written


def _version(ref: str, commit: str) -> str:
    """The tag that was deployed, or the first digits of the commit."""
    return ref if _RELEASE.fullmatch(ref) else commit[:8]


EXTENSION = SourceExtension(
    name="gitlab",
    summary="GitLab deployments and merged merge requests: webhook deliveries and REST answers",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    tells_people=True,
)
