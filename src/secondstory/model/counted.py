"""Which of what people said the stages are given: what changes no finding must not make a document stale."""

from __future__ import annotations

from secondstory.model.decision import TALK, Contribution, Decision, DecisionVerb, still_contributed

PLAN = ("action/item/", "action/follow-up", "factor/", "lesson/", "risk/")
"""First parts of the subject keys of the plan that people agree on."""
BESIDE = ("incident/", "conduct/", "meeting/", "text/", "review/", *PLAN)
"""First parts of subject keys that no stage folds: the incident's own data, its conduct, edited text, reviews, plan.

They are folded when they are shown, so that saying them makes no document stale.
"""

FOLDED: dict[str, tuple[str, ...]] = {
    "timeline": ("event/", "occurrence/", "milestone/", "added/", "source/"),
    "impact": ("worth/",),
    "causes": ("hypothesis/", "cell/"),
    "actions": ("action/detect/",),
    "plan": PLAN,
}
"""First parts of the subject keys that a stage, or the plan, folds: an alert put forward leaves the timeline fresh."""


def counted(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that a stage folds, without those taken back of subjects that stand beside the findings."""
    beside = {decision.id for decision in decisions if decision.subject.startswith(BESIDE)}
    return tuple(
        decision
        for decision in decisions
        if decision.id not in beside and not (decision.verb is DecisionVerb.WITHDRAW and decision.text in beside)
    )


def folded(kind: str, decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that the stage of this document folds, with those that take such back; none for other kinds."""
    ours = {decision.id for decision in decisions if decision.subject.startswith(FOLDED.get(kind, ()))}
    return tuple(
        decision
        for decision in decisions
        if (decision.text if decision.verb is DecisionVerb.WITHDRAW else decision.id) in ours
    )


def folded_contributions(kind: str, contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    """The contributions that the stage of this document reads."""
    return tuple(one for one in contributions if one.subject.startswith(FOLDED.get(kind, ())))


def counted_contributions(contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    """The contributions that a stage reads: those that stand, without what people say to each other."""
    return tuple(one for one in still_contributed(contributions) if one.kind not in TALK)
