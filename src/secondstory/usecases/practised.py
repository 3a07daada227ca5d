"""What somebody has rehearsed, by criterion over sessions and by moment, for that person alone."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from secondstory.blameless.rehearsal.weights import weights
from secondstory.model.actor import Actor
from secondstory.model.rehearsal import Criterion, End, HardMoment, Practice, PractisedTurn
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.rehearse import rooms

_SESSIONS = 6
_ENOUGH = 3  # turns, below which nothing is said about a criterion
_THIRD = 1 / 3


@dataclass(frozen=True)
class Share:
    """How far a criterion was met, 0 to 1, over the turns that it counts in. None: it counted in none."""

    criterion: Criterion
    title: str
    met: float | None
    turns: int


@dataclass(frozen=True)
class SessionShares:
    """One session."""

    at: datetime
    room: str
    level: int
    turns: int
    end: End | None
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class MomentShares:
    """All turns of one kind of moment."""

    moment: HardMoment
    title: str
    turns: int
    shares: tuple[Share, ...]


@dataclass(frozen=True)
class Progress:
    """The last sessions, the oldest first; moments in the order of the craft; a sentence and a room to take next."""

    sessions: tuple[SessionShares, ...]
    moments: tuple[MomentShares, ...]
    says: str
    proposed: str  # name of a room; "" = nothing rehearsed yet


def progress(actor: Actor, world: World) -> Progress:
    """The actor's own sessions. There is no way to ask for another's."""
    practices = [one for one in world.practices.of(actor.id) if one.turns][-_SESSIONS:]
    turns = [turn for one in practices for turn in one.turns]
    titles = {one.name: one.title for one in rooms()}
    return Progress(
        sessions=tuple(_session(one, titles.get(one.room, one.room)) for one in practices),
        moments=tuple(
            MomentShares(moment, say(f"rehearsal.moment_{moment}"), len(own), _shares(own))
            for moment in HardMoment
            if (own := [turn for turn in turns if turn.moment is moment])
        ),
        says=_says(practices, _shares(turns)),
        proposed=_proposed(practices),
    )


def forget_practice(actor: Actor, world: World) -> None:
    """Remove all that is kept of the actor's rehearsals."""
    world.practices.forget(actor.id)


def _session(practice: Practice, title: str) -> SessionShares:
    return SessionShares(practice.at, title, practice.level, len(practice.turns), practice.end, _shares(practice.turns))


def _shares(turns: Iterable[PractisedTurn]) -> tuple[Share, ...]:
    all_turns = tuple(turns)
    found = []
    for place, criterion in enumerate(Criterion):
        met = [turn.met[place] for turn in all_turns if _counts(criterion, turn.moment)]
        title = say(f"rehearsal.criterion_{criterion}")
        found.append(Share(criterion, title, sum(met) / len(met) if met else None, len(met)))
    return tuple(found)


def _counts(criterion: Criterion, moment: HardMoment) -> bool:
    counted = weights(moment)
    return any(one is criterion for one, _ in (*counted.required, *counted.bonus))


def _says(practices: list[Practice], shares: tuple[Share, ...]) -> str:
    if not practices:
        return say("rehearsal.nothing_yet")
    known = [share for share in shares if share.met is not None and share.turns >= _ENOUGH]
    facts = {"sessions": len(practices), "turns": sum(len(one.turns) for one in practices)}
    low = min(known, key=lambda share: share.met or 0.0, default=None)
    if low is None or low.met is None:
        return say("rehearsal.too_few", **facts)
    key = "rehearsal.below_third" if low.met < _THIRD else "rehearsal.lowest"
    return say(key, criterion=low.title, percent=round(100 * low.met), **facts)


def _proposed(practices: list[Practice]) -> str:
    """The room least played, in the order of the list."""
    if not practices:
        return ""
    played = [one.room for one in practices]
    return min(rooms(), key=lambda room: played.count(room.name)).name
