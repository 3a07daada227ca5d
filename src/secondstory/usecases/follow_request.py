"""A trace id, or an attribute with its value, to requests: their spans and log lines through all services."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import lru_cache

import orjson

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.query import Query, TraceExemplarQuery, TraceLogQuery, TraceQuery, TraceSearchQuery
from secondstory.model.segment import Segment
from secondstory.model.table import Table
from secondstory.model.window import Window, hull
from secondstory.ports import World
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.signals import measured

_EXEMPLARS = 5  # of each entry service
_LINES = 1000  # of all requests together


@dataclass(frozen=True)
class RequestSpan:
    """One span. `depth` counts from the root; `orphan`: its parent is named but not on record."""

    span_id: str
    parent_span_id: str | None
    service: str
    name: str
    kind: str | None
    start: datetime
    duration_ms: float
    status: str | None
    status_message: str | None
    attributes: dict[str, str]
    depth: int
    orphan: bool


@dataclass(frozen=True)
class RequestLine:
    """One log line of a request; `span_id` null where the line names none."""

    time: datetime
    service: str
    severity: str
    body: str
    span_id: str | None


@dataclass(frozen=True)
class FollowedRequest:
    """A request: spans in order of the calls, log lines in order of time."""

    trace_id: str
    start: datetime
    duration_ms: float
    services: tuple[str, ...]
    spans: tuple[RequestSpan, ...]
    logs: tuple[RequestLine, ...]


@dataclass(frozen=True)
class Exemplar:
    """A request worth opening: failed, or slow."""

    trace_id: str
    service: str
    name: str
    time: datetime
    duration_ms: float
    failed: bool


@dataclass(frozen=True)
class FollowedRequests:
    """Requests, the oldest first; `total` counts all that were found. `untraced`: log rows that match but belong to no
    trace. `candidates`: what to open instead, where nothing was found."""

    traces: tuple[FollowedRequest, ...]
    total: int
    untraced: int
    candidates: tuple[Exemplar, ...]


@dataclass(frozen=True)
class Exemplars:
    """Failed requests first, then the slowest, of each service that users enter by."""

    exemplars: tuple[Exemplar, ...]


def follow_trace(actor: Actor, world: World, incident_id: str, trace_id: str) -> FollowedRequests:
    """The request with this trace id."""
    require(actor, Verb.READ, incident_id)
    asked = _Asked.of(world, incident_id)
    found = asked.requests((trace_id.lower(),))
    return FollowedRequests(found, len(found), 0, () if found else _candidates(world, incident_id, asked))


def follow_attribute(
    actor: Actor, world: World, incident_id: str, attribute: str, value: str, limit: int
) -> FollowedRequests:
    """The first `limit` requests with a span or log row that has this attribute."""
    require(actor, Verb.READ, incident_id)
    asked = _Asked.of(world, incident_id)
    hits = asked.run(TraceSearchQuery(asked.recordings, asked.window, attribute, value, limit=limit)).records()
    times: dict[str, datetime] = {}
    for hit in sorted(hits, key=lambda hit: str(hit["time"])):
        if hit["trace_id"]:
            times.setdefault(str(hit["trace_id"]), _time(hit["time"]))
    untraced = sum(int(str(hit["rows"])) for hit in hits if not hit["trace_id"])
    found = asked.requests(tuple(times)[:limit]) if times else ()
    nothing = not found and not untraced
    return FollowedRequests(found, len(times), untraced, _candidates(world, incident_id, asked) if nothing else ())


def exemplars(actor: Actor, world: World, incident_id: str) -> Exemplars:
    """Requests to begin with. Raises NotFound before the first analysis."""
    require(actor, Verb.READ, incident_id)
    return Exemplars(_candidates(world, incident_id, _Asked.of(world, incident_id)))


@dataclass(frozen=True)
class _Asked:
    """What of an incident's telemetry is asked: all of it, for a request may begin before the incident's window."""

    world: World
    recordings: tuple[str, ...]
    segments: tuple[Segment, ...]
    window: Window
    incident: Window

    @staticmethod
    def of(world: World, incident_id: str) -> _Asked:
        incident = get_incident(world, incident_id)
        segments = world.catalogue.segments(incident.recordings)
        stretches = tuple(file.window for segment in segments for file in segment.files)
        return _Asked(world, incident.recordings, segments, hull((incident.window, *stretches)), incident.window)

    def run(self, query: Query) -> Table:
        """Segments never change, so an answer holds for as long as they are the same."""
        return _answer(self.world, query, self.segments)

    def requests(self, trace_ids: tuple[str, ...]) -> tuple[FollowedRequest, ...]:
        """The requests with these ids that are on record, the oldest first."""
        spans: defaultdict[str, list[dict[str, object]]] = defaultdict(list)
        for row in self.run(TraceQuery(self.recordings, self.window, trace_ids)).records():
            spans[str(row["trace_id"])].append(row)
        lines: defaultdict[str, list[RequestLine]] = defaultdict(list)
        for row in self.run(TraceLogQuery(self.recordings, self.window, trace_ids, limit=_LINES)).records():
            lines[str(row["trace_id"])].append(_line(row))
        known = [_request(ident, spans[ident], lines[ident]) for ident in trace_ids if spans[ident] or lines[ident]]
        return tuple(sorted(known, key=lambda request: (request.start, request.trace_id)))


@lru_cache(maxsize=256)
def _answer(world: World, query: Query, segments: tuple[Segment, ...]) -> Table:
    return world.warehouse.run(query, segments)


def _candidates(world: World, incident_id: str, asked: _Asked) -> tuple[Exemplar, ...]:
    found = []
    for service in measured(world, incident_id).body.entry_services:
        rows = asked.run(TraceExemplarQuery(asked.recordings, asked.incident, service, _EXEMPLARS)).records()
        found += [
            Exemplar(
                trace_id=str(row["trace_id"]),
                service=str(row["service"]),
                name=str(row["name"]),
                time=_time(row["time"]),
                duration_ms=float(str(row["duration_ms"])),
                failed=bool(row["failed"]),
            )
            for row in rows
        ]
    return tuple(sorted(found, key=lambda one: (not one.failed, -one.duration_ms, one.trace_id)))


def _request(trace_id: str, rows: list[dict[str, object]], lines: list[RequestLine]) -> FollowedRequest:
    spans = _in_call_order(rows)
    lines = sorted(lines, key=lambda line: (line.time, line.service, line.body))
    starts = [*(span.start for span in spans), *(line.time for line in lines[:1])]
    ends = [span.start + timedelta(milliseconds=span.duration_ms) for span in spans] + [line.time for line in lines]
    services = dict.fromkeys([*(span.service for span in spans), *(line.service for line in lines)])
    length = max(ends) - min(starts)
    return FollowedRequest(
        trace_id, min(starts), length / timedelta(milliseconds=1), tuple(services), spans, tuple(lines)
    )


def _in_call_order(rows: list[dict[str, object]]) -> tuple[RequestSpan, ...]:
    """Each span before those that it called, the earlier first. Parents may be missing, twice there, or a circle."""
    known = {str(row["span_id"]) for row in rows}
    children: defaultdict[str | None, list[dict[str, object]]] = defaultdict(list)
    for row in sorted(rows, key=lambda row: (str(row["time"]), str(row["span_id"]))):
        parent = _text(row["parent_span_id"])
        children[parent if parent in known and parent != row["span_id"] else None].append(row)
    ordered: list[RequestSpan] = []
    done: set[int] = set()

    def below(begin: list[dict[str, object]]) -> None:
        waiting = [(row, 0) for row in reversed(begin)]
        while waiting:
            row, depth = waiting.pop()
            if id(row) in done:
                continue
            done.add(id(row))
            parent = _text(row["parent_span_id"])
            ordered.append(_span(row, depth, orphan=parent is not None and parent not in known))
            waiting += [(child, depth + 1) for child in reversed(children[str(row["span_id"])])]

    below(children[None])
    below([row for row in rows if id(row) not in done])  # circles, which no root leads to
    return tuple(ordered)


def _span(row: dict[str, object], depth: int, *, orphan: bool) -> RequestSpan:
    return RequestSpan(
        span_id=str(row["span_id"]),
        parent_span_id=_text(row["parent_span_id"]),
        service=str(row["service"]),
        name=str(row["name"]),
        kind=_text(row["kind"]),
        start=_time(row["time"]),
        duration_ms=max(float(str(row["duration_ms"])), 0.0),
        status=_text(row["status"]),
        status_message=_text(row["status_message"]),
        attributes=_attributes(str(row["attributes"])),
        depth=depth,
        orphan=orphan,
    )


def _line(row: dict[str, object]) -> RequestLine:
    return RequestLine(
        _time(row["time"]), str(row["service"]), str(row["severity"]), str(row["body"]), _text(row["span_id"])
    )


def _attributes(stored: str) -> dict[str, str]:
    found = orjson.loads(stored)
    return {name: value if isinstance(value, str) else orjson.dumps(value).decode() for name, value in found.items()}


def _text(value: object) -> str | None:
    return str(value) if value is not None else None


def _time(value: object) -> datetime:
    assert isinstance(value, datetime)  # the answer's schema says so
    return value.astimezone(UTC)
