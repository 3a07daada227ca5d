"""An outage told by hand, as the stages before the report would hand it over: a leaking pool behind a gateway."""

from __future__ import annotations

from hashlib import sha256

import numpy as np
import pyarrow as pa

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import Argument, CausesBody, Hop, Hypothesis, Mechanism, MethodRun, Part, Ranked, Verdict
from secondstory.model.codec import content_hash, encode
from secondstory.model.document import Document, make_document
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody, Occurrence
from secondstory.model.gap import Gap, GapReason
from secondstory.model.impact import Burn, Figure, ImpactBody, ServiceReach
from secondstory.model.incident import Case, Incident, Severity
from secondstory.model.meeting import MeetingRecord
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
from secondstory.model.report import ReportBody
from secondstory.model.signal import Grid, Signal, SignalKind, frozen_values
from secondstory.model.subject import digest_id, subject_key
from secondstory.model.system import System
from secondstory.model.table import Table
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, Onset, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance, Window, parse_time
from secondstory.stages.actions import propose_actions
from secondstory.stages.report import write_report

DAY = "2026-11-17T"
RECORDINGS = ("pool-exhaustion",)
POOL = "db.client.connection.count{state=used}"


def at(clock: str):
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


def signal(
    service: str, indicator: str, kind: SignalKind, unit: str, values: np.ndarray, source: str, **more
) -> Signal:
    key = subject_key("signal", service, indicator)
    return Signal(key, service, indicator, kind, unit, GRID, frozen_values(values), ID[source], **more)


def signals() -> tuple[Signal, ...]:
    pool = shape(
        [("09:20:00", 7), ("09:59:30", 7), ("10:02:10", 40), ("10:41:00", 40), ("10:42:30", 7), ("10:55:00", 7)],
        0.05,
        1,
    )
    waiting = shape(
        [("09:20:00", 0), ("10:02:10", 0), ("10:08:00", 90), ("10:23:00", 180), ("10:40:00", 190), ("10:43:30", 0)],
        0.05,
        2,
    )
    waiting[
        (GRID.starts_us >= int(at("10:24:10").timestamp() * 1e6))
        & (GRID.starts_us < int(at("10:31:40").timestamp() * 1e6))
    ] = np.nan
    errors = shape(
        [
            ("09:20:00", 0.003),
            ("10:02:30", 0.004),
            ("10:06:40", 0.05),
            ("10:10:30", 0.7),
            ("10:38:00", 0.76),
            ("10:46:50", 0.004),
        ],
        0.08,
        3,
    )
    slow = shape(
        [("09:20:00", 130), ("10:02:30", 140), ("10:08:00", 9800), ("10:41:00", 10000), ("10:44:00", 150)], 0.06, 4
    )
    checkout = shape(
        [("09:20:00", 0.004), ("10:02:40", 0.004), ("10:05:00", 0.4), ("10:41:00", 0.6), ("10:44:00", 0.003)], 0.1, 5
    )
    cpu = shape(
        [("09:20:00", 0.27), ("10:02:00", 0.27), ("10:06:00", 0.19), ("10:40:00", 0.19), ("10:46:00", 0.31)], 0.1, 6
    )
    listed = (
        signal(
            "orders",
            POOL,
            SignalKind.SATURATION,
            "{connection}",
            np.minimum(np.round(pool), 40),
            "metrics",
            name="db.client.connection.count",
            limit=40.0,
        ),
        signal(
            "orders",
            "db.client.connection.pending_requests",
            SignalKind.SATURATION,
            "{request}",
            np.round(waiting),
            "metrics",
            name="db.client.connection.pending_requests",
        ),
        signal(
            "orders",
            "process.cpu.utilization",
            SignalKind.RESOURCE,
            "1",
            cpu,
            "metrics",
            name="process.cpu.utilization",
        ),
        signal("gateway", "error_ratio", SignalKind.ERRORS, "1", np.minimum(errors, 1), "spans"),
        signal("gateway", "latency_p95_ms", SignalKind.LATENCY, "ms", slow, "spans"),
        signal("checkout", "error_ratio", SignalKind.ERRORS, "1", np.minimum(checkout, 1), "spans"),
    )
    return tuple(sorted(listed, key=lambda s: s.key))


