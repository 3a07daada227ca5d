"""Turns beliefs into hypotheses that can be argued about: part, mechanism, and what speaks for and against each."""

from __future__ import annotations

from secondstory.model.causes import Argument, Hypothesis, Mechanism, Part, Ranked
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind
from secondstory.model.window import Moment, wall_time
from secondstory.stages.causes.changes import Change, changes_before, recency
from secondstory.stages.causes.fusing import Belief
from secondstory.stages.causes.mechanism import mechanism_of
from secondstory.stages.causes.method import Deviation, View
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.stages.causes.verdict import SIGNIFICANT, Judgement
from secondstory.stages.causes.weighing import CAP
from secondstory.texts import say

SHOWN = 6  # services that are argued about; a meeting reads no more
REASONS = 5  # arguments on each side; the rest is in the methods' rankings
RIVAL = 0.8  # share of a score from which another service counts against it


def build_hypotheses(view: View, beliefs: tuple[Belief, ...], judgement: Judgement) -> tuple[Hypothesis, ...]:
    """Best first: the leading service, the change that may have triggered it, then the rivals."""
    shown = [
        (belief, share)
        for belief, share in zip(beliefs[:SHOWN], judgement.shares, strict=False)
        if belief.anomalies and (belief.score > SIGNIFICANT or belief is beliefs[0])
    ]
    found: list[Hypothesis] = []
    for place, (belief, share) in enumerate(shown):
        change = _trigger_of(view, belief.service)
        found.append(_hypothesis(view, belief, share, _rival(beliefs, belief), change))
        if place == 0 and change is not None:
            found.append(_trigger(view, found[0], change))
    return tuple(found)


def _hypothesis(view: View, belief: Belief, share: float, rival: Belief | None, change: Change | None) -> Hypothesis:
    mechanism, deviation = mechanism_of(view, belief.service)
    indicator = _indicator(belief, mechanism, deviation)
    return Hypothesis(
        key=subject_key("hypothesis", belief.service, indicator),
        service=belief.service,
        indicator=indicator,
        mechanism=mechanism,
        part=Part.INITIATING,
        score=belief.score,
        confidence=share,
        onset=_onset(view, belief.service),
        change_key=_event_key(view, change) if change is not None else None,
        arguments_for=_arguments_for(belief, deviation),
        arguments_against=_arguments_against(view, belief, rival),
    )


def _indicator(belief: Belief, mechanism: Mechanism, deviation: Deviation | None) -> str:
    """The signal that shows the mechanism; what logs or spans say where they say more than any signal."""
    strongest = belief.anomalies[0][1]
    if deviation is None:
        return strongest.indicator
    if mechanism is not Mechanism.POOL_EXHAUSTED and strongest.score > 2 * deviation.strength:
        return strongest.indicator
    return deviation.signal.indicator


def _onset(view: View, service: str) -> Moment | None:
    onset = first_onsets(view).get(service)
    return onset.moment if onset is not None else None


def _arguments_for(belief: Belief, deviation: Deviation | None) -> tuple[Argument, ...]:
    shown = deviation.signal.name or deviation.signal.indicator if deviation is not None else ""
    # The signal that shows the mechanism speaks first, then the strongest of each other kind.
    ordered = sorted(belief.anomalies, key=lambda pair: (pair[1].indicator != shown, -pair[1].score, pair[0]))
    places = [*_varied(ordered), *(pair for pair in belief.contexts if pair[1].score > 0)]
    return tuple(
        _argument(name, place, place.score / CAP if place.score > 1 else place.score) for name, place in places
    )


def _varied(places: list[tuple[str, Ranked]]) -> list[tuple[str, Ranked]]:
    """At most REASONS places, one an indicator."""
    seen: set[str] = set()
    kept: list[tuple[str, Ranked]] = []
    for name, place in places:
        if place.indicator not in seen and len(kept) < REASONS:
            seen.add(place.indicator)
            kept.append((name, place))
    return kept


def _arguments_against(view: View, belief: Belief, rival: Belief | None) -> tuple[Argument, ...]:
    found = [_argument(name, place, -place.score) for name, place in belief.contexts if place.score < 0]
    ids = belief.anomalies[0][1].evidence_ids
    if rival is not None:
        text = say("causes.rival", rival=rival.service, service=belief.service)
        found.append(Argument("fusion", text, min(1.0, rival.score / belief.score), rival.anomalies[0][1].evidence_ids))
    if not view.case.system.changes_known:
        found.append(Argument("change_proximity", say("causes.changes_unknown"), 0.1, ids))
    ordered = sorted(found, key=lambda argument: (-argument.weight, argument.method, argument.sentence))
    return tuple(ordered[:REASONS])


def _argument(method: str, place: Ranked, weight: float) -> Argument:
    return Argument(method, place.sentence, max(0.0, min(1.0, weight)), place.evidence_ids)


def _rival(beliefs: tuple[Belief, ...], belief: Belief) -> Belief | None:
    others = [other for other in beliefs if other is not belief and other.anomalies]
    if not others or belief.score <= 0 or others[0].score < RIVAL * belief.score:
        return None
    return others[0]


def _trigger_of(view: View, service: str) -> Change | None:
    """The last change of the service before the fault."""
    own = [change for change in changes_before(view) if change.service == service]
    return own[-1] if own else None


def _trigger(view: View, leader: Hypothesis, change: Change) -> Hypothesis:
    """The change as a hypothesis of its own; it is believed no more than what it would have triggered."""
    near = recency(change)
    occurrence = change.occurrence
    sentence = say(
        "causes.changed_before",
        service=change.service,
        title=occurrence.title,
        time=wall_time(occurrence.time, view.case.incident.time_zone),
    )
    others = sorted({other.service for other in changes_before(view)} - {change.service})
    against = [Argument("change_proximity", say("causes.only_in_time"), 0.3, (occurrence.evidence_id,))]
    if others:
        text = say("causes.others_changed", services=", ".join(others))
        against.append(Argument("change_proximity", text, 0.2, (occurrence.evidence_id,)))
    return Hypothesis(
        key=subject_key("hypothesis", change.service, occurrence.kind, occurrence.title),
        service=change.service,
        indicator=occurrence.title,
        mechanism=leader.mechanism,
        part=Part.TRIGGER,
        score=leader.score * near,
        confidence=leader.confidence * near,
        onset=None,
        change_key=_event_key(view, change),
        arguments_for=(Argument("change_proximity", sentence, near, (occurrence.evidence_id,)),),
        arguments_against=tuple(against),
    )


def _event_key(view: View, change: Change) -> str:
    """The timeline's entry of this change; the occurrence's own key where the timeline has none."""
    for event in view.timeline.events:
        same = event.service == change.service and event.title == change.occurrence.title
        if same and event.kind is EventKind.CHANGE and event.moment.earliest == change.occurrence.time:
            return event.key
    return change.occurrence.key
