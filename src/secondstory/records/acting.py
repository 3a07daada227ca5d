"""Who acts just now, for the audit: set by the door that somebody came by, read by whatever writes.

A context variable, so that no write can be forgotten: a use case that passes nothing on is audited like any other. It
follows a request into the thread that answers it, and ends with the request.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from secondstory.model.audit import DoorName
from secondstory.model.window import format_time
from secondstory.records.tables import AUDIT


@dataclass
class Act:
    """Something that one actor does by one door. It gets one line, with its first write.

    What only reads begins as `is_written`: it gets a line where it looks at what is restricted, and for nothing else.
    """

    at: datetime
    actor: str
    door: DoorName
    what: str
    incident: str
    on: str
    remark: str = ""
    is_written: bool = False


_ACT: ContextVar[Act | None] = ContextVar("act", default=None)


@contextmanager
def acting(act: Act) -> Iterator[Act]:
    """What is written meanwhile is this act's."""
    before = _ACT.set(act)
    try:
        yield act
    finally:
        _ACT.reset(before)


@contextmanager
def unwitnessed() -> Iterator[None]:
    """What is written meanwhile is nobody's: it gets no line, by whichever door it came."""
    before = _ACT.set(None)
    try:
        yield
    finally:
        _ACT.reset(before)


def act_now() -> Act | None:
    """What is being done now; None where nobody acts, such as while tables are made."""
    return _ACT.get()


def write_line(connection: Connection, act: Act) -> None:
    """Add the act's line, in the transaction of what it writes."""
    row = {
        "at": format_time(act.at),
        "actor_id": act.actor,
        "door": act.door.value,
        "what": act.what,
        "incident_id": act.incident,
        "subject": act.on,
        "remark": act.remark,
    }
    connection.execute(sa.insert(AUDIT).values(**row))
