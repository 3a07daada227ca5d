"""Occurrences and onsets as entries of the timeline: alerts with their end, onsets grouped to stay readable."""

from __future__ import annotations

from collections import defaultdict

from secondstory.model.findings import Occurrence
from secondstory.model.subject import subject_key
from secondstory.model.telemetry import OccurrenceKind
from secondstory.model.timeline import EventKind, Onset, TimelineEvent
from secondstory.model.window import Moment, Provenance, format_time
from secondstory.stages.timeline.alerts import FiredAlert
from secondstory.stages.timeline.passing import passing_words, with_code
from secondstory.stages.timeline.wording import describe_onset, short_name_of
from secondstory.texts import say

_KINDS = {
    OccurrenceKind.DEPLOY: EventKind.CHANGE,
    OccurrenceKind.CONFIG: EventKind.CHANGE,
    OccurrenceKind.FLAG: EventKind.CHANGE,
    OccurrenceKind.ALERT: EventKind.ALERT,
    OccurrenceKind.PAGE: EventKind.ALERT,
    OccurrenceKind.CHAT: EventKind.CHAT,
    OccurrenceKind.COMMAND: EventKind.COMMAND,
    OccurrenceKind.STATUS: EventKind.STATUS,
    OccurrenceKind.ORCHESTRATOR: EventKind.ORCHESTRATOR,
    OccurrenceKind.CODE: EventKind.CODE,
}
_LISTED = 4  # further signals named in the body of one entry


def occurrence_events(occurrences: tuple[Occurrence, ...], alerts: tuple[FiredAlert, ...]) -> tuple[TimelineEvent, ...]:
    """One entry for each occurrence; an entry's key is the occurrence's key. A fired alert knows when it ended."""
    ended = {pair.fired.key: pair.resolved for pair in alerts}
    told = []
    for occurrence in occurrences:
        is_deploy = occurrence.kind == OccurrenceKind.DEPLOY
        attributes = with_code(occurrence, occurrences) if is_deploy else dict(occurrence.attributes)
        passing = passing_words(attributes) if is_deploy else ""
        told.append(_event(occurrence, ended.get(occurrence.key), attributes, passing))
    return tuple(told)


def onset_events(onsets: tuple[Onset, ...]) -> tuple[TimelineEvent, ...]:
    """One entry for each service and kind of signal, at the earliest onset; the others are told in its body."""
    groups: dict[tuple[str, str], list[Onset]] = defaultdict(list)
    for onset in onsets:
        groups[onset.service, onset.kind.value].append(onset)
    return tuple(_grouped(service, group) for (service, _), group in sorted(groups.items()))


def _event(occurrence: Occurrence, ended: Occurrence | None, told: dict[str, str], passing: str) -> TimelineEvent:
    # A kind that we do not know is told as a notice, so that nothing recorded is lost.
    known = occurrence.kind in set(OccurrenceKind)
    kind = _KINDS[OccurrenceKind(occurrence.kind)] if known else EventKind.STATUS
    said = kind is EventKind.CHAT
    attributes = [*told.items(), ("occurrence", occurrence.kind)]
    body = occurrence.body if occurrence.title else ""
    if ended is not None:
        attributes.append(("resolved_at", format_time(ended.time)))
    if occurrence.url:
        attributes.append(("url", occurrence.url))
    return TimelineEvent(
        key=occurrence.key,
        moment=Moment.at(occurrence.time, Provenance.SAID if said else Provenance.RECORDED),
        kind=kind,
        service=occurrence.service,
        title=occurrence.title or occurrence.body,
        body=" ".join(part for part in (body, passing) if part),
        actor=occurrence.actor,
        evidence_ids=(occurrence.evidence_id,),
        attributes=tuple(sorted(attributes)),
    )


def _grouped(service: str, group: list[Onset]) -> TimelineEvent:
    """`group` is in order of onset; of those that came first, the most telling one speaks for all."""
    earliest = group[0].moment
    first = max((one for one in group if one.moment == earliest), key=_telling)
    others = sorted({short_name_of(one) for one in group} - {short_name_of(first)})
    sentences = [describe_onset(first)]
    if others:
        named = ", ".join(others[:_LISTED])
        more = len(others) - _LISTED
        sentences.append(
            say("timeline.onsets_and_more", names=named, count=more)
            if more > 0
            else say("timeline.onsets_also", names=named)
        )
    return TimelineEvent(
        key=subject_key("event", "signal", service, first.kind.value),
        moment=first.moment,
        kind=EventKind.SIGNAL,
        service=service,
        title=say(f"timeline.left_band_{first.kind.value}", service=service),
        body=" ".join(sentences),
        actor=None,
        evidence_ids=tuple(sorted({one.evidence_id for one in group})),
        attributes=(("indicator", first.indicator), ("signal", first.signal_key), ("signals", str(len(group)))),
    )


def _telling(onset: Onset) -> tuple[bool, bool, float, str]:
    """A service's own signal before what it saw of another, one without attributes before one of many series."""
    return onset.peer is None, "{" not in onset.indicator, abs(onset.strength), onset.signal_key
