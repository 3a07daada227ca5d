"""Answers of the warehouse as nouns: coverage, call edges, occurrences, log patterns."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from itertools import combinations
from typing import NamedTuple

from secondstory.algorithms.log_templates import templates
from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import Coverage, Edge, LogPattern, Occurrence
from secondstory.model.subject import subject_key
from secondstory.model.system import System
from secondstory.model.window import EPOCH, format_time
from secondstory.stages.evidence.plan import Plan


def read_coverage(evidence: Evidence) -> tuple[Coverage, ...]:
    """One row for each table and service, versions and instances taken together; sorted."""
    found: dict[tuple[str, str], list[_Instance]] = defaultdict(list)
    for row in evidence.result.records():
        one = _Instance(_text(row["version"]), _time(row["first_time"]), _time(row["last_time"]), _whole(row["rows"]))
        found[_text(row["table"]), _text(row["service"])].append(one)
    return tuple(
        Coverage(
            table,
            service,
            rows=sum(one.rows for one in instances),
            first_time=min(one.first for one in instances),
            last_time=max(one.last for one in instances),
            side_by_side_s=_side_by_side_s(instances),
        )
        for (table, service), instances in sorted(found.items())
    )


class _Instance(NamedTuple):
    version: str
    first: datetime
    last: datetime
    rows: int


def _side_by_side_s(instances: list[_Instance]) -> float:
    """The longest time that two instances of different versions ran at once."""
    versions: dict[str, list[_Instance]] = defaultdict(list)
    for one in instances:
        versions[one.version].append(one)
    versions.pop("", None)
    shared = (
        (min(one.last, other.last) - max(one.first, other.first)).total_seconds()
        for some, others in combinations(versions.values(), 2)
        for one in some
        for other in others
    )
    return max(0.0, max(shared, default=0.0))


def read_edges(system: System, plan: Plan, answers: Answers) -> tuple[Edge, ...]:
    """Calls seen in spans, and calls that are only declared; sorted by (caller, callee)."""
    edges = {(caller, callee): Edge(caller, callee, None, None) for caller, callee in system.edges}
    if plan.topology is not None:
        evidence = answers.of(plan.topology)
        for row in evidence.result.records():
            caller, callee = _text(row["caller"]), _text(row["callee"])
            if caller and callee and caller != callee:
                edges[caller, callee] = Edge(caller, callee, _number(row["calls"]), evidence.id)
    return tuple(edges[ends] for ends in sorted(edges))


def read_occurrences(plan: Plan, answers: Answers) -> tuple[Occurrence, ...]:
    """What was recorded as having happened; sorted by (time, key). Equal rows are one occurrence."""
    if plan.occurrences is None:
        return ()
    evidence = answers.of(plan.occurrences)
    found: dict[str, Occurrence] = {}
    for row in evidence.result.records():
        time, kind, title = _time(row["time"]), _text(row["kind"]), _text(row["title"])
        service, body = _text(row["service"]) or None, _text(row["body"])
        digest = hashlib.sha256(f"{format_time(time)}\n{title}".encode()).hexdigest()[:12]
        occurrence = Occurrence(
            key=subject_key("occurrence", kind, service, digest),
            time=time,
            kind=kind,
            service=service,
            title=title,
            body=body,
            actor=_text(row["actor"]) or None,
            url=_text(row["url"]) or None,
            attributes=_attributes(_text(row["attributes"])),
            evidence_id=evidence.id,
        )
        _keep(found, occurrence)
    return tuple(sorted(found.values(), key=lambda occurrence: (occurrence.time, occurrence.key)))


def read_patterns(plan: Plan, answers: Answers) -> tuple[LogPattern, ...]:
    """Shapes of log lines; those that one statement wrote with many words in one place are one. Sorted by key."""
    if plan.patterns is None:
        return ()
    evidence = answers.of(plan.patterns)
    said: dict[tuple[str, str], list[LogPattern]] = defaultdict(list)
    for row in evidence.result.records():
        shape = _pattern(row, evidence.id)
        said[shape.service, shape.severity].append(shape)
    merged: dict[str, LogPattern] = {}
    for shapes in said.values():
        for shape, template in zip(shapes, templates([shape.pattern for shape in shapes]), strict=True):
            key = subject_key("pattern", shape.service, shape.severity, template)
            shape = replace(shape, key=key, pattern=template)
            merged[key] = _together(merged[key], shape) if key in merged else shape
    return tuple(merged[key] for key in sorted(merged))


def _pattern(row: Mapping[str, object], evidence_id: str) -> LogPattern:
    first = row["first_time"]
    return LogPattern(
        key="",
        service=_text(row["service"]),
        pattern=_text(row["pattern"]),
        severity=_text(row["severity"]),
        rows=_whole(row["rows"]),
        reference_rows=_whole(row["reference_rows"]),
        traces=_whole(row["traces"]),
        reference_traces=_whole(row["reference_traces"]),
        first_time=None if first is None else _time(first),
        sample=_text(row["sample"]),
        evidence_id=evidence_id,
    )


def _together(one: LogPattern, other: LogPattern) -> LogPattern:
    """Both as one; a trace that has both counts twice, for which of them it was is no longer known."""
    first, second = sorted((one, other), key=lambda shape: (shape.rows == 0, shape.sample))
    times = [shape.first_time for shape in (one, other) if shape.first_time is not None]
    return replace(
        first,
        rows=first.rows + second.rows,
        reference_rows=first.reference_rows + second.reference_rows,
        traces=first.traces + second.traces,
        reference_traces=first.reference_traces + second.reference_traces,
        first_time=min(times, default=None),
    )


def _keep(found: dict[str, Occurrence], occurrence: Occurrence) -> None:
    """Add an occurrence; a different one of the same time and title gets its own key by its body."""
    other = found.get(occurrence.key)
    if other is None or other == occurrence:
        found[occurrence.key] = occurrence
        return
    digest = hashlib.sha256(f"{occurrence.body}\n{occurrence.actor}".encode()).hexdigest()[:12]
    key = f"{occurrence.key}-{digest}"
    found[key] = replace(occurrence, key=key)


def _attributes(text: str) -> tuple[tuple[str, str], ...]:
    parsed = json.loads(text or "{}")
    return tuple(sorted((str(key), _plain(value)) for key, value in parsed.items()))


def _plain(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, sort_keys=True, ensure_ascii=False)


def _text(value: object) -> str:
    return "" if value is None else str(value)


def _whole(value: object) -> int:
    return int(value) if isinstance(value, int | float) else 0


def _number(value: object) -> float | None:
    return float(value) if isinstance(value, int | float) else None


def _time(value: object) -> datetime:
    if not isinstance(value, datetime):
        raise ValueError(f"the warehouse gave {value!r} where a time was due")
    return EPOCH + (value - EPOCH)  # the engine's zone object is its own; ours is always UTC
