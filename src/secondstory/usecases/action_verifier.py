"""Asks somebody to look whether an action works: never its owner, only their own yes counts; or asks them no more."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed
from secondstory.model.plan_said import NOBODY
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.incident_record import token_of
from secondstory.usecases.plan import action_named, append, plain_words, plan_now


def ask_verifier(actor: Actor, world: World, incident_id: str, name: str, who: str) -> None:
    """Ask somebody to look whether an action works; naming yourself takes it on. Somebody else can be asked later.

    Everybody who may contribute may offer themselves; to ask another is for whoever decides. Raises BadInput where
    the owner is named, or nobody.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    token = token_of(actor, world, who)
    if token != actor.id:
        require(actor, Verb.DECIDE, incident_id)
    if not token:
        raise BadInput(say("plan.nobody_verifies"), say("plan.nobody_verifies_next"))
    if token == one.owner:
        raise BadInput(say("capturing.own_verifier"), say("capturing.own_verifier_next"))
    append(actor, world, incident_id, (f"{one.key}/verifier", DecisionVerb.MARK, token, ""))


def ask_no_verifier(actor: Actor, world: World, incident_id: str, name: str) -> None:
    """Take back whoever was asked to look, or said they would: no letter asks them any more. For whoever decides.

    What was asked and answered stays in the history. Raises BadInput where nobody was asked.
    """
    require(actor, Verb.DECIDE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    if not one.verifier:
        raise BadInput(say("plan.nobody_verifies"), say("plan.nobody_verifies_next"))
    append(actor, world, incident_id, (f"{one.key}/verifier", DecisionVerb.MARK, NOBODY, ""))


def answer_verifying(actor: Actor, world: World, incident_id: str, name: str, said: tuple[bool, str]) -> None:
    """Say yes or no to looking whether an action works; `said` is (yes, why). Raises NotAllowed for anybody else."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    one = action_named(plan_now(actor, world, incident_id), name)
    if not one.verifier:
        raise BadInput(say("plan.nobody_verifies"), say("plan.nobody_verifies_next"))
    if one.verifier != actor.id:
        told = say("plan.not_your_look", verifier=one.verifier, you=actor.id)
        raise NotAllowed(told, say("plan.not_your_look_next", verifier=one.verifier))
    (why,) = plain_words(world, "why", said[1])
    verb = DecisionVerb.ACCEPT if said[0] else DecisionVerb.REJECT
    append(actor, world, incident_id, (f"{one.key}/verifier", verb, "", why))
