"""Captures what is said in the meeting: into the ledger first, then onto the board. And takes it back, and asks owners.

Each part of a capture has a key that comes from the capture's own id, so a capture that is sent twice, or half of which
was kept when a process died, is kept once. Nothing that the words leave open is filled in: an action without an owner
stays without one, and the wrap-up lists it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.room import Captured, Happened, Item, ItemKind, OwnerAnswered, Struck, VerifierAnswered
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.action_verifier import answer_verifying
from secondstory.usecases.actions import answer_ownership, propose_owner
from secondstory.usecases.incident_record import cleaned, token_of
from secondstory.usecases.room.keeping import Kept, keep_account, keep_action, keep_factor, keep_hypothesis, keep_words
from secondstory.usecases.room.keeping import take_back as _take_back
from secondstory.usecases.room.log import happen, room_of
from secondstory.usecases.room.sentence import Judge, Preview, Sentence, read_sentence

_IDENT = re.compile(r"[A-Za-z0-9][A-Za-z0-9_.-]{0,79}")
_KEEP: dict[ItemKind, Callable[[Actor, World, str, Kept], str]] = {
    ItemKind.ACTION: keep_action,
    ItemKind.ACCOUNT: keep_account,
    ItemKind.HYPOTHESIS: keep_hypothesis,
    ItemKind.FACTOR: keep_factor,
}
"""What becomes more than words in the minutes. Gives the ledger's key."""


@dataclass(frozen=True)
class Capture:
    """What is sent to be kept. None leaves a part as the sentence was read; "" says that nobody is named.

    `as_said`: keep the words although they speak of a person; `at`: the time that an account is of.
    """

    id: str
    sentence: Sentence
    owner: str | None = None
    due: date | None = None
    verifier: str | None = None
    at: datetime | None = None
    as_said: bool = False


def capture(actor: Actor, world: World, incident_id: str, given: Capture, judge: Judge) -> Item:
    """Keep what was said and put it on the board. Sent twice under one id, it is kept once.

    Raises BadInput where the words speak of a person and nobody said to keep them so: with the wording that is offered.
    """
    require(actor, Verb.DECIDE, incident_id)
    if _IDENT.fullmatch(given.id) is None:
        raise BadInput(say("capturing.bad_id"), say("capturing.bad_id_next"))
    if given.sentence.kind is ItemKind.CARD:
        raise BadInput(say("capturing.card"), say("capturing.card_next"))
    room = room_of(actor, world, incident_id)
    already = room.item(given.id)
    if already is not None:
        return already
    if not room.is_live:
        told = "over" if room.clock.ended_at is not None else "not_begun"
        raise BadInput(say(f"room.{told}"), say(f"room.{told}_next"))
    sentence = replace(given.sentence, about=given.sentence.about or room.shown)
    read = read_sentence(actor, world, incident_id, sentence, judge)
    _refuse_blame(read, given)
    kept = _kept(actor, world, given, read)
    kept = replace(kept, about=sentence.about)
    key = _KEEP.get(sentence.kind, keep_words)(actor, world, incident_id, kept)
    keep_words(actor, world, incident_id, replace(kept, key=key))
    line = Captured(
        id=given.id,
        kind=sentence.kind,
        text=kept.text,
        key=key,
        owner=kept.owner,
        due=kept.due,
        verifier=kept.verifier,
        about=kept.about,
    )
    happen(actor, world, incident_id, line)
    if sentence.kind is ItemKind.ACTION and actor.id in (kept.owner, kept.verifier):  # who names themselves says yes
        mine = OwnerAnswered if kept.owner == actor.id else VerifierAnswered
        happen(actor, world, incident_id, mine(given.id, yes=True))
    return _item(actor, world, incident_id, given.id)


def strike(actor: Actor, world: World, incident_id: str, ident: str) -> None:
    """Take a capture back, from the ledger and from the board. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    item = _item(actor, world, incident_id, ident)
    _take_back(actor, world, incident_id, item.line)
    happen(actor, world, incident_id, Struck(ident))


def answer(actor: Actor, world: World, incident_id: str, said: tuple[str, bool, str]) -> Happened:
    """Take on the action that one was asked for in the room, or decline it; `said` is (line, yes, why).

    First the plan knows it, then the room. Raises NotAllowed for anybody else, NotFound.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    ident, yes, why = said
    item = _item(actor, world, incident_id, ident)
    if item.line.kind is not ItemKind.ACTION:
        raise BadInput(say("capturing.no_action"), say("capturing.no_action_next"))
    if item.line.owner not in ("", actor.id):
        raise NotAllowed(say("room.not_asked_you", owner=item.line.owner), say("room.not_asked_you_next"))
    if not item.line.owner:  # nobody was asked: who says yes takes it on
        if not yes:
            raise BadInput(say("plan.nobody_asked"), say("plan.nobody_asked_next"))
        propose_owner(actor, world, incident_id, item.line.key, actor.id)
    else:
        answer_ownership(actor, world, incident_id, item.line.key, (yes, why))
    return happen(actor, world, incident_id, OwnerAnswered(ident, yes))


def answer_look(actor: Actor, world: World, incident_id: str, said: tuple[str, bool, str]) -> Happened:
    """Say whether one looks if an action works, where one was asked in the room; `said` is (line, yes, why).

    Raises NotAllowed for anybody else, NotFound.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    ident, yes, why = said
    item = _item(actor, world, incident_id, ident)
    if item.line.verifier != actor.id:
        raise NotAllowed(say("room.not_your_look"), say("room.not_your_look_next"))
    answer_verifying(actor, world, incident_id, item.line.key, (yes, why))
    return happen(actor, world, incident_id, VerifierAnswered(ident, yes))


def _refuse_blame(read: Preview, given: Capture) -> None:
    concern = read.concern
    if concern is None or given.as_said:
        return
    if concern.neutral:
        raise BadInput(
            say("capturing.person", reason=concern.reason), say("capturing.person_next", neutral=concern.neutral)
        )
    raise BadInput(say("capturing.person", reason=concern.reason), say("capturing.person_bare_next"))


def _kept(actor: Actor, world: World, given: Capture, read: Preview) -> Kept:
    """What was read, with what was said in its place."""
    reading = read.reading
    owner = reading.owner if given.owner is None else token_of(actor, world, given.owner)
    verifier = reading.verifier if given.verifier is None else token_of(actor, world, given.verifier)
    if owner and verifier == owner:
        raise BadInput(say("capturing.own_verifier"), say("capturing.own_verifier_next"))
    if not reading.text.strip():
        raise BadInput(say("room.empty"), say("room.empty_next"))
    return Kept(
        id=given.id,
        kind=given.sentence.kind,
        text=cleaned(world, (reading.text,))[0],
        owner=owner or "",
        due=given.due or reading.due,
        verifier=verifier or "",
        speaker=token_of(actor, world, given.sentence.speaker),
        at=given.at or read.at,
        team=reading.team,
        action_kind=reading.action_kind,
        strength=reading.strength,
    )


def _item(actor: Actor, world: World, incident_id: str, ident: str) -> Item:
    item = room_of(actor, world, incident_id).item(ident)
    if item is None:
        raise NotFound(say("room.no_item"), say("room.no_item_next"))
    return item
