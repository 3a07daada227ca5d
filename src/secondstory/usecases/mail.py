"""Letters: delivers those that are due, tells how far each came, and keeps the addresses people are written to."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import timedelta

from secondstory.access import Verb, may, require
from secondstory.model.actor import LOCAL_OWNER, Actor
from secondstory.model.errors import BadInput, NotFound, SecondStoryError, Unavailable
from secondstory.model.mail import MOST_ATTEMPTS, Letter, LetterState, Posted, Sending, wait_after
from secondstory.ports import World
from secondstory.texts import say

_HOLD = timedelta(minutes=10)  # longer than an attempt; a carrier whose process died holds a letter no longer
_ADDRESS = re.compile(r"[^@\s<>,;:\"()\[\]\\]{1,64}@[^@\s<>,;:\"()\[\]\\]{1,250}")


@dataclass(frozen=True)
class Delivered:
    """What became of the letters that were due."""

    sent: int
    waiting: int
    dead: int


def deliver(actor: Actor, world: World) -> Delivered:
    """Send what is due. Raises Unavailable where no mail server is set up; the letters wait."""
    require(actor, Verb.ADMINISTER, None)
    if world.post is None:
        raise Unavailable(say("mail.not_set_up"), say("mail.not_set_up_next"))
    count = dict.fromkeys(LetterState, 0)
    now = world.clock.now()
    while due := world.mailbag.due(now, now + _HOLD):
        for sending in due:
            after = _attempted(world, sending)
            world.mailbag.settle(after)
            count[after.state] += 1
    return Delivered(count[LetterState.SENT], count[LetterState.WAITING], count[LetterState.DEAD])


def letters(actor: Actor, world: World, incident_id: str | None) -> tuple[Posted, ...]:
    """How far each letter of an incident came, or each of all (None)."""
    require(actor, Verb.ADMINISTER if incident_id is None else Verb.DECIDE, incident_id)
    return world.outbox.posted(incident_id)


def retry_letter(actor: Actor, world: World, key: str) -> None:
    """Have a letter tried again that was given up. Raises NotFound."""
    require(actor, Verb.ADMINISTER, None)
    if not world.outbox.again(key, world.clock.now()):
        raise NotFound(say("mail.no_letter", letter=key), say("mail.no_letter_next"))


def set_address(actor: Actor, world: World, token: str, address: str) -> None:
    """Keep the address of a person, sealed; an empty one removes it. Everybody may set their own."""
    if actor.id != token:
        require(actor, Verb.ADMINISTER, None)
    if address and not _ADDRESS.fullmatch(address):
        raise BadInput(say("mail.bad_address", address=address), say("mail.bad_address_next"))
    world.addresses.save(token, address)


def _attempted(world: World, sending: Sending) -> Posted:
    """The letter's state after one attempt."""
    posted = replace(sending.posted, attempts=sending.posted.attempts + 1, error="")
    try:
        _send(world, sending)
    except SecondStoryError as error:
        is_over = not isinstance(error, Unavailable) or posted.attempts >= MOST_ATTEMPTS
        state = LetterState.DEAD if is_over else LetterState.WAITING
        later = world.clock.now() + wait_after(posted.attempts)
        return replace(posted, state=state, next_at=later, error=str(error))
    return replace(posted, state=LetterState.SENT, sent_at=world.clock.now())


def _send(world: World, sending: Sending) -> None:
    address = world.addresses.of(sending.letter.to)
    if address is None:
        token = sending.letter.to
        raise BadInput(say("mail.no_address", token=token), say("mail.no_address_next", token=token))
    _may_still_get(world, sending.letter)
    assert world.post is not None, "deliver() looked"
    world.post.send(sending, address)


def _may_still_get(world: World, letter: Letter) -> None:
    """Of a restricted incident nothing goes to somebody who was taken out of it while the letter waited."""
    incident = world.incidents.get(letter.incident_id) if letter.incident_id else None
    if incident is None or not incident.restricted or letter.to == LOCAL_OWNER.id:
        return
    members = (Actor(one.actor_id, roles=((incident.id, one.role),)) for one in world.members.of(incident.id))
    if not any(one.id == letter.to and may(one, Verb.READ, incident.id) for one in members):
        facts = {"token": letter.to, "incident": incident.id}
        raise BadInput(say("mail.not_a_reader", **facts), say("mail.not_a_reader_next", **facts))
