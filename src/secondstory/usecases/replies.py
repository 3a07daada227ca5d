"""What the facilitator may say in a meeting, in its order, and the card that answers an executive's question."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, replace

from secondstory.blameless.meeting.agenda import called_steps
from secondstory.blameless.meeting.course import LOOK_BACK_CUES, Turn, turn_at
from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import NotBlame, Offered, Room, Used, apply_event
from secondstory.blameless.replies.moment import Wording
from secondstory.blameless.replies.recognising import Occasion, moment_of
from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.conversation import AgendaStep
from secondstory.model.errors import NotFound
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.reply import Reply, Step
from secondstory.model.transcript import Cue
from secondstory.model.utterance import Channel, Move, SpeakerRole, Utterance, Verdict
from secondstory.ports import World
from secondstory.stages.meeting import Dossier, answer_card, card_asked, fact_sheet
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.facts import dossier_of
from secondstory.usecases.wordings import own_wordings

_MOMENT_OF = {Turn.SILENCE: "M32", Turn.INTERRUPTION: "M33", Turn.CONTEST: "M17"}
_CARD_OF = {"M25": "caught_earlier"}  # whoever asks it, and however
_LEADS = (SpeakerRole.FACILITATOR, SpeakerRole.UNKNOWN)


@dataclass(frozen=True)
class Known:
    """What replies are made of. `dossier` None: there are no documents, so no wording tells a fact and no card is."""

    dossier: Dossier | None
    sheet: FactSheet
    own: tuple[tuple[str, Wording], ...]


NOTHING_KNOWN = Known(None, FactSheet("", "", ()), ())


@dataclass(frozen=True)
class Offer:
    """What to say now, and the card that answers a question of fact; either may be missing."""

    reply: Reply | None
    card: Card | None


@dataclass(frozen=True)
class Advice:
    """What may be said to the finding at `cue`: the step to take now, then those that follow where it goes on.

    `card` answers an executive's question of fact. Both are empty where nothing new is left to say.
    """

    cue: int
    replies: tuple[Reply, ...]
    card: Card | None


def reply_for(actor: Actor, world: World, incident_id: str, occasion: Occasion, room: Room, *, seed: int = 0) -> Offer:
    """The offer for one occasion in the state of the meeting. Raises NotFound where nothing was analysed."""
    return _offer(_filled(dossier_of(actor, world, incident_id), own_wordings(actor, world)), occasion, room, seed)


def known_of(actor: Actor, world: World, incident_id: str) -> Known:
    """What replies are made of in a meeting on this incident. Raises NotFound where there is no such incident."""
    incident, own = get_incident(world, incident_id), own_wordings(actor, world)
    try:
        return _filled(dossier_of(actor, world, incident_id), own)
    except NotFound:  # of its documents, for the incident is there
        return Known(None, FactSheet(incident.id, incident.title, ()), own)


class Adviser:
    """Chooses in the order of one meeting, so that no wording is offered twice and a topic cools down.

    `not_blame`: cues of which somebody said so; the rules that met them count less from there on.
    """

    def __init__(self, known: Known, not_blame: frozenset[int] = frozenset()) -> None:
        self._known, self._not_blame = known, not_blame
        self._room = Room()
        self._heard: deque[Cue] = deque(maxlen=LOOK_BACK_CUES)
        self._was_spoken = False  # what came last: who writes takes no turn from anybody
        self.given: list[Advice] = []

    def advise(self, cue: Cue, utterance: Utterance, verdict: Verdict) -> tuple[str, ...]:
        """What to say to one cue now, the card first; all that follows it is kept in `given`."""
        self._follow_agenda(cue, utterance)
        if cue.number in self._not_blame:
            self.recall(cue, (), utterance.channel)
            self.not_blame(verdict)
            return ()
        advice = self.advice_on(cue, utterance, verdict)
        self.recall(cue, advice.replies if advice is not None else (), utterance.channel)
        if advice is None:
            return ()
        self.given.append(advice)
        card = (advice.card.text,) if advice.card is not None else ()
        return (*card, *(reply.text for reply in advice.replies[:1]))

    def advice_on(self, cue: Cue, utterance: Utterance, verdict: Verdict) -> Advice | None:
        """What to say to the cue that comes next; None where nothing makes it hard. `recall` makes it part of the
        meeting."""
        occasion = self._occasion(cue, utterance, verdict)
        if occasion is None:
            return None
        offer = _offer(self._known, occasion, self._room)
        replies: tuple[Reply, ...] = ()
        if offer.reply is not None:
            replies = (offer.reply, *self._followed(occasion, offer.reply))
        return Advice(cue.number, replies, offer.card)

    def recall(self, cue: Cue, replies: tuple[Reply, ...], channel: Channel) -> None:
        """The cue was said, and the first of these was offered to it."""
        self._heard.append(cue)
        self._was_spoken = channel is Channel.MEETING
        for reply in replies[:1]:
            self.offered(reply, cue.start_s)

    def offered(self, reply: Reply, at_s: float | None) -> None:
        """A reply was shown."""
        self._room = apply_event(self._room, Offered(reply, at_s))

    def used(self, wording: str) -> None:
        """The facilitator said this wording, so that its pattern asks for the next step from now on."""
        self._room = apply_event(self._room, Used(wording))

    def not_blame(self, verdict: Verdict) -> None:
        """The rules of this verdict count less from now on."""
        self._room = apply_event(self._room, NotBlame(tuple(reason.name for reason in verdict.reasons)))

    def at_step(self, step: AgendaStep) -> None:
        """The meeting is there now, as somebody who leads it said."""
        if step is not AgendaStep.OPENING:
            slots = (("agenda_step", say(f"replies.step_{step.name.lower()}")),)
            self._room = replace(self._room, slots=slots)

    def know(self, known: Known) -> None:
        """The incident's documents were made anew."""
        self._known = known

    def _occasion(self, cue: Cue, utterance: Utterance, verdict: Verdict) -> Occasion | None:
        """What makes the cue hard, its words first; None where nothing does."""
        occasion = Occasion(utterance, verdict, cue.start_s, speaker=cue.speaker)
        told = verdict.move is not Move.LEAVE or verdict.labels or verdict.own_slips
        if told or (utterance.speaker_role is not SpeakerRole.FACILITATOR and moment_of(occasion) is not None):
            return occasion
        turn = turn_at((*self._heard, cue)[-LOOK_BACK_CUES:])
        if turn is None or not self._is_turn(turn, utterance):
            return None
        key = _MOMENT_OF[turn]
        return None if self._room.is_cooling(key, cue.start_s) else replace(occasion, moment=key)

    def _is_turn(self, turn: Turn, utterance: Utterance) -> bool:
        """Only speech breaks a silence or cuts speech off, and who leads may take the turn."""
        if turn is Turn.CONTEST:
            return True
        if utterance.channel is not Channel.MEETING:
            return False
        takes = turn is Turn.INTERRUPTION
        return not takes or (self._was_spoken and utterance.speaker_role is not SpeakerRole.FACILITATOR)

    def _follow_agenda(self, cue: Cue, utterance: Utterance) -> None:
        """Keep the step that was called last, for wordings that lead back to it."""
        step = next((step for _, step in called_steps((cue,))), AgendaStep.OPENING)
        if utterance.speaker_role in _LEADS:
            self.at_step(step)

    def _followed(self, occasion: Occasion, reply: Reply) -> tuple[Reply, ...]:
        """The next steps, each on the assumption that the one before was said and did not end it."""
        room, found = self._room, [reply]
        again = replace(occasion, at_s=None)  # without times no topic cools down
        while found[-1].step not in (Step.OUTSIDE, Step.SUPPORT):
            said = apply_event(room, Offered(found[-1], None))
            room = apply_event(said, Used(found[-1].wording))
            following = _offer(self._known, again, room, aloud=True).reply
            if following is None or following.step is found[-1].step:
                break
            found.append(following)
        return tuple(found[1:])


def _filled(dossier: Dossier, own: tuple[tuple[str, Wording], ...]) -> Known:
    return Known(dossier, fact_sheet(dossier), own)


def _offer(known: Known, occasion: Occasion, room: Room, seed: int = 0, *, aloud: bool = False) -> Offer:
    reply = choose(occasion, known.sheet, room, seed=seed, own=known.own, aloud=aloud)
    asked = card_asked(occasion.utterance.text) if occasion.verdict.move is Move.ANSWER else None
    if asked is None and reply is not None:
        asked = _CARD_OF.get(reply.moment)
    card = answer_card(known.dossier, asked) if known.dossier is not None and asked is not None else None
    return Offer(reply, card)
