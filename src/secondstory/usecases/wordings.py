"""Own wordings of the organisation and of each facilitator: kept as files that survive, joined once they read well.

They lie in `wordings/` of the data directory, one file an owner, so that they can be carried to another installation
and looked through with any editor. One that names no moment of ours, or whose braces were broken there, is left out.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.blameless.replies.moment import Wording, slots_of
from secondstory.blameless.replies.recognising import moment_named, moments
from secondstory.blameless.replies.reviewing import faults
from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json, decode
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.reply import Frame, Step
from secondstory.model.utterance import Utterance, Verdict
from secondstory.ports import World
from secondstory.texts import say

ORGANISATION = "organisation"
Judge = Callable[[Utterance], Verdict]
_MOST = 500  # wordings an owner may keep


@dataclass(frozen=True)
class OwnWording:
    """A wording that people wrote. `owner` is `organisation`, or the id of a facilitator."""

    key: str
    owner: str
    moment: str
    step: Step
    text: str


@dataclass(frozen=True)
class Shelf:
    """All wordings of one owner, as the file holds them."""

    wordings: tuple[OwnWording, ...] = ()


def list_wordings(actor: Actor, world: World) -> tuple[OwnWording, ...]:
    """The wordings that join for this actor: the organisation's, then their own."""
    return tuple(one for owner in _owners(actor) for one in _read(world, owner).wordings if _is_usable(one))


def all_wordings(actor: Actor, world: World, moment: str = "") -> tuple[OwnWording, ...]:
    """Shipped wordings, whose owner is "", and one's own, by moment. Raises BadInput on an unknown moment."""
    wanted = moment.strip().upper()
    if wanted and moment_named(wanted) is None:
        raise BadInput(say("wordings.no_moment", moment=wanted), say("wordings.no_moment_next"))
    shipped = (OwnWording(w.key, "", one.key, w.step, w.text) for one in moments() for w in one.wordings)
    found = (*shipped, *list_wordings(actor, world))
    return tuple(sorted((one for one in found if wanted in ("", one.moment)), key=lambda one: one.moment))


def moment_titles() -> tuple[tuple[str, str], ...]:
    """Every moment with its title, in order of key."""
    return tuple((one.key, one.title) for one in moments())


def own_wordings(actor: Actor, world: World) -> tuple[tuple[str, Wording], ...]:
    """The same as the choice of replies takes them."""
    return tuple(
        (one.moment, Wording(one.key, one.step, Frame.KEPT_WORD, one.text, is_own=True))
        for one in list_wordings(actor, world)
    )


def add_wording(
    actor: Actor, world: World, judge: Judge, given: tuple[str, str, str], *, for_all: bool = False
) -> OwnWording:
    """Keep a wording, given as (moment, step, text). Raises BadInput with the reason where it does not read well.

    `for_all` gives it to the whole organisation, which its owner alone may do.
    """
    if for_all:
        require(actor, Verb.ADMINISTER, None)
    moment, step, text = given[0].strip().upper(), given[1].strip().lower(), " ".join(given[2].split())
    if moment_named(moment) is None:
        raise BadInput(say("wordings.no_moment", moment=moment), say("wordings.no_moment_next"))
    if step not in {one.value for one in Step}:
        steps = ", ".join(one.value for one in Step)
        raise BadInput(say("wordings.no_step", step=step), say("wordings.no_step_next", steps=steps))
    found = faults(text, Step(step), judge)
    if found:
        raise BadInput(say("wordings.refused", reason=" ".join(found)), say("wordings.refused_next"))
    owner = ORGANISATION if for_all else actor.id
    shelf = _read(world, owner)
    digest = sha256(f"{owner}/{moment}/{step}/{text}".encode()).hexdigest()
    wording = OwnWording(f"own-{digest[:12]}", owner, moment, Step(step), text)
    kept = tuple(one for one in shelf.wordings if one.key != wording.key)
    if len(kept) >= _MOST:
        raise BadInput(say("wordings.too_many", most=_MOST), say("wordings.too_many_next"))
    _write(world, owner, replace(shelf, wordings=(*kept, wording)))
    return wording


def remove_wording(actor: Actor, world: World, key: str) -> OwnWording:
    """Take a wording away. Raises NotFound where the actor has none of this key, NotAllowed on the organisation's."""
    for owner in _owners(actor):
        shelf = _read(world, owner)
        gone = next((one for one in shelf.wordings if one.key == key), None)
        if gone is not None:
            if owner == ORGANISATION:
                require(actor, Verb.ADMINISTER, None)
            _write(world, owner, Shelf(tuple(one for one in shelf.wordings if one.key != key)))
            return gone
    raise NotFound(say("wordings.no_wording", name=key), say("wordings.no_wording_next"))


def _owners(actor: Actor) -> tuple[str, ...]:
    return (ORGANISATION, actor.id) if actor.id != ORGANISATION else (ORGANISATION,)


def _path(world: World, owner: str) -> Path:
    """An id may hold any sign, so a file is named after its digest; the entries inside name their owner."""
    name = owner if owner == ORGANISATION else f"person-{sha256(owner.encode()).hexdigest()[:16]}"
    return world.data_dir / "wordings" / f"{name}.json"


def _read(world: World, owner: str) -> Shelf:
    path = _path(world, owner)
    try:
        return decode(path.read_bytes(), Shelf) if path.is_file() else Shelf()
    except BadInput as error:
        raise BadInput(say("wordings.damaged", path=path, problem=error.what), say("wordings.damaged_next")) from error


def _is_usable(wording: OwnWording) -> bool:
    try:
        slots_of(wording.text)
    except ValueError:
        return False
    return moment_named(wording.moment) is not None


def _write(world: World, owner: str, shelf: Shelf) -> None:
    """In one step, so that a killed process leaves the old file or the new one."""
    path = _path(world, owner)
    path.parent.mkdir(parents=True, exist_ok=True)
    fresh = path.with_suffix(".new")
    fresh.write_bytes(canonical_json(shelf))
    fresh.replace(path)
