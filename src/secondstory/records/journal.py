"""The journals of live meetings: rows in the database, sealed with a key in a file beside it.

The key of a meeting is in no backup and no database, so that what a meeting heard is gone everywhere once the file is.
"""

from __future__ import annotations

import os
import secrets
import threading
from collections import OrderedDict, defaultdict
from contextlib import AbstractContextManager, suppress
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy.exc import IntegrityError

from secondstory.model.codec import decode, encode
from secondstory.model.hearing import JournalEntry, KeptTranscript
from secondstory.records.acting import unwitnessed
from secondstory.records.database import Database, upsert
from secondstory.records.keys import load_or_make_key
from secondstory.records.tables import JOURNAL, KEPT_TRANSCRIPTS

_KEPT = 8  # rails that stay in memory


class SqlJournal:
    """`ports.Journal` and `ports.JournalsLeft`: rows in a database, keys in a folder."""

    def __init__(self, database: Database, folder: Path) -> None:
        self._database, self._folder = database, folder

    def append(self, incident_id: str, number: int, entries: tuple[JournalEntry, ...]) -> bool:
        """Durably add entries, all or none. False: a place is taken, by another process; read on and try again."""
        # Read anew each time: a key that another process has destroyed is not to live on in this one.
        stored = load_or_make_key(self._key_file(incident_id, number), f"\n{number}\n{incident_id}".encode())
        cipher = Fernet(stored.partition(b"\n")[0])
        rows = [
            {
                "incident_id": incident_id,
                "number": number,
                "seq": one.seq,
                "sealed": cipher.encrypt(encode(one, JournalEntry)),
            }
            for one in entries
        ]
        try:
            with unwitnessed(), self._database.write() as connection:
                connection.execute(sa.insert(JOURNAL), rows)
        except IntegrityError:
            if not self._cleared(incident_id, number):
                return False
            return self.append(incident_id, number, entries)
        return True

    def since(self, incident_id: str, number: int, seq: int) -> tuple[JournalEntry, ...]:
        """All after entry number `seq`, in order; none where the journal was destroyed."""
        chosen = (*_of(incident_id, number), JOURNAL.c.seq > seq)
        query = sa.select(JOURNAL.c.sealed).where(*chosen).order_by(JOURNAL.c.seq)
        with self._database.read() as connection:
            sealed = [row.sealed for row in connection.execute(query)]
        try:
            stored = self._key_file(incident_id, number).read_bytes()
            cipher = Fernet(stored.partition(b"\n")[0])
        except (FileNotFoundError, ValueError):  # ValueError: overwritten, by a process that died before it was removed
            return ()
        opened = (_opened(cipher, one) for one in sealed)
        return tuple(decode(one, JournalEntry) for one in opened if one is not None)

    def _cleared(self, incident_id: str, number: int) -> bool:
        """Take out entries whose key is gone, such as one that a restored database has none of: nobody can read them
        any more, and they hold the places of new ones. True where there were any."""
        with unwitnessed(), self._database.write() as connection:
            try:
                cipher = Fernet(self._key_file(incident_id, number).read_bytes().partition(b"\n")[0])
            except (FileNotFoundError, ValueError):  # the meeting is over by now
                return False
            stored = connection.execute(sa.select(JOURNAL.c.seq, JOURNAL.c.sealed).where(*_of(incident_id, number)))
            dead = [row.seq for row in stored if _opened(cipher, row.sealed) is None]
            if dead:
                connection.execute(sa.delete(JOURNAL).where(*_of(incident_id, number), JOURNAL.c.seq.in_(dead)))
        return bool(dead)

    def destroy(self, incident_id: str, number: int) -> None:
        """Make it unreadable for good: the key is overwritten and removed first, then the entries. May be repeated."""
        _wipe(self._key_file(incident_id, number))
        with unwitnessed(), self._database.write() as connection:
            connection.execute(sa.delete(JOURNAL).where(*_of(incident_id, number)))

    def left(self) -> tuple[tuple[str, int], ...]:
        """(incident, number of the meeting) of each."""
        query = sa.select(JOURNAL.c.incident_id, JOURNAL.c.number).distinct()
        with self._database.read() as connection:
            found = {(str(row.incident_id), int(row.number)) for row in connection.execute(query)}
        for key_file in self._folder.glob("*.key"):
            with suppress(FileNotFoundError, ValueError):  # another process destroys it now; one that is cut is none
                _, number, incident_id = key_file.read_bytes().split(b"\n", 2)
                found.add((incident_id.decode(), int(number)))
        return tuple(sorted(found))

    def _key_file(self, incident_id: str, number: int) -> Path:
        return self._folder / f"{sha256(incident_id.encode()).hexdigest()[:32]}-{number}.key"


class SqlKeptTranscripts:
    """`ports.KeptTranscripts` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def keep(self, transcript: KeptTranscript) -> None:
        """Durably keep one, in place of what was kept of that meeting."""
        place = {"incident_id": transcript.incident_id, "number": transcript.number}
        with self._database.write() as connection:
            upsert(connection, KEPT_TRANSCRIPTS, {**place, "data": encode(transcript, KeptTranscript)})

    def of(self, incident_id: str) -> tuple[KeptTranscript, ...]:
        """Those of an incident, in the order of its meetings."""
        table = KEPT_TRANSCRIPTS
        query = sa.select(table.c.data).where(table.c.incident_id == incident_id).order_by(table.c.number)
        with self._database.read() as connection:
            return tuple(decode(row.data, KeptTranscript) for row in connection.execute(query))


class KnownRails:
    """`ports.Rails` in memory."""

    def __init__(self) -> None:
        self._rails: OrderedDict[tuple[str, int], object] = OrderedDict()
        self._turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)
        self._lock = threading.Lock()

    def turn(self, incident_id: str) -> AbstractContextManager[object]:
        """Entries of an incident's journal are made one after the other."""
        with self._lock:
            return self._turns[incident_id]

    def known(self, incident_id: str, number: int) -> object | None:
        """What was kept last."""
        with self._lock:
            return self._rails.get((incident_id, number))

    def keep(self, incident_id: str, number: int, rail: object | None) -> None:
        """Keep it, in place of an earlier one; None forgets it."""
        with self._lock:
            self._rails.pop((incident_id, number), None)
            if rail is not None:
                self._rails[incident_id, number] = rail
            while len(self._rails) > _KEPT:
                self._rails.popitem(last=False)


def _opened(cipher: Fernet, sealed: bytes) -> bytes | None:
    """What was sealed with this key; None where it was another, which is gone."""
    try:
        return cipher.decrypt(sealed)
    except InvalidToken:
        return None


def _of(incident_id: str, number: int) -> tuple[sa.ColumnElement[bool], ...]:
    return JOURNAL.c.incident_id == incident_id, JOURNAL.c.number == number


def _wipe(key_file: Path) -> None:
    """Overwrite, then remove, each on disk before the next. Copies that a disk keeps by itself are beyond reach."""
    try:
        with key_file.open("r+b") as file:
            file.write(secrets.token_bytes(os.fstat(file.fileno()).st_size))
            file.flush()
            os.fsync(file.fileno())
        key_file.unlink()
    except FileNotFoundError:
        return
    folder = os.open(key_file.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
