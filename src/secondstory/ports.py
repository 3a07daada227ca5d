"""All that the core asks of the world. Every contract has at most three members; `World` bundles them for use cases."""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pyarrow as pa

from secondstory.model.actor import Actor
from secondstory.model.decision import Contribution, Decision
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident
from secondstory.model.query import Query
from secondstory.model.rehearsal import Practice
from secondstory.model.segment import Privacy, Recording, Segment
from secondstory.model.system import Fact
from secondstory.model.table import Table
from secondstory.model.telemetry import Mapping, TableName
from secondstory.model.window import Window


class Clock(Protocol):
    """The time of day."""

    def now(self) -> datetime:
        """Now, in UTC."""


class Ids(Protocol):
    """Fresh ids."""

    def new(self, prefix: str) -> str:
        """A new id that begins with `prefix-`; later ids sort after earlier ones."""


# Sources


@dataclass(frozen=True)
class FileHead:
    """What a source may look at to recognise a file: its path inside the import and its first bytes, decompressed."""

    path: str
    head: bytes

    @property
    def start(self) -> bytes:
        """What stands first: the head without byte order mark and leading white space."""
        return self.head.removeprefix(BOM_UTF8).lstrip()


@dataclass(frozen=True)
class Block:
    """A stretch of a file (decompressed) that holds whole records only."""

    path: str
    first_line: int  # 1-based line, or record, that the block begins with; for error messages
    data: bytes
    beside: tuple[bytes, ...] = ()  # the source's other files of the same import, for what refers to them


@dataclass(frozen=True)
class Reject:
    """Rows of a block that could not be read: where the first of them is, why, how many.

    `kept` = they could, but not as they were written.
    """

    path: str
    line: int
    reason: str
    count: int
    kept: bool = False


@dataclass(frozen=True)
class Parsed:
    """What a block told. Tables follow `model.telemetry.SCHEMAS`; persons and users still carry their names."""

    tables: tuple[tuple[TableName, pa.Table], ...] = ()
    facts: tuple[Fact, ...] = ()
    rejects: tuple[Reject, ...] = ()
    people: tuple[str, ...] = ()  # persons named beside actors, such as reviewers: their names are sealed too


@dataclass(frozen=True)
class SourceExtension:
    """A connector for files. All three functions are pure; bytes come from the import, never from the source itself.

    `cut` turns the file's chunks into blocks of about 32 MB that end on a record boundary and depend on content only
    (so the same file always gives the same blocks). `parse` reads one block under a label mapping.
    """

    name: str
    summary: str
    recognise: Callable[[FileHead], bool]
    cut: Callable[[str, Iterable[bytes]], Iterator[Block]]
    parse: Callable[[Block, Mapping], Parsed]
    tells_people: bool = False  # its rows name persons: its files are read before text that may mention them
    refers: bool = False  # its documents refer to those of other files, so each file is read with the others beside it


class Remote(Protocol):
    """One configured server that is asked over HTTP, and no other."""

    def get(self, path: str, parameters: tuple[tuple[str, str], ...]) -> bytes:
        """The body of the answer. Raises Unavailable where there is none in time, or where the server refuses."""


@dataclass(frozen=True)
class Wanted:
    """What to collect: all of `window` in steps; `selector` narrows it in the words of the server, "" = everything."""

    window: Window
    step_s: int
    selector: str


@dataclass(frozen=True)
class Slice:
    """A part of what is wanted, as one file for the import; `fetch` gives its content, b"" where there is none.

    It raises Unavailable where the server does not answer as it should.
    The same part of the same server has the same name, so what was fetched before an interruption is known.
    """

    name: str
    window: Window
    fetch: Callable[[], bytes]


@dataclass(frozen=True)
class CollectorExtension:
    """A connector for a running server. `slices` asks it what there is; a source must know the files' format."""

    name: str
    summary: str
    slices: Callable[[Remote, Wanted], Iterator[Slice]]


# Telemetry


class Warehouse(Protocol):
    """Telemetry stored as immutable segments and summarised where it lies."""

    def write(self, segment_id: str, tables: tuple[tuple[TableName, pa.Table], ...], privacy: Privacy) -> Segment:
        """Redact, pseudonymise and store rows as one segment, durably; same id and rows, same file. Not yet visible."""

    def run(self, query: Query, segments: tuple[Segment, ...]) -> Table:
        """Answer a query over these segments, exactly and independently of the order of rows."""

    @property
    def engine(self) -> str:
        """Name and version, for evidence."""


class Redactor(Protocol):
    """Takes persons and secrets out of what is no new telemetry."""

    def sentences(self, texts: tuple[str, ...], privacy: Privacy) -> tuple[str, ...]:
        """Short texts, such as titles, redacted and with persons as tokens. Doing it again changes nothing."""

    def anew(self, segment: Segment, segment_id: str, privacy: Privacy) -> Segment:
        """A stored segment without the names that became known since: under the new id where one was in it, not yet
        visible; else as it was. Either way `people_known` says so.
        """


class SegmentFiles(Protocol):
    """The files of segments, where they lie."""

    def missing(self, paths: tuple[str, ...]) -> tuple[str, ...]:
        """Those that are not there."""

    def remove(self, paths: tuple[str, ...]) -> None:
        """Take files away; those that are gone already are no error."""


