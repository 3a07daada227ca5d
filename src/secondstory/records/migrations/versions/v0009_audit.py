"""The audit; its table refuses that a line is changed or removed, whoever asks."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

_SQLITE = """
CREATE TRIGGER audit_keeps_{name} BEFORE {event} ON audit
BEGIN SELECT RAISE(ABORT, 'the audit is append only'); END
"""
_POSTGRES_REFUSES = """
CREATE FUNCTION audit_refuses() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'the audit is append only'; END $$
"""
_POSTGRES = """
CREATE TRIGGER audit_keeps BEFORE UPDATE OR DELETE OR TRUNCATE ON audit
FOR EACH STATEMENT EXECUTE FUNCTION audit_refuses()
"""


def upgrade() -> None:
    """Create the table and what guards it."""
    op.create_table(
        "audit",
        sa.Column("seq", sa.Integer, primary_key=True),
        sa.Column("at", sa.Text, nullable=False),
        sa.Column("actor_id", sa.Text, nullable=False),
        sa.Column("door", sa.Text, nullable=False),
        sa.Column("what", sa.Text, nullable=False),
        sa.Column("incident_id", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("remark", sa.Text, nullable=False),
        sqlite_autoincrement=True,
    )
    op.create_index("ix_audit_incident_id", "audit", ["incident_id"])
    if op.get_bind().dialect.name == "sqlite":
        for event in ("UPDATE", "DELETE"):
            op.execute(_SQLITE.format(name=event.lower(), event=event))
    else:
        op.execute(_POSTGRES_REFUSES)
        op.execute(_POSTGRES)
