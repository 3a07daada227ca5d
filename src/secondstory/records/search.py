"""The search index: SQLite's FTS5 over the table of passages, or PostgreSQL's text search; both kept by the database.

The right to read is a condition of the query that finds and of the one that counts. Which parts are out of date is
asked of the same transaction that would see their changes: a search never lags behind what was said.
"""

from __future__ import annotations

from hashlib import sha256

import sqlalchemy as sa

from secondstory.model.actor import Actor
from secondstory.ports import Hit, Hits, Indexed, Passage, Sought
from secondstory.ports.search import MARK, UNMARK
from secondstory.records.database import Database
from secondstory.records.incidents import readable
from secondstory.records.tables import DOCUMENTS, INCIDENTS, LEDGER_HEADS, PASSAGES, PASSAGES_STATE

FOUND, SAID = "found", "said"
_SNIPPET_WORDS = 24
_TITLE_WEIGHT = 4.0
_KIND_WEIGHTS = {"incident": 3.0, "hypothesis": 2.0, "event": 1.5, "document": 1.5, "evidence": 0.6}
_PLAIN = str.maketrans({MARK: " ", UNMARK: " ", "\x00": " "})
_VECTOR = "to_tsvector('secondstory', passages.title || ' ' || passages.text)"
_MARKS = f"StartSel={MARK}, StopSel={UNMARK}"
_HEADLINE = f"{_MARKS}, MaxWords={_SNIPPET_WORDS}, MinWords=8, MaxFragments=1"


class SqlSearchIndex:
    """`ports.SearchIndex` in a database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def changed(self, actor: Actor, version: str) -> tuple[Indexed, ...]:
        """The parts of the actor's incidents that changed since they were indexed, as they are now."""
        report = sa.and_(DOCUMENTS.c.incident_id == INCIDENTS.c.id, DOCUMENTS.c.kind == "report")
        now = (
            sa.select(INCIDENTS.c.id, INCIDENTS.c.data, DOCUMENTS.c.hash, LEDGER_HEADS.c.head)
            .select_from(INCIDENTS)
            .outerjoin(DOCUMENTS, report)
            .outerjoin(LEDGER_HEADS, LEDGER_HEADS.c.incident_id == INCIDENTS.c.id)
            .where(readable(actor))
            .order_by(INCIDENTS.c.id)
        )
        with self._database.read() as connection:
            rows = connection.execute(now).all()
            before = {(row.incident_id, row.part): row.state for row in connection.execute(sa.select(PASSAGES_STATE))}
        parts: list[Indexed] = []
        for row in rows:
            found = sha256(row.data).hexdigest()[:16]
            parts.append(Indexed(row.id, FOUND, f"{version}/{found}/{row.hash or ''}"))
            parts.append(Indexed(row.id, SAID, f"{version}/{found}/{row.head or 0}"))
        return tuple(part for part in parts if before.get((part.incident_id, part.part)) != part.state)

    def replace(self, part: Indexed, passages: tuple[Passage, ...]) -> None:
        """Index a part of an incident anew, in one transaction."""
        where = {"incident_id": part.incident_id, "part": part.part}
        rows = [
            {**where, "kind": one.kind, "key": one.key, "title": _plain(one.title), "text": _plain(one.text)}
            for one in passages
        ]
        with self._database.write() as connection:
            for table in (PASSAGES, PASSAGES_STATE):
                mine = (table.c.incident_id == part.incident_id, table.c.part == part.part)
                connection.execute(sa.delete(table).where(*mine))
            if rows:
                connection.execute(sa.insert(PASSAGES), rows)
            connection.execute(sa.insert(PASSAGES_STATE).values(**where, state=part.state))

    def find(self, actor: Actor, sought: Sought) -> Hits:
        """What the actor may read and holds every word, the best first."""
        with self._database.read() as connection:
            how = _Postgres if connection.dialect.name == "postgresql" else _Sqlite
            query = how(sought.words)
            allowed = sa.select(INCIDENTS.c.id).where(readable(actor))
            where: list[sa.ColumnElement[bool] | sa.TextClause] = [query.matches, PASSAGES.c.incident_id.in_(allowed)]
            if sought.incident_id:
                where.append(PASSAGES.c.incident_id == sought.incident_id)
            counts = sa.select(PASSAGES.c.kind, sa.func.count()).select_from(query.source).where(*where)
            counted = connection.execute(counts.group_by(PASSAGES.c.kind).order_by(PASSAGES.c.kind)).all()
            if sought.kinds:
                where.append(PASSAGES.c.kind.in_(sought.kinds))
            found = (
                sa.select(PASSAGES.c.incident_id, PASSAGES.c.kind, PASSAGES.c.key, query.title, query.snippet)
                .select_from(query.source)
                .where(*where)
                .order_by(query.rank * _weight(), PASSAGES.c.id)
                .limit(sought.limit)
                .offset(sought.offset)
            )
            hits = tuple(Hit(*row) for row in connection.execute(found))
        return Hits(hits, tuple((kind, count) for kind, count in counted))


class _Sqlite:
    """The words as an FTS5 query: each a phrase of its own, so that no sign in it means anything."""

    def __init__(self, words: tuple[str, ...]) -> None:
        terms = ['"' + word.replace('"', '""') + '"' for word in words]
        match = " ".join(terms) + "*"  # the last one may be half typed
        index = sa.table("passage_words", sa.column("rowid"))
        name: sa.ColumnClause[str] = sa.literal_column("passage_words")
        self.source = PASSAGES.join(index, index.c.rowid == PASSAGES.c.id)
        self.matches = sa.text("passage_words MATCH :match").bindparams(match=match)
        self.title = sa.func.highlight(name, 0, MARK, UNMARK)
        self.snippet = sa.func.snippet(name, 1, MARK, UNMARK, "…", _SNIPPET_WORDS)
        self.rank = sa.func.bm25(name, _TITLE_WEIGHT, 1.0)


class _Postgres:
    """The words as a text search query."""

    def __init__(self, words: tuple[str, ...]) -> None:
        terms = ["'" + word.replace("\\", " ").replace("'", "''") + "'" for word in words]
        query = sa.func.to_tsquery("secondstory", " & ".join(terms) + ":*")
        self.source = PASSAGES
        self.matches = sa.literal_column(_VECTOR).op("@@")(query)
        self.title = sa.func.ts_headline("secondstory", PASSAGES.c.title, query, f"{_MARKS}, HighlightAll=true")
        self.snippet = sa.func.ts_headline("secondstory", PASSAGES.c.text, query, _HEADLINE)
        weighed: sa.ColumnClause[str] = sa.literal_column(
            "setweight(to_tsvector('secondstory', passages.title), 'A') || to_tsvector('secondstory', passages.text)"
        )
        self.rank = -sa.func.ts_rank(weighed, query)


def _weight() -> sa.ColumnElement[float]:
    """What was concluded stands before the long lists that it rests on."""
    return sa.case(_KIND_WEIGHTS, value=PASSAGES.c.kind, else_=1.0)


def _plain(text: str) -> str:
    """Without the signs that mark what matched, whatever a log line held."""
    return text.translate(_PLAIN)
