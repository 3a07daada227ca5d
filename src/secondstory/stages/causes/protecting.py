"""Names at each hop the protection that was missing or came too late, and reckons as a range what it would have spared.

Every range comes from the hop's own signals: the low end counts the steps that surely belong to the harmed time and the
slower setting, the high end those that may and the faster one. Waiting is known by quantiles only: at least the share
beyond a quantile waited that long, at most all did. Misleads where the load itself would have been another:
people who get an answer do not try again. References: M. Nygard, Release It!, 2nd ed. 2018, chapter 5; B. Beyer et al.,
Site Reliability Engineering, 2016, chapters 21 and 22 (retry budgets, load shedding).
"""

from __future__ import annotations

import numpy as np

from secondstory.model.cascade import Guard, GuardState, Protection, Sign, Spared, Travel
from secondstory.model.signal import Floats
from secondstory.stages.causes.call import Bools, Call, middle
from secondstory.stages.causes.travelling import FAILING, client_limit_s
from secondstory.texts import say
from secondstory.texts.measures import measure

PATIENCE = 10.0  # times the slowest usual twentieth: what takes longer is not worth waiting for
BUDGET = 0.2  # of the requests may be retried by the generous setting; none by the strict one
OPENS_AFTER_S = 30.0  # a cautious breaker; a quick one opens after one step
LET_THROUGH = 0.1  # of the calls, which a cautious open breaker still lets through to try
OPENED = 0.5  # of the usual calls: fewer are sent where something holds them back
COLLATERAL = 0.01  # of the caller's failures: less is noise
BEYOND_P50, BEYOND_P95 = 0.5, 0.05  # of the requests surely took as long as these quantiles


def protections_of(call: Call, signs: tuple[Sign, ...]) -> tuple[Protection, ...]:
    """What would have acted on this hop, in the order of the way."""
    ways = {sign.way for sign in signs}
    found = (
        _shedding(call, signs) if Travel.QUEUE in ways else None,
        _timeout(call, signs) if ways & {Travel.TIMEOUT, Travel.WAITING} else None,
        _retry_budget(call) if Travel.RETRIES in ways else None,
        _breaker(call) if Travel.ERRORS in ways else None,
        _bulkhead(call) if call.has("caller.request_rate", "caller.error_ratio", "call_rate") else None,
    )
    return tuple(one for one in found if one is not None)


def _total(values: Floats, steps: Bools, call: Call) -> float:
    """A rate per second added up over steps; unknown steps add nothing."""
    return round(max(float(np.nansum(np.where(steps, values, 0.0))) * call.step_s, 0.0), 1)


def _beyond_s(waited_ms: Floats, limit_ms: float) -> Floats:
    beyond: Floats = np.maximum(waited_ms - limit_ms, 0.0) / 1000
    return beyond


def _spared(low: float, high: float, unit: str) -> Spared:
    return Spared(round(min(low, high), 1), round(max(low, high), 1), unit)


def _shedding(call: Call, signs: tuple[Sign, ...]) -> Protection:
    """Requests waited in the callee although it could not serve them in time."""
    usual = middle(call.values("callee.latency_p95_ms"), call.calm)
    rate = call.values("callee.request_rate")
    ids = next(sign.evidence_ids for sign in signs if sign.way is Travel.QUEUE)
    text = say("cascade.shedding_missing", callee=call.callee)
    if usual is None or not call.has("callee.latency_p50_ms", "callee.request_rate"):
        return Protection(Guard.LOAD_SHEDDING, GuardState.MISSING, text, None, say("cascade.no_range"), ids)
    low, high = (
        _total(rate * _beyond_s(call.values(f"callee.latency_{name}_ms"), PATIENCE * usual) * share, steps, call)
        for name, share, steps in (("p50", BEYOND_P50, call.surely), ("p95", 1.0, call.perhaps))
    )
    assumption = say("cascade.shedding_assumed", patience=measure(PATIENCE * usual, "ms"))
    ids = (*ids, *call.ids("callee.latency_p50_ms", "callee.request_rate"))
    return Protection(
        Guard.LOAD_SHEDDING, GuardState.MISSING, text, _spared(low, high, "s"), assumption, tuple(sorted(set(ids)))
    )