def onset(
    service: str,
    indicator: str,
    kind: SignalKind,
    when: Moment,
    strength: float,
    levels: tuple[float, float],
    band: tuple[float, float],
    source: str,
) -> Onset:
    key = subject_key("signal", service, indicator)
    recovered = moment("10:43:00", "10:47:00")
    return Onset(key, service, None, indicator, kind, when, strength, *levels, *band, recovered, ID[source])


ONSETS = (
    onset("orders", POOL, SignalKind.SATURATION, moment("09:59:30", "09:59:40"), 41.0, (7, 40), (5, 9), "metrics"),
    onset(
        "orders",
        "db.client.connection.pending_requests",
        SignalKind.SATURATION,
        moment("10:02:10", "10:02:20"),
        60.0,
        (0, 150),
        (0, 2),
        "metrics",
    ),
    onset(
        "checkout",
        "error_ratio",
        SignalKind.ERRORS,
        moment("10:02:45", "10:03:00"),
        55.0,
        (0.004, 0.5),
        (0, 0.012),
        "spans",
    ),
    onset(
        "gateway",
        "error_ratio",
        SignalKind.ERRORS,
        moment("10:03:20", "10:03:40"),
        70.0,
        (0.003, 0.7),
        (0, 0.011),
        "spans",
    ),
    onset(
        "gateway",
        "latency_p95_ms",
        SignalKind.LATENCY,
        moment("10:02:50", "10:03:05"),
        90.0,
        (130, 9900),
        (60, 300),
        "spans",
    ),
)

CHANGE = "occurrence/deploy/orders/1f2e3d4c5b6a"
BACK = "occurrence/deploy/orders/aa2e3d4c5b6a"


def event(
    key: str, when: Moment, kind: EventKind, service: str | None, title: str, body: str = "", **more
) -> TimelineEvent:
    source = "occurrences" if kind is not EventKind.SIGNAL else "metrics"
    return TimelineEvent(key, when, kind, service, title, body, more.pop("actor", None), (ID[source],), **more)


def recorded(clock: str) -> Moment:
    return moment(clock, provenance=Provenance.RECORDED)


def said(clock: str) -> Moment:
    return moment(clock, provenance=Provenance.SAID)


EVENTS = (
    event(
        CHANGE,
        recorded("09:56:40"),
        EventKind.CHANGE,
        "orders",
        "orders 1.8.0",
        "Gift options on orders. Takes the database settings from the service template.",
        actor="responder-2",
        attributes=(("kind", "deploy"),),
    ),
    event(
        "onset/orders/pool",
        moment("09:59:30", "09:59:40"),
        EventKind.SIGNAL,
        "orders",
        "Connections in use leave their band",
        "from 7 to 40 of 40",
    ),
    event(
        "onset/gateway/errors",
        moment("10:03:20", "10:03:40"),
        EventKind.SIGNAL,
        "gateway",
        "Share of failed requests leaves its band",
        "from 0.3 % to 70 %",
    ),
    event(
        "occurrence/chat/-/1",
        said("10:09:12"),
        EventKind.CHAT,
        None,
        "customers write that they press pay and get an error page",
        actor="responder-4",
    ),
    event(
        "occurrence/alert/gateway/1",
        recorded("10:11:30"),
        EventKind.ALERT,
        "gateway",
        "GatewayErrorRatioHigh",
        "More than 5 % of requests to gateway fail",
        attributes=(("state", "firing"),),
    ),
    event(
        "occurrence/chat/-/2", said("10:12:05"), EventKind.CHAT, None, "ack. looking at gateway", actor="responder-1"
    ),
    event("occurrence/chat/-/3", said("10:14:00"), EventKind.CHAT, None, "is it payment again?", actor="responder-3"),
    event(
        "occurrence/command/-/1",
        recorded("10:18:44"),
        EventKind.COMMAND,
        "payment",
        "logs payment --since 10m --level error",
        "2 lines, bank did not answer",
        actor="responder-1",
    ),
    event(
        "occurrence/status/-/1",
        recorded("10:21:00"),
        EventKind.STATUS,
        None,
        "Investigating",
        "Some customers cannot check out. We are looking into it.",
        actor="responder-3",
    ),
    event(
        "occurrence/chat/-/4",
        said("10:33:50"),
        EventKind.CHAT,
        "orders",
        "found something: orders has 40 of 40 connections in use and 188 requests waiting",
        actor="responder-5",
    ),
    event(
        BACK,
        recorded("10:39:10"),
        EventKind.CHANGE,
        "orders",
        "orders 1.7.4 (rollback)",
        "Rollback of 1.8.0 during an incident.",
        actor="responder-1",
        attributes=(("kind", "deploy"),),
    ),
    event(
        "occurrence/alert/gateway/2",
        recorded("10:47:30"),
        EventKind.ALERT,
        "gateway",
        "GatewayErrorRatioHigh resolved",
        "",
        attributes=(("state", "resolved"),),
    ),
    event(
        "occurrence/status/-/2",
        recorded("10:49:00"),
        EventKind.STATUS,
        None,
        "Resolved",
        "Checkout works again for everyone.",
        actor="responder-3",
    ),
)

