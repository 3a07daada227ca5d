"""How a kind of query is answered: the builder of its expression and the columns of its answer."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import ibis.expr.types as ir
import pyarrow as pa

TIME = pa.timestamp("us", tz="UTC")


@dataclass(frozen=True)
class Answering:
    """The builders of Ibis expressions for one type of query, and what its answer looks like.

    The answer is all rows of all parts. Parts are run one after the other, which holds less in memory than a union.
    An expression has every column of `columns`, in any order; times are microseconds since 1970 UTC as int64.
    """

    columns: pa.Schema
    parts: tuple[Callable[[Any], ir.Table], ...]
