"""The timeline and the impact of the outage told by hand."""

from __future__ import annotations

from dataclasses import replace

from tests.stages.report_sample import CHANGE, ID, POOL, WAITING, at, moment, signals

from secondstory.model.impact import Burn, Figure, ImpactBody, ServiceReach
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, Onset, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance, Window


def onset(
    service: str, indicator: str, when: Moment, strength: float, levels: tuple[float, float], band: tuple[float, float]
) -> Onset:
    moved = next(each for each in signals() if (each.service, each.indicator) == (service, indicator))
    back = moment("10:43:00", "10:47:00")
    told = (when, strength, *levels, *band, back, moved.evidence_id)
    return Onset(moved.key, service, None, indicator, moved.kind, *told)


ONSETS = (
    onset("orders", POOL, moment("09:59:30", "09:59:40"), 41.0, (7, 40), (5, 9)),
    onset("orders", WAITING, moment("10:02:10", "10:02:20"), 60.0, (0, 150), (0, 2)),
    onset("checkout", "error_ratio", moment("10:02:45", "10:03:00"), 55.0, (0.004, 0.5), (0, 0.012)),
    onset("gateway", "error_ratio", moment("10:03:20", "10:03:40"), 70.0, (0.003, 0.7), (0, 0.011)),
    onset("gateway", "latency_p95_ms", moment("10:02:50", "10:03:05"), 90.0, (130, 9900), (60, 300)),
)

BACK = "occurrence/deploy/orders/aa2e3d4c5b6a"


def recorded(clock: str) -> Moment:
    return moment(clock, provenance=Provenance.RECORDED)


def said(clock: str) -> Moment:
    return moment(clock, provenance=Provenance.SAID)


def happened(key: str, clock: str, kind: EventKind, place: str, *text: str) -> TimelineEvent:
    """`place` is `service by role`, either of them `-` where there is none."""
    service, role = (None if part == "-" else part for part in place.split(" by "))
    when = said(clock) if kind is EventKind.CHAT else recorded(clock)
    title, body = (*text, "")[:2]
    return TimelineEvent(f"occurrence/{key}", when, kind, service, title, body, role, (ID["occurrences"],))


def moved(key: str, when: Moment, service: str, title: str, body: str) -> TimelineEvent:
    return TimelineEvent(f"onset/{key}", when, EventKind.SIGNAL, service, title, body, None, (ID["metrics"],))


def alert(key: str, clock: str, state: str, *text: str) -> TimelineEvent:
    return replace(happened(key, clock, EventKind.ALERT, "gateway by -", *text), attributes=(("state", state),))


ERROR_PAGE = "customers write that they press pay and get an error page"
FOUND = "found something: orders has 40 of 40 connections in use and 188 requests waiting"
GIFTS = "Gift options on orders. Takes the database settings from the service template."
EVENTS = (
    happened(CHANGE[11:], "09:56:40", EventKind.CHANGE, "orders by responder-2", "orders 1.8.0", GIFTS),
    moved("a", moment("09:59:30", "09:59:40"), "orders", "Connections in use leave their band", "from 7 to 40 of 40"),
    moved("b", moment("10:03:20", "10:03:40"), "gateway", "Failures leave their band", "from 0.3 % to 70 %"),
    happened("chat/-/1", "10:09:12", EventKind.CHAT, "- by responder-4", ERROR_PAGE),
    alert("alert/1", "10:11:30", "firing", "GatewayErrorRatioHigh", "More than 5 % of requests to gateway fail"),
    happened("chat/-/2", "10:12:05", EventKind.CHAT, "- by responder-1", "ack. looking at gateway"),
    happened("chat/-/3", "10:14:00", EventKind.CHAT, "- by responder-3", "is it payment again?"),
    happened("command/1", "10:18:44", EventKind.COMMAND, "payment by responder-1", "logs payment", "2 lines"),
    happened("status/1", "10:21:00", EventKind.STATUS, "- by responder-3", "Investigating", "Some cannot check out."),
    happened("chat/-/4", "10:33:50", EventKind.CHAT, "orders by responder-5", FOUND),
    happened(BACK[11:], "10:39:10", EventKind.CHANGE, "orders by responder-1", "orders 1.7.4 (rollback)", "Back."),
    alert("alert/2", "10:47:30", "resolved", "GatewayErrorRatioHigh resolved"),
    happened("status/2", "10:49:00", EventKind.STATUS, "- by responder-3", "Resolved", "Checkout works for everyone."),
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

FIGURES = (
    Figure(
        "figure/failed_share",
        0.59,
        0.583,
        0.597,
        "ratio",
        62500,
        "failed of all requests at gateway, Wilson interval",
        (ID["outcome"],),
    ),
    Figure(
        "figure/requests_failed",
        36900,
        36300,
        37500,
        "requests",
        62500,
        "requests with status 5xx at gateway",
        (ID["outcome"],),
    ),
    Figure(
        "figure/users_hit",
        11600,
        11200,
        12000,
        "users",
        19800,
        "distinct pseudonyms with at least one failed request",
        (ID["users"],),
    ),
    Figure(
        "figure/latency_p95_during/gateway",
        9.9,
        9.7,
        10.0,
        "s",
        None,
        "slowest 5 % at gateway, before 0.13 s",
        (ID["spans"],),
    ),
)
DURATIONS = (
    Figure(
        "duration/time_to_detect",
        347,
        332,
        382,
        "s",
        None,
        "impact began to detected",
        (ID["spans"], ID["occurrences"]),
    ),
    Figure("duration/time_to_acknowledge", 173, 173, 173, "s", None, "detected to acknowledged", (ID["occurrences"],)),
    Figure(
        "duration/time_to_mitigate",
        1625,
        1625,
        1625,
        "s",
        None,
        "acknowledged to mitigation began",
        (ID["occurrences"],),
    ),
    Figure(
        "duration/time_to_recover",
        460,
        440,
        480,
        "s",
        None,
        "mitigation began to resolved",
        (ID["spans"], ID["occurrences"]),
    ),
)


def impact_body() -> ImpactBody:
    reach = (
        ServiceReach("gateway", "error_ratio", moment("10:03:20", "10:03:40"), 0, 0.003, 0.70, (ID["spans"],)),
        ServiceReach("checkout", "error_ratio", moment("10:02:45", "10:03:00"), 1, 0.004, 0.50, (ID["spans"],)),
        ServiceReach("orders", POOL, moment("09:59:30", "09:59:40"), 2, 0.001, 0.62, (ID["metrics"], ID["topology"])),
    )
    spent = Figure(
        "figure/budget_spent/checkout", 1.30, 1.28, 1.32, "ratio", None, "share of 28 days", (ID["outcome"],)
    )
    burns = (Burn("checkout availability", "gateway", 0.999, 28, 62500, 36900, spent, 590.0, (ID["outcome"],)),)
    unknowns = (
        "Orders that customers placed later cannot be told from orders that were lost: no request carries an order id.",
    )
    return ImpactBody(Window(at("10:02:50"), at("10:47:10")), FIGURES, reach, burns, DURATIONS, unknowns)


def timeline_body() -> TimelineBody:
    return TimelineBody(EVENTS, MILESTONES, ONSETS)