MILESTONES = (
    Milestone(
        MilestoneKind.CHANGE_BEGAN,
        "milestone/change_began",
        recorded("09:56:40"),
        "the deploy orders 1.8.0",
        (ID["occurrences"],),
    ),
    Milestone(
        MilestoneKind.IMPACT_BEGAN,
        "milestone/impact_began",
        moment("10:02:50", "10:03:40"),
        "latency and errors of gateway leave their bands",
        (ID["spans"],),
    ),
    Milestone(
        MilestoneKind.DETECTED,
        "milestone/detected",
        said("10:09:12"),
        "support passes on what customers write",
        (ID["occurrences"],),
    ),
    Milestone(
        MilestoneKind.ACKNOWLEDGED,
        "milestone/acknowledged",
        said("10:12:05"),
        "a responder takes the page",
        (ID["occurrences"],),
    ),
    Milestone(
        MilestoneKind.DIAGNOSED,
        "milestone/diagnosed",
        None,
        "No line in chat or command names the change before it is taken back.",
        (),
    ),
    Milestone(
        MilestoneKind.MITIGATION_BEGAN,
        "milestone/mitigation_began",
        recorded("10:39:10"),
        "the deploy orders 1.7.4 (rollback)",
        (ID["occurrences"],),
    ),
    Milestone(
        MilestoneKind.RESOLVED,
        "milestone/resolved",
        moment("10:46:30", "10:47:10"),
        "errors of gateway return to their band and stay there",
        (ID["spans"],),
    ),
)

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

FIGURES = (
    Figure(
        "impact/error_ratio",
        0.59,
        0.583,
        0.597,
        "ratio",
        62500,
        "failed of all requests at gateway, Wilson interval",
        (ID["outcome"],),
    ),
    Figure(
        "impact/requests_failed",
        36900,
        36300,
        37500,
        "requests",
        62500,
        "requests with status 5xx at gateway",
        (ID["outcome"],),
    ),
    Figure(
        "impact/users_failed",
        11600,
        11200,
        12000,
        "users",
        19800,
        "distinct pseudonyms with at least one failed request",
        (ID["users"],),
    ),
    Figure("impact/latency_p95", 9.9, 9.7, 10.0, "s", None, "slowest 5 % at gateway, before 0.13 s", (ID["spans"],)),
)
DURATIONS = (
    Figure("duration/detect", 347, 332, 382, "s", None, "impact began to detected", (ID["spans"], ID["occurrences"])),
    Figure("duration/acknowledge", 173, 173, 173, "s", None, "detected to acknowledged", (ID["occurrences"],)),
    Figure("duration/mitigate", 1625, 1625, 1625, "s", None, "acknowledged to mitigation began", (ID["occurrences"],)),
    Figure(
        "duration/recover", 460, 440, 480, "s", None, "mitigation began to resolved", (ID["spans"], ID["occurrences"])
    ),
)


def impact_body() -> ImpactBody:
    reach = (
        ServiceReach("gateway", "error_ratio", moment("10:03:20", "10:03:40"), 0, 0.003, 0.70, (ID["spans"],)),
        ServiceReach("checkout", "error_ratio", moment("10:02:45", "10:03:00"), 1, 0.004, 0.50, (ID["spans"],)),
        ServiceReach("orders", POOL, moment("09:59:30", "09:59:40"), 2, 0.001, 0.62, (ID["metrics"], ID["topology"])),
    )
    spent = Figure("burn/checkout", 1.30, 1.28, 1.32, "ratio", None, "share of 28 days", (ID["outcome"],))
    burns = (Burn("checkout availability", "gateway", 0.999, 28, 62500, 36900, spent, 590.0, (ID["outcome"],)),)
    unknowns = (
        "Orders that customers placed later cannot be told from orders that were lost: no request carries an order id.",
    )
    return ImpactBody(Window(at("10:02:50"), at("10:47:10")), FIGURES, reach, burns, DURATIONS, unknowns)


