"""Tiny builders of cases and told answers for tests of stages: rows by query type stand in for the warehouse."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import numpy as np
import pyarrow as pa

from secondstory.model.codec import content_hash
from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case, Incident, Severity
from secondstory.model.query import (
    Ask,
    CoverageQuery,
    EdgeSignalQuery,
    EndpointQuery,
    LogPatternQuery,
    LogSignalQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    OperationQuery,
    OutcomeQuery,
    Query,
    SampleQuery,
    SpanSignalQuery,
    TopologyQuery,
    TracePatternQuery,
    UsersHitQuery,
    UserStepQuery,
)
from secondstory.model.subject import digest_id
from secondstory.model.system import Objective, System
from secondstory.model.table import Table
from secondstory.model.window import Window
from secondstory.stages.evidence import find_evidence

T = TypeVar("T")
Row = dict[str, Any]
START = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
STEP_S = 5
_TIME = pa.timestamp("us", tz="UTC")
_COLUMNS: dict[type, str] = {
    CoverageQuery: "table service version instance rows:n first_time:t last_time:t",
    MetricSignalQuery: "service name kind unit attributes version statistic time:t value:f samples:n",
    SpanSignalQuery: "service version time:t requests:f failed:f p50_ms:f p95_ms:f self_p95_ms:f",
    EdgeSignalQuery: "caller callee time:t calls:f failed:f p50_ms:f p95_ms:f gap_p95_ms:f",
    LogSignalQuery: "service severity time:t rows:n",
    LogPatternQuery: "service pattern severity rows:n reference_rows:n first_time:t last_time:t sample traces:n "
    "reference_traces:n",
    OperationQuery: " ".join(
        f"{side}{column}:f"
        for side in ("", "reference_")
        for column in ["spans", "failed", "p50_ms", "p95_ms", "self_p50_ms", "self_p95_ms", "children_mean"]
    )
    + " service operation",
    TracePatternQuery: "service kind event following times:n reference_times:n",
    OccurrenceQuery: "time:t kind service title body actor url attributes",
    TopologyQuery: "caller callee calls:f failed:f",
    OutcomeQuery: "service time:t total:f failed:f slow:f seen:n failed_seen:n slow_seen:n users:n users_failed:n",
    EndpointQuery: "service endpoint time:t up_to_ms:f requests:f failed:f seen:n failed_seen:n",
    UserStepQuery: "time:t users:n users_failed:n users_first:n",
    SampleQuery: "name service instance version environment resource attributes kind temporality unit time:t value:f "
    "count:n sum:f bounds buckets",
    UsersHitQuery: "service users:n users_failed:n requests_with_user:f requests:f",
}
_TYPES = {"": pa.string(), "n": pa.int64(), "f": pa.float64(), "t": _TIME}


def at(seconds: float) -> datetime:
    """A time, in seconds after the tests' start."""
    return START + timedelta(seconds=seconds)


def window(start_s: float, end_s: float) -> Window:
    """A half-open stretch, in seconds after the tests' start."""
    return Window(at(start_s), at(end_s))


def case_of(
    around: Window, *, system: System | None = None, objectives: tuple[Objective, ...] = (), **incident: Any
) -> Case:
    """A case over one window; `incident` overrides fields of the incident."""
    fields: Row = {"severity": Severity.SEV2, "time_zone": "Europe/Berlin", "recordings": ("tape",), **incident}
    system = system or System(metric_step_s=STEP_S)
    return Case(Incident(id="inc-1", title="Orders fail", window=around, **fields), system, objectives)


