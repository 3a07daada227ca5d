"""What decisions on the plan of a meeting hold: subjects below `meeting/`, and texts, some of them JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from secondstory.model.codec import decode
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.errors import BadInput
from secondstory.model.meeting_plan import AgendaPoint, Answer, PointKind, PointOutcome, Template

MEETING = "meeting/"
TEMPLATE = "meeting/plan/template"
PLACE = "meeting/plan/place"
CALLED_OFF = "meeting/plan/called-off"
MINUTES = "meeting/plan/minutes/"
AIM = "meeting/plan/aim/"
ATTENDEE = "meeting/attendee/"
ANSWER = "meeting/answer/"
POINT = "meeting/point/"
REPLY = "meeting/reply/"
WHEN = "conduct/meeting/planned"
"""The time of the meeting is the planned time of that step, said once for both."""
TOLD_TO_CALENDARS = (TEMPLATE, PLACE, CALLED_OFF, WHEN)
IN, OUT = "in", "out"
NOTHING = "-"
"""The text that takes a place or a wording away: a decision cannot say nothing at all."""


@dataclass(frozen=True)
class PointSaid:
    """The text of a decision that brings up a point."""

    kind: PointKind
    box: str
    words: str


@dataclass(frozen=True)
class ReplySaid:
    """The text of a decision that answers one."""

    outcome: PointOutcome
    words: str


@dataclass
class Said:
    """What people said of the meeting up to now, as far as it can be read. Minutes and aims by box, in order said."""

    template: Template | None = None
    template_by: str = ""
    place: str = ""
    is_called_off: bool = False
    minutes: dict[str, int] = field(default_factory=dict)
    aims: dict[str, str] = field(default_factory=dict)
    listed: dict[str, tuple[bool, str]] = field(default_factory=dict)  # token to (is in, by whom)
    moves: dict[str, int] = field(default_factory=dict)  # how often each was put on the list or struck off
    answers: dict[str, tuple[Answer, str]] = field(default_factory=dict)
    points: dict[str, AgendaPoint] = field(default_factory=dict)
    sequence: int = 0
    changed_at: datetime | None = None


def read_said(decisions: tuple[Decision, ...]) -> Said:
    """Fold all decisions of an incident; what says nothing readable changes nothing."""
    said = Said()
    for one in not_withdrawn(decisions):
        if one.subject.startswith(MEETING):
            _take(said, one)
    ours = {one.id for one in decisions if one.subject in TOLD_TO_CALENDARS}
    told = [one for one in decisions if one.id in ours or (one.verb is DecisionVerb.WITHDRAW and one.text in ours)]
    said.sequence = len(told)
    said.changed_at = max((one.at for one in told), default=None)
    return said


def _take(said: Said, one: Decision) -> None:
    subject, text = one.subject, one.text
    if subject == TEMPLATE and text in tuple(Template):
        said.template, said.template_by = Template(text), one.actor_id
    elif subject == PLACE:
        said.place = "" if text == NOTHING else text.strip()
    elif subject == CALLED_OFF:
        said.is_called_off = text == "yes"
    elif subject.startswith(MINUTES):
        _set_minutes(said, subject.removeprefix(MINUTES), text)
    elif subject.startswith(AIM):
        said.aims[subject.removeprefix(AIM)] = "" if text == NOTHING else text.strip()
    elif subject.startswith(ATTENDEE) and text in (IN, OUT):
        token = subject.removeprefix(ATTENDEE)
        said.listed[token] = text == IN, one.actor_id
        said.moves[token] = said.moves.get(token, 0) + 1
    elif subject.startswith(ANSWER) and text in tuple(Answer):
        said.answers[subject.removeprefix(ANSWER)] = Answer(text), one.why
    else:
        _take_point(said, one)


def _set_minutes(said: Said, box: str, text: str) -> None:
    said.minutes.pop(box, None)  # so that it stands last
    if text.isdecimal():
        said.minutes[box] = int(text)


def _take_point(said: Said, one: Decision) -> None:
    try:
        if one.subject.startswith(POINT):
            told = decode(one.text.encode(), PointSaid)
            ident = one.subject.removeprefix(POINT)
            said.points[ident] = AgendaPoint(ident, told.kind, told.box, told.words, one.actor_id, one.at)
        elif one.subject.startswith(REPLY) and (ident := one.subject.removeprefix(REPLY)) in said.points:
            reply, point = decode(one.text.encode(), ReplySaid), said.points[ident]
            told = PointSaid(point.kind, point.box, point.words)
            answered = (reply.outcome, reply.words, one.actor_id)
            said.points[ident] = AgendaPoint(ident, told.kind, told.box, told.words, point.by, point.at, *answered)
    except (BadInput, ValueError):
        return  # whoever decides by hand may write anything
