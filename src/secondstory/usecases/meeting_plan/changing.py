"""Changes the plan of the meeting: template, time, place, minutes, words, the list, whether it takes place."""

from __future__ import annotations

from datetime import datetime

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.conduct import Step
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.meeting_plan import AgendaBox, MeetingPlan, Template
from secondstory.model.meeting_said import AIM, ATTENDEE, CALLED_OFF, IN, MINUTES, NOTHING, OUT, PLACE, TEMPLATE
from secondstory.ports import World
from secondstory.texts import counted, say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import plan_step
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.incident_record import cleaned, token_of
from secondstory.usecases.meeting_plan.reading import plan_of_meeting

MOST_PLACE = 500
MOST_AIM = 300
MOST_PEOPLE = 200


def choose_template(actor: Actor, world: World, incident_id: str, template: Template) -> MeetingPlan:
    """Choose how long the meeting is. Minutes set by hand hold on where they fit."""
    return _say(actor, world, incident_id, (TEMPLATE, template.value, ""))


def set_time(actor: Actor, world: World, incident_id: str, at: datetime, why: str = "") -> MeetingPlan:
    """Set when the meeting begins. Raises BadInput on a time that is over."""
    require(actor, Verb.LEAD, incident_id)
    if at <= world.clock.now():
        raise BadInput(say("prepare.past"), say("prepare.past_next"))
    plan_step(actor, world, incident_id, Step.MEETING, (at, why))
    return plan_of_meeting(actor, world, incident_id)


def set_place(actor: Actor, world: World, incident_id: str, place: str) -> MeetingPlan:
    """Set where it is held: a room, or the address of a call. An empty one removes it."""
    place = place.strip()
    if len(place) > MOST_PLACE:
        raise BadInput(say("prepare.long", most=MOST_PLACE), say("prepare.long_next"))
    if any(not sign.isprintable() for sign in place):
        raise BadInput(say("prepare.one_line"), say("prepare.one_line_next"))
    return _say(actor, world, incident_id, (PLACE, place or NOTHING, ""))


def set_minutes(actor: Actor, world: World, incident_id: str, box: str, minutes: int | None) -> MeetingPlan:
    """Set the minutes of a box, None = let them be reckoned again; the others share what is left.

    Raises NotFound for an unknown box, BadInput where the others would not have the least that they need.
    """
    require(actor, Verb.LEAD, incident_id)
    found = _box(plan_of_meeting(actor, world, incident_id), box)
    if minutes is not None and not found.least <= minutes <= found.most:
        told = {"box": found.title, "least": found.least, "most": found.most}
        raise BadInput(counted("prepare.minutes", minutes, **told), say("prepare.minutes_next", **told))
    return _say(actor, world, incident_id, (f"{MINUTES}{box}", "reckoned" if minutes is None else str(minutes), ""))


def set_aim(actor: Actor, world: World, incident_id: str, box: str, words: str) -> MeetingPlan:
    """Say in own words what a box is for; empty words bring ours back."""
    require(actor, Verb.LEAD, incident_id)
    _box(plan_of_meeting(actor, world, incident_id), box)
    (aim,) = cleaned(world, (" ".join(words.split()),))
    if len(aim) > MOST_AIM:
        raise BadInput(say("prepare.long", most=MOST_AIM), say("prepare.long_next"))
    return _say(actor, world, incident_id, (f"{AIM}{box}", aim or NOTHING, ""))


def list_person(actor: Actor, world: World, incident_id: str, who: str, *, is_in: bool) -> MeetingPlan:
    """Put somebody on the list, or strike them off it. A name becomes a token."""
    require(actor, Verb.LEAD, incident_id)
    get_incident(world, incident_id)
    if not who.strip():
        raise BadInput(say("prepare.nobody"), say("prepare.nobody_next"))
    listed = {one.token for one in plan_of_meeting(actor, world, incident_id).attendees}
    token = who.strip() if who.strip() in listed else token_of(actor, world, who)
    if is_in and token not in listed and len(listed) >= MOST_PEOPLE:
        raise BadInput(say("prepare.crowd", most=MOST_PEOPLE), say("prepare.crowd_next"))
    return _say(actor, world, incident_id, (f"{ATTENDEE}{token}", IN if is_in else OUT, ""))


def call_off(actor: Actor, world: World, incident_id: str, why: str, *, is_off: bool = True) -> MeetingPlan:
    """Say that the meeting does not take place, or that it does after all."""
    (why,) = cleaned(world, (why.strip(),))
    return _say(actor, world, incident_id, (CALLED_OFF, "yes" if is_off else "no", why))


def _say(actor: Actor, world: World, incident_id: str, said: tuple[str, str, str]) -> MeetingPlan:
    """Append (subject, text, why); gives the plan after it."""
    require(actor, Verb.LEAD, incident_id)
    subject, text, why = said
    decide(actor, world, incident_id, Verdict(subject, DecisionVerb.MARK, text, why))
    return plan_of_meeting(actor, world, incident_id)


def _box(plan: MeetingPlan, key: str) -> AgendaBox:
    found = next((one for one in plan.boxes if one.key == key), None)
    if found is None:
        known = ", ".join(one.key for one in plan.boxes)
        raise NotFound(say("prepare.no_box", box=key), say("prepare.no_box_next", boxes=known))
    return found
