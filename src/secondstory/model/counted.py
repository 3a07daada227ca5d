"""Which of what people said the stages are given: what changes no finding must not make a document stale."""

from __future__ import annotations

from secondstory.model.decision import TALK, Contribution, Decision, DecisionVerb, still_contributed

BESIDE = ("incident/", "conduct/", "text/", "review/")
"""First parts of subject keys that no stage folds: the incident's own data, its conduct, edited text, reviews."""


def counted(decisions: tuple[Decision, ...]) -> tuple[Decision, ...]:
    """The decisions that a stage folds, without those taken back of subjects that stand beside the findings."""
    beside = {decision.id for decision in decisions if decision.subject.startswith(BESIDE)}
    return tuple(
        decision
        for decision in decisions
        if decision.id not in beside and not (decision.verb is DecisionVerb.WITHDRAW and decision.text in beside)
    )


def counted_contributions(contributions: tuple[Contribution, ...]) -> tuple[Contribution, ...]:
    """The contributions that a stage reads: those that stand, without what people say to each other."""
    return tuple(one for one in still_contributed(contributions) if one.kind not in TALK)
