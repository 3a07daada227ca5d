"""The letter to the owner of an action, with the entry for the calendar; of a restricted incident the action alone."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from html import escape
from zoneinfo import ZoneInfo

from secondstory.model.action_state import ActionState
from secondstory.model.incident import Incident
from secondstory.model.mail import Attachment, Letter
from secondstory.model.plan import Ownership, PlannedAction
from secondstory.model.reminder import CalendarEntry, Reminder, ReminderKind
from secondstory.ports import World
from secondstory.stages.actions.calendar import CANCEL, PUBLISH, calendar_file, entry_of
from secondstory.stages.actions.reminding import Talk
from secondstory.texts import say
from secondstory.usecases.incident_record import record_now

_LONGEST_TITLE = 120
NOBODY = "second-story@localhost"
"""Stands as the organizer of an entry where no sender is set."""


def written(
    world: World,
    incident: Incident,
    about: tuple[PlannedAction, Talk],
    why: tuple[Reminder, str, CalendarEntry | None],
) -> Letter:
    """The letter; `about` is (action, what was said of it), `why` (reminder, key of the letter, follow-up meeting)."""
    one, talk = about
    reminder, key, meeting = why
    if reminder.kind is ReminderKind.VERIFY:
        return _letter(world, incident, one, (reminder, key))
    is_gone = reminder.kind is ReminderKind.GONE
    entry = entry_of(incident.id, one, talk, is_gone=is_gone)
    method = CANCEL if is_gone else PUBLISH
    files = [_file("action", entry, world.sender, method)]
    meeting = None if is_gone else meeting
    if meeting is not None:
        files.append(_file("follow-up", meeting, world.sender, PUBLISH))
    return replace(_letter(world, incident, one, (reminder, key), meeting), attachments=tuple(files))


def _letter(
    world: World,
    incident: Incident,
    one: PlannedAction,
    why: tuple[Reminder, str],
    meeting: CalendarEntry | None = None,
) -> Letter:
    reminder, key = why
    parts = _parts(world, incident, one, reminder)
    if meeting is not None:
        parts.insert(-1, say("reminding.follow_up", day=_day(meeting.day)))
    return Letter(
        key=key,
        to=reminder.to,
        subject=_said("subject", one, reminder, _today(world, one)),
        text="\n\n".join(parts) + "\n",
        html="".join(f"<p>{escape(part)}</p>" for part in parts),
        incident_id=incident.id,
    )


def _file(name: str, entry: CalendarEntry, sender: str, method: str) -> Attachment:
    """One file an entry: some programs read the first of a file alone."""
    data = calendar_file((entry,), sender or NOBODY, method)
    return Attachment(f"{name}.ics", f"text/calendar; method={method}; charset=utf-8", data)


def plan_link(world: World, incident: Incident) -> str:
    """Where the plan is read, "" where only this machine could; of a restricted incident the door alone."""
    address = world.public_url.rstrip("/")
    if not address.startswith("https:"):
        return ""
    return f"{address}/" if incident.restricted else f"{address}/#/i/{incident.id}/actions"


def _parts(world: World, incident: Incident, one: PlannedAction, reminder: Reminder) -> list[str]:
    parts = [_said("tell", one, reminder, _today(world, one))]
    if reminder.kind is ReminderKind.GONE:
        return parts
    if one.criterion:
        parts.append(say("reminding.criterion", criterion=_plain(one.criterion)))
    is_look = reminder.kind is ReminderKind.VERIFY
    is_asked = one.progress is ActionState.IMPLEMENTED and one.verifying is Ownership.ACCEPTED
    stands = "verify" if is_look else "looked" if is_asked else one.progress.value
    parts.append(say(f"reminding.stands_{stands}", verifier=one.verifier))
    if not incident.restricted:
        parts.append(say("reminding.from_incident", title=_plain(record_now(world, incident).title)))
    if link := plan_link(world, incident):
        parts.append(say("reminding.link", link=link))
    return [*parts, say("reminding.stop_verify" if is_look else "reminding.stop")]


def _said(what: str, one: PlannedAction, reminder: Reminder, today: date) -> str:
    left = abs((one.due - today).days)
    days = say("reminding.day") if left == 1 else say("reminding.days", count=left)
    title = _plain(one.title).rstrip(".")
    if what == "subject" and len(title) > _LONGEST_TITLE:
        title = title[: _LONGEST_TITLE - 1].rstrip() + "…"
    return say(f"reminding.{what}_{reminder.kind.value}", title=title, day=_day(one.due), days=days)


def _day(day: date) -> str:
    return f"{day:%a} {day.day} {day:%b %Y}"


def _today(world: World, one: PlannedAction) -> date:
    return world.clock.now().astimezone(ZoneInfo(one.zone)).date()


def _plain(text: str) -> str:
    return " ".join(text.replace("`", "").split())
