"""The review of a document: what must be settled, who asks, who agrees, and reasons to let a finding pass."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.access import Verb, may, require
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.codec import content_hash
from secondstory.model.counted import counted
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.incident import Incident
from secondstory.model.publication import OVERRIDE, REVIEW, Check, CheckKind, Publication, Review
from secondstory.model.report import ReportBody
from secondstory.model.text import ReviewState, SectionNow
from secondstory.ports import World
from secondstory.stages.report.text.checking import check
from secondstory.stages.report.text.folding import fold_text
from secondstory.stages.report.text.reviewing import fold_review, text_hash, with_overrides
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.freshness import freshness
from secondstory.usecases.people import public_names
from secondstory.usecases.report_now import report_now
from secondstory.usecases.text import read_text, text_decisions

_FROM = {
    ReviewState.IN_REVIEW: (ReviewState.DRAFT,),
    ReviewState.APPROVED: (ReviewState.IN_REVIEW,),
    ReviewState.DRAFT: (ReviewState.IN_REVIEW, ReviewState.APPROVED, ReviewState.PUBLISHED),
}


@dataclass(frozen=True)
class ReviewNow:
    """Where the document stands, what was found in it, and what was published."""

    review: Review
    checks: tuple[Check, ...]  # those that block first
    publications: tuple[Publication, ...]  # the newest first
    approvers: tuple[str, ...]  # who may approve the text as it is now
    sections: tuple[SectionNow, ...]


@dataclass(frozen=True)
class Ready:
    """A document as it would go out, with its review."""

    document: Document[ReportBody]
    now: ReviewNow


def read_review(actor: Actor, world: World, incident_id: str) -> ReviewNow:
    """Where the document stands. Raises NotFound where it was never made."""
    return prepared(actor, world, incident_id).now


def prepared(actor: Actor, world: World, incident_id: str) -> Ready:
    """The document as it would go out now, and all that was found in it."""
    text = read_text(actor, world, incident_id)
    decisions = world.ledger.decisions(incident_id)
    review = fold_review(decisions, text_hash(text.document.body))
    now = ReviewNow(
        review=review,
        checks=with_overrides(_checks(actor, world, incident_id), decisions),
        publications=world.publications.of(incident_id),
        approvers=_approvers(world, incident_id, review.last_author),
        sections=text.sections,
    )
    return Ready(text.document, now)


def move(actor: Actor, world: World, incident_id: str, state: ReviewState, why: str = "") -> Decision:
    """Ask for a review, approve, or hand it back as a draft. Raises BadInput where the document stands elsewhere,
    NotAllowed where somebody else has to approve."""
    require(actor, Verb.REVIEW if state is ReviewState.APPROVED else Verb.DECIDE, incident_id)
    now = read_review(actor, world, incident_id)
    if now.review.state not in _FROM.get(state, ()):
        raise _elsewhere(incident_id, now.review.state, _FROM.get(state, ()))
    if state is ReviewState.APPROVED and actor.id not in now.approvers:
        others = ", ".join(now.approvers)
        raise NotAllowed(say("publishing.own_text", actor=actor.id), say("publishing.own_text_next", others=others))
    return step(actor, world, incident_id, (state, now.review.hash, why))


def override(actor: Actor, world: World, incident_id: str, key: str, why: str) -> Decision:
    """Let a finding pass, with the reason. Raises NotFound where no such finding blocks."""
    require(actor, Verb.DECIDE, incident_id)
    if not why.strip():
        raise BadInput(say("publishing.no_reason"), say("publishing.no_reason_next"))
    if not any(one.key == key and one.blocks for one in read_review(actor, world, incident_id).checks):
        raise NotFound(say("publishing.no_check", finding=key), say("publishing.no_check_next"))
    return decide(actor, world, incident_id, Verdict(OVERRIDE + key, DecisionVerb.ACCEPT, "", why))


def step(actor: Actor, world: World, incident_id: str, told: tuple[ReviewState, str, str]) -> Decision:
    """Append a step of the review: state, hash of the text that it is about, why."""
    require(actor, Verb.REVIEW, incident_id)
    state, hash_, why = told
    # Whoever may approve need not be one who decides about the incident, so this goes past `decide`.
    kept = REVIEW, DecisionVerb.MARK, f"{state.value} {hash_}", why, actor.id, world.clock.now()
    decision = Decision(world.ids.new("decision"), incident_id, *kept)
    world.ledger.append(decision)
    return decision


def needs(now: ReviewNow, incident_id: str, state: ReviewState) -> None:
    """Raise BadInput unless the document stands at `state`."""
    if now.review.state is not state:
        raise _elsewhere(incident_id, now.review.state, (state,))


def _elsewhere(incident_id: str, state: ReviewState, needed: tuple[ReviewState, ...]) -> BadInput:
    ways = " / ".join(say(f"publishing.state_{one.value}") for one in needed)
    told = say("publishing.not_in", state=say(f"publishing.state_{state.value}"), needed=ways)
    return BadInput(told, say("publishing.not_in_next", incident=incident_id))


def _checks(actor: Actor, world: World, incident_id: str) -> tuple[Check, ...]:
    machine = report_now(actor, world, incident_id).body
    folded = fold_text(machine, text_decisions(world.ledger.decisions(incident_id)))
    named = public_names(world, incident_id)
    people = tuple((person, token) for person, token in world.sealed.people() if token not in named)
    found = check(folded, machine, people)
    return (*found, *_outdated(actor, world, get_incident(world, incident_id)))


def _outdated(actor: Actor, world: World, incident: Incident) -> tuple[Check, ...]:
    """That the analysis is older than what is known now. Its key is of what is known, so a reason to publish all the
    same holds until more is known."""
    stale = tuple(stage.kind for stage in freshness(actor, world, incident) if stage.state == "stale")
    if "report" not in stale:
        return ()
    said = counted(world.ledger.decisions(incident.id))
    known = [stale, [one.id for one in said], incident, world.catalogue.segments(incident.recordings)]
    key = f"{CheckKind.OUTDATED.value}-{content_hash(known)[:12]}"
    suggestion = say("publishing.outdated_next", incident=incident.id)
    return (Check(key, CheckKind.OUTDATED, True, "", "", say("publishing.outdated"), suggestion),)


def _approvers(world: World, incident_id: str, author: str) -> tuple[str, ...]:
    """Everybody who may, but for who changed the text last, unless there is nobody else."""
    members = world.members.of(incident_id)
    actors = [Actor(one.actor_id, roles=((incident_id, one.role),)) for one in members]
    able = [one.id for one in (LOCAL_OWNER, *actors) if may(one, Verb.REVIEW, incident_id)]
    return tuple(one for one in able if one != author) or tuple(able)
