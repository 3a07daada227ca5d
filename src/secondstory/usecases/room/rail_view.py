"""The rail as facilitators see it, all of them the same; and what they do with it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.errors import NotFound
from secondstory.model.hearing import Acted, QuestionAsked, RailAct, RoleNamed, RuleSaid
from secondstory.model.reply import Reply
from secondstory.model.room import Consent, Room
from secondstory.model.utterance import Channel, Reason, SpeakerRole
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.room.findings import Found
from secondstory.usecases.room.hear import rail_of_room, unagreed
from secondstory.usecases.room.journal import write
from secondstory.usecases.room.log import room_of
from secondstory.usecases.room.offering import (
    NextQuestion,
    RailVoices,
    RuleOffer,
    WayOutside,
    next_question,
    outside,
    rule_due,
    voices,
)
from secondstory.usecases.room.rail import Rail

_ORDINALS = {2: "again_2", 3: "again_3"}


@dataclass(frozen=True)
class CoachCard:
    """One finding with what may be said. `place`: which of the replies is in view, from 0, milder ones first."""

    cue: int
    at: datetime
    speaker: str  # a token or a name; "" = unknown
    role: SpeakerRole
    channel: Channel
    text: str
    title: str
    again: str  # "" = the first time
    reasons: tuple[Reason, ...]
    replies: tuple[Reply, ...]
    place: int
    shorter: str  # the question alone, "" where that is all there is
    answer: Card | None
    is_own: bool  # the facilitator's own sentence


@dataclass(frozen=True)
class LastHeard:
    """What was heard last, so that one sees that captions arrive."""

    at_s: float | None
    speaker: str
    text: str


@dataclass(frozen=True)
class RailView:
    """All of the rail. `waits_for`: who has not agreed to captions; None = nobody was asked though others are in."""

    number: int
    seq: int
    is_live: bool
    heard: int
    last: LastHeard | None
    waits_for: tuple[str, ...] | None
    card: CoachCard | None
    waiting: int
    voices: RailVoices
    question: NextQuestion | None
    rule: RuleOffer | None
    outside: WayOutside


def rail_of(actor: Actor, world: World, incident_id: str) -> RailView:
    """The rail of the last meeting, empty once that is over. Raises NotAllowed, NotFound before any meeting."""
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    if not room.is_live:
        return RailView(
            room.number, 0, False, 0, None, (), None, 0, RailVoices("", (), None, None), None, None, WayOutside("", "")
        )
    with world.rails.turn(incident_id):
        rail = rail_of_room(world, incident_id, room)
        return _view(room, rail, world.clock.now())


def findings_after(actor: Actor, world: World, incident_id: str, cue: int) -> tuple[CoachCard, ...]:
    """Every finding on what was heard after a cue, in the order of the cues; none where no meeting is on.

    For who reads one after the other as they come, and not the one in view alone. Raises NotAllowed, NotFound.
    """
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    if not room.is_live:
        return ()
    with world.rails.turn(incident_id):
        rail = rail_of_room(world, incident_id, room)
        return tuple(_card(one) for one in rail.findings.after(cue))


def act_on(actor: Actor, world: World, incident_id: str, act: RailAct, cue: int) -> None:
    """Do something with the finding or the question at a cue, for every facilitator.

    Raises NotAllowed, NotFound, BadInput.
    """
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    with world.rails.turn(incident_id):
        rail = rail_of_room(world, incident_id, room)
        found = rail.findings.get(cue)
        if found is None and cue not in rail.owed:
            raise NotFound(say("rail.no_cue", cue=cue), say("rail.no_cue_next"))
        wording = found.reply.wording if found is not None and found.reply is not None else ""
        write(world, incident_id, room, lambda _rail: iter((Acted(act, cue, wording),)))


def said_rule(actor: Actor, world: World, incident_id: str, key: str) -> None:
    """The ground rule was said in these words, or turned down; they are not offered again."""
    _noted(actor, world, incident_id, RuleSaid(key))


def asked_question(actor: Actor, world: World, incident_id: str, text: str) -> None:
    """A question was asked, or turned down; the next one is offered."""
    _noted(actor, world, incident_id, QuestionAsked(text))


def name_role(actor: Actor, world: World, incident_id: str, name: str, role: SpeakerRole) -> None:
    """Who speaks under this name is this, from now on."""
    _noted(actor, world, incident_id, RoleNamed(name, role))


def _noted(actor: Actor, world: World, incident_id: str, what: RuleSaid | QuestionAsked | RoleNamed) -> None:
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    with world.rails.turn(incident_id):
        write(world, incident_id, room, lambda _rail: iter((what,)))


def _view(room: Room, rail: Rail, now: datetime) -> RailView:
    last = rail.recent[-1].cue if rail.recent else None
    found = rail.in_view(now)
    return RailView(
        number=rail.number,
        seq=rail.seq,
        is_live=room.is_live,
        heard=rail.cues,
        last=LastHeard(last.start_s, last.speaker or "", last.text) if last is not None else None,
        waits_for=unagreed(room, Consent.CAPTIONS),
        card=_card(found) if found is not None else None,
        waiting=len(rail.waiting(now)),
        voices=voices(room, rail),
        question=next_question(room, rail),
        rule=rule_due(room, rail),
        outside=outside(rail),
    )


def _card(found: Found) -> CoachCard:
    heard, reply = found.heard, found.reply
    again = ""
    if found.times > 1:
        again = say(f"rail.{_ORDINALS.get(found.times, 'again_more')}", count=found.times)
    return CoachCard(
        cue=heard.cue.number,
        at=found.at,
        speaker=heard.cue.speaker or "",
        role=heard.role,
        channel=heard.channel,
        text=heard.cue.text,
        title=reply.title if reply is not None else heard.card.question if heard.card is not None else "",
        again=again,
        reasons=heard.verdict.reasons,
        replies=heard.replies,
        place=found.place,
        shorter=_shorter(reply.text) if reply is not None else "",
        answer=heard.card,
        is_own=bool(heard.verdict.own_slips),
    )


def _shorter(text: str) -> str:
    """The last sentence, where it asks and others stand before it."""
    head, stop, last = text.rstrip().rpartition(". ")
    return last if stop and head and last.endswith("?") else ""
