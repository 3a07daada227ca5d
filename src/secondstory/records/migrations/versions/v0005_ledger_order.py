"""A rising number for each entry of an incident's ledger, so that a reader can ask what came since."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Number what is there in its order of (at, id), and keep the largest number of each incident."""
    op.add_column("ledger", sa.Column("seq", sa.Integer, nullable=False, server_default="0"))
    op.execute(
        "WITH numbered AS"
        " (SELECT id, row_number() OVER (PARTITION BY incident_id ORDER BY at, id) AS place FROM ledger)"
        " UPDATE ledger SET seq = (SELECT place FROM numbered WHERE numbered.id = ledger.id)"
    )
    op.create_index("ix_ledger_incident_id_seq", "ledger", ["incident_id", "seq"], unique=True)
    op.create_table(
        "ledger_heads",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("head", sa.Integer, nullable=False),
    )
    op.execute(
        "INSERT INTO ledger_heads (incident_id, head) SELECT incident_id, max(seq) FROM ledger GROUP BY incident_id"
    )
