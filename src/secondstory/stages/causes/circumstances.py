"""Predictions that are not about one group of signals: the way in, the order of first signs, undone changes, logs."""

from __future__ import annotations

from datetime import datetime, timedelta

from secondstory.model.causes import Hypothesis, Part
from secondstory.model.matrix import Cell, PredictionRow, Result
from secondstory.model.sightings import ChangeSeen, Departure, NewLines, Sightings
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.stages.causes.expecting import between, cell, clock, departed
from secondstory.stages.causes.predictions import MEASURED, Bench
from secondstory.stages.causes.standpoint import Place
from secondstory.texts import say

DERIVED = 0.8  # weight of what rests on calls or lines that may be recorded in part
RECORDED = 0.7  # weight of what people and tools wrote down: what nobody wrote is missing
TAKES_EFFECT = timedelta(minutes=5)  # replicas come and go, caches and queues empty
_TELLING = (SignalKind.ERRORS, SignalKind.LATENCY, SignalKind.SATURATION)
_CALM = (Place.BELOW, Place.ASIDE)


def circumstance_rows(bench: Bench) -> list[PredictionRow]:
    """One row for the way in, one for the order, one for each undone change and each suspected service's log."""
    undone = [_undone_row(bench, change) for change in _undoing(bench)]
    lines = [_lines_row(bench, service) for service in bench.suspected if service in bench.facts.logged]
    return [*_entered_row(bench), *_first_row(bench), *undone, *lines]


def _entered_row(bench: Bench) -> list[PredictionRow]:
    """Whether requests from outside reach the service at all."""
    ref, symptom = bench.facts.edges_evidence_id, bench.facts.symptom
    if ref is None or symptom is None or bench.calls.is_entered(symptom.service) is None:
        return []
    key = subject_key("prediction", "entered", symptom.service)

    def judged(hypothesis: Hypothesis) -> Cell:
        if hypothesis.part is not Part.INITIATING:
            return cell(key, hypothesis, Result.SILENT)
        ends = bench.calls.place(symptom.service, hypothesis.service)
        facts = {"service": hypothesis.service, "symptom": symptom.service}
        prediction = say("matrix.entered", **facts)
        if ends is Place.SAME:
            return cell(key, hypothesis, Result.SILENT, ("", say("matrix.is_the_symptom", **facts)))
        held = ends is Place.ABOVE
        if ends is Place.UNKNOWN:
            return cell(key, hypothesis, Result.UNTOLD, (prediction, say("matrix.no_call", **facts)))
        told = say("matrix.way" if held else "matrix.no_way", **facts)
        return cell(key, hypothesis, Result.HELD if held else Result.FAILED, (prediction, told), (ref,))

    title = say("matrix.title_entered", symptom=symptom.service)
    cells = tuple(judged(one) for one in bench.hypotheses)
    ask = say("matrix.ask_entered", symptom=symptom.service)
    observed = say("matrix.calls_known", count=len(bench.calls.edges))
    return [PredictionRow(key, title, observed, DERIVED, 0.0, cells, (ref,), (), ask)]


def _first_row(bench: Bench) -> list[PredictionRow]:
    """Whether the service's own first sign comes before what people outside saw."""
    symptom = bench.facts.symptom
    if symptom is None:
        return []
    key = subject_key("prediction", "first", symptom.service)
    when = between(bench.facts, symptom.moment)

    def judged(hypothesis: Hypothesis) -> Cell:
        if hypothesis.part is not Part.INITIATING or hypothesis.service == symptom.service:
            return cell(key, hypothesis, Result.SILENT)
        prediction = say("matrix.first", service=hypothesis.service, when=when)
        watched = [one for one in bench.facts.watched if one.service == hypothesis.service and one.kind in _TELLING]
        left = sorted((one for group in watched for one in group.left), key=lambda one: (one.moment, one.signal_key))
        if not watched:
            return cell(key, hypothesis, Result.UNTOLD, (prediction, say("matrix.no_signal")))
        ids = tuple(sorted({each for group in watched for each in group.evidence_ids}))
        if not left:
            return cell(key, hypothesis, Result.FAILED, (prediction, say("matrix.none_left")), ids)
        result = _order(left[0], symptom.moment.earliest, symptom.moment.latest)
        return cell(key, hypothesis, result, (prediction, departed(bench.facts, left[0])), (left[0].evidence_id,))

    cells = tuple(judged(one) for one in bench.hypotheses)
    title = say("matrix.title_first", service=symptom.service, when=when)
    ask = say("matrix.ask_first", service=symptom.service, when=when, step=bench.facts.step_s)
    observed = say("matrix.symptom", service=symptom.service, indicator=symptom.indicator, when=when)
    return [PredictionRow(key, title, observed, MEASURED, 0.0, cells, (symptom.evidence_id,), (), ask)]


