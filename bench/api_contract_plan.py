"""What the demo's plan and record have to speak of, for the requests that hold the API to its description."""

from __future__ import annotations

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.causes import Part
from secondstory.model.incident_record import Field
from secondstory.ports import World
from secondstory.usecases.action_verifier import ask_verifier
from secondstory.usecases.actions import Written, add_action, propose_owner
from secondstory.usecases.factors import write_factor
from secondstory.usecases.incident_record import change
from secondstory.usecases.plan import plan_now

FEW = 3


def taken_back(world: World, incident: str) -> list[str]:
    """Decisions on the incident's own data and on its factors that can be taken back."""
    changes = [change(LOCAL_OWNER, world, incident, Field.CUSTOMERS, (f"{n} shops", "")).id for n in range(1, FEW + 1)]
    keys = [write_factor(LOCAL_OWNER, world, incident, ("A queue fills.", Part.AMPLIFYING, ())) for _ in range(FEW)]
    said = [one.id for one in world.ledger.decisions(incident) if one.subject in keys]
    return [*changes, *said]


def agreed(world: World, incident: str) -> list[str]:
    """Actions that the owner was asked by somebody else to take on, and others to look whether they work.

    The scribe has the other part in each, so that both can be taken back from any of them.
    """
    scribe = Actor("scribe-1", roles=((incident, Role.SCRIBE),))
    keys = [add_action(scribe, world, incident, _written(number)) for number in range(2 * FEW)]
    for key in keys[:FEW]:
        propose_owner(scribe, world, incident, key, LOCAL_OWNER.id)
        ask_verifier(scribe, world, incident, key, scribe.id)
    for key in keys[FEW:]:
        ask_verifier(scribe, world, incident, key, LOCAL_OWNER.id)
        propose_owner(scribe, world, incident, key, scribe.id)
    return [one.label for one in plan_now(LOCAL_OWNER, world, incident).actions if one.key in keys]


def _written(number: int) -> Written:
    return Written(
        title=f"The release check refuses setting {number}.",
        criterion="It is planted once; the check refuses it within 60 s.",
    )
