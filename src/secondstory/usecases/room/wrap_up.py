"""The end of a meeting on one page: what was covered, what lacks an owner or a test, what to read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.anonymous import InputKind, Tally
from secondstory.model.causes import Standing
from secondstory.model.conduct import Step
from secondstory.model.decision import ContributionKind
from secondstory.model.errors import NotFound
from secondstory.model.meeting import ActionHeld, MeetingRecord
from secondstory.model.report import ClaimKind
from secondstory.ports import World
from secondstory.stages.meeting.room import planned_window
from secondstory.stages.report import short_form
from secondstory.texts import counted, say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.cards import tallies_of
from secondstory.usecases.circulate import claims_in, words_of
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.plan import Planned, causes_now, plan_of
from secondstory.usecases.room.log import room_now
from secondstory.usecases.room.minutes import minutes_of, with_owners_now
from secondstory.usecases.text import read_text
from secondstory.usecases.timeline_now import amended

QUESTIONS = ("fair", "new", "heard")
"""What everybody is asked after the meeting, each from 1 to 5."""
_MOST_WORDS = 150  # sixty seconds aloud
_MOST_COVERED = 40
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


@dataclass(frozen=True)
class Covered:
    """An event that somebody starred, or that a leading explanation begins with. Was it shown to the room?"""

    key: str
    title: str
    at: datetime
    stars: int
    is_cause: bool
    discussed: bool


@dataclass(frozen=True)
class OpenAction:
    """An action of this meeting and what it still lacks, each as a short word."""

    key: str
    text: str
    owner: str
    lacks: tuple[str, ...]


@dataclass(frozen=True)
class PulseQuestion:
    """A question after the meeting. `counts` of 1 to 5 from three answers on, else empty."""

    key: str
    words: str
    answers: int
    counts: tuple[int, ...]


@dataclass(frozen=True)
class WrapUp:
    """The end of the last meeting, as everybody may see it; what only who leads sees is in `before_closing`."""

    number: int
    is_live: bool
    leads: bool
    held: MeetingRecord
    planned_end: datetime | None  # the true begin and the minutes of all parts
    coverage: tuple[Covered, ...]
    open_actions: tuple[OpenAction, ...]
    closing: tuple[str, ...]  # sentences to read aloud
    follow_up: date | None
    summary_due: datetime | None
    summary_sent: datetime | None
    pulse: tuple[PulseQuestion, ...]


def wrap_up(actor: Actor, world: World, incident_id: str) -> WrapUp:
    """The end of the last meeting, live or over. Raises NotFound where none was begun."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    room = room_now(world, incident_id)
    if room is None:
        raise NotFound(say("room.no_meeting", incident=incident_id), say("room.no_meeting_next", incident=incident_id))
    last = world.meetings.of(incident_id)[-1]
    held = last.record or minutes_of(actor, world, incident_id, room)
    leads = may(actor, Verb.LEAD, incident_id)
    plan = plan_of(actor, world, incident_id)
    planned = planned_window(room.clock)
    clock = next((one for one in conduct_of(actor, world, incident_id).clocks if one.waits_for is Step.SUMMARY), None)
    return WrapUp(
        number=room.number,
        is_live=room.is_live,
        leads=leads,
        held=held,
        planned_end=planned.end if planned is not None else None,
        coverage=_coverage(actor, world, incident_id, held.discussed),
        open_actions=tuple(_open(with_owners_now(plan.plan, held.actions), plan)),
        closing=closing_words(actor, world, incident_id, held),
        follow_up=plan.follow_up.day if plan.follow_up is not None else None,
        summary_due=clock.due if clock is not None else None,
        summary_sent=clock.stopped if clock is not None else None,
        pulse=pulse_of(actor, world, incident_id),
    )


