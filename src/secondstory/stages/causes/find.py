"""From evidence and timeline to causes: ask once, let every method rank, fuse, and say what can be said."""

from __future__ import annotations

from secondstory.model.causes import CausesBody, Verdict
from secondstory.model.evidence import Answers
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask
from secondstory.model.timeline import TimelineBody
from secondstory.stages.causes.cascade import find_cascade
from secondstory.stages.causes.fusing import Belief, fuse
from secondstory.stages.causes.hypotheses import build_hypotheses
from secondstory.stages.causes.sighting import arrange
from secondstory.stages.causes.verdict import judge
from secondstory.stages.causes.viewing import build_view, queries


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
        indicators=_indicators(beliefs),
        methods=runs,
        cascade=find_cascade(view, named[0].service, facts) if named else (),
        separating=judgement.separating,
        sightings=facts,
    )


def _indicators(beliefs: tuple[Belief, ...]) -> tuple[tuple[str, str, float], ...]:
    """Indicators of all services, best first; each carries its service's context."""
    best: dict[tuple[str, str], float] = {}
    for belief in beliefs:
        context = belief.score / belief.anomaly if belief.anomaly else 0.0
        for _, place in belief.anomalies:
            key = (belief.service, place.indicator)
            best[key] = max(best.get(key, 0.0), place.score * context)
    ranked = sorted(best.items(), key=lambda item: (-item[1], item[0]))
    return tuple((service, indicator, score) for (service, indicator), score in ranked)