@dataclass
class Told:
    """A warehouse that answers with given rows, filtered by time; what has no rows is answered with none."""

    rows: dict[type, list[Row]] = field(default_factory=dict)
    asked: list[Query] = field(default_factory=list)

    def tell(self, kind: type, *rows: Row) -> Told:
        """Add rows to the answers of one kind of query; absent columns are null."""
        self.rows.setdefault(kind, []).extend(rows)
        return self

    def answer(self, queries: Iterable[Query]) -> tuple[Evidence, ...]:
        """Evidence for each query."""
        self.asked.extend(queries)
        return tuple(self._evidence(query) for query in queries)

    def _evidence(self, query: Query) -> Evidence:
        pieces = getattr(query, "windows", (query.window,))
        rows = [
            row
            for row in self.rows.get(type(query), [])
            if "time" not in row or any(piece.holds(row["time"]) for piece in pieces)
            if (row.get("version") is not None) <= getattr(query, "by_version", True)
        ]
        columns = [column.partition(":") for column in _COLUMNS[type(query)].split()]
        schema = pa.schema([(name, _TYPES[kind]) for name, _, kind in columns])
        table = Table(pa.Table.from_pylist([{name: row.get(name) for name in schema.names} for row in rows], schema))
        return Evidence(digest_id("ev", content_hash(query)), query, "fake", table, table.hash, at(9000))


def settle(find: Callable[[Answers], T | Ask], told: Told) -> T:
    """Run a stage's verb with what is told, two rounds at most."""
    answers = Answers({})
    for _ in range(3):
        found = find(answers)
        if not isinstance(found, Ask):
            return found
        answers = answers.plus(told.answer(found.queries))
    raise AssertionError("a third round")


def evidence_of(case: Case, told: Told) -> EvidenceBody:
    """The evidence body that the told rows give."""
    return settle(lambda answers: find_evidence(case, answers), told)


def times(start_s: float, end_s: float, step_s: float = STEP_S) -> list[datetime]:
    """Starts of the steps of a stretch."""
    return [at(second) for second in np.arange(start_s, end_s, step_s).tolist()]


def gauge(told: Told, service: str, name: str, points: Iterable[tuple[datetime, float]], **more: Any) -> None:
    """Tell a metric's values, and that they were recorded. `more`: statistic, unit, attributes (a dict), kind."""
    fields = {"kind": "gauge", "statistic": "value", **more, "attributes": json.dumps(more.get("attributes", {}))}
    rows = [
        {"service": service, "name": name, "time": time, "value": value, "samples": 1, **fields}
        for time, value in points
        if value == value
    ]
    told.tell(MetricSignalQuery, *rows)
    told.tell(SampleQuery, *({**row, "resource": "{}"} for row in rows))
    recorded(told, "metrics", service, [row["time"] for row in rows])


def served(told: Told, service: str, points: Iterable[tuple[datetime, float, float, float]]) -> None:
    """Tell requests of a service per step: (time, requests, failed, p95 in ms). No requests, no row."""
    rows = [
        {
            "service": service,
            "time": time,
            "requests": requests,
            "failed": failed,
            "p50_ms": p95_ms / 2,
            "p95_ms": p95_ms,
            "self_p95_ms": p95_ms / 3,
        }
        for time, requests, failed, p95_ms in points
        if requests
    ]
    told.tell(SpanSignalQuery, *rows)
    told.tell(
        OutcomeQuery,
        *(
            {
                "service": service,
                "time": row["time"],
                "total": row["requests"],
                "failed": row["failed"],
                "slow": row["failed"],
            }
            for row in rows
        ),
    )
    recorded(told, "spans", service, [row["time"] for row in rows])


def recorded(told: Told, table: str, service: str, moments: list[datetime], version: str | None = None) -> None:
    """Tell that a table holds rows of a service, of one instance of this version, at these times."""
    if moments:
        told.tell(
            CoverageQuery,
            {
                "table": table,
                "service": service,
                "version": version,
                "rows": len(moments),
                "first_time": min(moments),
                "last_time": max(moments),
            },
        )


def happened(told: Told, time: datetime, kind: str, title: str, service: str = "", **more: Any) -> None:
    """Tell an occurrence. `more`: body, actor, url, attributes (a dict)."""
    fields = {"body": "", "actor": None, "url": None, **more, "attributes": json.dumps(more.get("attributes", {}))}
    told.tell(OccurrenceQuery, {"time": time, "kind": kind, "service": service, "title": title, **fields})
    recorded(told, "occurrences", service, [time])
