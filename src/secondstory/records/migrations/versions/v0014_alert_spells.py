"""Which alerts opened which incident."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "alert_spells",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("incident_id", sa.Text, nullable=False),
    )
