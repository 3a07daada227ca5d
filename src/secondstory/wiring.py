"""Builds the real things, once, for whoever opens a door; the only place that does."""

from __future__ import annotations

import importlib
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from email.utils import parseaddr
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import TypedDict

import numpy as np

import secondstory
import secondstory.blameless
import secondstory.blameless.rules
import secondstory.renderers
import secondstory.sources
import secondstory.sources.live
from secondstory import __version__
from secondstory.blameless.classifier import read_classifier
from secondstory.blameless.judge import Coach
from secondstory.blameless.rule import BlameRule
from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.window import EPOCH, epoch_us
from secondstory.ports import (
    CollectorExtension,
    Journal,
    JournalsLeft,
    Judge,
    KeptTranscripts,
    MailServer,
    Meetings,
    Notes,
    Post,
    Rails,
    Remote,
    RendererExtension,
    RoomLog,
    Rooms,
    SourceExtension,
    Speech,
    Unsigned,
    Warehouse,
    World,
)
from secondstory.records.alert_spells import SqlAlertSpells
from secondstory.records.anonymous import SqlCards, SqlScores
from secondstory.records.answered import SqlAnswered
from secondstory.records.archive import SqlArchive
from secondstory.records.attachments import SqlAttachments
from secondstory.records.audit import SqlAudit
from secondstory.records.catalogue import SqlCatalogue, SqlRecordings
from secondstory.records.database import Database
from secondstory.records.evidence import SqlDocuments, SqlFreezer
from secondstory.records.folder import own_folder
from secondstory.records.incident_states import SqlIncidentStates
from secondstory.records.incidents import SqlIncidents
from secondstory.records.jobs import SqlJobs
from secondstory.records.journal import KnownRails, SqlJournal, SqlKeptTranscripts
from secondstory.records.keeping import SqlHolds, SqlTelemetryAges
from secondstory.records.keys import load_or_make_key
from secondstory.records.ledger import SqlLedger
from secondstory.records.mentions import SqlMentions
from secondstory.records.notes import SqlNotes
from secondstory.records.outbox import SqlAddresses, SqlOutbox
from secondstory.records.people import SqlInvitations, SqlMembers, SqlSignIns
from secondstory.records.practices import SqlPractices
from secondstory.records.prebriefs import SqlSealedNotes
from secondstory.records.publications import SqlPublications
from secondstory.records.removal import SqlTombstones
from secondstory.records.rooms import KnownRooms, SqlMeetings, SqlRoomLog
from secondstory.records.saved_views import SqlSavedViews
from secondstory.records.sealed import SqlSealedMap
from secondstory.records.search import SqlSearchIndex
from secondstory.records.signing import SignedLinks
from secondstory.records.snapshots import SqlSnapshots
from secondstory.registry import extensions
from secondstory.sinks import smtp
from secondstory.speech import whisper
from secondstory.texts import say
from secondstory.warehouse.late import LateWarehouse
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.object_store import ObjectStore
from secondstory.warehouse.segments import SegmentRedactor

_SHORTEST_TOKEN = 24


class SystemClock:
    """The machine's clock."""

    def now(self) -> datetime:
        """Now, in UTC."""
        return datetime.now(UTC)


class TimeOrderedIds:
    """Ids that sort by time: microseconds in hex, then randomness."""

    def __init__(self) -> None:
        self._last_us = 0
        self._lock = threading.Lock()

    def new(self, prefix: str) -> str:
        """A new id that begins with `prefix-`; later ids sort after earlier ones."""
        with self._lock:
            self._last_us = max(self._last_us + 1, epoch_us(max(datetime.now(UTC), EPOCH)))
            return f"{prefix}-{self._last_us:014x}{secrets.token_hex(3)}"


@contextmanager
def open_world(settings: Settings) -> Iterator[World]:
    """The world of one installation, its database migrated; closed on leaving.

    Raises NotAllowed where the data directory is not the user's own.
    """
    own_folder(settings.data_dir)
    database = Database(settings.records_url())
    try:
        database.migrate()
        yield _world(settings, database)
    finally:
        database.close()


