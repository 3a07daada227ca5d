"""Evidence becomes milestones: each an interval with how it was told, or no time and the reason why.

Only what is recorded or measured counts. What was said in chat is never read for its meaning here: a first reaction is
a message, whatever it says; what people understood and when is theirs to mark.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from secondstory.model.findings import EvidenceBody, Occurrence
from secondstory.model.signal import SignalKind
from secondstory.model.subject import subject_key
from secondstory.model.system import System
from secondstory.model.telemetry import CHANGES, OccurrenceKind
from secondstory.model.timeline import Milestone, MilestoneKind, Onset
from secondstory.model.window import Moment, Provenance
from secondstory.stages.timeline.alerts import FiredAlert
from secondstory.stages.timeline.repair import acts, takes_back
from secondstory.stages.timeline.wording import name_of
from secondstory.texts import say

_HARM = (SignalKind.ERRORS, SignalKind.LATENCY)
_PEOPLE = (OccurrenceKind.CHAT, OccurrenceKind.COMMAND, OccurrenceKind.STATUS)
_ACKNOWLEDGED = ("acknowledged", "acked", "ack")


def find_milestones(
    system: System, evidence: EvidenceBody, onsets: tuple[Onset, ...], alerts: tuple[FiredAlert, ...]
) -> tuple[Milestone, ...]:
    """All milestones in their usual order, whether or not their times are known."""
    harm = tuple(onset for onset in onsets if onset.kind in _HARM and _at_the_entry(onset, system, evidence))
    impact = _impact(system, evidence, harm)
    detected = _detected(evidence, alerts, impact.moment)
    acknowledged = _acknowledged(evidence, detected.moment)
    mitigation = _mitigation(evidence, detected.moment)
    return (
        _unknown(MilestoneKind.CHANGE_BEGAN, "change_not_named"),
        impact,
        detected,
        acknowledged,
        _diagnosed(detected, mitigation),
        mitigation,
        _resolved(evidence, harm, alerts),
    )


def _at_the_entry(onset: Onset, system: System, evidence: EvidenceBody) -> bool:
    """True for what users see: an entry service's own signals, a declared indicator, a probe at the user's side."""
    if onset.service in system.probes or any(
        onset.service == service and name in onset.indicator for service, name in system.slis
    ):
        return True
    return onset.service in evidence.entry_services and onset.peer is None


def _impact(system: System, evidence: EvidenceBody, harm: tuple[Onset, ...]) -> Milestone:
    if harm:
        first = harm[0]
        reason = say("timeline.impact_measured", indicator=name_of(first), service=first.service)
        return _milestone(MilestoneKind.IMPACT_BEGAN, first.moment, reason, (first.evidence_id,))
    users_see = {*evidence.entry_services, *system.probes, *(service for service, _ in system.slis)}
    if not users_see:
        return _unknown(MilestoneKind.IMPACT_BEGAN, "impact_no_entry")
    measured = any(signal.service in users_see and signal.kind in _HARM for signal in evidence.signals)
    return _unknown(MilestoneKind.IMPACT_BEGAN, "impact_none" if measured else "impact_no_signal")


def _detected(evidence: EvidenceBody, alerts: tuple[FiredAlert, ...], impact: Moment | None) -> Milestone:
    pages = [one for one in evidence.occurrences if one.kind == OccurrenceKind.PAGE]
    # An alert that fired before the window and ended before any harm was about something else.
    warned = sorted(
        [pair.fired for pair in alerts if pair.resolved is None or pair.resolved.time > evidence.window.start] + pages,
        key=lambda one: (one.time, one.key),
    )
    told = [one for one in warned if evidence.window.holds(one.time)]
    if told:
        reason = say("timeline.detected_alert", title=told[0].title)
        return _recorded(MilestoneKind.DETECTED, told[0], reason)
    noticed = [] if impact is None else _people(evidence, after=impact.earliest)
    if impact is not None and noticed:
        moment = Moment(impact.earliest, noticed[0].time, Provenance.SAID)
        reason = say("timeline.detected_person")
        return replace(
            _milestone(MilestoneKind.DETECTED, moment, reason, (noticed[0].evidence_id,)), event_key=noticed[0].key
        )
    return _unknown(MilestoneKind.DETECTED, "detected_none")


def _acknowledged(evidence: EvidenceBody, detected: Moment | None) -> Milestone:
    if detected is None:
        return _unknown(MilestoneKind.ACKNOWLEDGED, "acknowledged_none")
    later = [one for one in evidence.occurrences if one.time >= detected.earliest]
    taken = [one for one in later if one.kind in (OccurrenceKind.ALERT, OccurrenceKind.PAGE) and _acked(one)]
    if taken:
        return _recorded(MilestoneKind.ACKNOWLEDGED, taken[0], say("timeline.acknowledged_record"))
    reactions = _people(evidence, after=detected.latest)
    if not reactions:
        return _unknown(MilestoneKind.ACKNOWLEDGED, "acknowledged_none")
    return _recorded(MilestoneKind.ACKNOWLEDGED, reactions[0], say("timeline.acknowledged_person"))


def _acked(one: Occurrence) -> bool:
    return any(key in ("state", "status") and value.lower() in _ACKNOWLEDGED for key, value in one.attributes)


def _mitigation(evidence: EvidenceBody, detected: Moment | None) -> Milestone:
    if detected is None:
        return _unknown(MilestoneKind.MITIGATION_BEGAN, "mitigation_none")
    later = [one for one in evidence.occurrences if one.time > detected.earliest]
    changes = [one for one in later if one.kind in CHANGES]
    commands = [one for one in later if one.kind == OccurrenceKind.COMMAND and acts(one.title)]
    if not changes and not commands:
        return _unknown(MilestoneKind.MITIGATION_BEGAN, "mitigation_none")
    first = min([*changes, *commands], key=lambda one: (one.time, one.key))
    if first.kind == OccurrenceKind.COMMAND:
        sentence = "timeline.mitigation_command"
    else:
        back = takes_back(first, evidence.occurrences)
        sentence = "timeline.mitigation_rollback" if back else "timeline.mitigation_change"
    return _recorded(MilestoneKind.MITIGATION_BEGAN, first, say(sentence, title=first.title))


def _diagnosed(detected: Milestone, mitigation: Milestone) -> Milestone:
    if detected.moment is None or mitigation.moment is None:
        return _unknown(MilestoneKind.DIAGNOSED, "diagnosed_none")
    provenance = mitigation.moment.provenance
    moment = Moment(detected.moment.earliest, mitigation.moment.latest, provenance)
    evidence_ids = tuple(sorted({*detected.evidence_ids, *mitigation.evidence_ids}))
    return _milestone(MilestoneKind.DIAGNOSED, moment, say("timeline.diagnosed_bound"), evidence_ids)


def _resolved(evidence: EvidenceBody, harm: tuple[Onset, ...], alerts: tuple[FiredAlert, ...]) -> Milestone:
    if not harm:
        return _unknown(MilestoneKind.RESOLVED, "resolved_no_impact")
    back = [onset.recovered for onset in harm if onset.recovered is not None]
    if len(back) < len(harm):
        return _unknown(MilestoneKind.RESOLVED, "resolved_not_seen")
    earliest, latest = max(moment.earliest for moment in back), max(moment.latest for moment in back)
    evidence_ids = {onset.evidence_id for onset in harm}
    fired = [pair for pair in alerts if evidence.window.holds(pair.fired.time)]
    ends = [pair.resolved for pair in fired if pair.resolved is not None]
    if not fired:
        reason = say("timeline.resolved_signals")
    elif len(ends) < len(fired):
        reason = say("timeline.resolved_alert_open")
    else:
        reason, latest = say("timeline.resolved_both"), max(latest, *(end.time for end in ends))
        evidence_ids |= {end.evidence_id for end in ends}
    moment = Moment(earliest, latest, Provenance.MEASURED)
    return _milestone(MilestoneKind.RESOLVED, moment, reason, tuple(sorted(evidence_ids)))


def _people(evidence: EvidenceBody, *, after: datetime) -> list[Occurrence]:
    return [one for one in evidence.occurrences if one.kind in _PEOPLE and one.time > after]


def _recorded(kind: MilestoneKind, one: Occurrence, reason: str) -> Milestone:
    provenance = Provenance.SAID if one.kind == OccurrenceKind.CHAT else Provenance.RECORDED
    return replace(_milestone(kind, Moment.at(one.time, provenance), reason, (one.evidence_id,)), event_key=one.key)


def _milestone(kind: MilestoneKind, moment: Moment, reason: str, evidence_ids: tuple[str, ...]) -> Milestone:
    return Milestone(kind, subject_key("milestone", kind.value), moment, reason, evidence_ids)


def _unknown(kind: MilestoneKind, sentence: str) -> Milestone:
    return Milestone(kind, subject_key("milestone", kind.value), None, say(f"timeline.{sentence}"), ())
