"""What a backup holds: a tar of the data directory, its manifest last; the keys are a file of their own."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

FORMAT = 1
PRODUCT = "secondstory backup"
MANIFEST = "manifest.json"
RECORDS = "records.db"
KEY_SUFFIX = ".key"


@dataclass(frozen=True)
class BackupMember:
    """A file: its path below the data directory, its length and the hash of its bytes."""

    path: str
    bytes: int
    sha256: str


@dataclass(frozen=True)
class BackupManifest:
    """What the backup holds. `keys_sha256` says which file of keys belongs to it."""

    product: str
    format: int
    written_by: str
    made_at: datetime
    keys_sha256: str
    members: tuple[BackupMember, ...]


@dataclass(frozen=True)
class Key:
    """A key file by its name, as text."""

    name: str
    text: str
