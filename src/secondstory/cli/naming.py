"""The incident that a person names on the command line; `demo` is the shipped example, imported on first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from secondstory.ports import World

DEMO = "demo"


def named_incident(world: World, name: str) -> str:
    """The id behind `name`; for the demo, after importing and analysing it where that was not done yet."""
    if name != DEMO:
        return name
    from secondstory.model.actor import LOCAL_OWNER  # noqa: PLC0415  (lazy, see session.opened)
    from secondstory.usecases.demo import ensure_demo  # noqa: PLC0415

    return ensure_demo(LOCAL_OWNER, world, lambda _what: None).case.incident.id
