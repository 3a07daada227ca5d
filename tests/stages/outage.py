"""A small told outage with a known truth: a deploy of orders fills its pool, its callers fail, it is rolled back."""

from __future__ import annotations

from datetime import timedelta

import numpy as np
from tests.stages.build import STEP_S, Told, at, case_of, gauge, happened, recorded, served, window

from secondstory.model.incident import Case
from secondstory.model.query import EdgeSignalQuery, LogPatternQuery, LogSignalQuery, TopologyQuery, UsersHitQuery
from secondstory.model.system import Objective, System

DEPLOYED, FULL, HARM, PAGED, ROLLED_BACK, WELL = 700.0, 760.0, 800.0, 850.0, 1000.0, 1020.0
NAMES = {"gateway": "gateway", "checkout": "checkout", "orders": "orders", "catalogue": "catalogue"}
OBJECTIVE = Objective("gateway-availability", "gateway", 0.99, timedelta(days=28), "availability", None)


def outage_case(names: dict[str, str] = NAMES, shift_s: float = 0) -> Case:
    """The case: 20 minutes of recording, the window from 600 s to 1100 s."""
    objective = Objective(
        OBJECTIVE.name, names["gateway"], OBJECTIVE.target_ratio, OBJECTIVE.period, OBJECTIVE.indicator, None
    )
    system = System(metric_step_s=STEP_S, entry_services=(names["gateway"],))
    return case_of(window(600 + shift_s, 1100 + shift_s), system=system, objectives=(objective,))


def outage(names: dict[str, str] = NAMES, *, shift_s: float = 0, fault: bool = True) -> Told:
    """What the warehouse tells. Without `fault` everything stays as it was but for the deploy."""
    told = Told()
    draw = np.random.default_rng(11)

    def harmed(time: float, since: float) -> bool:
        return fault and since <= time < WELL

    seconds = list(np.arange(0, 1300, STEP_S).tolist())
    when = {second: at(second + shift_s) for second in seconds}
    for role, usual_ms, share in (("gateway", 60, 0.4), ("checkout", 40, 0.8), ("orders", 20, 1.0)):
        points = []
        for second in seconds:
            hit = harmed(second, HARM)
            requests = float(40 + draw.integers(-5, 6))
            failed = round(requests * share) if hit else float(draw.random() < 0.05)
            points.append((when[second], requests, failed, (4000 if hit else usual_ms) * (1 + 0.05 * draw.random())))
        served(told, names[role], points)
    served(
        told, names["catalogue"], [(when[s], float(30 + draw.integers(-4, 5)), 0, 10 + draw.random()) for s in seconds]
    )
    used = [(when[s], (20.0 if s >= FULL else 12.0) if harmed(s, DEPLOYED + 10) else 2.0) for s in seconds]
    name = "db.client.connection"
    gauge(told, names["orders"], f"{name}.count", used, unit="{connection}", attributes={"state": "used"})
    gauge(told, names["orders"], f"{name}.max", [(when[s], 20.0) for s in seconds], unit="{connection}")
    for role in ("gateway", "catalogue"):
        busy = [(when[s], 0.2 + 0.01 * draw.random()) for s in seconds]
        gauge(told, names[role], "process.cpu.utilization", busy, unit="1")
    _calls(told, names)
    _happenings(told, names, shift_s, fault=fault)
    log_times = [when[s] for s in seconds if harmed(s, HARM)]
    rows = [{"service": names["orders"], "severity": "error", "time": time, "rows": 40} for time in log_times]
    told.tell(LogSignalQuery, *rows)
    recorded(told, "logs", names["orders"], log_times)
    if fault:
        told.tell(
            LogPatternQuery,
            {
                "service": names["orders"],
                "pattern": "no connection within <num> s",
                "severity": "error",
                "rows": 1760,
                "reference_rows": 0,
                "traces": 1760,
                "reference_traces": 0,
                "first_time": at(HARM + shift_s),
                "last_time": at(WELL + shift_s),
                "sample": "no connection within 5 s",
            },
        )
    users = {
        "service": names["gateway"],
        "users": 90,
        "users_failed": 70,
        "requests_with_user": 1760.0,
        "requests": 1760.0,
    }
    told.tell(UsersHitQuery, users)
    return told


def _calls(told: Told, names: dict[str, str]) -> None:
    for caller, callee in (("gateway", "checkout"), ("gateway", "catalogue"), ("checkout", "orders")):
        told.tell(TopologyQuery, {"caller": names[caller], "callee": names[callee], "calls": 9000.0, "failed": 0.0})
    told.tell(EdgeSignalQuery)


def _happenings(told: Told, names: dict[str, str], shift_s: float, *, fault: bool) -> None:
    def tell(second: float, kind: str, title: str, role: str = "", **more: object) -> None:
        happened(told, at(second + shift_s), kind, title, names.get(role, ""), **more)

    tell(DEPLOYED, "deploy", "1.8.0", "orders", attributes={"version": "1.8.0", "previous_version": "1.7.4"})
    if not fault:
        return
    tell(PAGED, "alert", "ErrorsHigh firing", "gateway", attributes={"rule": "ErrorsHigh", "state": "firing"})
    tell(PAGED + 1, "page", "ErrorsHigh pages responder-1", "gateway")
    tell(PAGED + 20, "chat", "looking", actor="responder-1")
    tell(PAGED + 60, "command", "kubectl get deploy", actor="responder-1")
    tell(ROLLED_BACK - 2, "command", "kubectl rollout undo deploy", actor="responder-1")
    tell(ROLLED_BACK, "deploy", "1.7.4", "orders", attributes={"version": "1.7.4", "previous_version": "1.8.0"})
    tell(WELL + 50, "alert", "ErrorsHigh resolved", "gateway", attributes={"rule": "ErrorsHigh", "state": "resolved"})
