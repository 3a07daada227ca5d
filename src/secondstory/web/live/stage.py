"""One room as its pages are told it: each part encoded once for each audience, each message made once.

A page is told the state of the parts that changed since it was told last, not the events between. So a slow page skips
what is past, nothing queues up for it, and one that comes back needs no more than all parts.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from secondstory.access import Verb, may
from secondstory.model.actor import Actor
from secondstory.model.codec import canonical_json
from secondstory.model.room import Room
from secondstory.model.room_seen import OwnSeen
from secondstory.stages.meeting.catching_up import catch_up
from secondstory.usecases.room.view import NO_ROOM, OWNER, PARTS, changed_parts, owns

_BY_AUDIENCE = ("consents",)
LEFT_AFTER = timedelta(minutes=2)
"""Somebody whose pages are closed for so long has left; a lost connection and a page loaded anew are shorter."""
_SHARED_FOR = timedelta(milliseconds=100)
_NOTHING = OwnSeen()


@dataclass(eq=False)
class Guest:
    """One open page. `actor` is its reader with the roles held now, None = may not be here any more; `secret` what its
    browser is known by."""

    incident_id: str
    actor: Actor | None
    secret: str
    woken: asyncio.Event = field(default_factory=asyncio.Event)
    version: int = 0  # of the room that it was told last
    own: OwnSeen = _NOTHING
    here: int = -1  # of the list of those present that it was told last

    @property
    def id(self) -> str:
        """Whose page it is; "" = of nobody any more."""
        return self.actor.id if self.actor is not None else ""

    @property
    def role(self) -> str:
        """What its reader is in the incident; "" = nothing any more."""
        return "" if self.actor is None else self.actor.role_in(self.incident_id) or OWNER

    @property
    def leads(self) -> bool:
        """Whether its reader may lead the meeting."""
        return self.actor is not None and may(self.actor, Verb.LEAD, self.incident_id)


@dataclass(frozen=True)
class News:
    """A room after a look at it, with the parts that changed, encoded for everybody and for those who lead."""

    room: Room
    parts: dict[tuple[str, bool], bytes]


def news_of(room: Room, before: Room | None) -> News:
    """What changed; everything where there was no room before."""
    names = tuple(PARTS) if before is None or before.number != room.number else changed_parts(before, room)
    parts = {}
    for name in names:
        parts[name, False] = canonical_json(PARTS[name](room, False))
        parts[name, True] = canonical_json(PARTS[name](room, True)) if name in _BY_AUDIENCE else parts[name, False]
    return News(room, parts)


class Stage:
    """The room of one incident and the pages that show it. All of it belongs to the server's event loop."""

    def __init__(self) -> None:
        self.room: Room | None = None
        self.version = 0
        self.guests: set[Guest] = set()
        self.here: tuple[str, ...] = ()
        self.here_version = 0
        self._seen_at: dict[str, datetime] = {}
        self._parts: dict[tuple[str, bool], bytes] = {}
        self._moved: dict[str, int] = {}
        self._owns: dict[str, OwnSeen] = {}
        self._made: dict[tuple[int, bool], tuple[datetime, str]] = {}
        self._here_made = (-1, "")

    def take(self, news: News) -> bool:
        """Have the room as it is now; False where there is nothing to tell."""
        is_first, before = self.room is None, self.room or NO_ROOM
        if (news.room.number, news.room.seq) < (before.number, before.seq):
            return False  # another look was quicker and saw more
        self.room = news.room
        self._made.clear()
        fresh = {key: value for key, value in news.parts.items() if self._parts.get(key) != value}
        names = {name for name, _leads in fresh}
        is_said = is_first or (before.polls, before.consents) != (news.room.polls, news.room.consents)
        if is_said:
            self._owns = owns(news.room)
        if not names:
            return is_said  # a vote that counts otherwise is news to who gave it, though nothing is counted yet
        self.version += 1
        self._parts.update(fresh)
        self._moved.update(dict.fromkeys(names, self.version))
        return True

    def count(self, now: datetime) -> None:
        """Somebody came or went, or time went on."""
        here = tuple(sorted({one.id for one in self.guests if one.id}))
        self._seen_at.update(dict.fromkeys((*self.here, *here), now))  # who goes was here until now
        if here != self.here:
            self.here = here
            self.here_version += 1

    def left(self, now: datetime) -> tuple[str, ...]:
        """Who came into the room and has had no page open for a while, as far as this process has seen."""
        room = self.room or NO_ROOM
        present = (one.actor for one in room.present) if room.is_live else ()
        return tuple(one for one in present if now - self._seen_at.setdefault(one, now) >= LEFT_AFTER)

    def wake(self) -> None:
        """Have every page look whether there is something to tell it."""
        for guest in self.guests:
            guest.woken.set()

    def welcome(self, guest: Guest, now: datetime) -> str:
        """The first message to a page: all parts."""
        room = self.room or NO_ROOM
        guest.version, guest.here = self.version, self.here_version
        guest.own = self._owns.get(guest.id, _NOTHING)
        parts = {name: self._parts[name, guest.leads] for name in PARTS}
        joined = self._joined({**parts, "own": canonical_json(guest.own)})
        head = {
            "type": "welcome",
            "number": room.number,
            "seq": room.seq,
            "now": now,
            "you": guest.id,
            "role": guest.role,
            "leads": guest.leads,
            "here": self.here,
            "catch_up": catch_up(room, now),
        }
        return f'{canonical_json(head).decode()[:-1]},"parts":{joined}}}'

    def news(self, guest: Guest, now: datetime) -> list[str]:
        """The messages that bring a page up to the present; it counts as told."""
        messages = []
        own = self._owns.get(guest.id, _NOTHING)
        if guest.version < self.version:
            messages.append(self._since(guest.version, guest.leads, now))
            guest.version = self.version
        if own != guest.own:
            guest.own = own
            messages.append(self._message(self._joined({"own": canonical_json(own)}), now))
        if guest.here != self.here_version:
            guest.here = self.here_version
            messages.append(self._present())
        return messages

    def again(self, guest: Guest) -> None:
        """Tell it everything anew: what it may see has changed."""
        guest.version = 0

    def _since(self, version: int, leads: bool, now: datetime) -> str:
        """Most pages are equally far, so one text is made for all. A page of its own text each would cost hundreds of
        times a board that grows, and clocks that count seconds bear a time that is a tenth old."""
        made_at, made = self._made.get((version, leads), (now, ""))
        if not made or now - made_at >= _SHARED_FOR:
            parts = {name: self._parts[name, leads] for name, moved in self._moved.items() if moved > version}
            made = self._message(self._joined(parts), now)
            self._made[version, leads] = now, made
        return made

    def _present(self) -> str:
        version, made = self._here_made
        if version != self.here_version:
            made = canonical_json({"type": "here", "people": self.here}).decode()
            self._here_made = (self.here_version, made)
        return made

    def _message(self, joined: str, now: datetime) -> str:
        room = self.room or NO_ROOM
        head = canonical_json({"type": "room", "number": room.number, "seq": room.seq, "now": now}).decode()
        return f'{head[:-1]},"parts":{joined}}}'

    @staticmethod
    def _joined(parts: dict[str, bytes]) -> str:
        return "{" + ",".join(f'"{name}":{value.decode()}' for name, value in parts.items()) + "}"
