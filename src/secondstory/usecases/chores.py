"""What a running server does by itself, over and over: each chore looks for what is due."""

from __future__ import annotations

from collections.abc import Callable

from secondstory.model.actor import Actor
from secondstory.ports import World
from secondstory.usecases.mail import deliver
from secondstory.usecases.remind import remind_now_and_then

Chore = Callable[[], object]
"""Does what is due now. It may run in several processes at once, and again after one that was killed."""


def chores(actor: Actor, world: World) -> tuple[tuple[str, Chore], ...]:
    """Every chore by name; letters only where a mail server is set up."""
    if world.post is None:
        return ()
    return ("reminders", remind_now_and_then(actor, world)), ("mail", lambda: deliver(actor, world))
