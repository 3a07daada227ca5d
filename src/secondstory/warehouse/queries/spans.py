"""Served requests per step and service, and operations against a reference, from spans.

A span is a served request where its kind is server or consumer. Some producers write no kinds: of a service whose
spans around the asked stretch have none at all, those count whose parent belongs to another service or is not there.

Parents and children are looked for a little beyond the asked windows (REACH_BEFORE_S, REACH_AFTER_S), because a caller
begins earlier than the window that holds what it called.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa
from ibis import _

from secondstory.model.query import SpanSignalQuery
from secondstory.model.window import Window, hull
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.exact import weight_sum
from secondstory.warehouse.queries.steps import step_start, widened, within
from secondstory.warehouse.queries.tables import SPANS

SIGNALS = pa.schema(
    [
        ("service", pa.string()),
        ("version", pa.string()),
        ("time", TIME),
        ("requests", pa.float64()),
        ("failed", pa.float64()),
        ("p50_ms", pa.float64()),
        ("p95_ms", pa.float64()),
        ("self_p95_ms", pa.float64()),
    ]
)
REACH_BEFORE_S = 900
REACH_AFTER_S = 60
_SERVED_KINDS = ("server", "consumer")
# Attributes are canonical JSON objects. A quote inside a JSON text is escaped, so `"name":` can only be a key; one
# regular expression is several times cheaper than parsing the object and means the same on every engine.
_SERVER_ERROR = r'"http\.(?:response\.)?status_code"\s*:\s*"?5\d\d'


def span_signals(query: SpanSignalQuery) -> ir.Table:
    """Requests, failures and latency per step; sums are of sample weights, quantiles are of the recorded spans."""
    rows = with_children(served(query.windows), query.windows)
    rows = rows.mutate(step_us=step_start(rows.time_us, query.windows, query.step_s))
    if not query.by_version:
        rows = rows.mutate(version=ibis.null("string"))
    steps = rows.group_by("service", "version", time=rows.step_us).agg(
        requests=weight_sum(rows.sample_weight),
        failed=weight_sum(rows.sample_weight, where=failed(rows)),
        whole=quantiles(rows.duration),
        own=quantiles(self_time(rows)),
    )
    return steps.mutate(p50_ms=p50_ms(steps.whole), p95_ms=p95_ms(steps.whole), self_p95_ms=p95_ms(steps.own))


def reached(windows: tuple[Window, ...], *conditions: ir.BooleanValue) -> ir.Table:
    """Spans of the windows' hull and a little around it: where parents and children are looked for."""
    start, end = widened(hull(windows), REACH_BEFORE_S, REACH_AFTER_S)
    return SPANS.filter((SPANS.time_us >= start) & (SPANS.time_us < end), *conditions)


def served(windows: tuple[Window, ...], *conditions: ir.BooleanValue) -> ir.Table:
    """The spans in the windows that are requests served by their service and meet the conditions."""
    rows = within(SPANS, windows, SPANS.kind.isin(_SERVED_KINDS), *conditions)
    kinds = reached(windows).group_by("service").agg(kinds=_.kind.count())
    bare = within(SPANS, windows, SPANS.kind.isnull(), *conditions).semi_join(kinds.filter(_.kinds == 0), "service")
    # A service without kinds has its parents among the spans without kinds; elsewhere engines skip whole files.
    return rows.union(entering(bare, windows, SPANS.kind.isnull()))


def entering(rows: ir.Table, windows: tuple[Window, ...], *of_parents: ir.BooleanValue) -> ir.Table:
    """Those of `rows` whose parent belongs to another service, is absent, or was not recorded.

    `of_parents` says what is known of every parent in the same service, to look at fewer spans.
    """
    parents = reached(windows, *of_parents).select(
        parent_trace="trace_id", parent_span="span_id", parent_service="service"
    )
    return rows.anti_join(
        parents,
        [
            rows.trace_id == parents.parent_trace,
            rows.parent_span_id == parents.parent_span,
            rows.service == parents.parent_service,
        ],
    )


def with_children(rows: ir.Table, windows: tuple[Window, ...]) -> ir.Table:
    """`rows` with the number of their direct children and the sum of the children's durations in microseconds."""
    spans = reached(windows, SPANS.parent_span_id.notnull())
    sums = spans.group_by(child_trace=spans.trace_id, child_of=spans.parent_span_id).agg(
        children=spans.count(), children_duration=spans.duration.sum()
    )
    joined = rows.left_join(sums, [rows.trace_id == sums.child_trace, rows.span_id == sums.child_of])
    return joined.drop("child_trace", "child_of").mutate(
        children=joined.children.fill_null(0), children_duration=joined.children_duration.cast("int64").fill_null(0)
    )


def failed(rows: ir.Table) -> ir.BooleanColumn:
    """True for spans that ended in an error: by their status, or by a 5xx answer of a server."""
    by_status = (rows.status == "error").fill_null(False)
    # Plain searches find the few rows that may tell of a 5xx, ten times cheaper than the expression that makes sure.
    hints = [rows.attributes.contains(f'status_code":{gap}5') for gap in ("", " ", '"', ' "')]
    is_5xx = ibis.or_(*hints).ifelse(rows.attributes.re_search(_SERVER_ERROR), False)
    return by_status | (rows.kind.fill_null("server").isin(_SERVED_KINDS) & is_5xx)


def self_time(rows: ir.Table) -> ir.IntegerColumn:
    """Duration less the sum of its direct children's, in microseconds; 0 where parallel children took longer."""
    return ibis.greatest(rows.duration - rows.children_duration, 0)


def quantiles(duration_us: ir.IntegerColumn, where: ir.BooleanColumn | None = None) -> ir.ArrayScalar:
    """The exact median and 95 % quantile of whole microseconds, linear between neighbours; null without any."""
    return duration_us.quantile([0.5, 0.95], where=where)


def p50_ms(both: ir.ArrayColumn) -> ir.FloatingColumn:
    """The first of `quantiles`, in milliseconds."""
    return both[0].cast("float64") / 1000


def p95_ms(both: ir.ArrayColumn) -> ir.FloatingColumn:
    """The second of `quantiles`, in milliseconds."""
    return both[1].cast("float64") / 1000
