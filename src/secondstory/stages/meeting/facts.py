"""An incident's documents become the scenes that can be told of it aloud, the most telling first."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from secondstory.model.cascade import GuardState
from secondstory.model.causes import Hop, Hypothesis
from secondstory.model.fact_sheet import FactSheet, Scene
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, MilestoneKind, Onset, TimelineEvent
from secondstory.stages.meeting.dossier import Dossier, alert_name
from secondstory.stages.meeting.spoken import (
    claim_words,
    gap_words,
    impact_words,
    is_derived,
    recorded,
    signal_words,
)
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.texts.measures import measure

_MOST_ONSETS = 8
_MOST_ACTIONS = 4
_MOST_WITNESSES = 6
_WITNESSES = {EventKind.CHAT: "chat", EventKind.COMMAND: "command", EventKind.STATUS: "status"}


def fact_sheet(dossier: Dossier) -> FactSheet:
    """All scenes of an incident. Nothing stands in them that its documents do not say."""
    scenes = (
        *_onsets(dossier),
        *_changes(dossier),
        *_edges(dossier),
        *_alerts(dossier),
        *_impact(dossier),
        *_replayed(dossier),
        *_phases(dossier),
        *_claims(dossier),
        *_actions(dossier),
        *_witnesses(dossier),
        *_unknowns(dossier),
    )
    return FactSheet(dossier.incident.id, dossier.incident.title, scenes, dossier.roles)


def _scene(key: str, evidence_ids: tuple[str, ...], **slots: str | None) -> Scene:
    told = tuple(sorted((slot, text) for slot, text in slots.items() if text))
    return Scene(key, told, tuple(dict.fromkeys(evidence_ids)))


def _onsets(dossier: Dossier) -> Iterator[Scene]:
    """First signs of the services that were reached, the leading explanation's first; then where users enter."""
    leading = dossier.leading
    services = [leading.service] if leading is not None else []
    services += [reach.service for reach in dossier.impact.reach]
    onsets = dossier.timeline.onsets
    found = [dossier.timeline.first_sign(service) for service in dict.fromkeys(services)]
    found += [one for one in onsets if leading is not None and (one.service, one.indicator) == _named(leading)]
    found += [one for one in onsets if one.service in dossier.entry_services and one.peer is None and is_derived(one)]
    names: set[str] = set()
    for onset in found:
        if onset is None or len(names) == _MOST_ONSETS:
            continue
        scene = _onset(dossier, onset)
        if (name := scene.get("signal") or "") not in names:
            names.add(name)
            yield scene


def _named(leading: Hypothesis) -> tuple[str, str]:
    return leading.service, leading.indicator


def _onset(dossier: Dossier, onset: Onset) -> Scene:
    signal, panel = signal_words(onset)
    return _scene(
        onset.signal_key,
        (onset.evidence_id,),
        service=onset.service,
        signal=signal,
        panel=panel,
        value=measure(onset.during, onset.unit),
        time=dossier.dial.time(onset.moment.latest),
        source=say("meeting.source_signal", service=onset.service),
    )


def _changes(dossier: Dossier) -> Iterator[Scene]:
    """Changes in the window, the one that the leading explanation names first."""
    window = dossier.incident.window
    events = [e for e in dossier.timeline.events if e.kind is EventKind.CHANGE and window.holds(e.moment.earliest)]
    if dossier.change is not None:
        events.insert(0, dossier.change)
    for event in dict.fromkeys(events):
        title = recorded(event.title)
        if title is not None:
            yield _scene(
                event.key,
                event.evidence_ids,
                service=event.service,
                change=title,
                time=dossier.dial.time(event.moment.latest),
                step=_checked_step(event),
                source=say("meeting.source_change"),
            )


def _checked_step(event: TimelineEvent) -> str | None:
    """The step of a checklist that the record of a change names, without whether it is ticked."""
    listed = dict(event.attributes).get("checklist")
    return recorded(listed.rpartition(":")[0] or listed) if listed else None


def _edges(dossier: Dossier) -> Iterator[Scene]:
    for hop in dossier.causes.cascade:
        guards = [one for one in hop.protections if one.state is GuardState.MISSING]
        for guard in guards[:1]:
            value = say(f"meeting.guard_{guard.guard.value}")
            yield _edge(dossier, hop, value, (*hop.evidence_ids, *guard.evidence_ids))
        if not guards:
            yield _edge(dossier, hop, None, hop.evidence_ids)


def _edge(dossier: Dossier, hop: Hop, value: str | None, evidence_ids: tuple[str, ...]) -> Scene:
    time = dossier.dial.time(hop.caller_onset.latest)
    key = subject_key("hop", hop.caller, hop.callee)
    return _scene(key, evidence_ids, service=hop.caller, service_b=hop.callee, time=time, value=value)


