"""The incident that a person names on the command line; `demo` is the shipped example, imported on first use."""

from __future__ import annotations

from secondstory.model.actor import LOCAL_OWNER
from secondstory.ports import World
from secondstory.usecases.demo import ensure_demo

DEMO = "demo"


def named_incident(world: World, name: str) -> str:
    """The id behind `name`; for the demo, after importing and analysing it where that was not done yet."""
    ident = name if name != DEMO else ensure_demo(LOCAL_OWNER, world, lambda _what: None).case.incident.id
    world.audit.looked(ident)
    return ident
