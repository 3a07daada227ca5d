"""The words of the invitation: what for, how people speak, what to read, how to object, pass and write unseen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.model.invitation import InvitationText
from secondstory.model.meeting_plan import MeetingPlan
from secondstory.model.window import wall_time
from secondstory.texts import say

_MOST_TITLE = 12  # words: what is longer would push the rest out of a letter that is read
_MOST_PLACE = 10
_MOST_LETTERS = 200


@dataclass(frozen=True)
class Reading:
    """What to read before: how many minutes it takes, 0 = there is nothing yet, and where, "" = ask for it."""

    minutes: int
    link: str


def invitation_text(plan: MeetingPlan, reading: Reading, *, is_named: bool = True) -> InvitationText:
    """The letter for the plan as it is now. `is_named` False: the incident's title stays out, for it is restricted."""
    title = _cut(plan.title, _MOST_TITLE) if is_named else say("invitation.unnamed")
    when = when_words(plan, plan.starts_at)
    if plan.is_called_off:
        below = (say("invitation.off_why"), say("invitation.sign"))
        return InvitationText(
            say("invitation.subject_off", title=title), (say("invitation.off", title=title),), (), below
        )
    place = say("invitation.at_place", place=_cut(plan.place, _MOST_PLACE)) if plan.place else ""
    above = [say("invitation.begins", title=title, when=when, place=place)]
    if plan.second_at is not None:
        above.append(say("invitation.second", when=when_words(plan, plan.second_at)))
    above += [say("invitation.purpose"), say("invitation.rule"), _reading(reading), say("invitation.ways")]
    above.append(say("invitation.recorded"))
    agenda = tuple(say("invitation.box", minutes=box.minutes, title=box.title) for box in plan.boxes)
    link = (say("invitation.link", link=reading.link),) if reading.link else ()
    return InvitationText(
        say("invitation.subject", title=title, when=when), tuple(above), agenda, (*link, say("invitation.sign"))
    )


def when_words(plan: MeetingPlan, at: datetime | None) -> str:
    """A time on the clocks of the incident, with the zone; "" where none is set."""
    if at is None:
        return ""
    local = wall_time(at, plan.zone)
    return say("invitation.when", day=f"{local:%a} {local.day} {local:%b %Y}", time=f"{local:%H:%M}", zone=plan.zone)


def _reading(reading: Reading) -> str:
    if not reading.minutes:
        return say("invitation.nothing_to_read")
    key = "invitation.read_one" if reading.minutes == 1 else "invitation.read"
    return say(key, minutes=reading.minutes)


def _cut(text: str, most: int) -> str:
    words = text.replace("`", "").split()
    plain = " ".join(words[:most])[:_MOST_LETTERS]
    return plain if len(words) <= most and len(plain) < _MOST_LETTERS else f"{plain.rstrip()}…"
