"""Folds people's decisions into causes: what they accepted comes first, what they rejected last; nothing is lost."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.causes import CausesBody, Hypothesis, Standing
from secondstory.model.decision import Decision, DecisionVerb, orphans, standing

_STANDING = {DecisionVerb.ACCEPT: Standing.ACCEPTED, DecisionVerb.REJECT: Standing.REJECTED}
_ORDER = (Standing.ACCEPTED, Standing.PROPOSED, Standing.REJECTED)


def fold_causes(found: CausesBody, decisions: tuple[Decision, ...]) -> CausesBody:
    """The causes with every hypothesis at the standing that people gave it; scores stay the machine's."""
    ours = tuple(decision for decision in decisions if _about_hypotheses(decision, decisions))
    held = standing(ours)
    folded = [
        replace(hypothesis, standing=_STANDING.get(held[hypothesis.key].verb, hypothesis.standing))
        if hypothesis.key in held
        else hypothesis
        for hypothesis in found.hypotheses
    ]
    ordered = tuple(sorted(folded, key=_rank))  # stable: equal standings keep the machine's order
    keys = frozenset(hypothesis.key for hypothesis in folded)
    return replace(
        found,
        hypotheses=ordered,
        confidence=ordered[0].confidence if ordered else 0.0,
        orphaned_decisions=tuple(decision.id for decision in orphans(ours, keys)),
    )


def _about_hypotheses(decision: Decision, decisions: tuple[Decision, ...]) -> bool:
    """Those on hypotheses, and withdrawals of such."""
    if decision.verb is DecisionVerb.WITHDRAW:
        return any(other.id == decision.text and other.subject.startswith("hypothesis/") for other in decisions)
    return decision.subject.startswith("hypothesis/")


def _rank(hypothesis: Hypothesis) -> int:
    return _ORDER.index(hypothesis.standing)
