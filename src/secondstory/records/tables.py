"""The tables of the records, one definition for SQLite and PostgreSQL.

Values are kept as canonical JSON (`model.codec`) beside the few columns that are searched; times are RFC 3339 UTC with
microseconds, which sort as text and mean the same in every zone.
"""

from __future__ import annotations

import sqlalchemy as sa

METADATA = sa.MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    }
)

INCIDENTS = sa.Table(
    "incidents",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("starts_at", sa.Text, nullable=False, index=True),
    sa.Column("restricted", sa.Boolean, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

RECORDINGS = sa.Table(
    "recordings",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

SEGMENTS = sa.Table(
    "segments",
    METADATA,
    sa.Column("recording", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("replaced_by", sa.Text),  # null = visible
    sa.Column("kept_since", sa.Text),  # null = not looked at yet
    sa.Column("retired_at", sa.Text),  # null = its files are to be there
    sa.Column("data", sa.LargeBinary, nullable=False),
)

LEDGER = sa.Table(
    "ledger",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),  # decision, contribution
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
    sa.Column("seq", sa.Integer, nullable=False, server_default="0"),  # 1, 2, 3, … in each incident, as committed
    sa.Index("ix_ledger_incident_id_seq", "incident_id", "seq", unique=True),
)

LEDGER_HEADS = sa.Table(
    "ledger_heads",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("head", sa.Integer, nullable=False),  # the largest seq; its row is the lock that keeps them in order
)

MENTIONS = sa.Table(
    "mentions",
    METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("comment_id", sa.Text, primary_key=True),
    sa.Column("incident_id", sa.Text, nullable=False),
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("is_read", sa.Boolean, nullable=False),
)

ANSWERED = sa.Table(
    "answered",
    METADATA,
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("fingerprint", sa.Text, nullable=False),
    sa.Column("at", sa.Text, nullable=False, index=True),
    sa.Column("status", sa.Integer, nullable=False),  # 0 = begun, and the answer is not known
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("body", sa.LargeBinary, nullable=False),
)

EVIDENCE = sa.Table(
    "evidence",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("query", sa.LargeBinary, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("result_hash", sa.Text, nullable=False),
    sa.Column("fetched_at", sa.Text, nullable=False),
    sa.Column("result", sa.LargeBinary, nullable=False),  # Arrow IPC stream, zstd
)

DOCUMENTS = sa.Table(
    "documents",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    sa.Column("hash", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

JOBS = sa.Table(
    "jobs",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("arguments", sa.LargeBinary, nullable=False),
    sa.Column("state", sa.Text, nullable=False, index=True),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("done", sa.Float, nullable=False),
    sa.Column("total", sa.Float, nullable=False),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("lease_until", sa.Text),  # a running job without a lease in force has lost its process
    sa.Column("cancel_asked", sa.Boolean, nullable=False),
    sa.Column("submitted_at", sa.Text),
    sa.Column("result", sa.Text, nullable=False),
)

SAVED_VIEWS = sa.Table(
    "saved_views",
    METADATA,
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("query", sa.Text, nullable=False),
)

PRACTICES = sa.Table(
    "practices",
    METADATA,
    sa.Column("actor_id", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

SEALED = sa.Table(
    "sealed_people",
    METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("lookup", sa.Text, nullable=False, unique=True),  # keyed hash of the name
    sa.Column("cipher", sa.LargeBinary, nullable=False),
)

MEMBERS = sa.Table(
    "members",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("actor_id", sa.Text, primary_key=True, index=True),
    sa.Column("role", sa.Text, nullable=False),
    sa.Column("since", sa.Text, nullable=False),
    sa.Column("named", sa.Boolean, nullable=False),
)

INVITATIONS = sa.Table(
    "invitations",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("for_actor", sa.Text, nullable=False),  # "" = whoever opens it first
    sa.Column("accepted_by", sa.Text, nullable=False, index=True),
    sa.Column("is_used", sa.Boolean, nullable=False),  # accepted or revoked
    sa.Column("data", sa.LargeBinary, nullable=False),
)

SIGN_INS = sa.Table(
    "sign_ins",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),  # hash of the browser's secret
    sa.Column("actor_id", sa.Text, nullable=False, index=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("expires_at", sa.Text, nullable=False),
)

SEALED_ADDRESSES = sa.Table(
    "sealed_addresses",
    METADATA,
    sa.Column("token", sa.Text, primary_key=True),
    sa.Column("cipher", sa.LargeBinary, nullable=False),
)

OUTBOX = sa.Table(
    "outbox",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("recipient", sa.Text, nullable=False),  # a role token
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("queued_at", sa.Text, nullable=False),
    sa.Column("next_at", sa.Text, nullable=False, index=True),
    sa.Column("sent_at", sa.Text),
    sa.Column("error", sa.Text, nullable=False),
    sa.Column("cipher", sa.LargeBinary),  # the letter; null once it is sent
)

AUDIT = sa.Table(
    "audit",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True),
    sa.Column("at", sa.Text, nullable=False),
    sa.Column("actor_id", sa.Text, nullable=False),
    sa.Column("door", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),  # "" = the installation
    sa.Column("subject", sa.Text, nullable=False),
    sa.Column("remark", sa.Text, nullable=False),
    sqlite_autoincrement=True,  # a number is never given twice
)

PASSAGES = sa.Table(
    "passages",  # the index of its words, passage_words, is the database's own: see v0008_search
    METADATA,
    sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("part", sa.Text, nullable=False),  # found, said
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("key", sa.Text, nullable=False),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
)

PASSAGES_STATE = sa.Table(
    "passages_state",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("part", sa.Text, primary_key=True),
    sa.Column("state", sa.Text, nullable=False),  # what the passages were made from
)

PUBLISHED = sa.Table(
    "published",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

PUBLISHED_FILES = sa.Table(
    "published_files",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

ALERT_SPELLS = sa.Table(
    "alert_spells",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),  # hashed: what a sender calls an alert may name anything
    sa.Column("incident_id", sa.Text, nullable=False),
)

ATTACHMENTS = sa.Table(
    "attachments",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("sha256", sa.Text, nullable=False, index=True),  # "" = it was removed
    sa.Column("data", sa.LargeBinary, nullable=False),
)

BLOBS = sa.Table(
    "blobs",
    METADATA,
    sa.Column("sha256", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

HOLDS = sa.Table(
    "holds",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

TOMBSTONES = sa.Table(
    "tombstones",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

CARDS = sa.Table(
    "cards",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),  # random: the order of the ids is not the order of writing
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("cipher", sa.LargeBinary, nullable=False),
    sqlite_with_rowid=False,  # a counter beside the id would tell who wrote after whom
)

SCORES = sa.Table(
    "scores",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),  # as above
    sa.Column("incident_id", sa.Text, nullable=False, index=True),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("question", sa.Text, nullable=False),
    sa.Column("value", sa.Integer, nullable=False),
    sqlite_with_rowid=False,
)

MEETINGS = sa.Table(
    "meetings",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

ROOM_EVENTS = sa.Table(
    "room_events",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # of the meeting
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

JOURNAL = sa.Table(
    "journal",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),  # of the meeting
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),  # with the meeting's own key, which lies in a file
)

KEPT_TRANSCRIPTS = sa.Table(
    "kept_transcripts",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),
)

NOTES = sa.Table(
    "notes",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("meeting", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("data", sa.LargeBinary, nullable=False),  # an update of a Yjs document
    sa.Column("is_sealed", sa.Boolean, nullable=False, server_default=sa.false()),  # False: written before they were
)

SEALED_PREBRIEFS = sa.Table(
    "sealed_prebriefs",
    METADATA,
    sa.Column("incident_id", sa.Text, primary_key=True),
    sa.Column("cipher", sa.LargeBinary, nullable=False),
)
