"""The plan of a meeting as a person reads it in a terminal."""

from __future__ import annotations

from secondstory.cli.session import print_json, print_table, say_line
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.meeting_plan import AgendaBox, AgendaPoint, Attendee, MeetingPlan
from secondstory.model.window import wall_time
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.meeting_plan.reading import prepared_of


def print_plan(world: World, incident_id: str, as_json: bool) -> None:
    """The whole plan: time and place, agenda, attendees, points, and who leads."""
    prepared = prepared_of(LOCAL_OWNER, world, incident_id)
    if as_json:
        print_json(prepared)
        return
    plan = prepared.plan
    say_line(f"{plan.title}  ·  {when_told(plan)}")
    say_line(f"{say(f'agenda.template_{plan.template.value}')}: {plan.template_why}")
    for box in plan.boxes:
        say_line(_box(box))
        for line in (box.aim, *box.why):
            say_line(f"        {line}")
    columns = tuple(say(f"prepare.column_{name}") for name in ("who", "why", "answer"))
    rows = [(one.token, "; ".join(one.why), _answer(one)) for one in plan.attendees]
    print_table(say("prepare.attendees"), columns, rows, whole_names=True)
    for point in plan.points:
        say_line(_point(point))
    for line in (*plan.independence.findings, plan.independence.advice, *plan.cautions):
        say_line(line)


def when_told(plan: MeetingPlan) -> str:
    """When and where it is, or why nobody can tell."""
    if plan.is_called_off:
        return say("prepare.is_off")
    if plan.starts_at is None:
        return say("agenda.no_time")
    at = f"{wall_time(plan.starts_at, plan.zone):%a %Y-%m-%d %H:%M}"
    told = say("prepare.when" if plan.starts_by else "prepare.when_proposed", at=at, zone=plan.zone)
    return f"{told}, {plan.place}" if plan.place else told


def _box(box: AgendaBox) -> str:
    return f"{box.minutes:>4} min  {box.title}  [{box.key}]"


def _answer(one: Attendee) -> str:
    if not one.is_in:
        return say("prepare.struck", by=one.by)
    told = say(f"prepare.{one.answer.value}")
    return f"{told}: {one.answer_why}" if one.answer_why else told


def _point(point: AgendaPoint) -> str:
    state = say(f"prepare.{point.outcome.value}") if point.outcome is not None else say("prepare.open")
    where = f" [{point.box}]" if point.box else ""
    reply = f": {point.reply}" if point.reply else ""
    return (
        f"{point.id}  {say(f'prepare.kind_{point.kind.value}')}{where} by {point.by}: {point.words}  ({state}{reply})"
    )
