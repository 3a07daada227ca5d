"""How a kind of query is answered: the builders of its expressions and the columns of its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import Query
from secondstory.model.table import Table

TIME = pa.timestamp("us", tz="UTC")
Build = Callable[[Any], ir.Table]


@dataclass(frozen=True)
class Answering:
    """The builders of Ibis expressions for one type of query, and what its answer looks like.

    The answer is all rows of all parts. Parts are run one after the other, which holds less in memory than a union.
    An expression has every column of `columns`, in any order; times are microseconds since 1970 UTC as int64.

    `needs` gives one row of booleans, each named after a part. Where it is not true the part has no rows and is not
    even built: to build and to plan an expression costs a hundred times as much as to find that it has no rows.
    """

    columns: pa.Schema
    parts: tuple[Build, ...]
    needs: Build | None = None

    def answer(self, query: Query, rows: Callable[[ir.Table], pa.Table]) -> Table:
        """The answer; `rows` runs an expression."""
        told = [rows(part(query)) for part in self._needed(query, rows)]
        same = [answer.select(self.columns.names).cast(self.columns) for answer in told]
        return Table(pa.concat_tables([self.columns.empty_table(), *same]))

    def _needed(self, query: Query, rows: Callable[[ir.Table], pa.Table]) -> tuple[Build, ...]:
        if self.needs is None:
            return self.parts
        (found,) = rows(self.needs(query)).to_pylist()
        return tuple(part for part in self.parts if found[part.__name__])
