"""Operations of spans inside a window, against a reference."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import OperationQuery
from secondstory.warehouse.queries.spans import failed, milliseconds, self_time, with_children
from secondstory.warehouse.queries.steps import inside, within
from secondstory.warehouse.queries.tables import SPANS

_NUMBERS = [
    ("spans", pa.int64()),
    ("failed", pa.int64()),
    ("p50_ms", pa.float64()),
    ("p95_ms", pa.float64()),
    ("self_p50_ms", pa.float64()),
    ("self_p95_ms", pa.float64()),
    ("children_mean", pa.float64()),
]
COLUMNS = pa.schema(
    [
        ("service", pa.string()),
        ("operation", pa.string()),
        *_NUMBERS,
        *[(f"reference_{name}", kind) for name, kind in _NUMBERS],
    ]
)


def operations(query: OperationQuery) -> ir.Table:
    """Spans of any kind by service and name; counts are of recorded spans, not of sample weights."""
    windows = (query.window, *query.reference)
    rows = with_children(within(SPANS, windows), windows)
    rows = rows.mutate(failed=failed(rows), self_us=self_time(rows), now=inside(rows.time_us, (query.window,)))
    then = inside(rows.time_us, query.reference) if query.reference else ibis.literal(False)
    rows = rows.mutate(then=then)
    reference = {f"reference_{name}": number for name, number in _numbers(rows, rows.then).items()}
    return rows.group_by("service", operation=rows.name).agg(**_numbers(rows, rows.now), **reference)


def _numbers(rows: ir.Table, where: ir.BooleanColumn) -> dict[str, ir.Scalar]:
    spans = rows.count(where=where)
    return {
        "spans": spans,
        "failed": rows.count(where=where & rows.failed),
        "p50_ms": milliseconds(rows.duration, 0.5, where),
        "p95_ms": milliseconds(rows.duration, 0.95, where),
        "self_p50_ms": milliseconds(rows.self_us, 0.5, where),
        "self_p95_ms": milliseconds(rows.self_us, 0.95, where),
        "children_mean": rows.children.sum(where=where).cast("int64") / spans.nullif(0),
    }
