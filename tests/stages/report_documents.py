"""The causes of the outage told by hand, and the documents made of it all."""

from __future__ import annotations

from tests.stages.report_sample import CHANGE, ID, POOL, case, evidence_body, moment
from tests.stages.report_story import impact_body, timeline_body

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import Argument, CausesBody, Hop, Hypothesis, Mechanism, MethodRun, Part, Ranked, Verdict
from secondstory.model.codec import content_hash
from secondstory.model.document import Document, make_document
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import ImpactBody
from secondstory.model.meeting import MeetingRecord
from secondstory.model.report import ReportBody
from secondstory.model.subject import subject_key
from secondstory.model.timeline import TimelineBody
from secondstory.stages.actions import propose_actions
from secondstory.stages.report import write_report

FOR_POOL = (
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
POOL_RUNS_OUT = Hypothesis(
    subject_key("hypothesis", "orders", POOL),
    "orders",
    POOL,
    Mechanism.POOL_EXHAUSTED,
    Part.INITIATING,
    3.05,
    0.82,
    moment("09:59:30", "09:59:40"),
    CHANGE,
    FOR_POOL,
    (),
)
LESS_TRAFFIC = Hypothesis(
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
RELEASE = Hypothesis(
    "hypothesis/orders/deploy/1.8.0",
    "orders",
    "orders 1.8.0",
    Mechanism.POOL_EXHAUSTED,
    Part.TRIGGER,
    2.1,
    0.6,
    None,
    CHANGE,
    (
        Argument(
            "change_proximity",
            "orders was changed 3 minutes before its first signal moved.",
            0.7,
            (ID["occurrences"],),
        ),
    ),
    (
        Argument(
            "change_proximity",
            "That the change came before the fault does not show that it led to it.",
            0.3,
            (ID["occurrences"],),
        ),
    ),
)


def causes_body() -> CausesBody:
    ranking = (Ranked("orders", POOL, 3.05, (ID["metrics"],), "first out of its band"),)
    return CausesBody(
        Verdict.SUPPORTED,
        0.82,
        (POOL_RUNS_OUT, RELEASE, LESS_TRAFFIC),
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


def bodies() -> tuple[EvidenceBody, TimelineBody, ImpactBody, CausesBody, ActionsBody]:
    found, told, causes = evidence_body(), timeline_body(), causes_body()
    return found, told, impact_body(), causes, propose_actions(found, told, causes, "Europe/Berlin")


HASHES = tuple((name, content_hash(name)) for name in ("evidence", "timeline", "impact", "causes", "actions"))


def report(meeting: MeetingRecord | None = None) -> ReportBody:
    return write_report(case(), bodies(), meeting, HASHES)


def as_document(body: ReportBody) -> Document[ReportBody]:
    return make_document("report", body, inputs=HASHES, code_version="0.1.0")
