"""What a request is in the audit: who, which verb, on what of which incident. No query and no body goes into it."""

from __future__ import annotations

import re
from datetime import datetime

from starlette.types import Scope

from secondstory.model.audit import DoorName
from secondstory.records.acting import Act

_WORDS = {"POST": "added", "PUT": "changed", "DELETE": "took back"}
_PATH = re.compile(r"/api/v1/(?:incidents/(?P<incident>[^/]+)/?)?(?P<rest>.*)")
_OWN = re.compile(r"/api/v1/(rehearsals|invitations/)")
"""Rehearsals are nobody's affair but one's own; who accepts an invitation is told where the person gets a token."""


def act_of(scope: Scope, now: datetime) -> Act:
    """The act of a request that the guard has let through. What only reads gets a line where it looks at what is
    restricted."""
    visitor = scope.get("state", {}).get("visitor")
    found = _PATH.match(scope["path"])
    word = _WORDS.get(scope.get("method", "GET"))
    incident, rest = (found["incident"] or "", found["rest"]) if found else ("", scope["path"])
    act = Act(now, visitor.actor.id if visitor else "", DoorName.WEB, word or "looked at", incident, rest or "incident")
    act.is_written = word is None or visitor is None or bool(_OWN.match(scope["path"]))
    return act
