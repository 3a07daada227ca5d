"""Which events of the timeline are worth the room's time, in their order: the same as the page Room goes through."""

from __future__ import annotations

import re

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.errors import NotFound
from secondstory.model.timeline import EventKind, TimelineEvent
from secondstory.ports import World
from secondstory.usecases.plan import causes_now
from secondstory.usecases.timeline_now import events_now, timeline_now

_TELLING = frozenset({EventKind.CHANGE, EventKind.COMMAND, EventKind.ALERT, EventKind.ADDED})
_OWN_SIGNS = re.compile(r"/(saturation|errors|latency)$")


def turning_points(actor: Actor, world: World, incident_id: str) -> tuple[TimelineEvent, ...]:
    """Events that people starred or want dug into; changes, commands and alerts that began; first signs on the path.

    Empty where nothing was analysed. Raises NotAllowed.
    """
    require(actor, Verb.READ, incident_id)
    try:
        raised = {one.subject for one in timeline_now(actor, world, incident_id).raised if one.stars or one.digs}
        events = events_now(actor, world, incident_id).events
    except NotFound:
        return ()
    path = {name for hop in causes_now(actor, world, incident_id).cascade for name in (hop.caller, hop.callee)}
    return tuple(one for one in events if one.key in raised or _is_telling(one) or _is_sign(one, path))


def _is_telling(event: TimelineEvent) -> bool:
    return event.kind in _TELLING and ("state", "resolved") not in event.attributes


def _is_sign(event: TimelineEvent, path: set[str]) -> bool:
    return event.kind is EventKind.SIGNAL and event.service in path and _OWN_SIGNS.search(event.key) is not None
