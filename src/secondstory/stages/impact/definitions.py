"""What the terms of an objective mean, each in a sentence with this objective's numbers."""

from __future__ import annotations

from secondstory.model.budget import PeriodBurn, Span
from secondstory.model.system import Budgeting, Objective
from secondstory.model.window import wall_time
from secondstory.texts import say
from secondstory.texts.durations import duration
from secondstory.texts.numbers import number


def define(objective: Objective, periods: tuple[PeriodBurn, ...], budget: Span) -> tuple[tuple[str, str], ...]:
    """(term, sentence) of indicator, objective, period, budget, consumption and burn rate, in this order."""
    target = f"{objective.target_ratio * 100:.6g}"
    unit = say("impact.unit_requests" if objective.budgeting is Budgeting.REQUESTS else "impact.unit_slices")
    low, high = number(budget.low), number(budget.high)
    allowed = low if low == high else say("durations.range", low=low, high=high)
    return (
        ("indicator", _indicator(objective)),
        ("objective", _objective(objective, target)),
        ("period", _period(objective, periods)),
        ("budget", say("impact.means_budget", share=f"{100 - objective.target_ratio * 100:.6g}", unit=unit, n=allowed)),
        ("consumption", say("impact.means_consumption", unit=unit)),
        ("burn_rate", say("impact.means_burn_rate", unit=unit, share=f"{100 - objective.target_ratio * 100:.6g}")),
    )


def _indicator(objective: Objective) -> str:
    of = objective.service if objective.endpoint is None else f"{objective.endpoint}, {objective.service}"
    if objective.slow_ms is None:
        sentence = say("impact.means_availability", of=of)
    else:
        sentence = say("impact.means_latency", of=of, slow_ms=f"{objective.slow_ms:g}")
    return f"{sentence} {say('impact.means_not_run', query=objective.query)}" if objective.query else sentence


def _objective(objective: Objective, target: str) -> str:
    length = "" if objective.slice is None else duration(objective.slice.total_seconds())
    if objective.budgeting is Budgeting.SLICES:
        enough = f"{(objective.slice_target_ratio or 1.0) * 100:.6g}"
        return say("impact.means_slices", target=target, length=length, enough=enough)
    if objective.budgeting is Budgeting.SLICE_RATIOS:
        return say("impact.means_slice_ratios", target=target, length=length)
    return say("impact.means_objective", target=target)


def _period(objective: Objective, periods: tuple[PeriodBurn, ...]) -> str:
    calendar = objective.calendar
    if calendar is None:
        return say("impact.means_rolling", days=number(objective.period.total_seconds() / 86400))
    stretches = "; ".join(
        say(
            "durations.range",
            low=f"{wall_time(one.window.start, calendar.time_zone):%Y-%m-%d %H:%M}",
            high=f"{wall_time(one.window.end, calendar.time_zone):%Y-%m-%d %H:%M}",
        )
        for one in periods
    )
    every = f"{calendar.count} {calendar.unit.value}s" if calendar.count > 1 else calendar.unit.value
    return say("impact.means_calendar", every=every, zone=calendar.time_zone, stretches=stretches)
