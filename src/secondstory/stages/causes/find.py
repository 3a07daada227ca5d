"""From evidence and timeline to causes: ask once, let every method rank, fuse, and say what can be said."""

from __future__ import annotations

from secondstory.model.causes import CausesBody, Verdict
from secondstory.model.evidence import Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import TimelineBody
from secondstory.stages.causes.cascade import find_cascade
from secondstory.stages.causes.fusing import Belief, fuse
from secondstory.stages.causes.hypotheses import build_hypotheses
from secondstory.stages.causes.method import View
from secondstory.stages.causes.sighting import arrange
from secondstory.stages.causes.verdict import judge
from secondstory.stages.causes.viewing import build_view, queries
from secondstory.stages.causes.weighing import SYMPTOMS

SAME_KIND = 0.7  # of its service's belief: named after what was measured, but not by it


def find_causes(case: Case, evidence: EvidenceBody, timeline: TimelineBody, answers: Answers) -> CausesBody | Ask:
    """Rank every service, explain the leaders, and say whether anything separates them."""
    if missing := answers.missing(queries(case, evidence)):
        return Ask(missing)
    runs, beliefs, view = fuse(build_view(case, evidence, timeline, answers))
    judgement = judge(view, beliefs)
    named = build_hypotheses(view, beliefs, judgement) if judgement.verdict is not Verdict.NONE else ()
    facts = arrange(view)
    return CausesBody(
        verdict=judgement.verdict,
        confidence=named[0].confidence if named else 0.0,
        hypotheses=named,
        services=tuple((belief.service, belief.score) for belief in beliefs),
        indicators=_indicators(view, beliefs),
        methods=runs,
        cascade=find_cascade(view, named[0].service, facts) if named else (),
        separating=judgement.separating,
        sightings=facts,
    )


def _indicators(view: View, beliefs: tuple[Belief, ...]) -> tuple[tuple[str, str, float], ...]:
    """Indicators of all services, best first: a service's belief, by how loud the indicator is beside its loudest."""
    best: dict[tuple[str, str], float] = {}
    kinds = _kinds(view)
    for belief in beliefs:
        loudest = max((place.score for _, place in belief.anomalies), default=0.0)
        if loudest <= 0:
            continue
        for _, place in belief.anomalies:
            share = place.score / loudest
            _keep(best, (belief.service, place.indicator), belief.score * share)
        # Where spans tell that a service is slow, its coarser metrics of the same kind are where people look next.
        kind = kinds.get((belief.service, belief.anomalies[0][1].indicator))
        for signal in view.own(belief.service):
            if kind in SYMPTOMS and signal.kind is kind and signal.name:
                _keep(best, (belief.service, signal.name), belief.score * SAME_KIND)
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple((service, indicator, score) for (service, indicator), score in ranked)


def _keep(best: dict[tuple[str, str], float], key: tuple[str, str], score: float) -> None:
    best[key] = max(best.get(key, 0.0), score)


def _kinds(view: View) -> dict[tuple[str, str], SignalKind]:
    """What each indicator measures, by the service that it is booked on."""
    found: dict[tuple[str, str], SignalKind] = {}
    for signal in view.evidence.signals:
        for service in (signal.service, signal.peer):
            if service is not None:
                found.setdefault((service, signal.name or signal.indicator), signal.kind)
    return found