def hypotheses() -> tuple[Hypothesis, ...]:
    for_pool = (
        Argument(
            "onset_order",
            "Connections in use leave their band first of all signals, 2 min 30 s before the next service.",
            0.9,
            (ID["metrics"],),
        ),
        Argument(
            "saturation", "All 40 of 40 connections are in use from 10:02:10 to 10:41:00 UTC.", 0.85, (ID["metrics"],)
        ),
        Argument(
            "change_proximity",
            "The deploy orders 1.8.0 is the last change before the onset, 2 min 50 s to 3 min 00 s earlier.",
            0.7,
            (ID["occurrences"], ID["metrics"]),
        ),
        Argument(
            "topology",
            "checkout and gateway call orders; both leave their bands after it.",
            0.6,
            (ID["topology"], ID["spans"]),
        ),
    )
    pool = Hypothesis(
        subject_key("hypothesis", "orders", POOL),
        "orders",
        POOL,
        Mechanism.POOL_EXHAUSTED,
        Part.INITIATING,
        3.05,
        0.82,
        moment("09:59:30", "09:59:40"),
        CHANGE,
        for_pool,
        (),
    )
    payment = Hypothesis(
        "hypothesis/payment/request_rate",
        "payment",
        "request_rate",
        Mechanism.TRAFFIC,
        Part.AMPLIFYING,
        0.61,
        0.11,
        moment("10:05:10", "10:05:30"),
        None,
        (Argument("deviation", "Requests to payment fall to 18 % of their usual rate.", 0.5, (ID["spans"],)),),
        (
            Argument(
                "onset_order", "It moves 2 min 25 s after errors of gateway begin, so it follows.", 0.8, (ID["spans"],)
            ),
            Argument(
                "topology",
                "payment stands behind orders; fewer requests reach it once orders fails.",
                0.6,
                (ID["topology"],),
            ),
        ),
    )
    return (pool, payment)


def causes_body() -> CausesBody:
    ranking = (Ranked("orders", POOL, 3.05, (ID["metrics"],), "first out of its band"),)
    return CausesBody(
        Verdict.SUPPORTED,
        0.82,
        hypotheses(),
        (("orders", 3.05), ("payment", 0.61)),
        (("orders", POOL, 3.05),),
        (
            MethodRun("deviation", "ran", "", ranking),
            MethodRun("onset order", "ran", "", ranking),
            MethodRun("change proximity", "ran", "", ranking),
            MethodRun("trace novelty", "no data", "no operation has ten spans in both windows", ()),
        ),
        (
            Hop(
                "orders",
                "checkout",
                Mechanism.TIMEOUT,
                moment("10:02:10", "10:02:20"),
                moment("10:02:45", "10:03:00"),
                "Calls to orders wait for a connection until their time limit; checkout fails 25 to 50 s later.",
                (ID["metrics"], ID["spans"]),
            ),
            Hop(
                "checkout",
                "gateway",
                Mechanism.RETRY_STORM,
                moment("10:02:45", "10:03:00"),
                moment("10:03:20", "10:03:40"),
                "gateway sends each failed call up to three times; its own errors begin 20 to 55 s later.",
                (ID["spans"],),
            ),
        ),
        "Requests to payment fall only after errors begin; a cause of its own would have to move first.",
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


def timeline_body() -> TimelineBody:
    return TimelineBody(EVENTS, MILESTONES, ONSETS)


def bodies() -> tuple[EvidenceBody, TimelineBody, ImpactBody, CausesBody, ActionsBody]:
    found, told, causes = evidence_body(), timeline_body(), causes_body()
    return found, told, impact_body(), causes, propose_actions(found, told, causes)


HASHES = tuple((name, content_hash(name)) for name in ("evidence", "timeline", "impact", "causes", "actions"))


def report(meeting: MeetingRecord | None = None) -> ReportBody:
    return write_report(case(), bodies(), meeting, HASHES)


def as_document(body: ReportBody) -> Document[ReportBody]:
    return make_document("report", body, inputs=HASHES, code_version="0.1.0")
