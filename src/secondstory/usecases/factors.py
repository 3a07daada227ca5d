"""Says what contributed and how: factors, what one did to another, what went badly, well or by luck, accepted risks."""

from __future__ import annotations

from datetime import date
from typing import TypeVar

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.causes import Part, Standing
from secondstory.model.codec import encode
from secondstory.model.counted import folded
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.plan import LessonKind, LinkKind
from secondstory.model.plan_said import (
    FACTOR,
    LESSON,
    LINK,
    RISK,
    FactorSaid,
    LessonSaid,
    LinkSaid,
    RiskSaid,
    factor_of,
)
from secondstory.model.subject import subject_key
from secondstory.ports import World
from secondstory.stages.report import hypothesis_title
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.plan import answered_named, append, causes_now, plain_words, plan_now, today_in
from secondstory.usecases.read_evidence import list_evidence

T = TypeVar("T")


def accept_hypothesis(actor: Actor, world: World, incident_id: str, hypothesis: str, said: tuple[Part, str]) -> str:
    """Accept a hypothesis as a contributing factor with its part; `said` is (part, why). Gives the factor's key."""
    require(actor, Verb.DECIDE, incident_id)
    part, why = said
    known = causes_now(actor, world, incident_id).hypotheses
    found = next(
        (one for place, one in enumerate(known, start=1) if hypothesis in (one.key, f"H{place}", f"h{place}")), None
    )
    if found is None:
        raise NotFound(say("plan.no_hypothesis", name=hypothesis), say("plan.no_hypothesis_next"))
    (why,) = plain_words(world, "why", why)
    if found.standing is not Standing.ACCEPTED:
        append(actor, world, incident_id, (found.key, DecisionVerb.ACCEPT, "", why))
    key = factor_of(found.key)
    plan = plan_now(actor, world, incident_id)
    shown = next((one for one in plan.factors if one.key == key), None)
    if shown is None or shown.part is not part:  # taken out before, or with another part
        words = shown.words if shown is not None else hypothesis_title(found)
        _keep(actor, world, incident_id, key, (FactorSaid(words, part, found.key), FactorSaid, why))
    return key


def write_factor(actor: Actor, world: World, incident_id: str, said: tuple[str, Part, tuple[str, ...]]) -> str:
    """Name a factor in one's own words; `said` is (words, part, evidence). Gives its key."""
    require(actor, Verb.DECIDE, incident_id)
    words, part, evidence = said
    (words,) = plain_words(world, "a factor", words)
    cited = _evidence(actor, world, incident_id, evidence)
    key = FACTOR + world.ids.new("factor")
    return _keep(actor, world, incident_id, key, (_made(FactorSaid, words, part, "", cited), FactorSaid, ""))


