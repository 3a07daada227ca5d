"""Hears what is said in a live meeting: captions and chat, each read once and put into the journal before it counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import islice

from secondstory.access import Verb, require
from secondstory.blameless.meeting.reading import CONTEXT_CUES
from secondstory.model.actor import Actor, Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import BadInput, Conflict
from secondstory.model.hearing import Heard, RoleNamed
from secondstory.model.person import person_key
from secondstory.model.room import Consent, Happened, Room, Told
from secondstory.model.segment import Privacy
from secondstory.model.transcript import Cue, Participant
from secondstory.model.utterance import Channel, SpeakerRole, Utterance, Verdict
from secondstory.ports import World
from secondstory.stages.meeting.room import apply_event, must_agree
from secondstory.texts import say
from secondstory.usecases.room.journal import caught_up, write
from secondstory.usecases.room.log import room_now, room_of
from secondstory.usecases.room.rail import Rail

_AT_ONCE = 20  # cues whose entries are written together; who acts meanwhile waits for no more than those
_SHORTEST_NAME = 3
_ROLES: dict[Role | None, SpeakerRole] = {
    None: SpeakerRole.FACILITATOR,  # the owner of the installation, who leads
    Role.FACILITATOR: SpeakerRole.FACILITATOR,
    Role.SCRIBE: SpeakerRole.ENGINEER,
    Role.RESPONDER: SpeakerRole.ENGINEER,
    Role.EXECUTIVE: SpeakerRole.EXECUTIVE,
    Role.OBSERVER: SpeakerRole.OBSERVER,
}


@dataclass(frozen=True)
class CuesTaken:
    """What became of cues: `repeated` ones were heard before, `unread` could not be read."""

    heard: int
    repeated: int
    unread: int = 0


def hear(
    actor: Actor, world: World, incident_id: str, cues: Iterable[Cue], people: tuple[Participant, ...] = ()
) -> CuesTaken:
    """Hear captions; `people` says what a name in them is. What is sent again is heard once.

    Raises as `may_hear` does, and Conflict where somebody agrees no more while they are heard: those before it count.
    """
    room = may_hear(actor, world, incident_id)
    if people:
        tokens = _tokens(world)
        named = [RoleNamed(tokens.get(person_key(one.name), one.name), one.role) for one in people]
        with world.rails.turn(incident_id):
            write(world, incident_id, room, lambda rail: (one for one in named if rail.is_new(one)))
    return _hear_spoken(world, incident_id, cues, Consent.CAPTIONS)


def hear_voice(world: World, incident_id: str, cues: Iterable[Cue]) -> CuesTaken:
    """Hear what microphones took, for who has asked already whether everybody agrees. A speaker is a token.

    Raises BadInput where no meeting is on, Conflict where somebody agrees no more.
    """
    return _hear_spoken(world, incident_id, cues, Consent.AUDIO)


def may_hear(actor: Actor, world: World, incident_id: str) -> Room:
    """The room, where captions may be heard now; asked before anything of them is read or held.

    Raises NotAllowed, NotFound before any meeting, BadInput where none is on, Conflict while somebody in the room has
    not agreed to captions.
    """
    require(actor, Verb.LEAD, incident_id)
    room = room_of(actor, world, incident_id)
    refuse_unagreed(room)
    return room


def _hear_spoken(world: World, incident_id: str, cues: Iterable[Cue], what: Consent) -> CuesTaken:
    """Hear cues while everybody agrees to `what`, which is asked again before each of them."""
    waiting, heard, given = iter(cues), 0, 0
    while chunk := tuple(islice(waiting, _AT_ONCE)):
        room = room_now(world, incident_id)
        if room is None or not room.is_live:
            raise BadInput(say("rail.not_on"), say("rail.not_on_next"))
        listener, asked = _Listener(world, room), _Asked(world, incident_id, room, what)
        with world.rails.turn(incident_id):
            heard += write(world, incident_id, room, lambda rail: listener.spoken(rail, asked.agreed(chunk)))[1]  # noqa: B023 - used at once
        given += asked.count
        if asked.missing != ():
            raise _stopped(asked.missing, given, chunk[asked.count])
    return CuesTaken(heard, given - heard)


class _Asked:
    """Asks before each cue whether everybody still agrees; `missing` as `unagreed` tells it, after `count` cues."""

    def __init__(self, world: World, incident_id: str, room: Room, what: Consent) -> None:
        self._world, self._incident_id, self._room, self._what = world, incident_id, room, what
        self.count = 0
        self.missing: tuple[str, ...] | None = ()

    def agreed(self, cues: Iterable[Cue]) -> Iterator[Cue]:
        """The cues up to where somebody agrees no more; begun again, it gives them from the first."""
        self.count = 0
        for cue in cues:
            self.missing = self._missing()
            if self.missing != ():
                return
            self.count += 1
            yield cue

    def _missing(self) -> tuple[str, ...] | None:
        """Whose yes is missing this moment. Without the room's turn, for who ends a meeting holds that one and waits
        for ours."""
        for happened in self._world.room_log.since(self._incident_id, self._room.number, self._room.seq):
            self._room = apply_event(self._room, happened)
        return unagreed(self._room, self._what)


def _stopped(missing: tuple[str, ...] | None, given: int, cue: Cue) -> Conflict:
    """Why captions are heard no further than to before `cue`, and what came of those before it."""
    who = ", ".join(missing) if missing else say("rail.everybody")
    at = say("rail.stopped_at", at=timedelta(seconds=int(cue.start_s))) if cue.start_s is not None else ""
    return Conflict(say("rail.stopped", at=at, people=who, count=given), say("rail.stopped_next"))


def rail_of_room(world: World, incident_id: str, room: Room) -> Rail:
    """The rail with all that was said and done, also what was written into the room. Call it in `world.rails.turn`."""
    rail = caught_up(world, incident_id, room)
    new = world.room_log.since(incident_id, room.number, rail.room_seq) if room.is_live else ()
    told = [one for one in new if isinstance(one.event, Told)]
    if told:
        listener = _Listener(world, room)
        rail, _ = write(world, incident_id, room, lambda rail: listener.written(rail, told))
    if new:
        rail.room_seq = max(rail.room_seq, new[-1].seq)
    return rail


def refuse_unagreed(room: Room) -> None:
    """Raise while somebody who is there has not agreed to captions; whoever is alone in the room asks nobody."""
    if not room.is_live:
        raise BadInput(say("rail.not_on"), say("rail.not_on_next"))
    missing = unagreed(room, Consent.CAPTIONS)
    if missing is None:
        raise Conflict(say("rail.not_asked"), say("rail.not_asked_next"))
    if missing:
        raise Conflict(say("rail.unagreed", people=", ".join(missing)), say("rail.unagreed_next"))


def unagreed(room: Room, what: Consent) -> tuple[str, ...] | None:
    """Whose yes is missing; None where others than facilitators are there and nobody was asked."""
    state = next((one for one in room.consents if one.what is what), None)
    if state is None:
        is_asked_for = any(one.role not in (None, Role.FACILITATOR) for one in room.present)
        return None if is_asked_for else ()
    return tuple(one for one in must_agree(room, state) if one not in state.yes)  # who asks is asked too


class _Listener:
    """Reads cues of one meeting; what it gives holds role tokens where the sealed map knows a name."""

    def __init__(self, world: World, room: Room) -> None:
        self._world, self._room = world, room
        self._tokens = _tokens(world)
        self._privacy = Privacy(world.sealed.people(), world.sealed.user_key())
        self._roles = {one.actor: _ROLES[one.role] for one in room.people}
        here = set(self._roles)
        self._names = tuple(part for name, token in self._privacy.people if token in here for part in _parts(name))
        steps = {one.box.key: one.box.step for one in room.clock.boxes}
        self._box = room.clock.current
        self._step = steps.get(self._box, AgendaStep.OPENING)

    def spoken(self, rail: Rail, cues: Iterable[Cue]) -> Iterator[Heard]:
        """Each cue that was not heard before."""
        for given in cues:
            speaker = self._tokens.get(person_key(given.speaker), given.speaker) if given.speaker else None
            (text,) = self._clean((given.text,))
            cue = Cue(rail.cues + 1, given.start_s, given.end_s, speaker, text)
            if not text.strip() or rail.was_sent(cue):
                continue
            start_s, end_s = rail.second_of(cue, self._world.clock.now())
            placed = replace(cue, start_s=start_s, end_s=end_s)
            names = (*self._names, *_parts(given.speaker or ""))
            yield replace(self._read(rail, placed, given.text, Channel.MEETING, names), sent_s=given.start_s)

    def written(self, rail: Rail, told: list[Happened]) -> Iterator[Heard]:
        """Each message of the room that was not read before."""
        for one in told:
            if one.seq <= rail.room_seq or not isinstance(one.event, Told):
                continue
            start_s, _ = rail.second_of(Cue(0, None, None, None, ""), one.at)
            cue = Cue(rail.cues + 1, start_s, None, one.actor, one.event.text)
            yield replace(self._read(rail, cue, one.event.text, Channel.CHAT, self._names), told=one.seq)

    def _read(self, rail: Rail, cue: Cue, said: str, channel: Channel, names: tuple[str, ...]) -> Heard:
        """What is read in a cue: the words as they were said are judged, and forgotten for those with tokens."""
        role = rail.roles.get(cue.speaker or "") or self._roles.get(cue.speaker or "", SpeakerRole.UNKNOWN)
        before = tuple(one.cue.text for one in rail.recent)[-CONTEXT_CUES:]
        utterance = Utterance(said, before, channel, role, tuple(dict.fromkeys(names)), rail.things)
        verdict = self._without_names(self._world.judge(utterance), said, cue.text)
        rail.adviser.at_step(self._step)
        advice = rail.adviser.advice_on(cue, replace(utterance, text=cue.text), verdict)
        replies, card = (advice.replies, advice.card) if advice is not None else ((), None)
        return Heard(cue, role, channel, self._box, self._step, verdict, replies, card)

    def _without_names(self, verdict: Verdict, said: str, clean: str) -> Verdict:
        if said == clean or not verdict.reasons:
            return verdict
        words = self._clean(tuple(reason.words for reason in verdict.reasons))
        reasons = tuple(replace(one, words=text) for one, text in zip(verdict.reasons, words, strict=True))
        return replace(verdict, reasons=reasons)

    def _clean(self, texts: tuple[str, ...]) -> tuple[str, ...]:
        return self._world.redactor.sentences(texts, self._privacy)


def _tokens(world: World) -> dict[str, str]:
    """The token of each known person, by the key of the name."""
    return {person_key(name): token for name, token in world.sealed.people()}


def _parts(name: str) -> tuple[str, ...]:
    return tuple(part for part in name.split() if len(part) >= _SHORTEST_NAME and part.isalpha())
