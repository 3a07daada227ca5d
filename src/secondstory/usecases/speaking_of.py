"""Which incidents speak of which persons: members, whoever said something, and tokens in documents and words."""

from __future__ import annotations

import re
from collections.abc import Iterator

from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World

_TOKEN = re.compile(rb"[a-z][a-z_]*-[0-9]+")
_DOCUMENTS = ("case", "evidence", "timeline", "impact", "causes", "actions", "report")


def incidents_by_token(world: World) -> dict[str, tuple[str, ...]]:
    """The ids of the incidents in which each sealed person occurs, for those who occur in any."""
    sealed = {token for _, token in world.sealed.people()} | set(world.addresses.known())
    found: dict[str, tuple[str, ...]] = {}
    for incident in world.incidents.visible_to(LOCAL_OWNER):
        for token in sorted(sealed & set(_named(world, incident.id))):
            found[token] = (*found.get(token, ()), incident.id)
    return found


def _named(world: World, incident_id: str) -> Iterator[str]:
    yield from (one.actor_id for one in world.members.of(incident_id))
    for decision in world.ledger.decisions(incident_id):
        yield decision.actor_id
        yield from _in(f"{decision.subject} {decision.text} {decision.why}".encode())
    for said in world.ledger.contributions(incident_id):
        yield said.actor_id
        yield from _in(f"{said.subject} {said.text}".encode())
    for kind in _DOCUMENTS:
        document = world.documents.latest(incident_id, kind)
        if document is not None:
            yield from _in(document.data)


def _in(text: bytes) -> Iterator[str]:
    return (token.decode() for token in set(_TOKEN.findall(text)))
