"""The plan of the meeting: what the record proposes, with what people said of it folded in."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from secondstory.model.causes import Verdict
from secondstory.model.conversation import AgendaStep
from secondstory.model.incident import Severity
from secondstory.model.meeting_plan import MANY, SHAPES, AgendaBox, Attendee, MeetingPlan, Pull, Template
from secondstory.model.meeting_said import Said
from secondstory.model.plan import Plan
from secondstory.model.timeline import MilestoneKind
from secondstory.stages.meeting.agenda import agenda
from secondstory.stages.meeting.attending import Around, attendees, independence
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.pulls import Opened, pulls
from secondstory.texts import say
from secondstory.texts.durations import duration

_MUCH = 6.0  # pulls together from which the actions are better given a break
_LITTLE = 1.5
_FEW = 5
_SLEPT = timedelta(hours=10)
_GRAVE = (Severity.SEV1, Severity.SEV2)


@dataclass(frozen=True)
class Known:
    """What the plan is made of beside the documents. `second_at` is for the second sitting, where there is one."""

    said: Said
    around: Around
    digs: tuple[str, ...]
    plan: Plan
    leader: str
    starts_at: datetime | None
    starts_by: str
    second_at: datetime | None


def meeting_plan(dossier: Dossier, known: Known) -> MeetingPlan:
    """The meeting as it is planned now."""
    said = known.said
    people = attendees(dossier, known.around, said)
    steps = {shape.key: shape.step for shapes in SHAPES.values() for shape in shapes}
    points = tuple((steps.get(one.box, AgendaStep.DISCUSSION), one) for one in said.points.values())
    open_here = pulls(dossier, Opened(known.digs, known.plan, points))
    proposed, why = _proposed(dossier, open_here, sum(one.is_in for one in people))
    template = said.template or proposed
    boxes = agenda(template, open_here, said.minutes, said.aims)
    unanswered = sum(one.outcome is None for one in said.points.values())
    return MeetingPlan(
        title=dossier.incident.title,
        template=template,
        template_by=said.template_by,
        template_why=say("agenda.why_set") if said.template is not None else why,
        starts_at=known.starts_at,
        starts_by=known.starts_by,
        second_at=known.second_at if template is Template.SPLIT else None,
        zone=dossier.incident.time_zone,
        place=said.place,
        is_called_off=said.is_called_off,
        boxes=tuple(_with_unanswered(box, unanswered) for box in boxes),
        attendees=people,
        points=tuple(said.points.values()),
        independence=independence(dossier, known.leader, known.around.roles),
        cautions=_cautions(dossier, known, people, template),
        sequence=said.sequence,
        changed_at=said.changed_at,
    )


def _proposed(dossier: Dossier, open_here: tuple[Pull, ...], people: int) -> tuple[Template, str]:
    """The template that suits what is open: never the short one after a grave outage, or while causes are open."""
    much = sum(one.weight for one in open_here)
    is_grave = dossier.incident.severity in _GRAVE
    if dossier.causes.verdict is Verdict.INCONCLUSIVE or much >= _MUCH:
        return Template.SOAK, say("agenda.why_90")
    if not is_grave and people <= _FEW and much <= _LITTLE:
        return Template.SHORT, say("agenda.why_30")
    return Template.STANDARD, say("agenda.why_60")


def _with_unanswered(box: AgendaBox, count: int) -> AgendaBox:
    """The opening says how many points of attendees are still to be answered."""
    if box.step is not AgendaStep.OPENING or not count:
        return box
    key = "agenda.unanswered" if count == 1 else "agenda.unanswered_many"
    return replace(box, why=(*box.why, say(key, count=count)))


def _cautions(dossier: Dossier, known: Known, people: tuple[Attendee, ...], template: Template) -> tuple[str, ...]:
    found: list[str] = []
    count = sum(one.is_in for one in people)
    if count > MANY:
        found.append(say("agenda.many", count=count, most=MANY))
    ended = dossier.milestone(MilestoneKind.RESOLVED)
    if known.starts_at is None:
        found.append(say("agenda.no_time"))
    elif ended is not None and timedelta(0) <= known.starts_at - ended[0].latest < _SLEPT:
        hours = duration((known.starts_at - ended[0].latest).total_seconds())
        found.append(say("agenda.early", hours=hours))
    if template is Template.SPLIT:
        found.append(say("agenda.split"))
    return tuple(found)
