"""Decides what can be said as a whole, and names the one observation that would separate the leaders."""

from __future__ import annotations

import math
from dataclasses import dataclass

from secondstory.algorithms.fusion import shares
from secondstory.model.causes import Verdict
from secondstory.stages.causes.fusing import Belief
from secondstory.stages.causes.method import View
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.texts import say

SIGNIFICANT = math.log1p(2.0)  # twice what chance reaches in a hundred fault-free stretches
POWER = 2.0  # of the score; of 1 to 5, what bench/causes.py shows to be least over- and underconfident
UNFELT = math.log1p(10.0)  # what no user and no alert noticed must be far beyond chance to be called a cause
SUREST = 0.95  # one record of one incident never makes surer than this
ENOUGH = 0.5  # a leader that is more likely than all its rivals together


@dataclass(frozen=True)
class Judgement:
    """The verdict, each candidate's share of belief in order of rank, and the separating observation."""

    verdict: Verdict
    shares: tuple[float, ...]
    separating: str


def judge(view: View, beliefs: tuple[Belief, ...]) -> Judgement:
    """`beliefs` best first."""
    if not beliefs or not _anything_happened(view, beliefs):
        return Judgement(Verdict.NONE, tuple(0.0 for _ in beliefs), say("causes.nothing_left_its_band"))
    # A rival that nobody measured is as likely as one that is only just significant.
    believed = shares([belief.score for belief in beliefs], unknown=SIGNIFICANT, power=POWER)
    most = SUREST if view.symptom is not None else ENOUGH - 0.01  # unfelt: nothing ties what deviates to the incident
    believed = [min(share, most) for share in believed]
    if believed[0] < ENOUGH:
        return Judgement(Verdict.INCONCLUSIVE, tuple(believed), _separating(view, beliefs))
    return Judgement(Verdict.SUPPORTED, tuple(believed), _why_separated(beliefs))


def _anything_happened(view: View, beliefs: tuple[Belief, ...]) -> bool:
    """Somebody was alarmed or the entry suffered, and something deviates; or something is far beyond chance."""
    strongest = max(belief.anomaly for belief in beliefs)
    felt = view.symptom is not None or view.case.incident.alarm is not None
    return strongest > (SIGNIFICANT if felt else UNFELT)


def _separating(view: View, beliefs: tuple[Belief, ...]) -> str:
    if len(beliefs) < 2 or beliefs[1].score <= 0:
        return say("causes.separate_from_unknown", first=beliefs[0].service)
    first, second = beliefs[0].service, beliefs[1].service
    calls = {(edge.caller, edge.callee) for edge in view.evidence.edges}
    if view.operations is None and (first, second) in calls:
        return say("causes.separate_by_own_time", caller=first, callee=second)
    if view.operations is None and (second, first) in calls:
        return say("causes.separate_by_own_time", caller=second, callee=first)
    onsets = first_onsets(view)
    if first in onsets and second in onsets:
        return say(
            "causes.separate_by_order",
            first=first,
            second=second,
            first_indicator=onsets[first].indicator,
            second_indicator=onsets[second].indicator,
        )
    return say("causes.separate_by_taking_out", first=first, second=second)


def _why_separated(beliefs: tuple[Belief, ...]) -> str:
    if len(beliefs) < 2 or beliefs[1].score <= 0:
        return say("causes.no_rival", first=beliefs[0].service)
    return say("causes.leads", first=beliefs[0].service, second=beliefs[1].service)
