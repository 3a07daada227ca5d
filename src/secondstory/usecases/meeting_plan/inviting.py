"""Invites by mail with an entry for the calendar: shown before it is sent, again when time or place changes.

A letter is of one state of the plan, named by its sequence, so that the same state is never sent twice to one person.
Who was invited and is no longer, by name or because the meeting is called off, is told so by mail and calendar.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from html import escape
from math import ceil

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.conduct import Step
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.invitation import INVITED, CalendarSlot, InvitationText, Reached, Recipient
from secondstory.model.mail import Attachment, Letter, Posted
from secondstory.model.meeting_plan import MeetingPlan
from secondstory.model.report import Bullets, Paragraph, ReportBody
from secondstory.ports import World
from secondstory.stages.meeting.calendar import meeting_file, method_of, uid_of_meeting
from secondstory.stages.meeting.inviting import Reading, invitation_text
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import tick_step
from secondstory.usecases.meeting_plan.reading import plan_of_meeting
from secondstory.usecases.plan import readers_of
from secondstory.usecases.reminder_letter import NOBODY

_WORDS_A_MINUTE = 200


@dataclass(frozen=True)
class InvitationNow:
    """The letter as it would go out now, to whom, and whether it can. `why_not` "" = nothing stands in the way."""

    invitation: InvitationText
    text: str
    words: int
    recipients: tuple[Recipient, ...]
    why_not: str
    has_mail: bool


def invitation_of(actor: Actor, world: World, incident_id: str) -> InvitationNow:
    """The letter and its recipients, before anything is sent. Raises NotFound."""
    require(actor, Verb.LEAD, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    written = _text(world, incident_id, plan)
    told = _why_not(world, plan)
    return InvitationNow(
        invitation=written,
        text=written.text,
        words=written.words,
        recipients=tuple(_recipients(world, incident_id, plan)),
        why_not=told[0] if told else "",
        has_mail=world.post is not None,
    )


def send_invitation(actor: Actor, world: World, incident_id: str) -> InvitationNow:
    """Queue a letter for each recipient who lacks it, and tick the step.

    Raises BadInput without a mail server or a time that somebody set, NotFound where nobody is to be written to.
    """
    require(actor, Verb.LEAD, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    if told := _why_not(world, plan):
        raise BadInput(*told)
    if world.post is None:
        raise BadInput(say("mail.not_set_up"), say("invitation.no_mail_next"))
    waiting = [one for one in _recipients(world, incident_id, plan) if one.reached in (Reached.DUE, Reached.CANCEL)]
    known = [one for one in _recipients(world, incident_id, plan) if one.reached is Reached.SENT]
    if not waiting and not known:
        raise NotFound(say("invitation.nobody"), say("invitation.nobody_next"))
    written = _text(world, incident_id, plan)
    for one in waiting:
        world.outbox.put(_letter(world, incident_id, (plan, written), one), world.clock.now())
    if not plan.is_called_off:
        tick_step(actor, world, incident_id, Step.INVITE, (None, ""))
    return invitation_of(actor, world, incident_id)


def meeting_calendar(actor: Actor, world: World, incident_id: str, sitting: int = 1) -> bytes:
    """A sitting as a file for one's own calendar. Raises BadInput without a time, NotFound for no such sitting."""
    require(actor, Verb.EXPORT, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    if plan.starts_at is None:
        raise BadInput(say("invitation.no_time"), say("invitation.no_time_next"))
    if not plan.sitting(sitting):
        raise NotFound(say("prepare.no_sitting", sitting=sitting), say("prepare.no_sitting_next"))
    return meeting_file(_slot(world, incident_id, plan, sitting))


def _why_not(world: World, plan: MeetingPlan) -> tuple[str, str] | None:
    if plan.starts_at is None or not plan.starts_by:
        return say("invitation.no_time"), say("invitation.no_time_next")
    if plan.starts_at <= world.clock.now() and not plan.is_called_off:
        return say("invitation.over"), say("invitation.over_next")
    return None


def _recipients(world: World, incident_id: str, plan: MeetingPlan) -> Iterator[Recipient]:
    """Who is on the list, and who was invited before and is not on it now."""
    last = _last_letters(world, incident_id)
    is_restricted = get_incident(world, incident_id).restricted
    readers = readers_of(world, incident_id) if is_restricted else frozenset()
    for one in plan.attendees:
        posted = last.get(one.token)
        is_gone = plan.is_called_off or not one.is_in
        if is_gone and posted is None:
            continue
        if posted is not None and posted.key == _key(incident_id, plan, one.token, is_gone=is_gone):
            reached = Reached.SENT
        elif not one.has_address:
            reached = Reached.NO_ADDRESS
        elif is_restricted and one.token not in readers:
            reached = Reached.NO_PART
        else:
            reached = Reached.CANCEL if is_gone else Reached.DUE
        state, error = (posted.state.value, posted.error) if posted is not None else ("", "")
        yield Recipient(one.token, reached, state, error, is_gone)


def _last_letters(world: World, incident_id: str) -> dict[str, Posted]:
    letters = (one for one in world.outbox.posted(incident_id) if one.key.startswith(f"{INVITED}{incident_id}/"))
    return {one.to: one for one in letters}


def _sequence(plan: MeetingPlan, token: str) -> int:
    """What a person's calendar must see rise: the plan's changes, and their own coming and going."""
    return plan.sequence + next((one.moves for one in plan.attendees if one.token == token), 0)


def _key(incident_id: str, plan: MeetingPlan, token: str, *, is_gone: bool) -> str:
    return f"{INVITED}{incident_id}/{_sequence(plan, token)}{'-gone' if is_gone else ''}/{token}"


def _letter(world: World, incident_id: str, told: tuple[MeetingPlan, InvitationText], to: Recipient) -> Letter:
    plan, written = told
    if to.is_gone and not plan.is_called_off:
        is_named = not get_incident(world, incident_id).restricted
        title = plan.title if is_named else say("invitation.unnamed")
        off = (say("invitation.off_you", title=title),)
        written = InvitationText(say("invitation.subject_off", title=title), off, (), (say("invitation.sign"),))
    slots = [_slot(world, incident_id, plan, number, to.token) for number in (1, 2) if plan.sitting(number)]
    files = tuple(_file(slot, number, is_gone=to.is_gone) for number, slot in enumerate(slots, 1))
    items = "".join(f"<li>{escape(line)}</li>" for line in written.agenda)
    before, after = (("".join(f"<p>{escape(part)}</p>" for part in some)) for some in (written.above, written.below))
    return Letter(
        key=_key(incident_id, plan, to.token, is_gone=to.is_gone),
        to=to.token,
        subject=" ".join(written.subject.split()),
        text=written.text,
        html=f"{before}<ul>{items}</ul>{after}" if items else before + after,
        attachments=files,
        incident_id=incident_id,
    )


def _file(slot: CalendarSlot, number: int, *, is_gone: bool) -> Attachment:
    told = replace(slot, is_gone=is_gone)
    name = "meeting.ics" if number == 1 else f"meeting-{number}.ics"
    return Attachment(name, f"text/calendar; method={method_of(told)}; charset=utf-8", meeting_file(told))


def _slot(world: World, incident_id: str, plan: MeetingPlan, sitting: int, token: str = "") -> CalendarSlot:
    """A sitting for one attendee, or for nobody in particular."""
    start = plan.starts_at if sitting == 1 else plan.second_at
    assert start is not None, "asked only where a time is set"
    is_named = not get_incident(world, incident_id).restricted
    title = " ".join(plan.title.split()) if is_named else say("invitation.unnamed")
    agenda = "\n".join(say("invitation.box", minutes=box.minutes, title=box.title) for box in plan.sitting(sitting))
    return CalendarSlot(
        uid=uid_of_meeting(incident_id, sitting),
        sequence=_sequence(plan, token),
        changed_at=plan.changed_at or start,
        start=start,
        end=start + plan.length(sitting),
        title=say("invitation.entry_title" if sitting == 1 else "invitation.entry_second", title=title),
        words=agenda,
        place=plan.place,
        organizer=world.sender or NOBODY,
        attendee=(world.addresses.of(token) or "") if token else "",
        attendee_name=token,
        is_gone=plan.is_called_off,
    )


def _text(world: World, incident_id: str, plan: MeetingPlan) -> InvitationText:
    incident = get_incident(world, incident_id)
    address = world.public_url.rstrip("/")
    link = ""
    if address.startswith("https:"):
        link = f"{address}/" if incident.restricted else f"{address}/#/i/{incident_id}/prepare"
    reading = Reading(_minutes_to_read(world, incident_id), link)
    return invitation_text(plan, reading, is_named=not incident.restricted)


def _minutes_to_read(world: World, incident_id: str) -> int:
    """How long the sentences of the document take at 200 words a minute; tables and charts are looked at beside."""
    stored = world.documents.latest(incident_id, "report")
    if stored is None:
        return 0
    body = decode(stored.data, Document[ReportBody]).body
    blocks = [block for section in body.sections for block in section.blocks]
    told = [claim.text for block in blocks if isinstance(block, Paragraph | Bullets) for claim in block.claims]
    return max(1, ceil(sum(len(text.split()) for text in told) / _WORDS_A_MINUTE))
