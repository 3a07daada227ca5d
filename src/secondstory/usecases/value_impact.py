"""Says what a failed request, a minute or a customer is worth in an incident, and who said so; nothing is assumed."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import DecisionVerb, standing
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.worth import WORTH, Assumption, WorthUnit, amount_of
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import Verdict, decide, withdraw_all


def worths(actor: Actor, world: World, incident_id: str) -> tuple[Assumption, ...]:
    """The values that hold now, in order of unit."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    held = standing(world.ledger.decisions(incident_id))
    found = []
    for unit in WorthUnit:
        decision = held.get(f"{WORTH}{unit.value}")
        amount = amount_of(unit, decision.text) if decision is not None else None
        if decision is not None and amount is not None:
            found.append(Assumption(unit, *amount, decision.id, decision.actor_id, decision.at, decision.why))
    return tuple(found)


def give_worth(
    actor: Actor, world: World, incident_id: str, unit: WorthUnit, amount: str, why: str
) -> tuple[Assumption, ...]:
    """Give a value for one unit, such as `2.50 EUR` or `2..4 EUR`; the next analysis reckons with it.

    Raises BadInput on what is no amount, or without a reason.
    """
    require(actor, Verb.DECIDE, incident_id)
    if amount_of(unit, amount) is None:
        told = say("worth.no_amount", amount=repr(amount[:60]), unit=unit.value)
        raise BadInput(told, say(f"worth.next_{'bare' if unit is WorthUnit.CUSTOMERS_PER_REQUEST else 'money'}"))
    if not why.strip():
        raise BadInput(say("worth.no_why"), say("worth.no_why_next"))
    decide(actor, world, incident_id, Verdict(f"{WORTH}{unit.value}", DecisionVerb.ADD, amount.strip(), why.strip()))
    return worths(actor, world, incident_id)


def withdraw_worth(actor: Actor, world: World, incident_id: str, unit: WorthUnit) -> tuple[Assumption, ...]:
    """Take back the value for one unit, and all that it replaced. Raises NotFound where there is none."""
    require(actor, Verb.DECIDE, incident_id)
    subject, why = f"{WORTH}{unit.value}", say("worth.withdrawn")
    if not withdraw_all(actor, world, incident_id, subject, why, tuple(DecisionVerb)):
        raise NotFound(say("worth.none", unit=unit.value, incident=incident_id), say("worth.none_next"))
    return worths(actor, world, incident_id)