def _timeout(call: Call, signs: tuple[Sign, ...]) -> Protection | None:
    """Callers waited far beyond what is usual; a limit that they reached came late, none at all is missing."""
    usual = middle(call.values("call_latency_p95_ms"), call.calm)
    during = middle(call.values("call_latency_p95_ms"), call.surely)
    if usual is None or during is None or during < PATIENCE * usual:
        return None
    limit = client_limit_s(call)
    gave_up = any(sign.way is Travel.TIMEOUT for sign in signs)
    waited_ms = limit * 1000 if limit is not None else None
    facts = {"caller": call.caller, "callee": call.callee, "usual": measure(usual, "ms")}
    ids = call.ids("call_latency_p95_ms", "call_rate")
    if gave_up and waited_ms is None:
        state, text = GuardState.LATE, say("cascade.timeout_some", **facts)
        return Protection(Guard.TIMEOUT, state, text, None, say("cascade.no_limit_told"), ids)
    state = GuardState.LATE if gave_up else GuardState.MISSING
    text = say(f"cascade.timeout_{state.value}", limit=measure((waited_ms or during) / 1000, "s"), **facts)
    waited = np.minimum(call.values("call_latency_p95_ms"), np.inf if waited_ms is None else waited_ms)
    saved = call.values("call_rate") * _beyond_s(waited, PATIENCE * usual)
    low, high = BEYOND_P95 * _total(saved, call.surely, call), _total(saved, call.perhaps, call)
    assumption = say("cascade.timeout_assumed", patience=measure(PATIENCE * usual, "ms"))
    return Protection(Guard.TIMEOUT, state, text, _spared(low, high, "s"), assumption, ids)


def _retry_budget(call: Call) -> Protection:
    incoming = call.values("caller.request_rate")
    each = call.values("call_rate") / np.where(incoming > 0, incoming, np.nan)
    usual = middle(each, call.calm) or 0.0
    low, high = (
        _total(np.maximum(call.values("call_rate") - (1 + budget) * usual * incoming, 0), steps, call)
        for budget, steps in ((BUDGET, call.surely), (0.0, call.perhaps))
    )
    text = say("cascade.budget_missing", caller=call.caller, callee=call.callee)
    assumption = say("cascade.budget_assumed", share=f"{BUDGET * 100:.0f}")
    ids = call.ids("call_rate", "caller.request_rate")
    return Protection(Guard.RETRY_BUDGET, GuardState.MISSING, text, _spared(low, high, "calls"), assumption, ids)


def _breaker(call: Call) -> Protection | None:
    """Calls went on though most of them failed, unless something held them back."""
    failing = call.perhaps & (call.values("call_error_ratio") >= FAILING)
    steps = np.flatnonzero(failing)
    slow = int(np.ceil(OPENS_AFTER_S / call.step_s))
    if steps.size < 2:
        return None
    facts = {"caller": call.caller, "callee": call.callee, "seconds": steps.size * call.step_s}
    ids = call.ids("call_rate", "call_error_ratio")
    if not call.has("call_rate"):
        told = say("cascade.breaker_unknown", **facts)
        return Protection(Guard.CIRCUIT_BREAKER, GuardState.UNKNOWN, told, None, say("cascade.no_range"), ids)
    usual, late = middle(call.values("call_rate"), call.calm), middle(call.values("call_rate"), _later_half(failing))
    held_back = usual is not None and late is not None and late < OPENED * usual
    state = GuardState.LATE if held_back else GuardState.MISSING
    vain = call.values("call_rate") * call.values("call_error_ratio")
    low = (1 - LET_THROUGH) * _total(vain, failing & call.surely & _from(failing, steps, slow), call)
    high = _total(vain, failing & _from(failing, steps, 1), call)
    assumption = say("cascade.breaker_assumed", slow=f"{OPENS_AFTER_S:.0f}", quick=call.step_s)
    text = say(f"cascade.breaker_{state.value}", **facts)
    return Protection(Guard.CIRCUIT_BREAKER, state, text, _spared(low, high, "calls"), assumption, ids)


def _from(failing: Bools, steps: np.ndarray[tuple[int], np.dtype[np.int64]], count: int) -> Bools:
    """The steps from the `count`-th failing one on."""
    later = np.zeros(failing.shape, np.bool_)
    if steps.size > count:
        later[steps[count] :] = True
    return later


def _later_half(failing: Bools) -> Bools:
    steps = np.flatnonzero(failing)
    half = np.zeros(failing.shape, np.bool_)
    half[steps[steps.size // 2 :]] = True
    return half


def _bulkhead(call: Call) -> Protection | None:
    """The caller failed at work that has nothing to do with this callee, for want of what the waiting calls held."""
    failed = call.values("caller.request_rate") * call.values("caller.error_ratio")
    by_call = call.values("call_rate") * call.values("call_error_ratio")
    others = np.maximum(failed - by_call, 0)
    usual = middle(others, call.calm) or 0.0
    beyond = np.maximum(others - usual, 0)
    rate, usually = call.values("caller.request_rate"), middle(call.values("caller.request_rate"), call.calm)
    as_usual = np.minimum((usually or 0.0) / np.where(rate > 0, rate, np.nan), 1.0)
    low, high = _total(beyond * as_usual, call.surely, call), _total(beyond, call.perhaps, call)
    whole = _total(failed, call.perhaps, call)
    if high < max(COLLATERAL * whole, 1.0):
        return None
    text = say("cascade.bulkhead_missing", caller=call.caller, callee=call.callee)
    assumption = say("cascade.bulkhead_assumed", callee=call.callee)
    ids = call.ids("caller.request_rate", "caller.error_ratio", "call_rate", "call_error_ratio")
    return Protection(Guard.BULKHEAD, GuardState.MISSING, text, _spared(low, high, "requests"), assumption, ids)