def collectors() -> tuple[CollectorExtension, ...]:
    """The collectors there are."""
    return extensions(secondstory.sources.live, CollectorExtension)


@cache
def coach() -> Coach:
    """The coach, with all rules there are and the weights that come with the package.

    Built once a process: it holds no state of a meeting, and its weights take a moment to read.
    """
    weights = Path(secondstory.blameless.__file__).with_name("coach.npz")
    with np.load(weights) as stored:
        arrays = {name: stored[name] for name in stored.files}
    return Coach(extensions(secondstory.blameless.rules, BlameRule), read_classifier(arrays))


@contextmanager
def open_remote(settings: Settings, url: str) -> Iterator[Remote]:
    """The one server that may be asked. Raises BadInput on an unusable address or a missing variable."""
    import stamina  # noqa: PLC0415 - few installations collect, and every start would wait for its client

    from secondstory.sources.reading.remote import HttpRemote  # noqa: PLC0415 - as above

    stamina.instrumentation.set_on_retry_hooks(())  # its messages would hold the whole request
    variable = settings.collect_authorization_variable
    if variable and variable not in os.environ:
        raise BadInput(say("collecting.variable", name=variable), say("collecting.variable_next"))
    remote = HttpRemote(url, os.environ[variable] if variable else "")
    try:
        yield remote
    finally:
        remote.close()


def alert_token(settings: Settings) -> str:
    """What a sender of alerts must show; "" = none are taken. Raises BadInput on a missing variable, a short token."""
    name = settings.alert_token_variable
    if not name:
        return ""
    if name not in os.environ:
        raise BadInput(say("opening.no_variable", name=name), say("opening.no_variable_next"))
    token = os.environ[name].strip()
    if len(token) < _SHORTEST_TOKEN:
        raise BadInput(
            say("opening.short_token", name=name, least=_SHORTEST_TOKEN), say("opening.short_token_next", name=name)
        )
    return token


def _world(settings: Settings, database: Database) -> World:
    clock, ids = SystemClock(), TimeOrderedIds()
    warehouse, store = _telemetry(settings)
    jobs, ledger = SqlJobs(database, clock, ids), SqlLedger(database)
    key_file = settings.data_dir / "sealed.key"
    key = load_or_make_key(key_file)
    outbox = SqlOutbox(database, key)
    sealed = SqlSealedMap(database, key_file)
    return World(
        clock=clock,
        ids=ids,
        warehouse=warehouse,
        redactor=SegmentRedactor(store),
        files=store,
        copies=store,
        catalogue=SqlCatalogue(database),
        recordings=SqlRecordings(database),
        incidents=SqlIncidents(database),
        incident_states=SqlIncidentStates(database),
        alert_spells=SqlAlertSpells(database),
        ledger=ledger,
        feed=ledger,
        mentions=SqlMentions(database),
        answered=SqlAnswered(database, clock),
        prebriefs=SqlSealedNotes(database, key),
        unsigned=Unsigned(SqlCards(database, key), SqlScores(database)),
        freezer=SqlFreezer(database),
        documents=SqlDocuments(database),
        sealed=sealed,
        erasure=sealed,
        jobs=jobs,
        worker=jobs,
        practices=SqlPractices(database),
        saved_views=SqlSavedViews(database),
        members=SqlMembers(database),
        invitations=SqlInvitations(database),
        sign_ins=SqlSignIns(database),
        audit=SqlAudit(database),
        links=SignedLinks(settings.data_dir / "signing.key"),
        archive=SqlArchive(database),
        attachments=SqlAttachments(database),
        ages=SqlTelemetryAges(database),
        holds=SqlHolds(database),
        tombstones=SqlTombstones(database),
        search=SqlSearchIndex(database),
        snapshots=SqlSnapshots(database),
        addresses=SqlAddresses(database, key, _given_addresses(settings)),
        outbox=outbox,
        mailbag=outbox,
        publications=SqlPublications(database),
        **_of_meetings(settings, database, key),
        renderers=extensions(secondstory.renderers, RendererExtension),
        post=_post(settings),
        sender=parseaddr(settings.mail_from)[1],
        public_url=settings.public_url,
        sources=extensions(secondstory.sources, SourceExtension),
        data_dir=settings.data_dir,
        code_version=_code_version(),
    )


