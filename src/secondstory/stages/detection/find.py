"""Rules, samples and the timeline become the answer to "why wasn't this caught earlier?"."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from secondstory.algorithms.promql import CannotReplay, labels_named, parse, selectors_of
from secondstory.model.causes import CausesBody, Part
from secondstory.model.detection import DetectionBody, MissingSignal, Outcome, ReplayedRule, RuleKind
from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.impact import Burn
from secondstory.model.incident import Case
from secondstory.model.query import Ask, SampleQuery
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.model.timeline import Milestone, MilestoneKind, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Window, epoch_us
from secondstory.stages.detection.answering import answer_sentence
from secondstory.stages.detection.derived import derived_name, derived_series
from secondstory.stages.detection.naming import may_be_named
from secondstory.stages.detection.proposing import (
    derived_rules,
    existing_rules,
    first_shown,
    proposed_rules,
    span_burns,
)
from secondstory.stages.detection.replaying import Record, replay_rule, trace_of
from secondstory.stages.detection.safeguards import find_safeguards
from secondstory.stages.detection.samples import sampled_of
from secondstory.texts import say

MOST_SAMPLES = 400_000  # what is frozen with an incident; some 20 MB on disk
_SLOWEST_STEP_S = 60  # Prometheus' own pace of evaluation where nobody sets one
_MOST_EVALUATIONS = 20_000
_MOST_MISSING = 12
_ORDER = tuple(Outcome)


@dataclass(frozen=True, eq=False)
class Given:
    """The documents that the answer is made from."""

    case: Case
    evidence: EvidenceBody
    timeline: TimelineBody
    causes: CausesBody
    burns: tuple[Burn, ...] = ()  # budgets of objectives, given and proposed


def find_detection(given: Given, answers: Answers) -> DetectionBody | Ask:
    """Ask for the samples that rules read, replay every rule on them, and say what would have helped."""
    query = sample_query(given)
    if query is not None and (missing := answers.missing((query,))):
        return Ask(missing)
    record = record_of(given, None if query is None else answers.of(query))
    shown = first_shown(given.evidence, given.timeline.onsets)
    rules = (
        *existing_rules(given.case.rules, given.case.objectives),
        *proposed_rules(shown, given.case.objectives, record),
    )
    if not any(one.kind is RuleKind.THRESHOLD for one in rules):
        rules = (*rules, *derived_rules(given.evidence, given.timeline.onsets, record))
    if not any(one.kind is RuleKind.BURN_RATE for one in rules):
        rules = (*rules, *span_burns(given.burns, record))
    replayed = tuple(sorted(_told_apart(replay_rule(rule, record) for rule in rules), key=_usefulness))
    best = next((one for one in replayed if one.outcome is Outcome.FIRED), None)
    change = _change(given)
    return DetectionBody(
        window=record.window,
        fault_free=record.fault_free,
        fault_free_s=sum(piece.seconds for piece in record.fault_free),
        step_s=record.step_s,
        noticed=record.noticed,
        noticed_by=_noticed(given.timeline)[1],
        rules=replayed,
        best=best.key if best else None,
        trace=trace_of(best, record) if best else None,
        sentence=answer_sentence(best, replayed, record, given.case.incident.time_zone),
        missing=_missing(given, replayed),
        change=change.title if change else None,
        safeguards=find_safeguards(change, replayed, shown, record.evidence_ids),
    )


def sample_query(given: Given, more: tuple[str, ...] = ()) -> SampleQuery | None:
    """The samples of all metrics that rules, objectives and early signals speak of, and of the metrics asked by
    `more` expressions; None where none is recorded."""
    asked = _asked(given.case, more)
    shown = {one.signal.name for one in first_shown(given.evidence, given.timeline.onsets)}
    known = {signal.name for signal in given.evidence.signals if signal.name}
    names = {name for name in known if any(may_be_named(one, name) for one in asked)} | shown
    if not names:
        return None
    return SampleQuery(
        recordings=given.case.incident.recordings,
        windows=given.evidence.grid.pieces,
        names=tuple(sorted(names)),
        near=given.evidence.window.start,
        limit=MOST_SAMPLES,
    )


def record_of(given: Given, samples: Evidence | None) -> Record:
    """What rules are replayed on: where not all samples could be taken, the stretch around the incident."""
    evidence = given.evidence
    pieces = evidence.grid.pieces
    table = None if samples is None else samples.result
    if table is not None and table.rows == MOST_SAMPLES:
        near_us = epoch_us(evidence.window.start)
        away = timedelta(microseconds=int(abs(table.micros("time") - near_us).max()))
        taken = Window(evidence.window.start - away, evidence.window.start + away)
        pieces = tuple(cut for piece in pieces if (cut := piece.clip(taken)) is not None)
    fault_free = tuple(
        cut
        for reference in evidence.reference
        for part in reference.without(evidence.window)
        for piece in pieces
        if (cut := piece.clip(part)) is not None
    )
    total_s = sum(piece.seconds for piece in pieces)
    return Record(
        sampled=() if table is None else sampled_of(table),
        pieces=pieces,
        fault_free=fault_free,
        window=evidence.window,
        step_s=max(min(evidence.grid.step_s, _SLOWEST_STEP_S), int(-(-total_s // _MOST_EVALUATIONS))),
        noticed=_noticed(given.timeline)[0],
        alerts=evidence.occurrences,
        labels_used=_labels_used(given.case),
        evidence_ids=(samples.id,) if samples is not None else tuple(ref.id for ref in evidence.evidence[:1]),
        derived=derived_series(evidence),
        derived_ids=tuple(sorted({one.evidence_id for one in evidence.signals if derived_name(one) is not None})),
    )


def _expressions(case: Case) -> tuple[str, ...]:
    queries = (query for one in case.objectives for query in (one.good_query, one.total_query) if query)
    return (*(rule.expression for rule in case.rules), *queries)


def _asked(case: Case, more: tuple[str, ...]) -> tuple[str, ...]:
    parsed = [parse(text) for text in (*_expressions(case), *more)]
    selectors = [found for one in parsed if not isinstance(one, CannotReplay) for found in selectors_of(one)]
    return tuple(dict.fromkeys(one.metric for one in selectors if one.metric is not None))


def _labels_used(case: Case) -> tuple[str, ...]:
    parsed = [parse(text) for text in _expressions(case)]
    used = {label for one in parsed if not isinstance(one, CannotReplay) for label in labels_named(one)}
    return tuple(sorted(used))


def _noticed(timeline: TimelineBody) -> tuple[Moment | None, str]:
    """From the first alert, page or message to the first reaction: in between a person came to know."""
    milestones: dict[MilestoneKind, Milestone] = {one.kind: one for one in timeline.milestones}
    detected, answered = milestones[MilestoneKind.DETECTED], milestones[MilestoneKind.ACKNOWLEDGED]
    if detected.moment is None:
        return None, detected.reason
    latest = detected.moment.latest
    if answered.moment is not None:
        latest = max(latest, answered.moment.latest)
    return replace(detected.moment, latest=latest), detected.reason


def _told_apart(rules: Iterable[ReplayedRule]) -> list[ReplayedRule]:
    """Rules of one name, such as a warning and a page, get keys of their own in the order given."""
    seen: Counter[str] = Counter()
    found = []
    for one in rules:
        seen[one.key] += 1
        found.append(one if seen[one.key] == 1 else replace(one, key=subject_key(one.key, str(seen[one.key]))))
    return found


def _usefulness(one: ReplayedRule) -> tuple[int, int, str, str]:
    """Those that fired first; of them the ones with fewest false alarms, then the earliest."""
    at = one.fires.latest.isoformat() if one.fires is not None else ""
    return _ORDER.index(one.outcome), one.false_alarms or 0, at, one.key


def _change(given: Given) -> TimelineEvent | None:
    """The change that the first standing hypothesis names."""
    leading = next((one for one in given.causes.hypotheses if one.part is not Part.TRIGGER), None)
    key = leading.change_key if leading is not None else None
    return next((event for event in given.timeline.events if event.key == key), None)


def _missing(given: Given, rules: tuple[ReplayedRule, ...]) -> tuple[MissingSignal, ...]:
    """What rules read in vain, then services that left their bands and tell nothing of how full they are."""
    unread: dict[str, list[str]] = {}
    for one in rules:
        for name in one.missing:
            unread.setdefault(name, []).append(one.rule.name)
    found = [
        MissingSignal(
            subject_key("missing", name), None, name, say("detection.missing_metric", name=name, rules=", ".join(read))
        )
        for name, read in unread.items()
    ]
    full = {signal.service for signal in given.evidence.signals if signal.kind is SignalKind.SATURATION}
    for service in dict.fromkeys(onset.service for onset in given.timeline.onsets):
        if service not in full:
            sentence = say("detection.missing_saturation", service=service)
            found.append(MissingSignal(subject_key("missing", service, "saturation"), service, "saturation", sentence))
    return tuple(found[:_MOST_MISSING])
