"""Frozen evidence: a query, the window, the answer, its hash, and who gave it when."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from secondstory.model.errors import EvidenceMismatch
from secondstory.model.query import Query
from secondstory.model.table import Table
from secondstory.model.window import Window, require_utc


@dataclass(frozen=True, eq=False)
class Evidence:
    """The answer to one query. `id` follows from the query alone; `result_hash` from the answer alone."""

    id: str
    query: Query
    source: str  # which engine or tool answered, such as "duckdb 2.0.0"
    result: Table
    result_hash: str
    fetched_at: datetime

    def __post_init__(self) -> None:
        require_utc(self.fetched_at, "the time of fetching")
        if self.result.hash != self.result_hash:
            raise EvidenceMismatch(
                f"Evidence {self.id} does not match its hash: "
                f"stored {self.result_hash[:12]}, found {self.result.hash[:12]}.",
                "Restore it from a backup, or collect it again with `secondstory analyse --refresh`.",
            )

    @property
    def window(self) -> Window:
        """The stretch of time that the query covers."""
        return self.query.window

    def ref(self) -> EvidenceRef:
        """The reference that documents carry."""
        return EvidenceRef(
            self.id,
            self.query,
            self.source,
            self.result_hash,
            self.result.rows,
            self.result.names,
            self.fetched_at,
        )


@dataclass(frozen=True)
class EvidenceRef:
    """Evidence as a document names it: everything but the rows."""

    id: str
    query: Query
    source: str
    result_hash: str
    rows: int
    columns: tuple[str, ...]
    fetched_at: datetime


Answer = Callable[[tuple[Query, ...]], tuple[Evidence, ...]]
"""The shell's side of `Ask`: runs queries or looks them up among frozen evidence."""


@dataclass(frozen=True, eq=False)
class Answers:
    """What a stage has been told so far, by query."""

    by_query: Mapping[Query, Evidence]

    def missing(self, queries: tuple[Query, ...]) -> tuple[Query, ...]:
        """Those of `queries` that have no answer yet, in order."""
        return tuple(query for query in queries if query not in self.by_query)

    def of(self, query: Query) -> Evidence:
        """The answer to `query`. Raises KeyError where it was never asked."""
        return self.by_query[query]

    def refs(self) -> tuple[EvidenceRef, ...]:
        """References to all answers, in order of id."""
        return tuple(evidence.ref() for evidence in sorted(self.by_query.values(), key=lambda one: one.id))

    def plus(self, more: tuple[Evidence, ...]) -> Answers:
        """These answers and more."""
        return Answers({**self.by_query, **{evidence.query: evidence for evidence in more}})
