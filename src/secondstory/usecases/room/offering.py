"""What the rail offers beside findings: voices, the next question, the ground rule, the way outside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from secondstory.model.actor import Role
from secondstory.model.conversation import AgendaStep
from secondstory.model.room import Room
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, TimelineEvent
from secondstory.stages.meeting import Dossier
from secondstory.texts import catalogue, say
from secondstory.usecases.questions import plain_questions
from secondstory.usecases.room.rail import Rail

_SPEAKS_FOR = (Role.RESPONDER, Role.SCRIBE)
_STEPS = {AgendaStep.DISCUSSION: "open", AgendaStep.CLOSING: "close"}
_MOST_VOICES = 8
_COMING_IN = timedelta(minutes=1)  # after the begin, while people find the room: they hear the rule with all others
_OCCASIONS = ("self_blame", "heat", "slip", "enters")
"""What calls for the ground rule besides a new step, the most pressing first."""


@dataclass(frozen=True)
class VoiceShare:
    """How much of the speech in this step. `is_known` False: a name that nobody is known by."""

    speaker: str
    ratio: float
    is_known: bool


@dataclass(frozen=True)
class Invite:
    """A sentence to say to somebody, and why now."""

    role: str
    why: str
    text: str


@dataclass(frozen=True)
class RailVoices:
    """Speech in the step at hand; a hint, for captions merge and misname. `cut`: who to give the word back to."""

    step: str
    shares: tuple[VoiceShare, ...]
    quiet: Invite | None
    cut: Invite | None


@dataclass(frozen=True)
class NextQuestion:
    """What to ask next."""

    text: str
    lacks: str
    about: str


@dataclass(frozen=True)
class RuleOffer:
    """The ground rule in words that were not said yet."""

    key: str
    why: str
    text: str


@dataclass(frozen=True)
class WayOutside:
    """The advice to go on outside the room, with a note to one's own manager; empty until it has come to that."""

    text: str
    draft: str


def voices(room: Room, rail: Rail) -> RailVoices:
    """Who speaks how much in this step, and whom to invite."""
    is_here = rail.tally.box == room.clock.current
    spoken = rail.tally.shares() if is_here else ()
    people = {one.actor for one in room.people}
    heard = {name for name, _ in spoken}
    silent = [one.actor for one in room.present if one.role in _SPEAKS_FOR and one.actor not in heard]
    # Who has a hand up or has just written is in the room's eye already, and needs no invitation.
    asking = {one.actor for one in room.hands}
    asking |= {one.cue.speaker or "" for one in rail.recent if one.box == room.clock.current}
    every = (*spoken[:_MOST_VOICES], *((name, 0.0) for name in silent[:_MOST_VOICES]))
    shares = tuple(VoiceShare(name, ratio, name in people or name in rail.roles) for name, ratio in every)
    cuts = rail.tally.cuts.values() if is_here else ()
    cut = next(reversed(tuple(cuts)), None)
    title = next((one.box.title for one in room.clock.boxes if one.box.key == room.clock.current), "")
    return RailVoices(
        title,
        shares if spoken else (),
        _quiet(rail.dossier, [one for one in silent if one not in asking]) if spoken else None,
        Invite(cut.whose, say("rail.why_cut", role=cut.whose), say("rail.invite_back", role=cut.whose))
        if cut is not None
        else None,
    )


def next_question(room: Room, rail: Rail) -> NextQuestion | None:
    """For the event under discussion, else for the step; one that was asked does not come again."""
    step = step_of(room)
    wanted = (room.shown, subject_key("agenda", _STEPS.get(step, step.name.lower())))
    subjects = (one for key in wanted for one in rail.questions if one.subject == key)
    offered = ((question, asked.title) for asked in subjects for question in asked.questions)
    for question, about in offered:
        if question.text not in rail.asked:
            return NextQuestion(question.text, question.lacks, about)
    plain = (one.text for one in plain_questions() if one.text not in rail.asked) if room.shown else ()
    return next((NextQuestion(text, "", "") for text in plain), None)


def rule_due(room: Room, rail: Rail) -> RuleOffer | None:
    """The ground rule where it is time for it once more."""
    step = step_of(room)
    began = room.clock.started_at
    late = [one for one in room.people if began is not None and one.joined_at > began + _COMING_IN]
    for occasion in _OCCASIONS:
        is_due = occasion in rail.due if occasion != "enters" else bool(late) and step is not AgendaStep.OPENING
        found = _unsaid(occasion, rail, step) if is_due else None
        if found is not None and not (occasion == "enters" and _said(occasion, rail) >= len(late)):
            return found
    if _said(step.name.lower(), rail):
        return None
    return _unsaid(step.name.lower(), rail, step)


def outside(rail: Rail) -> WayOutside:
    """What the last of the firmest replies offers."""
    reply = rail.findings.outside
    return WayOutside(reply.text, reply.draft) if reply is not None else WayOutside("", "")


def _unsaid(occasion: str, rail: Rail, step: AgendaStep) -> RuleOffer | None:
    prefix = f"ground_rules.{occasion}_"
    keys = (key.removeprefix("ground_rules.") for key in catalogue() if key.startswith(prefix))
    key = next((one for one in keys if one not in rail.said), None)
    if key is None:
        return None
    why = occasion if occasion in (*_OCCASIONS, "opening") else "step"
    named = say(f"replies.step_{step.name.lower()}") if step is not AgendaStep.OPENING else ""
    return RuleOffer(key, say(f"rail.why_{why}"), say(f"ground_rules.{key}", step=named))


def _said(occasion: str, rail: Rail) -> int:
    return sum(key.rpartition("_")[0] == occasion for key in rail.said)


def _quiet(dossier: Dossier | None, silent: list[str]) -> Invite | None:
    """Whom the record has somewhere first, for an invitation is to a place and never to a silence."""
    for role in silent:
        event = _vantage(dossier, role) if dossier is not None else None
        if event is not None and dossier is not None:
            time = dossier.dial.time(event.moment.latest)
            return Invite(role, say("rail.why_quiet", role=role, time=time), _invited(event, role, time))
    if not silent:
        return None
    return Invite(silent[0], say("rail.why_quiet_plain", role=silent[0]), say("rail.invite_plain", role=silent[0]))


def invitation(dossier: Dossier | None, role: str) -> str:
    """What to ask somebody of whom nothing was heard: of their place on the record, where it has one."""
    event = _vantage(dossier, role) if dossier is not None else None
    if event is None or dossier is None:
        return say("rail.invite_plain", role=role)
    return _invited(event, role, dossier.dial.time(event.moment.latest))


def _vantage(dossier: Dossier, role: str) -> TimelineEvent | None:
    mine = [one for one in dossier.timeline.events if one.actor == role]
    return next((one for one in mine if dossier.incident.window.holds(one.moment.latest)), next(iter(mine), None))


def _invited(event: TimelineEvent, role: str, time: str) -> str:
    if event.service:
        return say("rail.invite_service", role=role, service=event.service, time=time)
    key = "invite_word" if event.kind is EventKind.CHAT else "invite_act"
    return say(f"rail.{key}", role=role, time=time)


def step_of(room: Room) -> AgendaStep:
    """The step of the agenda that the room is at."""
    boxes = {one.box.key: one.box.step for one in room.clock.boxes}
    return boxes.get(room.clock.current, AgendaStep.OPENING)
