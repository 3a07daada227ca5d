"""Operations of spans inside a window, against a reference."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import OperationQuery
from secondstory.warehouse.queries.spans import failed, p50_ms, p95_ms, quantiles, self_time, with_children
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
    counted = rows.group_by("service", operation=rows.name).agg(
        **_counted(rows, "", rows.now), **_counted(rows, "reference_", rows.then)
    )
    return counted.mutate(**_numbers(counted, ""), **_numbers(counted, "reference_"))


def _counted(rows: ir.Table, prefix: str, where: ir.BooleanColumn) -> dict[str, ir.Scalar]:
    return {
        f"{prefix}spans": rows.count(where=where),
        f"{prefix}failed": rows.count(where=where & rows.failed),
        f"{prefix}whole": quantiles(rows.duration, where),
        f"{prefix}own": quantiles(rows.self_us, where),
        f"{prefix}children": rows.children.sum(where=where).cast("int64"),
    }


def _numbers(counted: ir.Table, prefix: str) -> dict[str, ir.Column]:
    whole, own = counted[f"{prefix}whole"], counted[f"{prefix}own"]
    return {
        f"{prefix}p50_ms": p50_ms(whole),
        f"{prefix}p95_ms": p95_ms(whole),
        f"{prefix}self_p50_ms": p50_ms(own),
        f"{prefix}self_p95_ms": p95_ms(own),
        f"{prefix}children_mean": counted[f"{prefix}children"] / counted[f"{prefix}spans"].nullif(0),
    }