class _OfMeetings(TypedDict):
    meetings: Meetings
    room_log: RoomLog
    rooms: Rooms
    notes: Notes
    speech: Speech | None
    journal: Journal
    journals_left: JournalsLeft
    kept_transcripts: KeptTranscripts
    rails: Rails
    judge: Judge


def _of_meetings(settings: Settings, database: Database, key: bytes) -> _OfMeetings:
    """What a world has for meetings, and for nothing else."""
    journal = SqlJournal(database, settings.data_dir / "journal")
    return {
        "meetings": SqlMeetings(database),
        "room_log": SqlRoomLog(database),
        "rooms": KnownRooms(),
        "notes": SqlNotes(database, key),
        "speech": whisper.WhisperSpeech() if whisper.is_installed() else None,
        "journal": journal,
        "journals_left": journal,
        "kept_transcripts": SqlKeptTranscripts(database),
        "rails": KnownRails(),
        "judge": lambda utterance: coach().judge(utterance),  # weights are read when the first cue comes
    }


def _given_addresses(settings: Settings) -> tuple[tuple[str, str], ...]:
    """Addresses that come with the settings: the owner's."""
    return ((LOCAL_OWNER.id, settings.mail_owner),) if settings.mail_owner else ()


def _post(settings: Settings) -> Post | None:
    """What carries letters; None where no server is named, and nothing is ever sent then."""
    if not settings.mail_server:
        return None
    if not settings.mail_from:
        raise BadInput(say("mail.no_sender"), say("mail.no_sender_next"))
    variable, password = settings.mail_password_variable, ""
    if settings.mail_user:
        if settings.mail_tls == "none":
            raise BadInput(say("mail.bare_password", user=settings.mail_user), say("mail.bare_password_next"))
        if variable not in os.environ:
            raise BadInput(say("mail.no_variable", name=variable), say("mail.no_variable_next", name=variable))
        password = os.environ[variable]
    server = settings.mail_server, settings.mail_port, settings.mail_from, settings.mail_tls
    return smtp.EXTENSION.open(MailServer(*server, settings.mail_user, password))


def _telemetry(settings: Settings) -> tuple[Warehouse, LocalStore | ObjectStore]:
    """What answers questions about telemetry, and where its segments lie."""
    if settings.telemetry_engine == "duckdb":
        return LateWarehouse(lambda: _duckdb(settings.data_dir)), LocalStore(settings.data_dir)
    try:
        # By name, for its client is an extra, and takes more than a second to load.
        spark = importlib.import_module("secondstory.warehouse.spark")
    except ModuleNotFoundError as error:
        raise Unavailable(say("engine.no_extra"), say("engine.no_extra_next")) from error
    place, endpoint = settings.telemetry_store, settings.telemetry_endpoint
    store = ObjectStore(place, endpoint) if place else LocalStore(settings.data_dir)
    return spark.SparkWarehouse(settings.spark_url, store), store


def _duckdb(data_dir: Path) -> Warehouse:
    from secondstory.warehouse.engine import DuckDbWarehouse  # noqa: PLC0415 - see `warehouse.late`

    return DuckDbWarehouse(data_dir)


def _code_version() -> str:
    """The version and a digest of the code itself, so that documents of changed code are never taken for fresh."""
    package = Path(secondstory.__file__).parent
    digest = sha256()
    for source in sorted(package.rglob("*.py")):
        digest.update(source.relative_to(package).as_posix().encode() + b"\0" + source.read_bytes())
    return f"{__version__}+{digest.hexdigest()[:12]}"
