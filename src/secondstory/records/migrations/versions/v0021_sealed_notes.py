"""Shared notes are sealed: in the room people write names as they speak."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"


def upgrade() -> None:
    """Tell rows that were written before, in clear, from those that are sealed."""
    op.add_column("notes", sa.Column("is_sealed", sa.Boolean, nullable=False, server_default=sa.false()))
