"""Suspects a changed service that looks well itself when a caller that nobody changed does not.

Idea: a version that answers wrongly, or in a way that its caller does not expect, shows no failure of its own; the
caller fails instead. Inputs: changes, calls, and the callers' deviations. Scores are a share of the caller's, so a
service that shows something itself stays ahead. Misleads where the caller's change was not recorded.
Reference: the link of change and callee as in ChangeRCA (FSE 2024).
"""

from __future__ import annotations

from collections import defaultdict

from secondstory.algorithms.graph import neighbours, turned
from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.changes import Change, changes_before, recency
from secondstory.stages.causes.method import Deviation, Method, View, Weighs, no_data, ran
from secondstory.stages.causes.weighing import SYMPTOMS
from secondstory.texts import say

NAME = "changed_callee"
SILENT = 0.4  # of the caller's strength: less than half, or a silent callee would outrank a failing one
EXPLAINED = 0.5  # share of a caller's failure that a callee which fails as well accounts for
HINT = 0.5  # less than any deviation beyond chance
EITHER = 0.5  # where the caller was changed too, its own change is as likely


def _rank(view: View) -> MethodRun:
    changed = {change.service: change for change in changes_before(view)}  # the last of each service stays
    callers = neighbours(turned(tuple((edge.caller, edge.callee) for edge in view.evidence.edges)))
    if not changed or not callers:
        return no_data(NAME, say("causes.no_changed_callee"))
    strongest: dict[str, Deviation] = {}
    for deviation in view.deviations:
        strongest.setdefault(deviation.service, deviation)
    unexplained = _unexplained(view, strongest)
    felt = view.symptom is not None or view.case.incident.alarm is not None
    return ran(
        NAME,
        [_itself(change) for _, change in sorted(changed.items()) if felt]
        + [
            _place(change, strongest[caller], unexplained[caller], caller_changed=caller in changed)
            for service, change in sorted(changed.items())
            for caller in callers.get(service, ())
            if caller in strongest and strongest[caller].score > 1 and caller in unexplained
        ],
    )


def _itself(change: Change) -> Ranked:
    """A change shortly before an alarm counts as a hint, though nothing shows at the service."""
    occurrence = change.occurrence
    sentence = say("causes.changed_and_silent", service=change.service, title=occurrence.title)
    return Ranked(change.service, occurrence.title, HINT * recency(change), (occurrence.evidence_id,), sentence)


def _unexplained(view: View, strongest: dict[str, Deviation]) -> dict[str, float]:
    """By caller: the share of its strongest deviation that no failing or slow callee accounts for."""
    calls = neighbours(tuple((edge.caller, edge.callee) for edge in view.evidence.edges))
    suffering: dict[str, float] = defaultdict(float)
    for deviation in view.deviations:
        if deviation.signal.kind in SYMPTOMS:
            suffering[deviation.service] = max(suffering[deviation.service], deviation.strength)
    return {
        caller: 1
        - EXPLAINED * min(1.0, max((suffering[callee] for callee in calls.get(caller, ())), default=0.0) / own.strength)
        for caller, own in strongest.items()
        if own.strength > 0
    }


def _place(change: Change, of_caller: Deviation, unexplained: float, *, caller_changed: bool) -> Ranked:
    sentence = say(
        "causes.caller_fails_changed" if caller_changed else "causes.caller_fails_unchanged",
        caller=of_caller.service,
        service=change.service,
        indicator=of_caller.signal.indicator,
        title=change.occurrence.title,
    )
    ids = tuple(sorted({change.occurrence.evidence_id, of_caller.signal.evidence_id}))
    # Time is all that ties a silent change to the failure, so it weighs here as well.
    share = SILENT * unexplained * recency(change) * (EITHER if caller_changed else 1.0)
    return Ranked(change.service, change.occurrence.title, share * of_caller.strength, ids, sentence)


EXTENSION = Method(
    name=NAME,
    summary="Which changed services have callers that fail though nobody changed them.",
    needs="changes, and calls between services",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
