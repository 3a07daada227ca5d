"""What another policy would change for the incidents whose clocks run: told before it is kept, and when it is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.conduct import reckon
from secondstory.model.incident import Incident
from secondstory.model.policy import Policy
from secondstory.ports import World
from secondstory.usecases.conduct import known_now
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.policy import read_policy


@dataclass(frozen=True)
class PolicyEffect:
    """How many incidents get a later or an earlier date for what they wait for; whose clock would begin, or stop."""

    later: int = 0
    earlier: int = 0
    begun: int = 0
    ended: int = 0


def effect_of(actor: Actor, world: World, then: Policy) -> PolicyEffect:
    """What `then` in place of the policy that holds would change."""
    require(actor, Verb.ADMINISTER, None)
    now = read_policy(world)
    if now == then:
        return PolicyEffect()
    dues = [_dues(world, incident, now, then) for incident in world.incidents.visible_to(actor)]
    both = [(before, after) for before, after in dues if before is not None and after is not None]
    return PolicyEffect(
        later=sum(after > before for before, after in both),
        earlier=sum(after < before for before, after in both),
        begun=sum(before is None and after is not None for before, after in dues),
        ended=sum(before is not None and after is None for before, after in dues),
    )


def _dues(world: World, incident: Incident, *policies: Policy) -> tuple[datetime | None, ...]:
    """What the running clock of an incident waits for is due, under each policy; None where none runs."""
    record, said = record_now(world, incident), world.ledger.decisions(incident.id)
    known = known_now(world, incident, record)
    clocks = (reckon(record, incident.time_zone, policy, known, said).clock for policy in policies)
    return tuple(clock.due if clock is not None and clock.stopped is None else None for clock in clocks)