def change_factor(actor: Actor, world: World, incident_id: str, name: str, said: tuple[str, Part]) -> str:
    """Word a factor anew or give it another part. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    (key,) = answered_named(plan_now(actor, world, incident_id), (name,))
    one = next((one for one in plan_now(actor, world, incident_id).factors if one.key == key), None)
    if one is None:
        raise NotFound(say("plan.no_factor", name=name), say("plan.no_factor_next"))
    (words,) = plain_words(world, "a factor", said[0])
    changed = _made(FactorSaid, words or one.words, said[1], one.hypothesis, one.evidence_ids)
    return _keep(actor, world, incident_id, key, (changed, FactorSaid, ""))


def link_factors(
    actor: Actor, world: World, incident_id: str, ends: tuple[str, str], said: tuple[LinkKind, str]
) -> str:
    """Say what a factor did to another; the same pair said again replaces the first."""
    require(actor, Verb.DECIDE, incident_id)
    plan = plan_now(actor, world, incident_id)
    factors = {one.key for one in plan.factors}
    keys = tuple(answered_named(plan, (end,))[0] for end in ends)
    for key, name in zip(keys, ends, strict=True):
        if key not in factors:
            raise NotFound(say("plan.no_factor", name=name), say("plan.no_factor_next"))
    (words,) = plain_words(world, "a link", said[1])
    link = _made(LinkSaid, keys[0], keys[1], said[0], words)
    key = subject_key("factor", "link", keys[0], keys[1])
    assert key.startswith(LINK)
    return _keep(actor, world, incident_id, key, (link, LinkSaid, ""))


def write_lesson(actor: Actor, world: World, incident_id: str, said: tuple[LessonKind, str, tuple[str, ...]]) -> str:
    """Say what went badly or well, or where luck helped; `said` is (kind, words, evidence)."""
    require(actor, Verb.DECIDE, incident_id)
    kind, words, evidence = said
    (words,) = plain_words(world, "a lesson", words)
    cited = _evidence(actor, world, incident_id, evidence)
    key = LESSON + world.ids.new("lesson")
    return _keep(actor, world, incident_id, key, (_made(LessonSaid, kind, words, cited), LessonSaid, ""))


def accept_risk(actor: Actor, world: World, incident_id: str, answers: tuple[str, ...], said: tuple[str, date]) -> str:
    """Leave something as it is until a day; whoever says so is the approver. `said` is (why, until)."""
    require(actor, Verb.DECIDE, incident_id)
    keys = answered_named(plan_now(actor, world, incident_id), answers)
    today = today_in(world, get_incident(world, incident_id))
    (words,) = plain_words(world, "a risk", said[0])
    if said[1] < today:
        raise BadInput(say("plan.past", day=said[1].isoformat()), say("plan.past_next", today=today.isoformat()))
    risk = _made(RiskSaid, keys, words, said[1])
    return _keep(actor, world, incident_id, RISK + world.ids.new("risk"), (risk, RiskSaid, ""))


def take_out(actor: Actor, world: World, incident_id: str, name: str) -> None:
    """Take a factor, a link, a lesson or a risk out of the plan; the ledger keeps what was said. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    plan = plan_now(actor, world, incident_id)
    labelled = {one.label: one.key for one in plan.factors}
    labelled |= {one.label: one.key for one in plan.lessons}
    labelled |= {one.label: one.key for one in plan.risks}
    known = {*labelled.values(), *(one.key for one in plan.links)}
    key = labelled.get(name.upper(), name)
    if key not in known:
        raise NotFound(say("plan.no_factor", name=name), say("plan.no_factor_next"))
    append(actor, world, incident_id, (key, DecisionVerb.REJECT, "", say("plan.taken_back")))


def take_back(actor: Actor, world: World, incident_id: str, decision_id: str) -> None:
    """Take back one thing that was said of the plan: one's own, or anybody's for a facilitator. Raises NotFound."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    get_incident(world, incident_id)
    held = not_withdrawn(folded("plan", world.ledger.decisions(incident_id)))
    found = next((one for one in held if one.id == decision_id), None)
    if found is None:
        raise NotFound(say("plan.no_decision", name=decision_id), say("plan.no_decision_next"))
    if found.actor_id != actor.id and not may(actor, Verb.DECIDE, incident_id):
        raise NotAllowed(say("plan.not_your_word", who=found.actor_id), say("plan.not_your_word_next"))
    append(actor, world, incident_id, (found.subject, DecisionVerb.WITHDRAW, decision_id, say("plan.taken_back")))


def _keep(actor: Actor, world: World, incident_id: str, key: str, said: tuple[object, type, str]) -> str:
    value, kind, why = said
    decision: Decision = append(actor, world, incident_id, (key, DecisionVerb.ADD, encode(value, kind).decode(), why))
    return decision.subject


def _made(kind: type[T], *given: object) -> T:
    try:
        return kind(*given)
    except ValueError as error:
        raise BadInput(say("plan.unusable", fault=error), say("plan.unusable_next")) from error


def _evidence(actor: Actor, world: World, incident_id: str, names: tuple[str, ...]) -> tuple[str, ...]:
    """Ids of evidence by id or label. Raises NotFound."""
    if not names:
        return ()
    listed = list_evidence(actor, world, incident_id).evidence
    known = {name: one.id for one in listed for name in (one.id, one.label)}
    for name in names:
        if name not in known:
            raise NotFound(say("plan.no_evidence", name=name), say("plan.no_evidence_next"))
    return tuple(dict.fromkeys(known[name] for name in names))
