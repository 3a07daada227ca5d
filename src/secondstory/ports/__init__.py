"""All that the core asks of the world. Every contract has at most three members; `World` bundles them for use cases."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from secondstory.ports.alerts import AlertSpells
from secondstory.ports.anonymous import Cards, Scores, Unsigned
from secondstory.ports.answered import Answered, KeptAnswer
from secondstory.ports.archive import Archive, KeptIncident, SegmentCopies
from secondstory.ports.audit import Audit
from secondstory.ports.journal import Journal, JournalsLeft, Judge, KeptTranscripts, Rails
from secondstory.ports.keeping import AgedSegment, Attachments, Holds, TelemetryAges, Tombstones
from secondstory.ports.listing import IncidentStates
from secondstory.ports.live import Feed, Mention, Mentions
from secondstory.ports.notes import KeptUpdates, Notebook, Notes
from secondstory.ports.outward import (
    Addresses,
    Mailbag,
    MailServer,
    Outbox,
    Post,
    PostExtension,
    Publications,
    Renderer,
    RendererExtension,
)
from secondstory.ports.people import Erasure, Invitations, Links, Members, SignIns
from secondstory.ports.prebriefs import SealedNotes
from secondstory.ports.records import Documents, Freezer, Incidents, Ledger, Practices, SealedMap, StoredDocument
from secondstory.ports.room import Meetings, RoomLog, Rooms
from secondstory.ports.search import Hit, Hits, Indexed, Passage, SearchIndex, Sought
from secondstory.ports.snapshots import Snapshots
from secondstory.ports.sources import (
    Block,
    CollectorExtension,
    FileHead,
    Parsed,
    Reject,
    Remote,
    Slice,
    SourceExtension,
    Wanted,
)
from secondstory.ports.speech import Ear, Speech
from secondstory.ports.system import Clock, Ids
from secondstory.ports.telemetry import Catalogue, Recordings, Redactor, SegmentFiles, Warehouse
from secondstory.ports.views import SavedViews
from secondstory.ports.work import Handler, Job, Jobs, Progress, Worker

__all__ = [
    "Addresses",
    "AgedSegment",
    "AlertSpells",
    "Answered",
    "Archive",
    "Attachments",
    "Audit",
    "Block",
    "Cards",
    "Catalogue",
    "Clock",
    "CollectorExtension",
    "Documents",
    "Ear",
    "Erasure",
    "Feed",
    "FileHead",
    "Freezer",
    "Handler",
    "Hit",
    "Hits",
    "Holds",
    "Ids",
    "IncidentStates",
    "Incidents",
    "Indexed",
    "Invitations",
    "Job",
    "Jobs",
    "Journal",
    "JournalsLeft",
    "Judge",
    "KeptAnswer",
    "KeptIncident",
    "KeptTranscripts",
    "KeptUpdates",
    "Ledger",
    "Links",
    "MailServer",
    "Mailbag",
    "Meetings",
    "Members",
    "Mention",
    "Mentions",
    "Notebook",
    "Notes",
    "Outbox",
    "Parsed",
    "Passage",
    "Post",
    "PostExtension",
    "Practices",
    "Progress",
    "Publications",
    "Rails",
    "Recordings",
    "Redactor",
    "Reject",
    "Remote",
    "Renderer",
    "RendererExtension",
    "RoomLog",
    "Rooms",
    "SavedViews",
    "Scores",
    "SealedMap",
    "SealedNotes",
    "SearchIndex",
    "SegmentCopies",
    "SegmentFiles",
    "SignIns",
    "Slice",
    "Snapshots",
    "Sought",
    "SourceExtension",
    "Speech",
    "StoredDocument",
    "TelemetryAges",
    "Tombstones",
    "Unsigned",
    "Wanted",
    "Warehouse",
    "Worker",
    "World",
]


@dataclass(frozen=True)
class World:
    """What a use case may reach, built by `wiring.py`, or from fakes in tests."""

    clock: Clock
    ids: Ids
    warehouse: Warehouse
    redactor: Redactor
    files: SegmentFiles
    copies: SegmentCopies
    catalogue: Catalogue
    recordings: Recordings
    incidents: Incidents
    incident_states: IncidentStates
    alert_spells: AlertSpells
    ledger: Ledger
    feed: Feed
    mentions: Mentions
    answered: Answered
    unsigned: Unsigned
    prebriefs: SealedNotes
    freezer: Freezer
    documents: Documents
    sealed: SealedMap
    jobs: Jobs
    worker: Worker
    practices: Practices
    saved_views: SavedViews
    members: Members
    invitations: Invitations
    sign_ins: SignIns
    links: Links
    erasure: Erasure
    audit: Audit
    archive: Archive
    attachments: Attachments
    ages: TelemetryAges
    holds: Holds
    tombstones: Tombstones
    search: SearchIndex
    snapshots: Snapshots
    addresses: Addresses
    outbox: Outbox
    mailbag: Mailbag
    publications: Publications
    meetings: Meetings
    room_log: RoomLog
    rooms: Rooms
    journal: Journal
    journals_left: JournalsLeft
    kept_transcripts: KeptTranscripts
    rails: Rails
    judge: Judge
    notes: Notes
    speech: Speech | None  # None = what reads speech is not installed
    renderers: tuple[RendererExtension, ...]
    post: Post | None  # None = no mail server is set up, and nothing is sent
    sender: str  # the address that letters come from, "" = none
    public_url: str  # the address that people use, "" = loopback only
    sources: tuple[SourceExtension, ...]
    data_dir: Path
    code_version: str
