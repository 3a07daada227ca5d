"""Reads a sentence that is about to be captured: shown back before Enter, and read the same way when it is kept."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.access import Verb, require
from secondstory.blameless.lint.linter import lint_text
from secondstory.blameless.meeting.capturing import read_capture
from secondstory.blameless.meeting.owning import left_out
from secondstory.blameless.meeting.whose import tokens_in
from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import Room as Ladder
from secondstory.blameless.replies.recognising import Occasion
from secondstory.model.actor import Actor
from secondstory.model.capture import Around, Attendee, Doubt, Reading, Slot, Unsure
from secondstory.model.incident import Incident
from secondstory.model.room import ItemKind, Room
from secondstory.model.utterance import Move, Utterance, Verdict
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.incident_record import known_tokens, record_now
from secondstory.usecases.origin import origin_tokens
from secondstory.usecases.plan import today_in
from secondstory.usecases.policy import read_policy
from secondstory.usecases.replies import known_of
from secondstory.usecases.room.log import room_now

Judge = Callable[[Utterance], Verdict]
_TIME = re.compile(
    r"\b(?:(?:at|around|about|from|by|until|till|since|before|after) (?=\d)|(?=\d{1,2}[:h]))"
    r"(?P<h>[01]?\d|2[0-3])[:.h](?P<m>[0-5]\d)(?::(?P<s>[0-5]\d)(?:[.,]\d+)?)?"
    r"(?! ?(?:%|per ?cent|ms\b|s\b|seconds|[gmk]i?b\b))"
    r"(?: ?(?P<half>[ap])\.?m\b)?(?![\w.:]*\d)",
    re.IGNORECASE,
)
"""A dot is of a time only behind such a word: "2.50 seconds" is none."""
_NOON = 12
_SPRINT = re.compile(r"\b(?:sprint|iteration)", re.IGNORECASE)
_GRAVE = 2  # of a lint finding: the words must change
_WORDED_BY = ("blame", "name_in_cause", "slip_as_cause", "counterfactual", "single_cause")


@dataclass(frozen=True)
class Sentence:
    """What somebody typed or said. `speaker`: whose words they are, "" = nobody told; `about`: the event's key."""

    kind: ItemKind
    text: str
    speaker: str = ""
    about: str = ""


@dataclass(frozen=True)
class Asked:
    """A part that is asked, as a question with what may be answered."""

    slot: Slot
    question: str
    offers: tuple[str, ...]


@dataclass(frozen=True)
class Concern:
    """Words that speak of a person or of what should have been: why, and the same point without them.

    `neutral` is what may stand in the minutes instead, "" where no wording is offered.
    """

    words: str
    reason: str
    neutral: str


@dataclass(frozen=True)
class Preview:
    """What would be kept. `due_told`: what the day is, where the words say it by a sprint; `at`: an account's time."""

    reading: Reading
    asked: tuple[Asked, ...]
    policy_due: date  # where the sentence names none
    due_told: str = ""
    at: datetime | None = None
    concern: Concern | None = None
    people: tuple[str, ...] = field(default=())  # tokens of who may be named


def read_sentence(actor: Actor, world: World, incident_id: str, given: Sentence, judge: Judge) -> Preview:
    """What the sentence would be kept as; nothing of it is kept. Raises NotFound, NotAllowed."""
    require(actor, Verb.DECIDE, incident_id)
    incident = get_incident(world, incident_id)
    room = room_now(world, incident_id)
    tokens = _tokens(actor, world, incident_id, room)
    today = today_in(world, incident)
    policy = read_policy(world)
    around = Around(_attendees(world, incident_id, tokens), given.speaker, today, policy)
    reading = read_capture(given.kind, given.text, around)
    asks = (_asked(actor, one) for one in reading.unsure if _is_asked(given.kind, one))
    return Preview(
        reading=reading,
        asked=tuple(asks),
        policy_due=policy.action_due(record_now(world, incident).severity, today),
        due_told=_sprint_told(reading, policy.sprint_ends(today)),
        at=_told_at(incident, given.text) if given.kind is ItemKind.ACCOUNT else None,
        concern=_concern(actor, world, incident_id, (reading, given.text, around.people), judge),
        people=tokens,
    )


def _sprint_told(reading: Reading, ends: tuple[date, date] | None) -> str:
    if reading.due is None or ends is None or _SPRINT.search(reading.due_words) is None:
        return ""
    return say("capturing.sprint_this" if reading.due == ends[0] else "capturing.sprint_next")


def _is_asked(kind: ItemKind, one: Unsure) -> bool:
    """Of evidence that nobody was named for it is asked of the room; that is no question."""
    return kind is ItemKind.ACTION or one.slot is Slot.TEXT or one.why in (Doubt.SAME_NAME, Doubt.SEVERAL)