def _order(first: Departure, earliest: datetime, latest: datetime) -> Result:
    if first.moment.latest <= earliest:
        return Result.HELD
    return Result.FAILED if first.moment.earliest >= latest else Result.UNTOLD


def _undoing(bench: Bench) -> list[ChangeSeen]:
    """Changes of suspected services made while the symptom lasted, the last of each service."""
    symptom = bench.facts.symptom
    if symptom is None:
        return []
    over = symptom.recovered.latest if symptom.recovered is not None else bench.facts.window.end
    last: dict[str, ChangeSeen] = {}
    for change in sorted(bench.facts.changes, key=lambda one: (one.time, one.key)):
        # What was changed once it was over, to tidy up or to try again, ends nothing and speaks against nobody.
        if symptom.moment.latest < change.time <= over and change.service in bench.suspected:
            last[change.service] = change
    return [last[service] for service in sorted(last)]


def _undone_row(bench: Bench, change: ChangeSeen) -> PredictionRow:
    """Whether the symptom ended soon after a service was changed during the incident, as only its own cause would."""
    facts, symptom = bench.facts, bench.facts.symptom
    assert symptom is not None
    over = symptom.recovered
    soon = over is not None and over.latest >= change.time and over.earliest <= change.time + TAKES_EFFECT
    words = {"change": change.title, "service": change.service, "time": clock(facts, change.time)}
    told = say("matrix.never_over") if over is None else say("matrix.over", when=between(facts, over), **words)
    key = subject_key("prediction", "undone", change.service, change.key)
    ids = tuple(sorted({change.evidence_id, symptom.evidence_id}))

    def judged(hypothesis: Hypothesis) -> Cell:
        if hypothesis.part is not Part.INITIATING:
            return cell(key, hypothesis, Result.SILENT)
        own = hypothesis.service == change.service
        prediction = say("matrix.ends" if own else "matrix.ends_not", minutes=5, **words)
        return cell(key, hypothesis, Result.HELD if soon is own else Result.FAILED, (prediction, told), ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    title = say("matrix.title_undone", **words)
    return PredictionRow(key, title, told, RECORDED, 0.0, cells, ids, (), say("matrix.ask_undone", **words))


def _lines_row(bench: Bench, service: str) -> PredictionRow:
    """Whether the service writes error lines that it does not write in fault-free time."""
    facts = bench.facts
    new = tuple(line for line in facts.new_lines if line.service == service)
    key = subject_key("prediction", "lines", service)
    told = say("matrix.lines", pattern=new[0].pattern, rows=new[0].rows) if new else say("matrix.no_lines")
    ids = tuple(sorted({line.evidence_id for line in (new or facts.new_lines)}))

    def judged(hypothesis: Hypothesis) -> Cell:
        place = bench.calls.place(service, hypothesis.service)
        if hypothesis.part is not Part.INITIATING or not ids:
            return cell(key, hypothesis, Result.SILENT)
        if place is Place.SAME:
            return _own_lines(key, hypothesis, new, told, ids)
        if place not in _CALM:
            return cell(key, hypothesis, Result.SILENT)
        result = Result.FAILED if new else Result.HELD
        return cell(key, hypothesis, result, (say("matrix.lines_not", service=service), told), ids)

    cells = tuple(judged(one) for one in bench.hypotheses)
    title = say("matrix.title_lines", service=service)
    ask = say("matrix.ask_lines", service=service, **_stretch(facts))
    return PredictionRow(key, title, told, DERIVED, 0.0, cells, ids, (), ask)


def _own_lines(key: str, hypothesis: Hypothesis, new: tuple[NewLines, ...], told: str, ids: tuple[str, ...]) -> Cell:
    prediction = say("matrix.lines_expected", service=hypothesis.service)
    if any(line.pattern == hypothesis.indicator for line in new) and not hypothesis.decision_ids:
        text = say("matrix.circular", indicator=hypothesis.indicator)
        return cell(key, hypothesis, Result.SILENT, (prediction, text), circular=True)
    # Who fails without a word is known; who writes nothing new has not been shown to be well.
    return cell(key, hypothesis, Result.HELD if new else Result.UNTOLD, (prediction, told), ids)


def _stretch(facts: Sightings) -> dict[str, str]:
    return {"start": clock(facts, facts.window.start), "end": clock(facts, facts.window.end)}