class Catalogue(Protocol):
    """Which segments exist: a segment counts once it is committed here."""

    def commit(self, recording: str, segment: Segment, replaces: str | None) -> None:
        """Make a segment visible, in the same transaction hiding the one that it replaces."""

    def segments(self, recordings: tuple[str, ...]) -> tuple[Segment, ...]:
        """The visible segments of these recordings, in order; a block that several of them hold is given once."""


class Recordings(Protocol):
    """Stretches of telemetry imported together, with what is known of their system."""

    def save(self, recording: Recording) -> None:
        """Create or replace."""

    def get(self, name: str) -> Recording | None:
        """By name."""

    def names(self) -> tuple[str, ...]:
        """All names, sorted."""


# Records


class Incidents(Protocol):
    """The incidents."""

    def save(self, incident: Incident) -> None:
        """Create or replace."""

    def get(self, incident_id: str) -> Incident | None:
        """By id."""

    def visible_to(self, actor: Actor) -> tuple[Incident, ...]:
        """Those that the actor may read, restriction being part of the query; newest window first."""


class Ledger(Protocol):
    """What people said, append only."""

    def append(self, entry: Decision | Contribution) -> None:
        """Durably add one entry; an id that exists already is refused."""

    def decisions(self, incident_id: str) -> tuple[Decision, ...]:
        """In order of (at, id)."""

    def contributions(self, incident_id: str) -> tuple[Contribution, ...]:
        """In order of (at, id)."""


@dataclass(frozen=True)
class StoredDocument:
    """A document as bytes of canonical JSON, or a finding kept for re-use."""

    kind: str
    hash: str
    data: bytes


class Freezer(Protocol):
    """Frozen evidence of an incident."""

    def freeze(
        self, incident_id: str, evidence: tuple[Evidence, ...], documents: tuple[StoredDocument, ...], *, anew: bool
    ) -> None:
        """Keep evidence with the documents made of it, durably and in one step, so that neither is older.

        Evidence of the same query and documents of the same kind are replaced; `anew` forgets all other evidence.
        """

    def frozen(self, incident_id: str) -> tuple[Evidence, ...]:
        """All of it, in order of id, hashes checked. Raises EvidenceMismatch."""


class Documents(Protocol):
    """Documents of an incident, the latest of each kind, and findings by the hash of their input."""

    def save(self, incident_id: str, documents: tuple[StoredDocument, ...]) -> None:
        """Replace the latest documents of these kinds, in one transaction."""

    def latest(self, incident_id: str, kind: str) -> StoredDocument | None:
        """The latest of a kind."""


class SealedMap(Protocol):
    """The sealed layer: persons behind role tokens. Encrypted at rest."""

    def token(self, person: str, role: str) -> str:
        """The token of a person, such as `responder-2`, however the name is spelled; made on first use, then kept."""

    def people(self) -> tuple[tuple[str, str], ...]:
        """(person, token), longest name first: what the import replaces in text."""

    def user_key(self) -> bytes:
        """The secret that users' identifiers are hashed with; 32 bytes."""


class Practices(Protocol):
    """What each person has rehearsed. Nobody is handed another's."""

    def save(self, practice: Practice) -> None:
        """Create or replace one rehearsal of its actor."""

    def of(self, actor_id: str) -> tuple[Practice, ...]:
        """All of one person's, the oldest first."""

    def forget(self, actor_id: str) -> None:
        """Remove all of one person's, for good."""


# Jobs


class Progress(Protocol):
    """How a running job tells how far it is. Raises JobCancelled once a person has asked it to stop."""

    def __call__(self, what: str, done: float, total: float) -> None:
        """`done` of `total`, in the same unit; total 0 = not known."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives its process. state: waiting, running, done, failed, cancelled.

    `result` is what it gave, as its handler wrote it; "" = nothing yet, or nothing to tell.
    """

    id: str
    kind: str
    arguments: tuple[tuple[str, str], ...]
    state: str
    step: str
    done: float
    total: float
    error: str
    attempts: int
    submitted_at: datetime | None = None  # unknown of jobs from before this was kept
    result: str = ""


Handler = Callable[[Job, Progress], str | None]
"""Does the work of one kind of job, and gives its result."""


class Jobs(Protocol):
    """The work queue. A job whose process died is taken up again by the next worker."""

    def submit(self, kind: str, arguments: tuple[tuple[str, str], ...]) -> Job:
        """Queue a job durably."""

    def all(self) -> tuple[Job, ...]:
        """Every job, oldest first."""

    def cancel(self, job_id: str) -> None:
        """Ask a waiting or running job to stop."""


class Worker(Protocol):
    """Runs queued jobs in this process."""

    def run_until_idle(self, handlers: tuple[tuple[str, Handler], ...]) -> int:
        """Take up and run jobs until none waits; how many ran. A failing job is marked, with its error, and kept."""


# The bundle


@dataclass(frozen=True)
class World:
    """What a use case may reach, built by `wiring.py`, or from fakes in tests."""

    clock: Clock
    ids: Ids
    warehouse: Warehouse
    redactor: Redactor
    files: SegmentFiles
    catalogue: Catalogue
    recordings: Recordings
    incidents: Incidents
    ledger: Ledger
    freezer: Freezer
    documents: Documents
    sealed: SealedMap
    jobs: Jobs
    worker: Worker
    practices: Practices
    sources: tuple[SourceExtension, ...]
    data_dir: Path
    code_version: str
