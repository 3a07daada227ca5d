"""Reads the transcript of an incident's meeting, with words to say beside what asks for them; nothing of it is kept."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondstory.access import Verb, require
from secondstory.blameless.judge import Coach
from secondstory.blameless.meeting.reading import conversation_of
from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import NotBlame, Offered, Room, Used, apply_event
from secondstory.blameless.replies.moment import Wording
from secondstory.blameless.replies.recognising import Occasion
from secondstory.model.actor import Actor
from secondstory.model.card import Card
from secondstory.model.conversation import Conversation
from secondstory.model.errors import NotFound
from secondstory.model.fact_sheet import FactSheet
from secondstory.model.incident import Incident
from secondstory.model.reply import Reply, Step
from secondstory.model.transcript import Cue, Transcript
from secondstory.model.utterance import Move, Utterance, Verdict
from secondstory.ports import World
from secondstory.stages.meeting import Dossier, answer_card, card_asked, fact_sheet
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.facts import dossier_of
from secondstory.usecases.wordings import own_wordings


@dataclass(frozen=True)
class Advice:
    """What may be said to the finding at `cue`: the step to take now, then those that follow where it goes on.

    `card` answers an executive's question of fact. Both are empty where nothing new is left to say.
    """

    cue: int
    replies: tuple[Reply, ...]
    card: Card | None


@dataclass(frozen=True)
class Heard:
    """A meeting as it was read. `is_filled` False: the incident has no documents, so no wording tells a fact of it."""

    transcript: Transcript
    conversation: Conversation
    advice: tuple[Advice, ...]
    is_filled: bool


def hear(
    actor: Actor, world: World, coach: Coach, incident_id: str, transcript: Transcript, *, not_blame: tuple[int, ...]
) -> Heard:
    """All that is read in a meeting. `not_blame`: cues of which somebody said so; their rules count less from there on.

    Raises NotFound where there is no such incident.
    """
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    dossier = _dossier(actor, world, incident)
    adviser = _Adviser(incident, dossier, own_wordings(actor, world), frozenset(not_blame))
    conversation = conversation_of(transcript, coach.judge, adviser.advise)
    return Heard(transcript, conversation, tuple(adviser.given), dossier is not None)


def _dossier(actor: Actor, world: World, incident: Incident) -> Dossier | None:
    try:
        return dossier_of(actor, world, incident.id)
    except NotFound:  # of its documents, for the incident is there
        return None


class _Adviser:
    """Chooses in the order of the meeting, so that no wording comes twice."""

    def __init__(
        self,
        incident: Incident,
        dossier: Dossier | None,
        own: tuple[tuple[str, Wording], ...],
        not_blame: frozenset[int],
    ) -> None:
        self._dossier, self._own, self._not_blame = dossier, own, not_blame
        self._sheet = fact_sheet(dossier) if dossier is not None else FactSheet(incident.id, incident.title, ())
        self._room = Room()
        self.given: list[Advice] = []

    def advise(self, cue: Cue, utterance: Utterance, verdict: Verdict) -> tuple[str, ...]:
        """The words for one finding, also kept as advice."""
        if cue.number in self._not_blame:
            self._room = apply_event(self._room, NotBlame(tuple(reason.name for reason in verdict.reasons)))
            return ()
        occasion = Occasion(utterance, verdict, cue.start_s)
        now = self._chosen(occasion, self._room)
        later = self._followed(occasion, now) if now is not None else ()
        if now is not None:
            self._room = apply_event(self._room, Offered(now, cue.start_s))
        advice = Advice(cue.number, (now, *later) if now is not None else (), self._card(utterance, verdict))
        self.given.append(advice)
        return tuple(reply.text for reply in advice.replies)

    def _followed(self, occasion: Occasion, reply: Reply) -> tuple[Reply, ...]:
        """The next steps, each on the assumption that the one before was said and did not end it."""
        room, found = self._room, [reply]
        again = replace(occasion, at_s=None)  # without times no topic cools down
        while found[-1].step not in (Step.OUTSIDE, Step.SUPPORT):
            said = apply_event(room, Offered(found[-1], None))
            room = apply_event(said, Used(found[-1].wording))
            following = self._chosen(again, room)
            if following is None or following.step is found[-1].step:
                break
            found.append(following)
        return tuple(found[1:])

    def _chosen(self, occasion: Occasion, room: Room) -> Reply | None:
        return choose(occasion, self._sheet, room, seed=0, own=self._own)

    def _card(self, utterance: Utterance, verdict: Verdict) -> Card | None:
        if self._dossier is None or verdict.move is not Move.ANSWER:
            return None
        asked = card_asked(utterance.text)
        return answer_card(self._dossier, asked) if asked is not None else None
