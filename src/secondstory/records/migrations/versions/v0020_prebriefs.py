"""Sealed notes to private talks before a meeting."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "sealed_prebriefs",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("cipher", sa.LargeBinary, nullable=False),
    )
