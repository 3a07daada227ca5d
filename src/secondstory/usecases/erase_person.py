"""Erases a person: who a token was is forgotten, what was said under the token stays."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import NotFound
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.hold import require_not_held
from secondstory.usecases.room.unnaming import take_out_of_notes
from secondstory.usecases.speaking_of import incidents_by_token


def erase_person(actor: Actor, world: World, token: str) -> None:
    """Forget the name and address behind a token, its sign-ins and rehearsals; notes have the token then.

    Raises NotFound, NotAllowed, and Conflict where an incident that speaks of the person is under legal hold.
    """
    require(actor, Verb.ADMINISTER, None)
    for incident in incidents_by_token(world).get(token, ()):
        require_not_held(world, incident)
    take_out_of_notes(world, token)
    world.audit.remark(say("people.did_erase", actor=token))
    if not world.erasure.erase(token):
        raise NotFound(say("people.no_person", actor=token), say("people.no_person_next"))
    world.practices.forget(token)
