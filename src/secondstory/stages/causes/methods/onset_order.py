"""Raises services whose signals left their band before those of their callers, lowers those that followed.

Idea: what travels from callee to caller shows at the callee first. Onsets are intervals, and only an order that
holds for the whole of both intervals counts; coarse sampling therefore says nothing rather than something wrong.
Inputs: the timeline's onsets. Score in [-1, 1]. Misleads where a caller's
symptom is sampled more finely than its cause.
"""

from __future__ import annotations

from secondstory.algorithms.graph import neighbours, turned
from secondstory.model.causes import MethodRun, Ranked
from secondstory.model.timeline import Onset
from secondstory.model.window import wall_time
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.texts import say

NAME = "onset_order"
BEFORE = 0.3  # an order that holds is worth as much as a second kind of evidence
AFTER = -0.4  # a cause that only shows after its effect needs an excuse


def _rank(view: View) -> MethodRun:
    onsets = first_onsets(view)
    if len(onsets) < 2:
        return no_data(NAME, say("causes.no_onsets"))
    callers = neighbours(turned(tuple((edge.caller, edge.callee) for edge in view.evidence.edges)))
    places = []
    for service, onset in sorted(onsets.items()):
        others = tuple(onsets[caller] for caller in callers.get(service, ()) if caller in onsets)
        if others:
            places += _beside(view, service, onset, others)
    return ran(NAME, places)


def _beside(view: View, service: str, onset: Onset, callers: tuple[Onset, ...]) -> list[Ranked]:
    first = min(callers, key=lambda other: (other.moment.latest, other.signal_key))
    if onset.moment.latest < first.moment.earliest:
        text, score, times = "causes.before_caller", BEFORE, (onset.moment.latest, first.moment.earliest)
    elif onset.moment.earliest > first.moment.latest:
        text, score, times = "causes.after_caller", AFTER, (onset.moment.earliest, first.moment.latest)
    else:
        return []
    own_time, caller_time = (wall_time(time, view.case.incident.time_zone) for time in times)
    sentence = say(
        text,
        service=service,
        indicator=onset.indicator,
        time=own_time,
        caller=first.service,
        caller_indicator=first.indicator,
        caller_time=caller_time,
    )
    return [Ranked(service, "", score, tuple(sorted({onset.evidence_id, first.evidence_id})), sentence)]


EXTENSION = Method(
    name=NAME,
    summary="Who left the band before its callers did.",
    needs="onsets of two services along a call",
    weighs=Weighs.CONTEXT,
    rank=_rank,
)
