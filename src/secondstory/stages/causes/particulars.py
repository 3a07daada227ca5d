"""Predictions of one mechanism alone: stops come before failures, retries follow failures, and nobody asked for more.

What a mechanism was told from never counts for the machine's own hypothesis; what must follow from it does. Who stops
because it is overloaded fails before it stops. Who retries multiplies calls only once they fail, while the requests
that come in stay as many. Misleads where failures within one step cannot be put in order; such cells stay open.
"""

from __future__ import annotations

from secondstory.model.causes import Hypothesis, Mechanism, Part
from secondstory.model.matrix import Cell, PredictionRow, Result
from secondstory.model.sightings import Departure, Sightings, Stopped
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.model.window import Moment
from secondstory.stages.causes.expecting import (
    KNOWN_ENOUGH,
    Expectation,
    between,
    cell,
    clock,
    departed,
    seen_of,
    tested,
)
from secondstory.stages.causes.predictions import HARM, LOADING, MEASURED, Bench, groups_of
from secondstory.stages.causes.standpoint import Place
from secondstory.texts import say

REPORTED = 0.8  # weight of an orchestrator's word: events expire and are dropped under load
LOOPING = 2  # stops of a loop
CRASHES = {Mechanism.CRASH: 1, Mechanism.CRASH_LOOP: LOOPING}
Edge = tuple[str, str]


def particular_rows(bench: Bench) -> list[PredictionRow]:
    """Two rows for each service that some hypothesis says crashes, three for each call that one says is repeated."""
    crashing = sorted({one.service for one in bench.hypotheses if one.mechanism in CRASHES})
    stops = [row for service in crashing for row in (_stops_row(bench, service), _stop_first_row(bench, service))]
    repeated = sorted({edge for one in bench.hypotheses for edge in _repeated_by(bench, one)})
    demand = [_demand_row(bench, caller) for caller in sorted({caller for caller, _ in repeated})]
    rows = [row for edge in repeated for row in (_repeats_row(bench, edge), _repeats_after_row(bench, edge))]
    return [*stops, *rows, *demand]


