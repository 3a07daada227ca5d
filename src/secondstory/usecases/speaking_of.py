"""Which incidents speak of which persons here: members, whoever said something, tokens in documents and words, names in
the notes of meetings."""

from __future__ import annotations

from collections.abc import Iterator

from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.usecases.origin import origin_tokens, tokens_in
from secondstory.usecases.room.notes import notebooks_of, plain_text

_DOCUMENTS = ("case", "evidence", "timeline", "impact", "causes", "actions", "report")


def incidents_by_token(world: World) -> dict[str, tuple[str, ...]]:
    """The ids of the incidents in which each sealed person occurs, for those who occur in any."""
    sealed = {token for _, token in world.sealed.people()} | set(world.addresses.known())
    found: dict[str, tuple[str, ...]] = {}
    for incident in world.incidents.visible_to(LOCAL_OWNER):
        here = {one.actor_id for one in world.members.of(incident.id)}
        elsewhere = origin_tokens(world, incident.id)
        for token in sorted(sealed & (here | (set(_named(world, incident.id)) - elsewhere))):
            found[token] = (*found.get(token, ()), incident.id)
    return found


def _named(world: World, incident_id: str) -> Iterator[str]:
    for decision in world.ledger.decisions(incident_id):
        yield decision.actor_id
        yield from tokens_in([f"{decision.subject} {decision.text} {decision.why}".encode()])
    for said in world.ledger.contributions(incident_id):
        yield said.actor_id
        yield from tokens_in([f"{said.subject} {said.text}".encode()])
    for kind in _DOCUMENTS:
        document = world.documents.latest(incident_id, kind)
        if document is not None:
            yield from tokens_in([document.data])
    yield from tokens_in(plain_text(world, one).encode() for one in notebooks_of(world, incident_id))
