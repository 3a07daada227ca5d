"""What a running server does by itself, over and over: each chore looks for what is due."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from secondstory.model.actor import Actor
from secondstory.ports import World
from secondstory.usecases.mail import deliver
from secondstory.usecases.remind import EVERY as REMIND_EVERY
from secondstory.usecases.remind import remind
from secondstory.usecases.retention import EVERY, apply_retention
from secondstory.usecases.room.clearing import clear_journals
from secondstory.usecases.room.minutes import settle_all
from secondstory.usecases.room.summary import remind_of_summaries


@dataclass(frozen=True)
class Chore:
    """Does what is due now. It may run in several processes at once, and again after one that was killed."""

    name: str
    run: Callable[[], object]
    every: timedelta = timedelta(0)  # 0 = at each round
    is_audited: bool = False


def chores(actor: Actor, world: World) -> tuple[Chore, ...]:
    """Every chore; letters only where a mail server is set up."""
    keeping = Chore("retention", lambda: apply_retention(actor, world), EVERY, is_audited=True)
    clearing = Chore("journals", lambda: clear_journals(actor, world))
    minutes = Chore("minutes", lambda: settle_all(actor, world), REMIND_EVERY)
    if world.post is None:
        return clearing, keeping, minutes
    reminding = Chore("reminders", lambda: remind(actor, world), REMIND_EVERY)
    summaries = Chore("summaries", lambda: remind_of_summaries(actor, world), REMIND_EVERY)
    return reminding, summaries, Chore("mail", lambda: deliver(actor, world)), clearing, keeping, minutes
