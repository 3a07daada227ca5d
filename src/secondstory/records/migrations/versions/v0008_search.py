"""What can be found: passages of incidents, and the index of their words, which the database keeps with them."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_SQLITE = (
    "CREATE VIRTUAL TABLE passage_words USING fts5(title, text, content='passages', content_rowid='id', "
    "tokenize='porter unicode61 remove_diacritics 2')",
    "CREATE TRIGGER passages_added AFTER INSERT ON passages BEGIN "
    "INSERT INTO passage_words (rowid, title, text) VALUES (new.id, new.title, new.text); END",
    "CREATE TRIGGER passages_removed AFTER DELETE ON passages BEGIN "
    "INSERT INTO passage_words (passage_words, rowid, title, text) "
    "VALUES ('delete', old.id, old.title, old.text); END",
)
# English forms of words and no stop words: who searches for "or" or "don't" means it.
_POSTGRES = (
    "CREATE TEXT SEARCH DICTIONARY secondstory (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION secondstory (COPY = english)",
    "ALTER TEXT SEARCH CONFIGURATION secondstory ALTER MAPPING FOR "
    "asciiword, asciihword, hword_asciipart, word, hword, hword_part WITH secondstory",
    "CREATE INDEX passage_words ON passages USING gin "
    "(to_tsvector('secondstory', passages.title || ' ' || passages.text))",
)


def upgrade() -> None:
    """Create the tables and the index."""
    op.create_table(
        "passages",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("incident_id", sa.Text, nullable=False, index=True),
        sa.Column("part", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "passages_state",
        sa.Column("incident_id", sa.Text, primary_key=True),
        sa.Column("part", sa.Text, primary_key=True),
        sa.Column("state", sa.Text, nullable=False),
    )
    for statement in _POSTGRES if op.get_bind().dialect.name == "postgresql" else _SQLITE:
        op.execute(statement)
