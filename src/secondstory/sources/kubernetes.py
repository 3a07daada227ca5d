"""Events of Kubernetes (`kubectl get events -o json`, core/v1 and events.k8s.io/v1) to occurrences of the orchestrator.

An event that was counted several times tells its first and its last time. The workload is read out of the names that
Kubernetes makes for pods and replica sets. `Block.first_line` counts events.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from secondstory.model.telemetry import Mapping, OccurrenceKind, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.json_records import Layout, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.labels import as_text, split_labels
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_rows
from secondstory.sources.reading.times import NO_TIME, micros_of

LAYOUT = Layout(b'{"items":[', ("apiVersion", "kind", "metadata", "action", "count", "eventTime", "firstTimestamp"))

_RANDOM = "[bcdfghjklmnpqrstvwxz2456789]"  # the signs of names that Kubernetes makes: no vowels, nothing to mix up
_WORKLOADS = {
    "Pod": (
        ("k8s.deployment.name", re.compile(rf"(.+)-{_RANDOM}{{6,10}}-{_RANDOM}{{5}}")),
        ("k8s.statefulset.name", re.compile(r"(.+)-\d{1,4}")),
        ("k8s.daemonset.name", re.compile(rf"(.+)-{_RANDOM}{{5}}")),
    ),
    "ReplicaSet": (("k8s.deployment.name", re.compile(rf"(.+)-{_RANDOM}{{6,10}}")),),
    "HorizontalPodAutoscaler": (("k8s.deployment.name", re.compile(r"(.+)")),),
}
_ABOUT = ("involvedObject", "regarding")
_FIRST = ("eventTime", "firstTimestamp", "deprecatedFirstTimestamp")
_LAST = ("lastTimestamp", "deprecatedLastTimestamp")
_COUNTS = ("count", "deprecatedCount")

Row = tuple[object, ...]


def recognise(head: FileHead) -> bool:
    """True for a list of events, and for events one after the other as `--watch` writes them."""
    if not head.start.startswith((b"{", b"[")):
        return False
    match beginning(head.start):
        case {"kind": "EventList"} | {"items": [{"kind": "Event"}, *_]}:
            return True
        case {"items": [{"involvedObject": {}} | {"regarding": {}}, *_]}:
            return True
        case {"involvedObject": {}} | {"regarding": {}} | [{"involvedObject": {}} | {"regarding": {}}, *_]:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All events of the block. Raises BadInput on a file that holds no object."""
    rejects = Rejects(block.path)
    rows: dict[Row, None] = {}  # each once: `--watch` repeats an event whenever its count grows
    for number, record in records_of(block, LAYOUT, rejects):
        event = record["object"] if isinstance(record.get("object"), dict) else record
        about = next((event[name] for name in _ABOUT if isinstance(event.get(name), dict)), None)
        if about is None:
            if event.get("items") != []:
                rejects.add("event_shape", number)
            continue
        times = _times(event)
        if not times:
            rejects.add("time_missing", number)
        for time, told in times:
            if time == NO_TIME:
                rejects.add("time_unreadable", number)
            else:
                rows[_row(event, about, (time, told), mapping)] = None
    return Parsed(tables=table_of_rows(TableName.OCCURRENCES, list(rows)), rejects=rejects.found())


def _times(event: dict[str, Any]) -> list[tuple[int, dict[str, str]]]:
    """When it happened first and, counted more than once, last; with what is known of the count."""
    first = next((event[name] for name in _FIRST if event.get(name)), None)
    last, count = _repeated(event)
    if first is None and last is None:
        created = _part(event, "metadata").get("creationTimestamp")
        return [(micros_of(as_text(created)), {"time_from": "creationTimestamp"})] if created else []
    found: list[tuple[int, dict[str, str]]] = [] if first is None else [(micros_of(as_text(first)), {})]
    if last is not None and last != first:
        found.append((micros_of(as_text(last)), {"count": count} if count else {}))
    return found


def _repeated(event: dict[str, Any]) -> tuple[Any, str]:
    series = _part(event, "series")
    if series.get("lastObservedTime"):
        return series["lastObservedTime"], as_text(series.get("count") or "")
    last = next((event[name] for name in _LAST if event.get(name)), None)
    return last, next((as_text(event[name]) for name in _COUNTS if event.get(name)), "")


def _row(event: dict[str, Any], about: dict[str, Any], when: tuple[int, dict[str, str]], mapping: Mapping) -> Row:
    time, told = when
    kind, name = as_text(about.get("kind") or ""), as_text(about.get("name") or "")
    reason = as_text(event.get("reason") or "")
    labels = dict(_labels(kind, name)) | dict(_details(event, about))
    service, instance, version, environment, rest = split_labels(labels | told, mapping)
    title = f"{reason} {kind} {name}".strip()
    body = as_text(event.get("message") or event.get("note") or "")
    who = (service, instance, version, environment, "{}")
    return (time, *who, OccurrenceKind.ORCHESTRATOR.value, title, body, None, None, rest)


def _labels(kind: str, name: str) -> Iterator[tuple[str, str]]:
    """The object under OpenTelemetry's name for it, and the workload that its name tells."""
    if not kind or not name:
        return
    yield f"k8s.{kind.lower()}.name", name
    for label, pattern in _WORKLOADS.get(kind, ()):
        made = pattern.fullmatch(name)
        if made:
            yield label, made[1]
            return


def _details(event: dict[str, Any], about: dict[str, Any]) -> Iterator[tuple[str, str]]:
    source = _part(event, "source")
    reporter = event.get("reportingComponent") or event.get("reportingController") or source.get("component")
    for label, value in (
        ("reason", event.get("reason")),
        ("type", event.get("type")),
        ("action", event.get("action")),
        ("k8s.namespace.name", about.get("namespace")),
        ("k8s.node.name", source.get("host")),
        ("reporter", reporter),
    ):
        if value:
            yield label, as_text(value)


def _part(event: dict[str, Any], name: str) -> dict[str, Any]:
    value = event.get(name)
    return value if isinstance(value, dict) else {}


EXTENSION = SourceExtension(
    name="kubernetes",
    summary="Kubernetes events in JSON: what the orchestrator did",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening),
    parse=parse,
)
