"""Where the document stands on its way out, from what people decided about it and the text as it is now."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.codec import content_hash
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn, standing
from secondstory.model.publication import OVERRIDE, REVIEW, Check, Review, Step
from secondstory.model.report import ReportBody
from secondstory.model.text import TEXT, ReviewState
from secondstory.stages.report.agreed import without_moves


def text_hash(body: ReportBody) -> str:
    """The hash of what is read: title and sections. What it was made by does not count, nor how far an action is."""
    told = tuple(without_moves(section) for section in body.sections if section.key != "making")
    return content_hash([body.title, told])


def fold_review(decisions: tuple[Decision, ...], now: str) -> Review:
    """The state. An approval and a publication are of one text; another text is in review, or a draft, again."""
    held = not_withdrawn(decisions)
    steps = tuple(_step(one) for one in held if one.subject == REVIEW and one.verb is DecisionVerb.MARK)
    last = steps[-1] if steps else None
    state, changed = ReviewState.DRAFT, False
    if last is not None:
        state = last.state
        changed = state in (ReviewState.APPROVED, ReviewState.PUBLISHED) and last.hash != now
    if changed:
        state = ReviewState.IN_REVIEW if state is ReviewState.APPROVED else ReviewState.DRAFT
    authors = [one.actor_id for one in held if one.subject.startswith(TEXT)]
    return Review(state, tuple(reversed(steps)), now, changed, authors[-1] if authors else "")


def with_overrides(checks: tuple[Check, ...], decisions: tuple[Decision, ...]) -> tuple[Check, ...]:
    """The findings, each with why somebody lets it pass."""
    held = standing(decisions)
    return tuple(_overridden(one, held.get(OVERRIDE + one.key)) for one in checks)


def _overridden(one: Check, decision: Decision | None) -> Check:
    if decision is None or decision.verb is not DecisionVerb.ACCEPT:
        return one
    return replace(one, override=decision.why, override_by=decision.actor_id)


def _step(decision: Decision) -> Step:
    state, _, hash_ = decision.text.partition(" ")
    return Step(ReviewState(state), decision.actor_id, decision.at, decision.why, hash_)
