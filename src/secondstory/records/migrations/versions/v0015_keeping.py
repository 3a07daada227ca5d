"""Since when telemetry is kept and when its rows were given up; legal holds; incidents that were deleted."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Add the columns and create the tables; the age of what is there is counted from the next look on."""
    op.add_column("segments", sa.Column("kept_since", sa.Text))
    op.add_column("segments", sa.Column("retired_at", sa.Text))
    op.create_table(
        "holds",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
    op.create_table(
        "tombstones",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )
