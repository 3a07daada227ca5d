"""Meetings and the logs of their rooms in a database, and the rooms that are live in memory."""

from __future__ import annotations

import threading
from collections import OrderedDict, defaultdict
from contextlib import AbstractContextManager

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.meeting import Meeting
from secondstory.model.room import Happened, Room
from secondstory.records.database import Database, upsert
from secondstory.records.tables import MEETINGS, ROOM_EVENTS

_KEPT = 32  # rooms that stay in memory


class SqlMeetings:
    """`ports.Meetings` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, incident_id: str) -> tuple[Meeting, ...]:
        """In their order; the last one may be live."""
        query = sa.select(MEETINGS.c.data).where(MEETINGS.c.incident_id == incident_id).order_by(MEETINGS.c.number)
        with self._database.read() as connection:
            return tuple(decode(row.data, Meeting) for row in connection.execute(query))

    def keep(self, meeting: Meeting) -> None:
        """Durably keep a meeting, in place of what was kept under its number."""
        row = {"incident_id": meeting.incident_id, "number": meeting.number, "data": encode(meeting, Meeting)}
        with self._database.write() as connection:
            upsert(connection, MEETINGS, row)


class SqlRoomLog:
    """`ports.RoomLog` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, incident_id: str, number: int, happened: Happened) -> bool:
        """Durably add one event. False: its place is taken, by another process; read on and try again."""
        try:
            with self._database.write() as connection:
                connection.execute(sa.insert(ROOM_EVENTS).values(**_row(incident_id, number, happened)))
        except IntegrityError:
            return False
        return True

    def since(self, incident_id: str, number: int, seq: int) -> tuple[Happened, ...]:
        """All after event number `seq`, in order."""
        chosen = (*_of(incident_id, number), ROOM_EVENTS.c.seq > seq)
        query = sa.select(ROOM_EVENTS.c.data).where(*chosen).order_by(ROOM_EVENTS.c.seq)
        with self._database.read() as connection:
            return tuple(decode(row.data, Happened) for row in connection.execute(query))

    def reduce(self, incident_id: str, number: int, stays: tuple[Happened, ...]) -> None:
        """Keep these in place of all that happened, in one step: all of it is as before, or as it is to be."""
        with self._database.write() as connection:
            connection.execute(sa.delete(ROOM_EVENTS).where(*_of(incident_id, number)))
            if stays:
                connection.execute(sa.insert(ROOM_EVENTS), [_row(incident_id, number, one) for one in stays])


class KnownRooms:
    """`ports.Rooms` in memory."""

    def __init__(self) -> None:
        self._rooms: OrderedDict[tuple[str, int], Room] = OrderedDict()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def turn(self, incident_id: str) -> AbstractContextManager[object]:
        """Events of an incident's room happen one after the other."""
        with self._lock:
            return self._turns[incident_id]

    def known(self, incident_id: str, number: int) -> Room | None:
        """The room as it was kept last."""
        with self._lock:
            return self._rooms.get((incident_id, number))

    def keep(self, incident_id: str, room: Room) -> None:
        """Keep it, in place of an earlier one."""
        with self._lock:
            self._rooms[incident_id, room.number] = room
            self._rooms.move_to_end((incident_id, room.number))
            while len(self._rooms) > _KEPT:
                self._rooms.popitem(last=False)


def _row(incident_id: str, number: int, happened: Happened) -> dict[str, object]:
    return {"incident_id": incident_id, "number": number, "seq": happened.seq, "data": encode(happened, Happened)}


def _of(incident_id: str, number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return ROOM_EVENTS.c.incident_id == incident_id, ROOM_EVENTS.c.number == number
