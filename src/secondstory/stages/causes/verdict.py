"""Decides what can be said as a whole, and names the one observation that would separate the leaders."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from secondstory.algorithms.deviation import SMOOTH_STEPS
from secondstory.algorithms.fusion import shares
from secondstory.model.causes import Verdict
from secondstory.model.telemetry import CHANGES, TableName
from secondstory.model.window import wall_time
from secondstory.stages.causes.fusing import Belief
from secondstory.stages.causes.method import Deviation, View
from secondstory.stages.causes.methods.deviation import NAME as DEVIATION
from secondstory.stages.causes.onset_of import first_onsets
from secondstory.stages.causes.weighing import known
from secondstory.texts import say

FELT = 2.0  # times what chance reaches in a hundred fault-free stretches
SIGNIFICANT = math.log1p(FELT)
UNSEEN = 1.2  # times likelier is a cause that nobody measured for each kind of source that is missing
MEASURED = (TableName.METRICS, TableName.SPANS, TableName.LOGS)
POWER = 3.5  # of the score; least over- and underconfident on the first recordings of bench/calibration.py
UNFELT = 10.0  # what no user and no alert noticed must be far beyond chance to be called a cause
SUREST = 0.95  # one record of one incident never makes surer than this
FINER = 5  # times as many samples tell orders apart that those at hand leave open
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
    unknown = SIGNIFICANT * UNSEEN ** _missing(view)
    believed = shares([belief.score for belief in beliefs], unknown=unknown, power=POWER)
    noticed = view.symptom is not None or view.case.incident.alarm is not None
    most = SUREST if noticed else ENOUGH - 0.01  # unfelt: nothing ties what deviates to the incident
    believed = [min(share, most) for share in believed]
    if believed[0] < ENOUGH:
        return Judgement(Verdict.INCONCLUSIVE, tuple(believed), _separating(view, beliefs))
    return Judgement(Verdict.SUPPORTED, tuple(believed), _why_separated(beliefs))


def _anything_happened(view: View, beliefs: tuple[Belief, ...]) -> bool:
    """Somebody was alarmed or the entry suffered, and something deviates; or something is far beyond chance."""
    symptom = view.symptom is not None and view.symptom.score > FELT and _lasts(view, view.symptom)
    felt = symptom or view.case.incident.alarm is not None
    lasting = [deviation for deviation in view.deviations if _lasts(view, deviation)]
    told = [place.score for belief in beliefs for name, place in belief.anomalies if name != DEVIATION]
    if felt:
        beyond = max((deviation.score for deviation in lasting), default=0.0)
        return beyond > FELT * _shortness(view) or max(told, default=0.0) > SIGNIFICANT
    strongest = max((*(deviation.strength for deviation in lasting), *told), default=0.0)
    return strongest > math.log1p(UNFELT * _shortness(view))


def _missing(view: View) -> int:
    """How many of metrics, spans, logs and changes were not recorded at all."""
    recorded = {row.table for row in view.evidence.coverage}
    kinds = {kind.value for kind in CHANGES}
    changes = view.case.system.changes_known or any(each.kind in kinds for each in view.evidence.occurrences)
    return sum(table not in recorded for table in MEASURED) + (not changes)


def _lasts(view: View, deviation: Deviation) -> bool:
    """It is seen in several steps, as far as there are several: one failed request makes no incident."""
    values = known(deviation.signal.values[view.steps.suspect])
    beyond = (values - deviation.centre) * np.sign(deviation.shift) >= abs(deviation.shift) / 2
    return int(np.count_nonzero(beyond)) >= min(SMOOTH_STEPS, max(1, values.size // SMOOTH_STEPS))


def _shortness(view: View) -> float:
    """How many times longer the suspected stretch is than the fault-free record, at least 1.

    What chance reaches is learned from that record; beyond its length it can only be guessed.
    """
    return max(1.0, float(view.steps.suspect.sum()) / max(1.0, float(view.steps.calm.sum())))


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
        indicators = onsets[first].indicator, onsets[second].indicator
        return _finer(view, "causes.separate_by_order", (first, second), indicators)
    if beliefs[0].anomalies and beliefs[1].anomalies and view.evidence.grid.step_s > 1:
        indicators = beliefs[0].anomalies[0][1].indicator, beliefs[1].anomalies[0][1].indicator
        return _finer(view, "causes.separate_by_first_to_move", (first, second), indicators)
    return say("causes.separate_by_taking_out", first=first, second=second)


def _finer(view: View, text: str, services: tuple[str, str], indicators: tuple[str, str]) -> str:
    """The question that finer samples of the two signals over the suspected time would answer."""
    zone = view.case.incident.time_zone
    return say(
        text,
        first=services[0],
        second=services[1],
        first_indicator=indicators[0],
        second_indicator=indicators[1],
        step_s=max(1, view.evidence.grid.step_s // FINER),
        start=wall_time(view.suspect.start, zone),
        end=wall_time(view.suspect.end, zone),
    )


def _why_separated(beliefs: tuple[Belief, ...]) -> str:
    if len(beliefs) < 2 or beliefs[1].score <= 0:
        return say("causes.no_rival", first=beliefs[0].service)
    return say("causes.leads", first=beliefs[0].service, second=beliefs[1].service)
