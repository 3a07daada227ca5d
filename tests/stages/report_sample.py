"""An outage told by hand, as the evidence stage would hand it over: a pool that leaks behind a gateway."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from hashlib import sha256

import numpy as np
import pyarrow as pa

from secondstory.model.codec import encode
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody, Occurrence
from secondstory.model.gap import Gap, GapReason
from secondstory.model.incident import Case, Incident, Severity
from secondstory.model.query import (
    CoverageQuery,
    MetricSignalQuery,
    OccurrenceQuery,
    OutcomeQuery,
    Query,
    SpanSignalQuery,
    TopologyQuery,
    UsersHitQuery,
)
from secondstory.model.signal import Grid, Signal, SignalKind, frozen_values
from secondstory.model.subject import digest_id, subject_key
from secondstory.model.system import System
from secondstory.model.table import Table
from secondstory.model.window import Moment, Provenance, Window, parse_time

DAY = "2026-11-17T"
RECORDINGS = ("pool-exhaustion",)
POOL = "db.client.connection.count{state=used}"
WAITING = "db.client.connection.pending_requests"


def at(clock: str) -> datetime:
    """A time on the day of the outage, UTC."""
    return parse_time(f"{DAY}{clock}Z")


def moment(first: str, last: str = "", provenance: Provenance = Provenance.MEASURED) -> Moment:
    return Moment(at(first), at(last or first), provenance)


WINDOW = Window(at("09:50:00"), at("10:55:00"))
REFERENCE = Window(at("09:20:00"), at("09:50:00"))
GRID = Grid((Window(REFERENCE.start, WINDOW.end),), 5)

ALL: dict[str, Query] = {
    "coverage": CoverageQuery(RECORDINGS, Window(REFERENCE.start, WINDOW.end)),
    "metrics": MetricSignalQuery(RECORDINGS, (REFERENCE, WINDOW), 5),
    "spans": SpanSignalQuery(RECORDINGS, (REFERENCE, WINDOW), 5),
    "occurrences": OccurrenceQuery(RECORDINGS, WINDOW),
    "topology": TopologyQuery(RECORDINGS, WINDOW),
    "outcome": OutcomeQuery(RECORDINGS, WINDOW, 5, ("gateway",)),
    "users": UsersHitQuery(RECORDINGS, WINDOW, ("gateway",)),
}


def evidence(query: Query, rows: int) -> Evidence:
    table = Table(pa.table({"time": pa.array(range(rows), pa.int64()), "value": [n * 0.5 for n in range(rows)]}))
    return Evidence(
        digest_id("e", sha256(encode(query, Query)).hexdigest()),
        query,
        "duckdb 1.5.5",
        table,
        table.hash,
        at("11:20:00"),
    )


FROZEN = {name: evidence(query, 40 + 17 * place) for place, (name, query) in enumerate(ALL.items())}
ID = {name: item.id for name, item in FROZEN.items()}


def shape(points: list[tuple[str, float]], noise: float, seed: int) -> np.ndarray:
    """A line through clock times and values, with noise in proportion."""
    times = [(at(clock) - GRID.time(0)).total_seconds() for clock, _ in points]
    steps = np.arange(GRID.count) * GRID.step_s
    line = np.interp(steps, times, [value for _, value in points])
    return np.clip(line * (1 + noise * np.random.default_rng(seed).standard_normal(GRID.count)), 0, None)


def signal(service: str, indicator: str, kind: SignalKind, unit: str, values: np.ndarray, source: str) -> Signal:
    key = subject_key("signal", service, indicator)
    name = indicator.split("{")[0] if "." in indicator else ""
    return Signal(key, service, indicator, kind, unit, GRID, frozen_values(values), ID[source], name)


def line(noise: float, seed: int, points: str) -> np.ndarray:
    """A line through `clock value` pairs, such as `09:20:00 7, 10:02:10 40`."""
    pairs = (pair.split() for pair in points.split(", "))
    return shape([(clock, float(value)) for clock, value in pairs], noise, seed)


def waiting_requests() -> np.ndarray:
    """Requests that wait for a connection, unknown for seven minutes and a half."""
    values = np.round(line(0.05, 2, "09:20:00 0, 10:02:10 0, 10:08:00 90, 10:23:00 180, 10:40:00 190, 10:43:30 0"))
    first, last = (int(at(clock).timestamp() * 1e6) for clock in ("10:24:10", "10:31:40"))
    values[(GRID.starts_us >= first) & (GRID.starts_us < last)] = np.nan
    return values


def signals() -> tuple[Signal, ...]:
    pool = line(0.05, 1, "09:20:00 7, 09:59:30 7, 10:02:10 40, 10:41:00 40, 10:42:30 7, 10:55:00 7")
    errors = "09:20:00 0.003, 10:02:30 0.004, 10:06:40 0.05, 10:10:30 0.7, 10:38:00 0.76, 10:46:50 0.004"
    slow = line(0.06, 4, "09:20:00 130, 10:02:30 140, 10:08:00 9800, 10:41:00 10000, 10:44:00 150")
    checkout = line(0.1, 5, "09:20:00 0.004, 10:02:40 0.004, 10:05:00 0.4, 10:41:00 0.6, 10:44:00 0.003")
    cpu = line(0.1, 6, "09:20:00 0.27, 10:02:00 0.27, 10:06:00 0.19, 10:40:00 0.19, 10:46:00 0.31")
    used = np.minimum(np.round(pool), 40)
    listed = (
        replace(signal("orders", POOL, SignalKind.SATURATION, "{connection}", used, "metrics"), limit=40.0),
        signal("orders", WAITING, SignalKind.SATURATION, "{request}", waiting_requests(), "metrics"),
        signal("orders", "process.cpu.utilization", SignalKind.RESOURCE, "1", cpu, "metrics"),
        signal("gateway", "error_ratio", SignalKind.ERRORS, "1", np.minimum(line(0.08, 3, errors), 1), "spans"),
        signal("gateway", "latency_p95_ms", SignalKind.LATENCY, "ms", slow, "spans"),
        signal("checkout", "error_ratio", SignalKind.ERRORS, "1", np.minimum(checkout, 1), "spans"),
    )
    return tuple(sorted(listed, key=lambda each: each.key))


CHANGE = "occurrence/deploy/orders/1f2e3d4c5b6a"

GAPS = (
    Gap(
        "gap/logs/orders/1",
        "logs of orders",
        Window(at("10:24:10"), at("10:31:40")),
        GapReason.NO_DATA,
        "No rows for 7 min 30 s; what orders logged while the queue grew is not known.",
    ),
    Gap(
        "gap/alerts/pool",
        "alerts on the pool of orders",
        None,
        GapReason.NOT_RECORDED,
        "No rule looks at connections, so no alert could show that they run out.",
    ),
)


def case(**changes) -> Case:
    incident = Incident("INC-2041", "Checkout outage", Severity.SEV1, "Europe/Berlin", WINDOW, RECORDINGS, (REFERENCE,))
    given = {
        "incident": incident,
        "system": System(entry_services=("gateway",)),
        "redactions": (("email", 212), ("token", 9)),
        "code_version": "0.1.0",
    }
    return Case(**{**given, **changes})


def evidence_body(**changes) -> EvidenceBody:
    deploy = Occurrence(
        CHANGE, at("09:56:40"), "deploy", "orders", "orders 1.8.0", "", "responder-2", None, (), ID["occurrences"]
    )
    given = {
        "window": WINDOW,
        "reference": (REFERENCE,),
        "grid": GRID,
        "services": ("cart", "checkout", "gateway", "orders", "payment"),
        "entry_services": ("gateway",),
        "signals": signals(),
        "edges": (),
        "occurrences": (deploy,),
        "patterns": (),
        "coverage": (),
        "gaps": GAPS,
        "redactions": (),
        "evidence": tuple(item.ref() for item in FROZEN.values()),
    }
    return EvidenceBody(**{**given, **changes})
