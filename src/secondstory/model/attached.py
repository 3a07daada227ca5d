"""Files that people attach to an incident: which kinds there are, told by their content and never by their name."""

from __future__ import annotations

import csv
import re
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from secondstory.model.window import require_utc

MOST_FILE_BYTES = 10_000_000
MOST_TEXT_BYTES = 2_000_000  # every sentence of it is read for names and secrets
MOST_INCIDENT_BYTES = 100_000_000
MOST_FILES = 200
_LONGEST_NAME = 120
_HEAD = 1000
_SAMPLE_LINES = 20
_SAMPLE_CHARACTERS = 64_000
_UNSAFE = re.compile(r'[^\w .()+,=@-]|[\x00-\x1f\x7f"\\/;]')
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_ACTIVE = re.compile(r"<\s*(?:!doctype\s+html|html|svg|script|iframe|\?xml-stylesheet)\b", re.IGNORECASE)
"""How markup begins that a browser or viewer runs; further down in a log it is a line like any other."""


class FileKind(StrEnum):
    """What may be attached."""

    PNG = "png"
    JPEG = "jpeg"
    GIF = "gif"
    WEBP = "webp"
    PDF = "pdf"
    CSV = "csv"
    TEXT = "text"

    @property
    def media_type(self) -> str:
        """As it is served."""
        return _MEDIA_TYPES[self]

    @property
    def is_text(self) -> bool:
        """True where it is read for names and secrets."""
        return self in (FileKind.CSV, FileKind.TEXT)

    @property
    def is_picture(self) -> bool:
        """True where a page can show it."""
        return self.media_type.startswith("image/")


_MEDIA_TYPES = {
    FileKind.PNG: "image/png",
    FileKind.JPEG: "image/jpeg",
    FileKind.GIF: "image/gif",
    FileKind.WEBP: "image/webp",
    FileKind.PDF: "application/pdf",
    FileKind.CSV: "text/csv",
    FileKind.TEXT: "text/plain",
}
_SUFFIXES = {
    FileKind.JPEG: (".jpg", ".jpeg"),
    FileKind.TEXT: (".txt", ".log", ".md", ".json", ".jsonl", ".yaml", ".yml", ".toml", ".ini", ".sql", ".diff"),
}
_BEGINNINGS = (
    (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
    (b"\xff\xd8\xff", FileKind.JPEG),
    (b"GIF87a", FileKind.GIF),
    (b"GIF89a", FileKind.GIF),
    (b"%PDF-", FileKind.PDF),
)


@dataclass(frozen=True)
class AttachedFile:
    """A file of an incident. Its bytes are kept once, under their hash, however many files have them."""

    id: str
    incident_id: str
    name: str
    kind: FileKind
    bytes: int
    sha256: str  # of what is kept, which for text is without names and secrets
    actor_id: str
    at: datetime
    note: str = ""
    redacted: bool = False  # names or secrets were taken out on the way in
    removed_by: str = ""  # "" = it is there
    removed_why: str = ""

    def __post_init__(self) -> None:
        require_utc(self.at, "the time of attaching")

    @property
    def is_there(self) -> bool:
        """False once it was removed; that it was there stays told."""
        return not self.removed_by


def kind_of(data: bytes) -> FileKind | None:
    """What a file is by its content; None for what may not be attached."""
    for beginning, kind in _BEGINNINGS:
        if data.startswith(beginning):
            return kind
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return FileKind.WEBP
    text = text_of(data)
    if not text or _CONTROL.search(text) or _ACTIVE.search(text[:_HEAD]):
        return None
    return FileKind.CSV if _is_table(text) else FileKind.TEXT


def text_of(data: bytes) -> str | None:
    """A text file's text; None where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return None


def file_name(name: str, kind: FileKind) -> str:
    """The name that a file is kept and served under: no folder, no sign that means something elsewhere, and an ending
    that says what it is, so that no program takes it for something else."""
    last = re.split(r"[\\/]", name)[-1]
    clean = _UNSAFE.sub("_", last).strip(" .") or "file"
    suffixes = _SUFFIXES.get(kind, (f".{kind.value}",))
    suffix = next((one for one in suffixes if clean.lower().endswith(one)), "")
    stem, suffix = (clean[: -len(suffix)], clean[-len(suffix) :]) if suffix else (clean, suffixes[0])
    return stem[: _LONGEST_NAME - len(suffix)] + suffix


def _is_table(text: str) -> bool:
    """True where the first lines have the same number of columns, two at least."""
    lines = [line for line in text[:_SAMPLE_CHARACTERS].splitlines() if line.strip()][:_SAMPLE_LINES]
    if len(lines) < 2:
        return False
    widths = ({len(row) for row in csv.reader(lines, delimiter=sign)} for sign in ",;\t")
    return any(len(found) == 1 and min(found) > 1 for found in widths)
