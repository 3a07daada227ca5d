"""Comments on any subject of an incident: say, reply, edit, take back, settle. Secrets and names go out first."""

from __future__ import annotations

import re

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.decision import Contribution, ContributionKind
from secondstory.model.errors import BadInput, NotAllowed, NotFound
from secondstory.model.segment import Privacy
from secondstory.model.talk import ON, Remark, Thread, thread_with, threads
from secondstory.ports import Mention, World
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.decide import contribute

MOST_WORDS = 4000
MOST_KEY = 1000
_SUBJECT = re.compile(r"[a-z_]+/.+")


def talk(actor: Actor, world: World, incident_id: str, subject: str = "") -> tuple[Thread, ...]:
    """The threads of an incident, or those on one subject."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    every = threads(world.ledger.contributions(incident_id))
    return tuple(thread for thread in every if not subject or thread.subject == subject)


def thread_of(actor: Actor, world: World, incident_id: str, comment_id: str) -> Thread:
    """The thread that a comment is in, also where all of it was taken back. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    thread = thread_with(world.ledger.contributions(incident_id), comment_id)
    if thread is None:
        raise NotFound(say("talk.no_comment", comment=comment_id[:80]), say("talk.no_comment_next"))
    return thread


def comment(actor: Actor, world: World, incident_id: str, subject: str, text: str) -> Contribution:
    """Comment on a subject; on `comment/<id>` a reply. Raises BadInput, or NotFound where there is no such thread."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    if not _SUBJECT.fullmatch(subject) or len(subject) > MOST_KEY:
        raise BadInput(say("talk.no_subject", subject=subject[:80] or "-"), say("talk.no_subject_next"))
    if subject.startswith(ON):
        subject = ON + thread_of(actor, world, incident_id, subject.removeprefix(ON)).id
    return contribute(actor, world, incident_id, subject, ContributionKind.COMMENT, _clean(world, text))


def edit_comment(actor: Actor, world: World, incident_id: str, comment_id: str, text: str) -> Contribution:
    """Other words for one's own comment; the ledger keeps both. Raises NotFound, NotAllowed, BadInput."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    _own(actor, world, incident_id, comment_id)
    words = _clean(world, text)
    return contribute(actor, world, incident_id, ON + comment_id, ContributionKind.EDIT, words)


def withdraw_comment(actor: Actor, world: World, incident_id: str, comment_id: str) -> Contribution:
    """Take back one's own comment; replies to it stay. Raises NotFound, NotAllowed, BadInput."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    _own(actor, world, incident_id, comment_id)
    return contribute(actor, world, incident_id, "-", ContributionKind.WITHDRAW, comment_id)


def settle(actor: Actor, world: World, incident_id: str, comment_id: str, *, settled: bool) -> Contribution:
    """Say that nothing is left to say in a thread, or open it again. Raises NotFound, BadInput."""
    require(actor, Verb.CONTRIBUTE, incident_id)
    thread = thread_of(actor, world, incident_id, comment_id)
    if (thread.settled_by is not None) == settled:
        raise BadInput(say("talk.as_it_is", comment=thread.id), say("talk.as_it_is_next"))
    kind = ContributionKind.RESOLVE if settled else ContributionKind.REOPEN
    return contribute(actor, world, incident_id, ON + thread.id, kind, "")


def unread_mentions(actor: Actor, world: World) -> tuple[Mention, ...]:
    """Where the actor was named and has not looked, in the incidents that they may read now; the newest first."""
    seen = tuple(incident.id for incident in world.incidents.visible_to(actor))
    return world.mentions.unread(actor.id, seen)


def read_mentions(actor: Actor, world: World, incident_id: str) -> None:
    """The actor has looked at where they were named in an incident."""
    require(actor, Verb.READ, incident_id)
    world.mentions.read(actor.id, incident_id)


def _own(actor: Actor, world: World, incident_id: str, comment_id: str) -> Remark:
    thread = thread_of(actor, world, incident_id, comment_id)
    remark = next(one for one in thread.remarks if one.id == comment_id)
    if remark.actor != actor.id:
        raise NotAllowed(say("talk.not_yours", comment=comment_id, actor=remark.actor), say("talk.not_yours_next"))
    if remark.withdrawn:
        raise BadInput(say("talk.gone", comment=comment_id), say("talk.gone_next"))
    return remark


def _clean(world: World, text: str) -> str:
    words = text.strip()
    if not words:
        raise BadInput(say("talk.empty"), say("talk.empty_next"))
    if len(words) > MOST_WORDS:
        raise BadInput(say("talk.long", count=len(words), most=MOST_WORDS), say("talk.long_next"))
    privacy = Privacy(world.sealed.people(), world.sealed.user_key())
    (clean,) = world.redactor.sentences((words,), privacy)
    return clean
