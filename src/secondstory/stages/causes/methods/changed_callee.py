"""Suspects a changed service that looks well itself when a caller that nobody changed does not.

Idea: a version that answers wrongly, or in a way that its caller does not expect, shows no failure of its own; the
caller fails instead. Inputs: changes, calls, and the callers' deviations. Scores are a share of the caller's, so a
service that shows something itself stays ahead. Misleads where the caller's change was not recorded.
Reference: the link of change and callee as in ChangeRCA (FSE 2024).
"""

from __future__ import annotations

from secondstory.algorithms.graph import neighbours, turned
from secondstory.model.causes import MethodRun, Ranked
from secondstory.stages.causes.changes import Change, changes_before
from secondstory.stages.causes.method import Deviation, Method, View, Weighs, no_data, ran
from secondstory.texts import say

NAME = "changed_callee"
SILENT = 0.4  # of the caller's strength: less than half, or a silent callee would outrank a failing one


def _rank(view: View) -> MethodRun:
    changed = {change.service: change for change in changes_before(view)}  # the last of each service stays
    callers = neighbours(turned(tuple((edge.caller, edge.callee) for edge in view.evidence.edges)))
    if not changed or not callers:
        return no_data(NAME, say("causes.no_changed_callee"))
    strongest: dict[str, Deviation] = {}
    for deviation in view.deviations:
        strongest.setdefault(deviation.service, deviation)
    return ran(
        NAME,
        [
            _place(change, strongest[caller])
            for service, change in sorted(changed.items())
            for caller in callers.get(service, ())
            if caller in strongest and caller not in changed and strongest[caller].score > 1
        ],
    )


def _place(change: Change, of_caller: Deviation) -> Ranked:
    sentence = say(
        "causes.caller_fails_unchanged",
        caller=of_caller.service,
        service=change.service,
        indicator=of_caller.signal.indicator,
        title=change.occurrence.title,
    )
    ids = tuple(sorted({change.occurrence.evidence_id, of_caller.signal.evidence_id}))
    return Ranked(change.service, change.occurrence.title, SILENT * of_caller.strength, ids, sentence)


EXTENSION = Method(
    name=NAME,
    summary="Which changed services have callers that fail though nobody changed them.",
    needs="changes, and calls between services",
    weighs=Weighs.ANOMALY,
    rank=_rank,
)
