"""What a request is in the audit: who, which verb, on what of which incident. No query and no body goes into it."""

from __future__ import annotations

import re
from datetime import datetime

from starlette.datastructures import Headers
from starlette.types import Scope

from secondstory.model.audit import DoorName
from secondstory.records.acting import Act

_WORDS = {"POST": "added", "PUT": "changed", "DELETE": "took back"}
_PATH = re.compile(r"/api/v1/(?:incidents/(?P<incident>[^/]+)/?)?(?P<rest>.*)")
VERB_HEADER = "X-Verb"
_VERB = re.compile(r"[a-z-]{1,40}")
_OWN = re.compile(r"/api/v1/(rehearsals|invitations/|incidents/[^/]+/meeting/said$)")
"""Rehearsals are nobody's affair but one's own; who accepts an invitation is told where the person gets a token. Hands,
votes and words in a meeting stand in its room's log until the minutes; how often somebody spoke is kept of nobody."""


def act_of(scope: Scope, now: datetime) -> Act:
    """The act of a request that the guard has let through. What only reads gets a line where it looks at what is
    restricted."""
    visitor = scope.get("state", {}).get("visitor")
    found = _PATH.match(scope["path"])
    word = _WORDS.get(scope.get("method", "GET"))
    incident, rest = (found["incident"] or "", found["rest"]) if found else ("", scope["path"])
    verb = _verb(scope) if visitor is not None and visitor.actor.is_owner else ""
    if verb and word is not None:
        word = verb
    door = DoorName.CLI if verb else DoorName.WEB
    act = Act(now, visitor.actor.id if visitor else "", door, word or "looked at", incident, rest or "incident")
    act.is_written = word is None or visitor is None or bool(_OWN.match(scope["path"]))
    return act


def _verb(scope: Scope) -> str:
    """The verb of the command line that asks, as the owner's own program on this machine says."""
    told = Headers(scope=scope).get(VERB_HEADER, "")
    return told if _VERB.fullmatch(told) else ""
