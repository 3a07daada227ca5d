"""The word to executives before the meeting: findings so far, what the meeting is not, and the one ask."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.card import Card, LinePart
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.mail import Letter
from secondstory.ports import World
from secondstory.stages.meeting import answer_card
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.meeting_plan.reading import plan_of_meeting, whole_dossier
from secondstory.usecases.plan import readers_of

SENT = "meeting-executives/"
_FINDINGS = ("what_happened", "safe_tonight")


@dataclass(frozen=True)
class ExecutiveNote:
    """The word as parts under headings, to whom it goes, and who has it in this state."""

    title: str
    findings: tuple[Card, ...]
    is_not: tuple[str, ...]
    ask: Card
    in_room: str
    to: tuple[str, ...]
    sent: tuple[str, ...]
    has_mail: bool


def executive_note(actor: Actor, world: World, incident_id: str) -> ExecutiveNote:
    """The word as it reads now. Raises NotFound."""
    require(actor, Verb.LEAD, incident_id)
    plan, dossier = plan_of_meeting(actor, world, incident_id), whole_dossier(actor, world, incident_id)
    cards = {name: answer_card(dossier, name) for name in (*_FINDINGS, "need_from_me")}
    findings = tuple(card for name in _FINDINGS if (card := cards[name]) is not None)
    ask = cards["need_from_me"]
    assert ask is not None, "the card is one of ours"
    readers = readers_of(world, incident_id)
    to = tuple(one.token for one in plan.invited if one.is_executive and one.has_address and one.token in readers)
    start = _key(world, incident_id, "")
    sent = tuple(one.to for one in world.outbox.posted(incident_id) if one.key.startswith(start))
    is_not = tuple(say(f"prebrief.is_not_{name}") for name in ("person", "verdict", "plan"))
    in_room = say("prebrief.in_room")
    return ExecutiveNote(plan.title, findings, is_not, ask, in_room, to, sent, world.post is not None)


def send_executive_note(actor: Actor, world: World, incident_id: str) -> ExecutiveNote:
    """Queue it for each executive on the list who lacks it as it is now.

    Raises BadInput without a mail server, NotFound where there is nobody to write to.
    """
    require(actor, Verb.LEAD, incident_id)
    note = executive_note(actor, world, incident_id)
    if world.post is None:
        raise BadInput(say("mail.not_set_up"), say("invitation.no_mail_next"))
    if not note.to:
        raise NotFound(say("prebrief.executive_nobody"), say("prebrief.executive_nobody_next"))
    is_named = not get_incident(world, incident_id).restricted
    title = note.title if is_named else say("invitation.unnamed")
    for token in note.to:
        letter = _letter(note, " ".join(say("prebrief.executive_subject", title=title).split()))
        key = _key(world, incident_id, token)
        sealed = Letter(key, token, letter.subject, letter.text, letter.html, (), incident_id)
        world.outbox.put(sealed, world.clock.now())
    return executive_note(actor, world, incident_id)


def _letter(note: ExecutiveNote, subject: str) -> Letter:
    blocks = (
        (say("prebrief.executive_findings"), tuple(card.text for card in note.findings)),
        (say("prebrief.executive_is_not"), (*note.is_not, note.in_room)),
        (say("prebrief.executive_ask"), (_asked(note.ask),)),
    )
    text = "\n\n".join(part for heading, parts in blocks for part in (heading, *parts)) + "\n"
    html = "".join(
        f"<h2>{escape(heading)}</h2>{''.join(f'<p>{escape(part)}</p>' for part in parts)}" for heading, parts in blocks
    )
    return Letter("draft", "draft", subject, text, html)


def _asked(card: Card) -> str:
    """The ask alone, with what it rests on."""
    kept = (LinePart.ANSWER, LinePart.NUMBER, LinePart.UNKNOWN)
    return " ".join(line.text for line in card.lines if line.part in kept)


def _key(world: World, incident_id: str, token: str) -> str:
    """One letter a person and state of the document."""
    stored = world.documents.latest(incident_id, "report")
    return f"{SENT}{incident_id}/{stored.hash[:12] if stored is not None else '-'}/{token}"
