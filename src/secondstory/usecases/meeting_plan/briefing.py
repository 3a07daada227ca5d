"""The facilitator's page and the opening statement, filled with this incident's facts; for who leads the meeting."""

from __future__ import annotations

from secondstory.access import Verb, require
from secondstory.blameless.replies.choosing import choose
from secondstory.blameless.replies.ladder import Offered, Room, apply_event
from secondstory.blameless.replies.recognising import Occasion, moment_named
from secondstory.model.actor import Actor
from secondstory.model.brief import Brief, LikelyMoment, PreparedMoment
from secondstory.model.statement import OpeningStatement
from secondstory.model.utterance import SpeakerRole, Utterance, Verdict
from secondstory.model.window import Window
from secondstory.ports import World
from secondstory.stages.meeting import Dossier, answer_cards, fact_sheet
from secondstory.stages.meeting.briefing import ask_first, brief_facts, contested, likely_moments
from secondstory.stages.meeting.room import planned_window
from secondstory.stages.meeting.statement import statements
from secondstory.texts import say
from secondstory.usecases.meeting_plan.reading import plan_of_meeting, whole_dossier
from secondstory.usecases.origin import origin_tokens
from secondstory.usecases.people import KnownPerson
from secondstory.usecases.room.log import room_now
from secondstory.usecases.wordings import own_wordings


def statements_of(actor: Actor, world: World, incident_id: str) -> tuple[OpeningStatement, ...]:
    """What to say in the first minutes, in three lengths. Raises NotFound."""
    require(actor, Verb.LEAD, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    return statements(whole_dossier(actor, world, incident_id), plan, _begun(world, incident_id))


def _begun(world: World, incident_id: str) -> Window | None:
    """When the meeting that is on began, and when it ends by its agenda."""
    room = room_now(world, incident_id)
    return planned_window(room.clock) if room is not None and room.is_live else None


def names_of_meeting(actor: Actor, world: World, incident_id: str) -> tuple[KnownPerson, ...]:
    """The names behind the tokens on the list, to be said aloud by who leads and may unseal them; kept nowhere."""
    require(actor, Verb.LEAD, incident_id)
    require(actor, Verb.UNSEAL, incident_id)
    here = {one.token for one in plan_of_meeting(actor, world, incident_id).attendees}
    here -= origin_tokens(world, incident_id)  # there they are other people
    return tuple(KnownPerson(token, name) for name, token in world.sealed.people() if token in here)


def brief_of(actor: Actor, world: World, incident_id: str) -> Brief:
    """The whole page. Raises NotFound."""
    require(actor, Verb.LEAD, incident_id)
    plan = plan_of_meeting(actor, world, incident_id)
    dossier = whole_dossier(actor, world, incident_id)
    return Brief(
        plan=plan,
        facts=brief_facts(dossier),
        contested=contested(dossier, plan),
        moments=_prepared(actor, world, dossier, likely_moments(dossier, plan)),
        cards=answer_cards(dossier),
        ask_first=ask_first(dossier, plan),
        statements=statements(dossier, plan, _begun(world, incident_id)),
    )


def brief_markdown(brief: Brief) -> str:
    """The page as Markdown, to keep or to print elsewhere."""
    blocks = [f"# {say('brief.heading')}: {brief.plan.title}", ""]
    short, *_ = brief.statements
    sections = (
        ("opening", [f"> {short.text}"]),
        ("facts", [f"- {f'{one.time} ' if one.time else ''}{one.words}" for one in brief.facts]),
        ("contested", [f"- {line}" for line in brief.contested]),
        ("ask_first", [f"- {one.role}: {one.question}" for one in brief.ask_first]),
        ("moments", [f"- **{one.title}** ({one.why})\n  > {one.reply}" for one in brief.moments]),
        ("agenda", [f"- {box.minutes} min: {box.title}" for box in brief.plan.boxes]),
        ("cards", [f"- **{card.question}** {card.text}" for card in brief.cards]),
    )
    for name, lines in sections:
        blocks += [f"## {say(f'brief.{name}')}", "", *(lines or [say("brief.none")]), ""]
    return "\n".join(blocks)


def _prepared(
    actor: Actor, world: World, dossier: Dossier, likely: tuple[LikelyMoment, ...]
) -> tuple[PreparedMoment, ...]:
    """A reply to each, chosen as in one meeting, so that no two sound alike."""
    sheet, own, room = fact_sheet(dossier), own_wordings(actor, world), Room()
    found = []
    for one in likely:
        moment = moment_named(one.key)
        occasion = Occasion(Utterance("", speaker_role=SpeakerRole.ENGINEER), Verdict(), moment=one.key)
        reply = choose(occasion, sheet, room, seed=0, own=own, aloud=True)
        if moment is None or reply is None:
            continue
        room = apply_event(room, Offered(reply, None))
        found.append(PreparedMoment(one.key, moment.title, one.why, reply.text, reply.evidence_ids))
    return tuple(found)
