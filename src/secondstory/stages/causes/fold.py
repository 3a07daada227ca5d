"""Folds what people decided into causes: hypotheses of their own, accepted and rejected ones, marked cells, votes."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.causes import CausesBody, Hop, Hypothesis, Part, Standing
from secondstory.model.decision import Contribution, Decision, DecisionVerb, orphans, standing
from secondstory.model.matrix import Matrix, Result
from secondstory.stages.causes.matrix import build_matrix, competes
from secondstory.stages.causes.proposals import argued, proposed

_OURS = ("hypothesis/", "cell/")
_STANDING = {DecisionVerb.ACCEPT: Standing.ACCEPTED, DecisionVerb.REJECT: Standing.REJECTED}
_ORDER = (Standing.ACCEPTED, Standing.PROPOSED, Standing.REJECTED)


def fold_causes(
    found: CausesBody, decisions: tuple[Decision, ...], contributions: tuple[Contribution, ...] = ()
) -> CausesBody:
    """The causes as people decided them; scores stay the machine's. The sightings stay behind with the finding.

    A hypothesis that a person added is tested like the others. A decision whose subject is gone, or whose text is none
    that its verb can have, is listed as an orphan by its id; so are votes on what is gone.
    """
    ours = tuple(decision for decision in decisions if _is_ours(decision, decisions))
    told, unread = _told(found, ours)
    held = standing(tuple(decision for decision in ours if decision.verb is not DecisionVerb.ADD))
    all_known = (*found.hypotheses, *told)
    folded = [replace(one, standing=_standing(one, held)) for one in all_known]
    ordered = tuple(sorted(folded, key=_rank))  # stable: equal standings keep the machine's order, then the people's
    matrix = _matrix(found, ordered, held, contributions)
    keys = {one.key for one in ordered} | _subjects(matrix)
    lost = {decision.id for decision in orphans(tuple(held.values()), frozenset(keys))} | unread
    lost |= {one.id for subject, one in held.items() if subject.startswith("cell/") and not _is_mark(one)}
    return replace(
        found,
        hypotheses=tuple(_argued(one, matrix) for one in ordered),
        confidence=ordered[0].confidence if ordered else 0.0,
        cascade=_cascade(found, ordered),
        cascades=(),
        orphaned_decisions=tuple(sorted(lost)),
        sightings=None,
        matrix=matrix,
    )


def _is_ours(decision: Decision, decisions: tuple[Decision, ...]) -> bool:
    """Those on hypotheses and cells, and withdrawals of such."""
    if decision.verb is DecisionVerb.WITHDRAW:
        return any(other.id == decision.text and other.subject.startswith(_OURS) for other in decisions)
    return decision.subject.startswith(_OURS)


def _told(found: CausesBody, ours: tuple[Decision, ...]) -> tuple[tuple[Hypothesis, ...], set[str]]:
    """People's own hypotheses in the order in which they were put forward, and ids of decisions that add none."""
    added = standing(tuple(one for one in ours if one.verb in (DecisionVerb.ADD, DecisionVerb.WITHDRAW)))
    in_time = sorted(added.values(), key=lambda decision: (decision.at, decision.id))
    read = [(decision, proposed(decision, found.sightings)) for decision in in_time]
    known = {one.key for one in found.hypotheses}
    told = tuple(one for _, one in read if one is not None and one.key not in known)
    return told, {decision.id for decision, one in read if one is None}


def _standing(hypothesis: Hypothesis, held: dict[str, Decision]) -> Standing:
    decision = held.get(hypothesis.key)
    return _STANDING.get(decision.verb, hypothesis.standing) if decision is not None else hypothesis.standing


def _matrix(
    found: CausesBody,
    hypotheses: tuple[Hypothesis, ...],
    held: dict[str, Decision],
    contributions: tuple[Contribution, ...],
) -> Matrix | None:
    if found.sightings is None or not hypotheses:
        return None
    marks = {subject: one for subject, one in held.items() if subject.startswith("cell/") and _is_mark(one)}
    matrix = build_matrix(found.sightings, hypotheses, marks, contributions)
    known = {one.key for one in hypotheses} | _subjects(matrix)
    lost = sorted(one.id for one in contributions if one.subject.startswith(_OURS) and one.subject not in known)
    return replace(matrix, orphaned_contributions=tuple(lost))


def _is_mark(decision: Decision) -> bool:
    return decision.verb is DecisionVerb.MARK and decision.text in {one.value for one in Result}


def _cascade(found: CausesBody, ordered: tuple[Hypothesis, ...]) -> tuple[Hop, ...]:
    """From where the first hypothesis that stands puts the beginning; none where nothing was measured from there."""
    leading = next((one for one in ordered if competes(one)), None)
    return next((one.hops for one in found.cascades if leading is not None and one.service == leading.service), ())


def _subjects(matrix: Matrix | None) -> set[str]:
    return {cell.subject for row in matrix.rows for cell in row.cells} if matrix is not None else set()


def _argued(hypothesis: Hypothesis, matrix: Matrix | None) -> Hypothesis:
    if matrix is None or not hypothesis.decision_ids:
        return hypothesis
    speaks_for, speaks_against = argued(hypothesis, matrix)
    return replace(hypothesis, arguments_for=speaks_for, arguments_against=speaks_against)


def _rank(hypothesis: Hypothesis) -> tuple[int, bool]:
    """What people accepted first, what they rejected last; their factors that started nothing lead no list."""
    started = not hypothesis.decision_ids or hypothesis.part is Part.INITIATING
    place = _ORDER.index(hypothesis.standing)
    return (place, False) if started else (max(place, _ORDER.index(Standing.PROPOSED)), True)
