"""The list of incidents as somebody asks for it: searched, filtered, sorted, page by page; and views saved by name."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from secondstory.model.actor import Actor
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.incident import Severity
from secondstory.model.saved_view import SavedView
from secondstory.model.status import Status
from secondstory.ports import World
from secondstory.texts import say
from secondstory.usecases.overview import IncidentItem, list_items

SORTS = ("deadline", "date", "severity", "title")
LONGEST_PAGE = 200
_MOST_VIEWS = 50
_LONGEST_NAME, _LONGEST_QUERY = 60, 500


_IS = ("mine", "running", "late", "restricted")
_CHOICES: dict[str, tuple[str, ...]] = {
    "severity": tuple(Severity),
    "status": tuple(Status),
    "analysis": ("open", "analysed", "stale"),
    "is": _IS,
    "service": (),
}


@dataclass(frozen=True)
class Wanted:
    """Which incidents, in which order, which page of them.

    `query` holds words, which must be in the title, id, services or first cause, and filters such as `severity:SEV1`,
    `status:learning`, `service:orders`, `analysis:stale`, `is:late`. Two of one name = either one.
    """

    query: str = ""
    sort: str = "deadline"
    offset: int = 0
    limit: int = 50


@dataclass(frozen=True)
class Counts:
    """How many incidents there are that the actor may read, in all and in each view that comes with the program."""

    all: int
    mine: int
    running: int
    late: int
    open: int
    stale: int


@dataclass(frozen=True)
class IncidentPage:
    """One page of the list; `total` counts all that match."""

    incidents: tuple[IncidentItem, ...]
    total: int
    counts: Counts
    services: tuple[str, ...]  # of all that the actor may read, to choose from


def find_incidents(actor: Actor, world: World, wanted: Wanted) -> IncidentPage:
    """The incidents that the actor may read and that match. Nothing of any other is counted."""
    if wanted.sort not in SORTS:
        raise BadInput(say("listing.no_sort", sort=wanted.sort), say("listing.no_sort_next", sorts=", ".join(SORTS)))
    now = world.clock.now()
    words, filters = _read(wanted.query)
    every = list_items(actor, world)
    matching = (one for one in every if _holds(one, words) and _passes(one, filters, now))
    found = sorted(matching, key=_order(wanted.sort))
    page = tuple(found[wanted.offset : wanted.offset + wanted.limit])
    world.audit.looked(*(one.id for one in page))
    services = tuple(sorted({name for one in every for name in _services(one)}))
    return IncidentPage(page, len(found), _counts(every, now), services)


def views(actor: Actor, world: World) -> tuple[SavedView, ...]:
    """The views that the actor saved; they are of nobody else's business, so no right is asked for."""
    return world.saved_views.of(actor.id)


def save_view(actor: Actor, world: World, name: str, query: str) -> tuple[SavedView, ...]:
    """Keep a view under a name, in place of one of this name. Raises BadInput on too many or too long."""
    name, query = name.strip(), query.strip().lstrip("?")
    if not 0 < len(name) <= _LONGEST_NAME or len(query) > _LONGEST_QUERY:
        raise BadInput(say("listing.bad_view"), say("listing.bad_view_next", name=_LONGEST_NAME, query=_LONGEST_QUERY))
    held = views(actor, world)
    if len(held) >= _MOST_VIEWS and all(one.name != name for one in held):
        raise BadInput(say("listing.too_many", most=_MOST_VIEWS), say("listing.too_many_next"))
    world.saved_views.save(SavedView(actor.id, name, query))
    return views(actor, world)


def forget_view(actor: Actor, world: World, name: str) -> tuple[SavedView, ...]:
    """Remove one of the actor's views. Raises NotFound."""
    if all(one.name != name for one in views(actor, world)):
        raise NotFound(say("listing.no_view", name=name), say("listing.no_view_next"))
    world.saved_views.forget(actor.id, name)
    return views(actor, world)


def _services(one: IncidentItem) -> tuple[str, ...]:
    return one.named if one.named is not None else one.services_hit or ()


def _runs(one: IncidentItem) -> bool:
    return one.clock is not None and one.clock.stopped is None


def _late(one: IncidentItem, now: datetime) -> bool:
    return _runs(one) and one.clock is not None and one.clock.due < now


def _read(query: str) -> tuple[tuple[str, ...], dict[str, tuple[str, ...]]]:
    """The words and the filters of a query. Raises BadInput on a filter that can never match."""
    words: list[str] = []
    filters: dict[str, tuple[str, ...]] = {}
    for part in query.split():
        name, colon, value = part.partition(":")
        if not colon or name not in _CHOICES:
            words.append(part.lower())
            continue
        known = {choice.lower(): choice for choice in _CHOICES[name]}
        if known and value.lower() not in known:
            told = say("listing.no_value", value=value, name=name)
            raise BadInput(told, say("listing.no_value_next", values=", ".join(_CHOICES[name])))
        filters[name] = (*filters.get(name, ()), known.get(value.lower(), value))
    return tuple(words), filters


def _holds(one: IncidentItem, words: tuple[str, ...]) -> bool:
    held = " ".join((one.id, one.title, one.first_cause or "", *_services(one), *one.recordings)).lower()
    return all(word in held for word in words)


def _passes(one: IncidentItem, filters: dict[str, tuple[str, ...]], now: datetime) -> bool:
    """True if the incident has one of the values of every filter; of `is` all, for they say different things."""
    state = {"mine": one.mine, "running": _runs(one), "late": _late(one, now), "restricted": one.restricted}
    has = {
        "severity": (one.severity,),
        "status": (one.stands.value,),
        "analysis": (one.status,),
        "service": _services(one),
    }
    asked = [set(values).isdisjoint(has[name]) for name, values in filters.items() if name != "is"]
    return not any(asked) and all(state[name] for name in filters.get("is", ()))


def _order(sort: str) -> Callable[[IncidentItem], tuple[object, ...]]:
    def newest(one: IncidentItem) -> float:
        return -(one.alarm_at or one.window.start).timestamp()

    def deadline(one: IncidentItem) -> tuple[object, ...]:
        due = one.clock.due.timestamp() if one.clock is not None and _runs(one) else float("inf")
        return (due, newest(one), one.id)

    orders: dict[str, Callable[[IncidentItem], tuple[object, ...]]] = {
        "deadline": deadline,
        "date": lambda one: (newest(one), one.id),
        "severity": lambda one: (one.severity, newest(one), one.id),
        "title": lambda one: (one.title.lower(), one.id),
    }
    return orders[sort]


def _counts(every: tuple[IncidentItem, ...], now: datetime) -> Counts:
    return Counts(
        all=len(every),
        mine=sum(one.mine for one in every),
        running=sum(_runs(one) for one in every),
        late=sum(_late(one, now) for one in every),
        open=sum(one.status == "open" for one in every),
        stale=sum(one.status == "stale" for one in every),
    )