def _asked(actor: Actor, one: Unsure) -> Asked:
    offers = one.offers or ((actor.id,) if one.why is Doubt.NO_SPEAKER else ())
    return Asked(one.slot, say(f"capturing.{one.slot.value}_{one.why.value}", words=one.words), offers)


def _tokens(actor: Actor, world: World, incident_id: str, room: Room | None) -> tuple[str, ...]:
    """Everybody who may be named: members, those on record, and who came into the room."""
    members = (one.actor_id for one in world.members.of(incident_id))
    there = (one.actor for one in room.people) if room is not None else ()
    return tuple(sorted({*known_tokens(actor, world, incident_id), *members, *there}))


def _attendees(world: World, incident_id: str, tokens: tuple[str, ...]) -> tuple[Attendee, ...]:
    """Their names from the sealed layer, which are compared with what was typed and go nowhere else."""
    elsewhere = origin_tokens(world, incident_id)
    names: dict[str, list[str]] = {}
    for name, token in world.sealed.people():
        if token not in elsewhere:
            names.setdefault(token, []).append(name)
    return tuple(Attendee(token, tuple(names.get(token, ()))) for token in tokens)


def _told_at(incident: Incident, text: str) -> datetime | None:
    """The time of day in an account, on the day of the incident on which it lies nearest to it. In UTC."""
    met = _TIME.search(text)
    if met is None:
        return None
    zone = ZoneInfo(incident.time_zone)
    begin = incident.window.start.astimezone(zone)
    hour = int(met["h"])
    if met["half"]:
        hour = hour % _NOON + (_NOON if met["half"].lower() == "p" else 0)
    named = begin.replace(hour=hour, minute=int(met["m"]), second=int(met["s"] or 0), microsecond=0)
    days = (named + timedelta(days=ahead) for ahead in (-1, 0, 1))
    middle = incident.window.start + (incident.window.end - incident.window.start) / 2
    near = min(days, key=lambda one: abs(one - middle))
    return near.astimezone(incident.window.start.tzinfo)


def _concern(
    actor: Actor,
    world: World,
    incident_id: str,
    said: tuple[Reading, str, tuple[Attendee, ...]],
    judge: Judge,
) -> Concern | None:
    """Of an action also what was said of its owner counts: `Ana should have checked` is no task of hers.

    Who is named there counts as a person, also where nobody in the room has that name.
    """
    reading, text, people = said
    if reading.kind is not ItemKind.ACTION:
        return concern_in(actor, world, incident_id, (reading.text, people), judge)
    if reading.owner is None and reading.owner_words and not reading.team:
        people = (*people, Attendee(reading.owner_words))
    found = concern_in(actor, world, incident_id, (text, people), judge)
    found = found or concern_in(actor, world, incident_id, (reading.text, people), judge)
    done = left_out(reading.text)
    if found is None or not done:
        return found
    verb, _, rest = done.partition(" ")  # as work: what a person left out, the system can show
    neutral = say("capturing.have", what=rest) if verb == "had" else say("capturing.left_out", done=done)
    return replace(found, neutral=neutral)


def concern_in(
    actor: Actor, world: World, incident_id: str, said: tuple[str, tuple[Attendee, ...]], judge: Judge
) -> Concern | None:
    """What the coach or the linter reads in words that would stand in the minutes; `said` is (words, who is known).

    The wording that is offered instead is the point of what the coach would say: filled with facts of the incident.
    """
    text, people = said
    callings = (part for one in people for name in (one.token, *one.names) for part in (name, *name.split()))
    known = (name for name in callings if name.lower() in text.lower())
    names = tuple(dict.fromkeys((*known, *tokens_in(text))))
    utterance = Utterance(text, people=names)
    verdict = judge(utterance)
    found = (one for one in lint_text("-", text).findings if one.rule in _WORDED_BY and one.severity >= _GRAVE)
    first = next(found, None)
    is_heard = verdict.move in (Move.REPLY, Move.SUPPORT) and verdict.labels
    if first is None and not is_heard:
        return None
    reply = choose(
        Occasion(utterance, verdict, None), known_of(actor, world, incident_id).sheet, Ladder(), seed=0, aloud=True
    )
    neutral = reply.point if reply is not None else ""
    if is_heard and verdict.reasons:
        return Concern(verdict.reasons[0].words, verdict.reasons[0].says, neutral)
    if first is not None:
        return Concern(first.words, f"{first.reason} {first.suggestion}".strip(), neutral)
    return Concern("", "", neutral)
