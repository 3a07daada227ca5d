"""What the timeline of the demo has to speak of, for the requests that hold the API to its description."""

from __future__ import annotations

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.amending import Entry, When
from secondstory.model.decision import DecisionVerb
from secondstory.model.timeline import EventKind
from secondstory.ports import World
from secondstory.usecases.amend_timeline import add_event, note_event
from secondstory.usecases.decide import Verdict, decide
from secondstory.usecases.timeline_now import events_now

FEW = 3


def names_of_timeline(world: World, incident: str) -> dict[str, list[str]]:
    """Entries to speak of, among them accounts to confirm; decisions to take back, and such as lost their entry."""
    scribe = Actor("scribe-1", roles=((incident, Role.SCRIBE),))
    body = events_now(LOCAL_OWNER, world, incident)
    when = When(body.events[0].moment.earliest, body.events[0].moment.latest, "UTC")
    told = [
        add_event(scribe, world, incident, lambda: Entry(when, "The pool was looked at", told_by=LOCAL_OWNER.id))
        for _ in range(FEW)
    ]
    lost = Verdict("occurrence/chat/-/gone", DecisionVerb.NOTE, "It was quiet.", "")
    chats = [one.key for one in body.events if one.kind is EventKind.CHAT][:FEW]
    events = [one.key for one in body.events if one.kind is not EventKind.CHAT][:FEW]
    mine = [note_event(LOCAL_OWNER, world, incident, chats[0], "It was quiet.").id for _ in range(FEW)]
    return {
        "body.event": [*(one.subject for one in told), *events],
        "query.event": events,
        "body.into": chats,
        "body.message": chats,
        "body.subject": events,
        "body.source": ["alert", "chat", "signals"],
        "query.source": ["alert", "chat", "signals"],
        "body.told_by": ["responder-2"],
        "body.decision": [decide(LOCAL_OWNER, world, incident, lost).id for _ in range(FEW)],
        "path.said": mine,
    }
