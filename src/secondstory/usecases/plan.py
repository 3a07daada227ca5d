"""The plan as it is now: factors, lessons, actions and risks folded from the ledger, and what it lacks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from secondstory.access import Verb, may, require
from secondstory.model.action_state import ABANDONED, ActionState
from secondstory.model.actions import ActionItem, ActionsBody
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.causes import CausesBody, Part, Standing
from secondstory.model.causes import Verdict as Found
from secondstory.model.codec import decode
from secondstory.model.counted import folded
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Incident
from secondstory.model.plan import Factor, FollowUp, Lesson, Plan, PlannedAction, Warned
from secondstory.model.plan_said import ITEM
from secondstory.model.policy import Policy
from secondstory.ports import World
from secondstory.stages.actions import fold_plan, unanswered, warnings
from secondstory.stages.actions.reminding import is_waiting
from secondstory.stages.report import hypothesis_title
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import cleaned, known_tokens, record_now
from secondstory.usecases.policy import read_policy
from secondstory.usecases.weigh import weigh

_MOST = 2000
_NO_CAUSES = CausesBody(Found.NONE, 0.0, (), (), (), (), (), "")


@dataclass(frozen=True)
class Candidate:
    """A hypothesis that nobody accepted or rejected yet, which may become a factor."""

    key: str
    words: str
    part: Part


@dataclass(frozen=True)
class Planned:
    """The plan with what its page needs. `is_closed`: each factor and lesson is answered, owned and can be judged."""

    plan: Plan
    warnings: tuple[Warned, ...]
    is_closed: bool
    open_keys: tuple[str, ...]  # of factors and lessons that nothing answers
    proposals: tuple[ActionItem, ...]  # of the machine, or of people's alerts, that no action was made from
    candidates: tuple[Candidate, ...]
    people: tuple[str, ...]
    you: str
    today: date  # in the incident's zone
    zone: str
    due: date  # of an action that is agreed today, by the severity's policy
    follow_up: FollowUp | None  # None: there is nothing to follow up
    has_mail: bool  # False: no mail server is set up, so nobody is reminded
    unreached: tuple[str, ...]  # owners who have no address, or no part in the incident any more


def plan_of(actor: Actor, world: World, incident_id: str) -> Planned:
    """The plan as people have it now. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    causes = causes_now(actor, world, incident_id)
    decisions = folded("plan", world.ledger.decisions(incident_id))
    plan = fold_plan(causes, decisions)
    today = today_in(world, incident)
    found = warnings(plan, today)
    policy = read_policy(world)
    stored = world.documents.latest(incident_id, "actions")
    taken = {one.proposal for one in plan.actions}
    items = decode(stored.data, Document[ActionsBody]).body.items if stored is not None else ()
    return Planned(
        plan=plan,
        warnings=found,
        is_closed=not any(one.is_closure for one in found),
        open_keys=tuple(one.key for one in unanswered(plan, today)),
        proposals=tuple(item for item in items if item.key not in taken),
        candidates=_candidates(causes),
        people=known_tokens(actor, world, incident_id),
        you=actor.id,
        today=today,
        zone=incident.time_zone,
        due=policy.action_due(record_now(world, incident).severity, today),
        follow_up=plan.follow_up or offered_follow_up(plan.actions, policy),
        has_mail=world.post is not None,
        unreached=unreached(world, incident_id, plan.actions),
    )


def causes_now(actor: Actor, world: World, incident_id: str) -> CausesBody:
    """The causes as people decided them by now; empty where nothing was analysed, for a plan can be made without."""
    if world.documents.latest(incident_id, "finding:causes") is None:
        return _NO_CAUSES
    return weigh(actor, world, incident_id).causes


def plan_now(actor: Actor, world: World, incident_id: str) -> Plan:
    """Only what was agreed."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    decisions = folded("plan", world.ledger.decisions(incident_id))
    return fold_plan(causes_now(actor, world, incident_id), decisions)


def action_named(plan: Plan, name: str) -> PlannedAction:
    """An action by its key, the end of it, or its label, such as A3. Raises NotFound."""
    found = next(
        (one for one in plan.actions if name in (one.key, one.key.removeprefix(ITEM), one.label, one.label.lower())),
        None,
    )
    if found is None:
        raise NotFound(say("plan.no_action", name=name), say("plan.no_action_next"))
    return found


def answered_named(plan: Plan, names: tuple[str, ...]) -> tuple[str, ...]:
    """Keys of factors and lessons by key or label, such as F1 and L2. Raises NotFound."""
    asking: list[Factor | Lesson] = [*plan.factors, *plan.lessons]
    known = {name: one.key for one in asking for name in (one.key, one.label)}
    for name in names:
        if name not in known and name.upper() not in known:
            raise NotFound(say("plan.no_factor", name=name), say("plan.no_factor_next"))
    return tuple(dict.fromkeys(known.get(name) or known[name.upper()] for name in names))


def offered_follow_up(actions: tuple[PlannedAction, ...], policy: Policy) -> FollowUp | None:
    """The day that the policy offers: some time after the last action is due. None where nothing is to be done."""
    days = [one.due for one in actions if one.progress not in (*ABANDONED, ActionState.ACCEPTED_RISK)]
    return FollowUp(policy.follow_up(max(days))) if days else None


def unreached(world: World, incident_id: str, actions: tuple[PlannedAction, ...]) -> tuple[str, ...]:
    """Owners with something to do whom no letter reaches."""
    owners = sorted({one.owner for one in actions if is_waiting(one)})
    if not owners:
        return ()
    known, readers = frozenset(world.addresses.known()), readers_of(world, incident_id)
    return tuple(one for one in owners if one not in known or one not in readers)


def readers_of(world: World, incident_id: str) -> frozenset[str]:
    """Who may read the incident now."""
    members = [Actor(one.actor_id, roles=((incident_id, one.role),)) for one in world.members.of(incident_id)]
    return frozenset(one.id for one in (LOCAL_OWNER, *members) if may(one, Verb.READ, incident_id))


def today_in(world: World, incident: Incident) -> date:
    """The day in the incident's zone."""
    return world.clock.now().astimezone(ZoneInfo(incident.time_zone)).date()


def plain_words(world: World, what: str, *texts: str) -> tuple[str, ...]:
    """What people typed without secrets and names. Raises BadInput on a text that is too long."""
    for text in texts:
        if len(text) > _MOST:
            raise BadInput(say("plan.too_long", what=what, most=_MOST), say("plan.too_long_next"))
    return cleaned(world, tuple(text.strip() for text in texts))


def append(actor: Actor, world: World, incident_id: str, said: tuple[str, DecisionVerb, str, str]) -> Decision:
    """Add (subject, verb, text, why) to the ledger. The caller has asked whether the actor may."""
    subject, verb, text, why = said
    decision = Decision(world.ids.new("decision"), incident_id, subject, verb, text, why, actor.id, world.clock.now())
    world.ledger.append(decision)
    return decision


def _candidates(causes: CausesBody) -> tuple[Candidate, ...]:
    waiting = (one for one in causes.hypotheses if one.standing is Standing.PROPOSED)
    return tuple(Candidate(one.key, hypothesis_title(one), one.part) for one in waiting)
