"""Tells from a call's signals how the failure travelled over it: exhaustion, queue, time limit, retries, failures."""

from __future__ import annotations

import numpy as np

from secondstory.model.cascade import Sign, Travel
from secondstory.model.sightings import Departure, Sightings
from secondstory.model.signal import SignalKind
from secondstory.stages.causes.call import Call, middle
from secondstory.stages.causes.expecting import between
from secondstory.stages.causes.retrying import RETRYING
from secondstory.texts import say
from secondstory.texts.measures import measure

PILED = 2.0  # times the usual: less comes and goes with the load
EARLY_STEPS = 3  # before queues make the times of one step belong to requests of several
ROUND = 0.1  # share by which early times may differ and still be one limit
FAILING = 0.5  # share of failed calls at which most is lost


def signs_of(facts: Sightings, call: Call) -> tuple[Sign, ...]:
    """Every way that the data show, the callee's own trouble first; empty: the data cannot tell."""
    found = (
        _exhausted(facts, call),
        _queue(facts, call),
        _timeout(call),
        _retries(call),
        _errors(call),
        _waiting(call),
    )
    return tuple(sign for sign in found if sign is not None)


def client_limit_s(call: Call) -> float | None:
    """After how long callers give up, in seconds: what early harmed calls agree on; None where they do not."""
    if not call.has("call_latency_p95_ms", "call_gap_p95_ms"):
        return None
    gap, latency = call.values("call_gap_p95_ms"), call.values("call_latency_p95_ms")
    early = np.flatnonzero(call.perhaps & (gap < 0) & ~np.isnan(latency))[:EARLY_STEPS]
    waited = (latency + gap)[early]
    if waited.size < EARLY_STEPS or waited.min() <= 0 or waited.max() - waited.min() > ROUND * waited.max():
        return None
    return float(np.median(waited)) / 1000


def amplification(call: Call) -> tuple[float, float] | None:
    """Calls out for each request in against the usual, at least one: the middle half of the harmed steps, as a range.

    Where fewer than one request in leads to a call, more calls may as well be another mix of requests.
    """
    if not call.has("call_rate", "caller.request_rate"):
        return None
    incoming = call.values("caller.request_rate")
    each = call.values("call_rate") / np.where(incoming > 0, incoming, np.nan)
    usual, low, high = middle(each, call.calm), middle(each, call.surely, 0.25), middle(each, call.surely, 0.75)
    if not usual or low is None or high is None:
        return None
    return low / max(usual, 1.0), high / max(usual, 1.0)


def _departures(facts: Sightings, service: str) -> list[Departure]:
    groups = [one for one in facts.watched if (one.service, one.peer) == (service, None)]
    return [one for group in groups if group.kind is SignalKind.SATURATION for one in group.left if one.strength > 0]


def _exhausted(facts: Sightings, call: Call) -> Sign | None:
    full = [one for one in _departures(facts, call.callee) if one.full]
    if not full:
        return None
    first = full[0]
    told = say(
        "cascade.exhausted",
        indicator=first.indicator,
        callee=call.callee,
        during=measure(first.during, first.unit),
        when=between(facts, first.moment),
    )
    return Sign(Travel.EXHAUSTED, told, (first.evidence_id,))


def _queue(facts: Sightings, call: Call) -> Sign | None:
    piled = [
        one for one in _departures(facts, call.callee) if not one.full and one.during >= PILED * max(one.before, 1.0)
    ]
    if not piled:
        return None
    most = max(piled, key=lambda one: (one.during, one.signal_key))
    before, during = measure(most.before, most.unit), measure(most.during, most.unit)
    told = say("cascade.queue", indicator=most.indicator, callee=call.callee, before=before, during=during)
    return Sign(Travel.QUEUE, told, (most.evidence_id,))


def _timeout(call: Call) -> Sign | None:
    gap = middle(call.values("call_gap_p95_ms"), call.surely)
    usual = middle(call.values("call_gap_p95_ms"), call.calm)
    if gap is None or usual is None or gap >= 0 or usual < 0:
        return None
    limit = client_limit_s(call)
    facts = {"caller": call.caller, "callee": call.callee, "early": measure(-gap, "ms")}
    told = say("cascade.timeout", **facts)
    if limit is not None:
        told = f"{told} {say('cascade.timeout_at', limit=measure(limit, 's'))}"
    return Sign(Travel.TIMEOUT, told, call.ids("call_gap_p95_ms"))


def _retries(call: Call) -> Sign | None:
    factors = amplification(call)
    if factors is None or factors[0] < RETRYING:
        return None
    told = say("cascade.retries", caller=call.caller, callee=call.callee, low=factors[0], high=factors[1])
    return Sign(Travel.RETRIES, told, call.ids("call_rate", "caller.request_rate"))


def _errors(call: Call) -> Sign | None:
    during = middle(call.values("call_error_ratio"), call.surely)
    usual = middle(call.values("call_error_ratio"), call.calm)
    if during is None or usual is None or during < max(PILED * usual, 0.01):
        return None
    facts = {"caller": call.caller, "callee": call.callee}
    told = say("cascade.errors", before=measure(usual, "1"), during=measure(during, "1"), **facts)
    return Sign(Travel.ERRORS, told, call.ids("call_error_ratio"))


def _waiting(call: Call) -> Sign | None:
    during = middle(call.values("call_latency_p95_ms"), call.surely)
    usual = middle(call.values("call_latency_p95_ms"), call.calm)
    if during is None or usual is None or during < PILED * usual:
        return None
    facts = {"caller": call.caller, "callee": call.callee}
    told = say("cascade.waiting", before=measure(usual, "ms"), during=measure(during, "ms"), **facts)
    return Sign(Travel.WAITING, told, call.ids("call_latency_p95_ms"))
