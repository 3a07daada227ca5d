"""The meetings of an incident and what happens in their rooms."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from secondstory.model.meeting import Meeting
from secondstory.model.room import Happened, Room


class Meetings(Protocol):
    """The meetings that were begun, with what they left behind."""

    def of(self, incident_id: str) -> tuple[Meeting, ...]:
        """In their order; the last one may be live."""

    def keep(self, meeting: Meeting) -> None:
        """Durably keep a meeting, in place of what was kept under its number."""


class RoomLog(Protocol):
    """What happened in a room; most of it is given up when the meeting is distilled into minutes."""

    def append(self, incident_id: str, number: int, happened: Happened) -> bool:
        """Durably add one event. False: its place is taken, by another process; read on and try again."""

    def since(self, incident_id: str, number: int, seq: int) -> tuple[Happened, ...]:
        """All after event number `seq`, in order."""

    def reduce(self, incident_id: str, number: int, stays: tuple[Happened, ...]) -> None:
        """Keep these in place of all that happened, in one step: all of it is as before, or as it is to be."""


class Rooms(Protocol):
    """The rooms as this process knows them, so that one event is no reason to read the log."""

    def turn(self, incident_id: str) -> AbstractContextManager[object]:
        """Events of an incident's room happen one after the other."""

    def known(self, incident_id: str, number: int) -> Room | None:
        """The room as it was kept last."""

    def keep(self, incident_id: str, room: Room) -> None:
        """Keep it, in place of an earlier one."""