def _alerts(dossier: Dossier) -> Iterator[Scene]:
    began = dossier.milestone(MilestoneKind.IMPACT_BEGAN)
    for event in dossier.alerts:
        late, ids = None, event.evidence_ids
        if began is not None and began[0].latest <= event.moment.earliest:
            low = (event.moment.earliest - began[0].latest).total_seconds()
            high = (event.moment.latest - began[0].earliest).total_seconds()
            late, ids = between(low, high), (*ids, *began[1])
        yield _scene(
            event.key,
            ids,
            alert=recorded(alert_name(event)),
            service=event.service,
            time=dossier.dial.time(event.moment.latest),
            minutes=late,
            source=say("meeting.source_alert"),
        )


def _impact(dossier: Dossier) -> Iterator[Scene]:
    told, window = impact_words(dossier), dossier.impact.window
    if told is None or window is None:
        return
    impact, ids = told
    facts = {
        "service": " and ".join(dossier.entry_services),
        "impact": impact,
        "time": dossier.dial.time(window.start),
        "time_b": dossier.dial.time(window.end),
    }
    bluf = say("meeting.bluf", **facts)
    yield _scene(subject_key("impact", "users"), ids, bluf=bluf, minutes=duration(window.seconds), **facts)


def _replayed(dossier: Dossier) -> Iterator[Scene]:
    """The alert that would have helped most; `time_b` is when it fires on the recorded data."""
    rule = dossier.best_rule
    if rule is not None and rule.fires is not None:
        yield _scene(
            rule.key,
            rule.evidence_ids,
            signal=recorded(rule.rule.short),
            time_b=dossier.dial.time(rule.fires.latest),
        )


def _phases(dossier: Dossier) -> Iterator[Scene]:
    """Stretches of the response, from one milestone to the next."""
    order = (MilestoneKind.IMPACT_BEGAN, MilestoneKind.DETECTED, MilestoneKind.MITIGATION_BEGAN, MilestoneKind.RESOLVED)
    for first, second in pairwise(order):
        begins, ends = dossier.milestone(first), dossier.milestone(second)
        if begins is None or ends is None or ends[0].latest <= begins[0].latest:
            continue
        yield _scene(
            subject_key("milestone", first.value, second.value),
            (*begins[1], *ends[1]),
            time=dossier.dial.time(begins[0].latest),
            time_b=dossier.dial.time(ends[0].latest),
        )


def _claims(dossier: Dossier) -> Iterator[Scene]:
    if len(dossier.rivals) < 2:
        return
    first, second = dossier.rivals[:2]
    ids = tuple(i for one in (first, second) for argument in one.arguments_for for i in argument.evidence_ids)
    key = subject_key("claims", first.key, second.key)
    yield _scene(key, ids, claim_a=claim_words(first), claim_b=claim_words(second))


def _actions(dossier: Dossier) -> Iterator[Scene]:
    told = [(item, title) for item in dossier.actions.items if (title := recorded(item.title)) is not None]
    for item, title in told[:_MOST_ACTIONS]:
        yield _scene(item.key, item.evidence_ids, action=title)


def _witnesses(dossier: Dossier) -> Iterator[Scene]:
    """Who was at work when, by role: whose account of a minute can be asked for."""
    window = dossier.incident.window
    seen: dict[str, TimelineEvent] = {}
    for event in dossier.timeline.events:
        if event.kind in _WITNESSES and event.actor in dossier.roles and window.holds(event.moment.earliest):
            seen.setdefault(event.actor, event)
    for role, event in list(seen.items())[:_MOST_WITNESSES]:
        source = say(f"meeting.source_{_WITNESSES[event.kind]}")
        yield _scene(
            event.key, event.evidence_ids, role=role, time=dossier.dial.time(event.moment.latest), source=source
        )


def _unknowns(dossier: Dossier) -> Iterator[Scene]:
    """Gaps, those with a stretch of time first, then milestones that nothing shows."""
    for gap in sorted(dossier.telemetry_gaps, key=lambda one: one.window is None):
        stretch = gap.window
        yield _scene(
            gap.key,
            (),
            unknown=gap_words(gap, dossier.dial),
            time=dossier.dial.time(stretch.start) if stretch is not None else None,
            time_b=dossier.dial.time(stretch.end) if stretch is not None else None,
        )
    for milestone in dossier.timeline.milestones:
        if milestone.moment is None and dossier.milestone(milestone.kind) is None and dossier.impact.window is not None:
            what = say(f"report.moment_{milestone.kind.value}")
            yield _scene(milestone.key, (), unknown=say("meeting.unknown_milestone", what=what))