def pulse_of(actor: Actor, world: World, incident_id: str) -> tuple[PulseQuestion, ...]:
    """The three questions with how they were answered, told from three answers on."""
    by_key: dict[str, Tally] = {one.question: one for one in tallies_of(actor, world, incident_id, InputKind.PULSE)}
    found = []
    for key in QUESTIONS:
        tally = by_key.get(key)
        counts = tally.counts if tally is not None else ()
        found.append(PulseQuestion(key, say(f"wrap_up.pulse_{key}"), tally.answers if tally is not None else 0, counts))
    return tuple(found)


def closing_words(actor: Actor, world: World, incident_id: str, held: MeetingRecord) -> tuple[str, ...]:
    """What is read aloud in sixty seconds at most: the finding, what was decided, who does what, what is open."""
    said = [*_bottom_line(actor, world, incident_id)]
    if held.decisions:
        said.append(say("wrap_up.close_decided", what="; ".join(one.rstrip(".") for one in held.decisions)))
    said += [_owned(one, held) for one in held.actions]
    if held.evidence_called:
        said.append(counted("wrap_up.close_open", len(held.evidence_called)))
    if held.parking_lot:
        said.append(counted("wrap_up.close_parked", len(held.parking_lot)))
    kept: list[str] = []
    for sentence in said:
        if sum(len(one.split()) for one in (*kept, sentence)) <= _MOST_WORDS:
            kept.append(sentence)
    return (*kept, say("wrap_up.close_ask"))


def _owned(one: ActionHeld, held: MeetingRecord) -> str:
    key = "close_action" if one.owner else "close_action_bare"
    due = _spoken_day(one.due, held.held.end.date()) if one.due is not None else say("minutes.no_due")
    return say(f"wrap_up.{key}", what=one.text.rstrip("."), owner=one.owner, due=due)


def _spoken_day(day: date, said_on: date) -> str:
    """As one says it; the year only where it is not the one in which it is said."""
    return f"{day.day} {_MONTHS[day.month - 1]}{f' {day.year}' if day.year != said_on.year else ''}"


def _bottom_line(actor: Actor, world: World, incident_id: str) -> tuple[str, ...]:
    try:
        body = read_text(actor, world, incident_id).document.body
    except NotFound:  # nothing was analysed
        return ()
    claims = claims_in(short_form(body), "bluf")
    causes = tuple(one for one in claims[1:] if one.kind is ClaimKind.INFERENCE)
    return tuple(words_of(claim) for claim in (*claims[:1], *causes[:1]))


def _coverage(actor: Actor, world: World, incident_id: str, discussed: tuple[str, ...]) -> tuple[Covered, ...]:
    if world.documents.latest(incident_id, "finding:timeline") is None:
        return ()
    stars: dict[str, set[str]] = {}
    for one in world.ledger.contributions(incident_id):
        if one.kind is ContributionKind.STAR:
            raised = stars.setdefault(one.subject, set())
            raised.discard(one.actor_id) if one.text else raised.add(one.actor_id)
    hypotheses = causes_now(actor, world, incident_id).hypotheses
    standing = [one for one in hypotheses if one.standing is not Standing.REJECTED][:3]
    causes = {one.change_key for one in standing if one.change_key}
    events = amended(world, incident_id)[1].events
    wanted = [one for one in events if stars.get(one.key) or one.key in causes or one.key in discussed]
    return tuple(
        Covered(
            one.key,
            one.title,
            one.moment.earliest,
            len(stars.get(one.key, ())),
            one.key in causes,
            one.key in discussed,
        )
        for one in wanted[:_MOST_COVERED]
    )


def _open(actions: tuple[ActionHeld, ...], planned: Planned) -> list[OpenAction]:
    """Actions without a living owner, a factor that they answer, or a criterion that can be run."""
    by_key = {one.key: one for one in planned.plan.actions}
    found = []
    for one in actions:
        now = by_key.get(one.key)
        lacks = [] if one.ownership == "accepted" else [f"owner_{one.ownership}"]
        lacks += ["factor"] if now is not None and not now.answers else []
        lacks += ["test"] if now is not None and not now.criterion.strip() else []
        if lacks:
            found.append(OpenAction(one.key, one.text, one.owner, tuple(lacks)))
    return found
