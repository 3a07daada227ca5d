"""When a job was submitted, and what it gave."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add both to the jobs."""
    op.add_column("jobs", sa.Column("submitted_at", sa.Text))
    op.add_column("jobs", sa.Column("result", sa.Text, nullable=False, server_default=""))
