"""What attendees say to the plan: they come or not, object, or add a point; and the facilitator's answer to each."""

from __future__ import annotations

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.codec import encode
from secondstory.model.decision import DecisionVerb
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.meeting_plan import Answer, MeetingPlan, PointKind, PointOutcome
from secondstory.model.meeting_said import ANSWER, POINT, REPLY, PointSaid, ReplySaid
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.decide import Verdict, append_own, decide
from secondstory.usecases.incident_record import cleaned
from secondstory.usecases.meeting_plan.reading import plan_of_meeting

MOST_WORDS = 500
MOST_POINTS = 100


def answer_invitation(
    actor: Actor, world: World, incident_id: str, answer: Answer, said: tuple[str, str] = ("", "")
) -> MeetingPlan:
    """Say that one comes or not. `said` is (for whom, why); "" = for oneself, else the facilitator notes an answer.

    Raises NotAllowed for another's answer, NotFound for somebody who is not on the list.
    """
    require(actor, Verb.CONTRIBUTE, incident_id)
    token, why = said[0] or actor.id, said[1]
    if token != actor.id and not may(actor, Verb.LEAD, incident_id):
        raise NotAllowed(say("prepare.not_yours", token=token), say("prepare.not_yours_next"))
    plan = plan_of_meeting(actor, world, incident_id)
    if token not in {one.token for one in plan.invited}:
        listed = ", ".join(one.token for one in plan.invited)
        raise NotFound(say("prepare.not_listed", token=token), say("prepare.not_listed_next", listed=listed))
    (why,) = _plain(world, why)
    append_own(actor, world, incident_id, Verdict(f"{ANSWER}{token}", DecisionVerb.MARK, answer.value, why))
    return plan_of_meeting(actor, world, incident_id)


def raise_point(actor: Actor, world: World, incident_id: str, kind: PointKind, said: tuple[str, str]) -> MeetingPlan:
    """Object to a box or to the meeting, or add a point; `said` is (box or "", words). Raises BadInput, NotFound."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    box, words = said
    plan = plan_of_meeting(actor, world, incident_id)
    if box and box not in {one.key for one in plan.boxes}:
        known = ", ".join(one.key for one in plan.boxes)
        raise NotFound(say("prepare.no_box", box=box), say("prepare.no_box_next", boxes=known))
    if len(plan.points) >= MOST_POINTS:
        raise BadInput(say("prepare.many_points", most=MOST_POINTS), say("prepare.many_points_next"))
    (plain,) = _plain(world, words)
    if not plain:
        raise BadInput(say("prepare.no_words"), say("prepare.no_words_next"))
    subject, text = f"{POINT}{world.ids.new('point')}", encode(PointSaid(kind, box, plain), PointSaid).decode()
    append_own(actor, world, incident_id, Verdict(subject, DecisionVerb.ADD, text, ""))
    return plan_of_meeting(actor, world, incident_id)


def reply_to_point(
    actor: Actor, world: World, incident_id: str, point: str, said: tuple[PointOutcome, str]
) -> MeetingPlan:
    """Answer a point: taken in, parked, or not now with the reason. Raises NotFound, BadInput."""
    require(actor, Verb.LEAD, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    if point not in {one.id for one in plan.points}:
        raise NotFound(say("prepare.no_point", point=point), say("prepare.no_point_next"))
    outcome, words = said
    (plain,) = _plain(world, words)
    if outcome is PointOutcome.NOT_NOW and not plain:
        raise BadInput(say("prepare.no_reason"), say("prepare.no_reason_next"))
    text = encode(ReplySaid(outcome, plain), ReplySaid).decode()
    decide(actor, world, incident_id, Verdict(f"{REPLY}{point}", DecisionVerb.MARK, text, ""))
    return plan_of_meeting(actor, world, incident_id)


def _plain(world: World, words: str) -> tuple[str, ...]:
    text = " ".join(words.split())
    if len(text) > MOST_WORDS:
        raise BadInput(say("prepare.long", most=MOST_WORDS), say("prepare.long_next"))
    return cleaned(world, (text,))
