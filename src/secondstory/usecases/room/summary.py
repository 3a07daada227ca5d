"""The summary of a meeting by mail within a day of its end: previewed, sent once to each, and reminded of."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from html import escape

from secondstory.access import Verb, require
from secondstory.model.actor import Actor, Role
from secondstory.model.conduct import Step
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Incident
from secondstory.model.mail import Letter, Posted
from secondstory.model.meeting import ActionHeld, Meeting, MeetingRecord
from secondstory.model.publication import CIRCULATED
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.stages.report import short_form
from secondstory.texts import counted, say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.circulate import LOOK, claims_in, recipients_of, tagged, words_of
from secondstory.usecases.conduct import conduct_of
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.plan import plan_now, plan_of
from secondstory.usecases.room.log import room_now
from secondstory.usecases.room.minutes import minutes_of, with_owners_now
from secondstory.usecases.text import read_text

_REMIND_HOURS = (12, 20)
"""After the end of the meeting, while nothing was sent."""
_REMINDED = "meeting/remind/"


@dataclass(frozen=True)
class Summary:
    """The letter as it would go out now, to whom, and how far each one came. `parts`: (h, p, ul or a; text)."""

    number: int
    subject: str
    parts: tuple[tuple[str, str], ...]
    known: tuple[str, ...]  # who can be written to
    unknown: tuple[str, ...]  # who takes part and has no address
    letters: tuple[Posted, ...]
    has_mail: bool
    due: datetime | None
    sent: datetime | None


def summary_of(actor: Actor, world: World, incident_id: str) -> Summary:
    """The summary of the last meeting that ended, to be read before it is sent. Raises NotFound."""
    require(actor, Verb.DECIDE, incident_id)
    incident = get_incident(world, incident_id)
    meeting, record = _ended(actor, world, incident_id)
    people, reached = recipients_of(world, incident_id), frozenset(world.addresses.known())
    start = _key(meeting, "")
    clock = next((one for one in conduct_of(actor, world, incident_id).clocks if one.waits_for is Step.SUMMARY), None)
    return Summary(
        number=meeting.number,
        subject=_subject(world, incident),
        parts=tuple(_parts(actor, world, incident, record)),
        known=tuple(one for one in people if one in reached),
        unknown=tuple(one for one in people if one not in reached),
        letters=tuple(one for one in world.outbox.posted(incident_id) if one.key.startswith(start)),
        has_mail=world.post is not None,
        due=clock.due if clock is not None else None,
        sent=clock.stopped if clock is not None else None,
    )


def send_summary(actor: Actor, world: World, incident_id: str) -> Summary:
    """Queue the letters, one a person and meeting, whatever happens.

    Raises NotFound where no meeting has ended, BadInput where nobody can be written to.
    """
    require(actor, Verb.PUBLISH, incident_id)
    ready = summary_of(actor, world, incident_id)
    if not ready.known:
        raise BadInput(say("publishing.nobody"), say("publishing.nobody_next"))
    meeting, _ = _ended(actor, world, incident_id)
    for token in ready.known:
        world.outbox.put(_letter(ready, _key(meeting, token), token, incident_id), world.clock.now())
    return summary_of(actor, world, incident_id)


def remind_of_summaries(actor: Actor, world: World) -> int:
    """Tell the facilitators that a summary is due, at 12 and at 20 hours, each once; gives how many are new."""
    require(actor, Verb.ADMINISTER, None)
    count = 0
    for incident in world.incidents.visible_to(actor):
        last = next(reversed(world.meetings.of(incident.id)), None)
        if last is not None and last.ended_at is not None:
            count += _remind(actor, world, incident, last)
    return count


def _remind(actor: Actor, world: World, incident: Incident, meeting: Meeting) -> int:
    clock = next((one for one in conduct_of(actor, world, incident.id).clocks if one.waits_for is Step.SUMMARY), None)
    now = world.clock.now()
    if clock is None or clock.stopped is not None or meeting.ended_at is None:
        return 0
    start = _key(meeting, "")
    if any(one.key.startswith(start) for one in world.outbox.posted(incident.id)):
        return 0  # on its way
    hours = [one for one in _REMIND_HOURS if now >= meeting.ended_at + timedelta(hours=one)]
    if not hours:
        return 0
    reached = frozenset(world.addresses.known())
    leads = [one.actor_id for one in world.members.of(incident.id) if one.role is Role.FACILITATOR]
    count = 0
    for token in (one for one in (*leads, actor.id) if one in reached):
        facts = {
            "title": record_now(world, incident).title,
            "time": _clock(meeting.ended_at, incident),
            "due": _clock(clock.due, incident),
        }
        left = max(round(clock.left_s(now) / 3600), 0)
        words = (say("wrap_up.remind_text", **facts), say("wrap_up.remind_next"))
        key = f"{_REMINDED}{incident.id}/{meeting.number}/{hours[-1]}/{token}"
        letter = Letter(
            key=key,
            to=token,
            subject=counted("wrap_up.remind_subject", left) if left else say("wrap_up.remind_subject_late"),
            text="\n\n".join(words) + "\n",
            html="".join(f"<p>{escape(one)}</p>" for one in words),
            incident_id=incident.id,
        )
        count += world.outbox.put(letter, now)
    return count


def _ended(actor: Actor, world: World, incident_id: str) -> tuple[Meeting, MeetingRecord]:
    """The last meeting that has ended, with its minutes. Raises NotFound.

    All are told of the end before its minutes are kept: who asks in that moment reads what they will be.
    """
    meetings = world.meetings.of(incident_id)
    for meeting in reversed(meetings):
        if meeting.record is not None:
            return meeting, meeting.record
        room = room_now(world, incident_id) if meeting is meetings[-1] and not meeting.is_live else None
        if room is not None:
            return meeting, minutes_of(actor, world, incident_id, room)
    raise NotFound(say("wrap_up.no_end"), say("wrap_up.no_end_next"))


def _parts(actor: Actor, world: World, incident: Incident, record: MeetingRecord) -> list[tuple[str, str]]:
    """The letter, the bottom line first; actions with the owners that the plan has now."""
    title = record_now(world, incident).title
    parts = [("h", title)]
    try:
        body = short_form(read_text(actor, world, incident.id).document.body)
        parts.append(("p", " ".join(words_of(claim) for claim in claims_in(body, "bluf"))))
    except NotFound:  # nothing was analysed: the meeting alone is told
        pass
    actions = with_owners_now(plan_now(actor, world, incident.id), record.actions)
    lists = (
        ("mail_decided", list(record.decisions)),
        ("mail_actions", [_action(one) for one in actions]),
        ("mail_evidence", [one.text for one in record.evidence_called]),
        ("mail_parked", list(record.parking_lot)),
    )
    for heading, what in lists:
        if what:
            parts += [("h", say(f"wrap_up.{heading}")), ("ul", "\n".join(f"- {one}" for one in what))]
    follow = plan_of(actor, world, incident.id).follow_up
    told = say("wrap_up.mail_follow_up", day=_day(follow.day)) if follow else say("wrap_up.mail_no_follow_up")
    parts.append(("p", told))
    if world.public_url:
        parts.append(("a", say("wrap_up.mail_link", link=f"{world.public_url}/incidents/{incident.id}/document")))
    return [*parts, ("p", say("wrap_up.mail_rule"))]


def _action(one: ActionHeld) -> str:
    owner = one.owner if one.ownership == "accepted" else say("wrap_up.mail_asked", owner=one.owner)
    owner = owner if one.owner and one.ownership != "declined" else say("wrap_up.mail_nobody")
    due = _day(one.due) if one.due is not None else say("minutes.no_due")
    return say("wrap_up.mail_action", what=one.text.rstrip("."), owner=owner, due=due)


def _letter(ready: Summary, key: str, token: str, incident_id: str) -> Letter:
    return Letter(
        key=key,
        to=token,
        subject=ready.subject,
        text="\n\n".join(text for _, text in ready.parts) + "\n",
        html=f'<div style="{LOOK}">{"".join(tagged(tag, text) for tag, text in ready.parts)}</div>',
        incident_id=incident_id,
    )


def _subject(world: World, incident: Incident) -> str:
    record = record_now(world, incident)
    return " ".join(say("wrap_up.subject", severity=record.severity.value, title=record.title).split())


def _key(meeting: Meeting, token: str) -> str:
    return f"{CIRCULATED}{meeting.incident_id}/meeting-{meeting.number}/{token}"


def _clock(at: datetime, incident: Incident) -> str:
    return f"{wall_time(at, incident.time_zone):%Y-%m-%d %H:%M}"


def _day(day: date) -> str:
    """With its weekday, by which people check it."""
    return f"{day:%a} {day.day} {day:%b %Y}"
