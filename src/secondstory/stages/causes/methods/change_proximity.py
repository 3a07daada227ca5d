"""Raises services that were changed shortly before the fault.

Idea: the chance that a change has to do with a fault falls off exponentially with the time between them. The fault
may have begun anywhere in the suspected stretch, so a change inside it, up to the symptom's onset, counts as near.
Inputs: occurrences of kinds deploy, config and flag. Score in [0, 1]; [-1, 0] where all changes are on record and a
service had none. Misleads where changes are not recorded, or where everything is deployed all the time.
Reference: recency prior as in ChangeRCA (FSE 2024).
"""

from __future__ import annotations

from secondstory.model.causes import MethodRun, Ranked
from secondstory.model.window import wall_time
from secondstory.stages.causes.changes import Change, changes_before, recency
from secondstory.stages.causes.method import Method, View, Weighs, no_data, ran
from secondstory.texts import say

NAME = "change_proximity"
CHANGED = 0.5  # what a change within the doubt adds: as much as an equally anomalous callee takes away
UNCHANGED = -0.6  # of ten outages about seven follow a change (Beyer et al., Site Reliability Engineering, 2016)


def _rank(view: View) -> MethodRun:
    changes = changes_before(view)
    if not view.case.system.changes_known and not changes:
        return no_data(NAME, say("causes.changes_unknown"))
    if not changes:
        return no_data(NAME, say("causes.no_changes"))
    latest: dict[str, Change] = {}
    for change in changes:  # in order of time, so the last one stays
        latest[change.service] = change
    places = [_place(view, change) for _, change in sorted(latest.items())]
    evidence_ids = (changes[0].occurrence.evidence_id,)
    places += [
        Ranked(service, "", UNCHANGED, evidence_ids, say("causes.not_changed", service=service))
        for service in view.candidates
        if service not in latest
    ]
    return ran(NAME, places)


def _place(view: View, change: Change) -> Ranked:
    occurrence = change.occurrence
    return Ranked(
        service=change.service,
        indicator="",
        score=CHANGED * recency(change),
        evidence_ids=(occurrence.evidence_id,),
        sentence=say(
            "causes.changed_before",
            service=change.service,
            title=occurrence.title,
            time=wall_time(occurrence.time, view.case.incident.time_zone),
        ),
    )


EXTENSION = Method(
    name=NAME,
    summary="Which services were changed shortly before.",
    needs="deploys, configuration changes or flags",
    weighs=Weighs.CONTEXT,
    rank=_rank,
)
