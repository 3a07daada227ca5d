"""The sealed layer: names of persons, encrypted with a key of their own, behind role tokens."""

from __future__ import annotations

import hmac
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa
from cryptography.fernet import Fernet

from secondstory.model.person import person_key
from secondstory.records.database import Database
from secondstory.records.keys import load_or_make_key
from secondstory.records.tables import SEALED, SEALED_ADDRESSES, SIGN_INS


class SqlSealedMap:
    """`ports.SealedMap` in a database; the key lies in a file that only its owner can read, never in the database."""

    def __init__(self, database: Database, key_file: Path) -> None:
        self._database = database
        self._key = load_or_make_key(key_file)
        self._cipher = Fernet(self._key)
        self._opened: dict[bytes, str] = {}

    def token(self, person: str, role: str) -> str:
        """The token of a person, however the name is spelled; made on first use, the same ever after."""
        lookup = self._keyed_hash("person", person_key(person))
        with self._database.write() as connection:
            known = connection.scalar(sa.select(SEALED.c.token).where(SEALED.c.lookup == lookup))
            if known is not None:
                return str(known)
            taken = connection.scalars(sa.select(SEALED.c.token).where(SEALED.c.token.like(f"{role}-%"))).all()
            number = max((int(token.rsplit("-", 1)[1]) for token in taken), default=0) + 1
            token = f"{role}-{number}"
            cipher = self._cipher.encrypt(person.encode())
            connection.execute(sa.insert(SEALED).values(token=token, lookup=lookup, cipher=cipher))
        return token

    def people(self) -> tuple[tuple[str, str], ...]:
        """(person, token), longest name first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(SEALED.c.cipher, SEALED.c.token).where(SEALED.c.cipher != b"")).all()
        # Names are opened once; those that are no longer in the map leave the memory too.
        known = self._opened
        opened = {row.cipher: known.get(row.cipher) or self._cipher.decrypt(row.cipher).decode() for row in rows}
        self._opened = opened
        people = ((opened[row.cipher], str(row.token)) for row in rows)
        return tuple(sorted(people, key=lambda pair: (-len(pair[0]), pair[0])))

    def erase(self, token: str) -> bool:
        """Forget who a token is, for good. The token stays taken, so that nobody else becomes it later."""
        erased = {"cipher": b"", "lookup": f"erased {token}"}  # no keyed hash looks like this
        query = sa.update(SEALED).where(SEALED.c.token == token, SEALED.c.cipher != b"").values(**erased)
        with self._database.write() as connection:
            connection.execute(sa.delete(SEALED_ADDRESSES).where(SEALED_ADDRESSES.c.token == token))
            connection.execute(sa.delete(SIGN_INS).where(SIGN_INS.c.actor_id == token))
            return connection.execute(query).rowcount > 0

    def user_key(self) -> bytes:
        """The secret that users' identifiers are hashed with; 32 bytes."""
        return hmac.digest(self._key, b"users", "sha256")

    def _keyed_hash(self, purpose: str, text: str) -> str:
        return hmac.new(self._key, f"{purpose}:{text}".encode(), sha256).hexdigest()
