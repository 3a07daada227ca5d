"""What people say things are worth, folded into the impact: amounts as ranges, each with who said so and why.

A value is a decision to add `worth/<unit>`; its text is a number or a range with a currency, such as `2.50 EUR` or
`2..4 EUR`. Without a value no amount is shown: nothing here knows what a request is worth.
"""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.budget import Span
from secondstory.model.decision import Decision, DecisionVerb, standing
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.subject import subject_key
from secondstory.model.worth import WORTH, Assumption, Cost, WorthUnit, amount_of
from secondstory.texts import say
from secondstory.texts.numbers import number


def fold_impact(found: ImpactBody, decisions: tuple[Decision, ...]) -> ImpactBody:
    """The impact with what it cost by the values that hold; one whose text is no amount is listed as an orphan."""
    ours = tuple(one for one in decisions if one.subject.startswith(WORTH) or one.verb is DecisionVerb.WITHDRAW)
    assumptions, lost = [], []
    for subject, decision in sorted(standing(ours).items()):
        assumption = _assumption(subject, decision)
        if assumption is None:
            lost.append(decision.id)
        else:
            assumptions.append(assumption)
    if not assumptions and not lost:
        return found
    costs, unknowns = _costs(found, tuple(assumptions))
    return replace(
        found,
        assumptions=tuple(assumptions),
        costs=costs,
        unknowns=(*found.unknowns, *unknowns),
        orphaned_decisions=tuple(lost),
    )


def _assumption(subject: str, decision: Decision) -> Assumption | None:
    unit = next((one for one in WorthUnit if subject == f"{WORTH}{one.value}"), None)
    amount = amount_of(unit, decision.text) if unit is not None and decision.verb is DecisionVerb.ADD else None
    if unit is None or amount is None:
        return None
    return Assumption(unit, *amount, decision.id, decision.actor_id, decision.at, decision.why)


def _costs(found: ImpactBody, assumptions: tuple[Assumption, ...]) -> tuple[tuple[Cost, ...], tuple[str, ...]]:
    by_unit = {one.unit: one for one in assumptions}
    costs, unknowns = [], []
    for one in assumptions:
        counted = _count(found, one.unit, by_unit.get(WorthUnit.CUSTOMERS_PER_REQUEST))
        if counted is None:
            unknowns.append(say(f"impact.worth_no_{one.unit.value}"))
            continue
        count, evidence_ids, decision_ids = counted
        costs.append(
            Cost(
                key=subject_key("cost", one.unit.value),
                unit=one.unit,
                amount=_times(count, one),
                currency=one.currency,
                count=count,
                basis=say(
                    f"impact.worth_{one.unit.value}",
                    value=_range(one.low, one.high),
                    currency=one.currency,
                    count=_range(count.low, count.high),
                ),
                evidence_ids=evidence_ids,
                decision_ids=tuple(dict.fromkeys((one.decision_id, *decision_ids))),
            )
        )
    return tuple(costs), tuple(unknowns)


_Counted = tuple[Span, tuple[str, ...], tuple[str, ...]]


def _count(found: ImpactBody, unit: WorthUnit, per_request: Assumption | None) -> _Counted | None:
    """How many of the unit were hit, with the evidence and the decisions that this rests on."""
    if unit is WorthUnit.MINUTE:
        return _minutes(found)
    requests = _requests(found)
    if unit in (WorthUnit.REQUEST, WorthUnit.CUSTOMERS_PER_REQUEST):
        return requests
    users = _figure(found, "users_hit")
    if users is not None:
        return Span(users.low, users.value, users.high), users.evidence_ids, ()
    if requests is None or per_request is None:
        return None
    return _times(requests[0], per_request), requests[1], (per_request.decision_id,)


def _requests(found: ImpactBody) -> _Counted | None:
    """Failed requests: at least those beyond the usual, at most all."""
    failed, excess = _figure(found, "requests_failed"), _figure(found, "excess_failures")
    if failed is None:
        return None
    if excess is None:
        return Span(failed.low, failed.value, failed.high), failed.evidence_ids, ()
    ids = tuple(sorted({*failed.evidence_ids, *excess.evidence_ids}))
    return Span(excess.low, excess.value, max(failed.high, excess.value)), ids, ()


def _minutes(found: ImpactBody) -> _Counted | None:
    if found.window is None or not found.parts:
        return None
    begins, ends = found.parts[0].begins, found.parts[-1].ends
    low = max(0.0, (ends.earliest - begins.latest).total_seconds()) / 60
    high = max(found.window.seconds, (ends.latest - begins.earliest).total_seconds()) / 60
    ids = tuple(sorted({*found.parts[0].evidence_ids, *found.parts[-1].evidence_ids}))
    return Span(low, min(max(found.window.seconds / 60, low), high), high), ids, ()


def _figure(found: ImpactBody, name: str) -> Figure | None:
    return next((one for one in found.figures if one.key == subject_key("figure", name)), None)


def _times(count: Span, value: Assumption) -> Span:
    return Span(count.low * value.low, count.value * (value.low + value.high) / 2, count.high * value.high)


def _range(low: float, high: float) -> str:
    first, last = number(low), number(high)
    return first if first == last else say("durations.range", low=first, high=last)