def _stops_row(bench: Bench, service: str) -> PredictionRow:
    """Whether instances of the service stopped unbidden, in time."""
    facts = bench.facts
    key = subject_key("prediction", "stops", service)
    stopped = next((one for one in facts.stopped if one.service == service), None)
    ids = (stopped.evidence_id,) if stopped is not None else facts.stops_evidence_ids
    observed = _stops_seen(facts, service, stopped)
    deadline = _deadline(bench, service)

    def judged(hypothesis: Hypothesis) -> Cell:
        place = bench.calls.place(service, hypothesis.service)
        if place is Place.SAME and hypothesis.mechanism in CRASHES:
            least = CRASHES[hypothesis.mechanism]
            prediction = say("matrix.stops_expected", service=service, least=least, when=_when(facts, deadline))
            if stopped is not None and not hypothesis.decision_ids:
                text = say("matrix.circular_stops", service=service)
                return cell(key, hypothesis, Result.SILENT, (prediction, text), circular=True)
            return cell(key, hypothesis, _stops_result(facts, service, stopped, least), (prediction, observed), ids)
        calm = place in (Place.BELOW, Place.ASIDE) and hypothesis.mechanism not in LOADING
        if hypothesis.part is not Part.INITIATING or not calm:
            return cell(key, hypothesis, Result.SILENT)
        prediction = say("matrix.stops_not", service=service)
        if stopped is None and service not in facts.stops_told:
            return cell(key, hypothesis, Result.UNTOLD, (prediction, observed))
        result = Result.HELD if stopped is None else Result.FAILED
        return cell(key, hypothesis, result, (prediction, observed), ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    texts = say("matrix.title_stops", service=service), say("matrix.ask_stops", service=service, **_stretch(facts))
    return PredictionRow(key, texts[0], observed, REPORTED, 0.0, cells, ids, (), texts[1])


def _stops_result(facts: Sightings, service: str, stopped: Stopped | None, least: int) -> Result:
    symptom = facts.symptom
    if stopped is None:
        return Result.FAILED if service in facts.stops_told else Result.UNTOLD
    late = symptom is not None and symptom.service != service and stopped.moment.earliest > symptom.moment.latest
    return Result.FAILED if late or stopped.count < least else Result.HELD


def _stops_seen(facts: Sightings, service: str, stopped: Stopped | None) -> str:
    if stopped is None:
        return say("matrix.no_stops" if service in facts.stops_told else "matrix.stops_untold", service=service)
    return say("matrix.stops", service=service, count=stopped.count, when=between(facts, stopped.moment))


def _stop_first_row(bench: Bench, service: str) -> PredictionRow:
    """Whether requests to the service failed only once an instance of it had stopped."""
    facts = bench.facts
    key = subject_key("prediction", "stops-first", service)
    failing = (one for one in facts.watched if one.kind is SignalKind.ERRORS)
    seen = seen_of(tuple(one for one in failing if one.peer == service or (one.service, one.peer) == (service, None)))
    stopped = next((one for one in facts.stopped if one.service == service), None)

    def judged(hypothesis: Hypothesis) -> Cell:
        if hypothesis.service != service or hypothesis.mechanism not in CRASHES or stopped is None:
            return cell(key, hypothesis, Result.SILENT)
        when = between(facts, stopped.moment)
        prediction = say("matrix.stops_first", service=service, when=when)
        if not seen.left:
            known = bool(seen.stayed) and min(seen.known_before_ratio, seen.known_after_ratio) >= KNOWN_ENOUGH
            result = Result.FAILED if known else Result.UNTOLD
            return cell(key, hypothesis, result, (prediction, say("matrix.none_failed")), seen.evidence_ids)
        ids = tuple(sorted({seen.left[0].evidence_id, stopped.evidence_id}))
        result = _order(stopped.moment, seen.left[0].moment)
        return cell(key, hypothesis, result, (prediction, departed(facts, seen.left[0])), ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    observed = departed(facts, seen.left[0]) if seen.left else say("matrix.none_failed")
    texts = say("matrix.title_stops_first", service=service), say("matrix.ask_stops_first", service=service)
    drawn = tuple(one.signal_key for one in seen.left[:2])
    return PredictionRow(key, texts[0], observed, MEASURED, 0.0, cells, seen.evidence_ids, drawn, texts[1])


def _repeated_by(bench: Bench, hypothesis: Hypothesis) -> tuple[Edge, ...]:
    """The calls that a hypothesis says are repeated: those seen to be, else those that the service makes."""
    if hypothesis.mechanism is not Mechanism.RETRY_STORM:
        return ()
    if hypothesis.peer:
        return ((hypothesis.service, hypothesis.peer),)
    seen = tuple((one.caller, one.callee) for one in bench.facts.repeated)
    near = tuple(edge for edge in seen if hypothesis.service in edge)
    return near[:1] or tuple(edge for edge in bench.calls.edges if edge[0] == hypothesis.service)[:1]


def _repeats_row(bench: Bench, edge: Edge) -> PredictionRow:
    """Whether calls grew for each request in, beyond what usual retries explain."""
    facts, (caller, callee) = bench.facts, edge
    key = subject_key("prediction", "repeats", caller, callee)
    found = next((one for one in facts.repeated if (one.caller, one.callee) == edge), None)
    counted = groups_of(facts, caller, callee, (SignalKind.TRAFFIC,))
    ids = found.evidence_ids if found is not None else seen_of(counted).evidence_ids
    told = {"caller": caller, "callee": callee}
    observed = say("matrix.repeats", times=found.times, **told) if found is not None else say("matrix.no_repeats")
    observed = observed if ids else say("matrix.no_signal")

    def judged(hypothesis: Hypothesis) -> Cell:
        if edge not in _repeated_by(bench, hypothesis):
            return cell(key, hypothesis, Result.SILENT)
        prediction = say("matrix.repeats_expected", **told)
        if found is not None and not hypothesis.decision_ids:
            text = say("matrix.circular_repeats", **told)
            return cell(key, hypothesis, Result.SILENT, (prediction, text), circular=True)
        result = Result.HELD if found is not None else Result.FAILED if ids else Result.UNTOLD
        return cell(key, hypothesis, result, (prediction, observed), ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    texts = say("matrix.title_repeats", **told), say("matrix.ask_repeats", **told, **_stretch(facts))
    return PredictionRow(key, texts[0], observed, MEASURED, 0.0, cells, ids, (), texts[1])


def _repeats_after_row(bench: Bench, edge: Edge) -> PredictionRow:
    """Whether calls failed or slowed down before they multiplied, as retries need, or only after, as too many do."""
    facts, (caller, callee) = bench.facts, edge
    key = subject_key("prediction", "repeats-after", caller, callee)
    harm = seen_of(groups_of(facts, caller, callee, HARM))
    calls = seen_of(groups_of(facts, caller, callee, (SignalKind.TRAFFIC,)))
    more = tuple(one for one in calls.left if one.strength > 0)
    ids = tuple(sorted({*harm.evidence_ids, *calls.evidence_ids}))
    told = {"caller": caller, "callee": callee}
    observed = " ".join(departed(facts, one) for one in (*harm.left[:1], *more[:1])) or say("matrix.no_repeats")

    def judged(hypothesis: Hypothesis) -> Cell:
        retried = edge in _repeated_by(bench, hypothesis)
        flooded = hypothesis.service == caller and hypothesis.mechanism is Mechanism.TRAFFIC
        if not retried and not flooded:
            return cell(key, hypothesis, Result.SILENT)
        words = (say(f"matrix.repeats_{'after' if retried else 'before'}", **told), observed)
        return cell(key, hypothesis, _repeats_result(harm.left, more, retried=retried), words, ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    texts = say("matrix.title_repeats_after", **told), say("matrix.ask_repeats_after", **told, step=facts.step_s)
    drawn = tuple(one.signal_key for one in (*harm.left[:1], *more[:1]))
    return PredictionRow(key, texts[0], observed, MEASURED, 0.0, cells, ids, drawn, texts[1])


def _repeats_result(harm: tuple[Departure, ...], more: tuple[Departure, ...], *, retried: bool) -> Result:
    if not harm or not more:
        return Result.UNTOLD
    first, then = (harm[0], more[0]) if retried else (more[0], harm[0])
    return _order(first.moment, then.moment)


def _demand_row(bench: Bench, caller: str) -> PredictionRow:
    """Whether more requests came in: retries multiply calls without, traffic only with them."""
    facts = bench.facts
    key = subject_key("prediction", "demand", caller)
    groups = groups_of(facts, caller, None, (SignalKind.TRAFFIC,))
    seen = seen_of(groups)
    grown = seen.rising()

    def judged(hypothesis: Hypothesis) -> Cell:
        expected = None
        if any(edge[0] == caller for edge in _repeated_by(bench, hypothesis)):
            over = facts.symptom.recovered if facts.symptom is not None else None
            expected = Expectation(False, say("matrix.demand_stays", service=caller), by=over)
        return tested(facts, key, hypothesis, expected, grown)

    cells = tuple(judged(one) for one in bench.hypotheses)
    observed = departed(facts, grown.left[0]) if grown.left else say("matrix.stayed", count=len(grown.stayed))
    observed = observed if grown.evidence_ids else say("matrix.no_signal")
    texts = say("matrix.title_demand", service=caller), say("matrix.ask_traffic", service=caller, **_stretch(facts))
    drawn = tuple(one.signal_key for one in grown.left[:2])
    return PredictionRow(key, texts[0], observed, MEASURED, 0.0, cells, grown.evidence_ids, drawn, texts[1])


def _order(first: Moment, then: Moment) -> Result:
    """Whether one came before the other; open where their intervals overlap."""
    if first.latest <= then.earliest:
        return Result.HELD
    return Result.FAILED if first.earliest > then.latest else Result.UNTOLD


def _deadline(bench: Bench, service: str) -> Moment | None:
    symptom = bench.facts.symptom
    return symptom.moment if symptom is not None and symptom.service != service else None


def _when(facts: Sightings, deadline: Moment | None) -> str:
    return say("matrix.by", time=clock(facts, deadline.latest)) if deadline is not None else say("matrix.by_the_end")


def _stretch(facts: Sightings) -> dict[str, str]:
    return {"start": clock(facts, facts.window.start), "end": clock(facts, facts.window.end)}
