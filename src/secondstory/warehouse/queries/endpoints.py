"""Requests at the entry services by endpoint and by how long they took, and their users step by step."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import EndpointQuery, UserStepQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.exact import weight_sum
from secondstory.warehouse.queries.outcomes import requests
from secondstory.warehouse.queries.steps import step_start

ENDPOINTS = pa.schema(
    [
        ("service", pa.string()),
        ("endpoint", pa.string()),
        ("time", TIME),
        ("up_to_ms", pa.float64()),
        ("requests", pa.float64()),
        ("failed", pa.float64()),
        ("seen", pa.int64()),
        ("failed_seen", pa.int64()),
    ]
)
USER_STEPS = pa.schema(
    [("time", TIME), ("users", pa.int64()), ("users_failed", pa.int64()), ("users_first", pa.int64())]
)


def endpoints(query: EndpointQuery) -> ir.Table:
    """Sums of sample weights; the rank of endpoints is by these, then by name, so that it does not depend on order."""
    rows = requests(query.windows)
    rows = rows.mutate(
        step_us=step_start(rows.time_us, query.windows, query.step_s), up_to_ms=_up_to(rows.duration, query.limits_ms)
    )
    sizes = rows.group_by("service", "name").agg(size=weight_sum(rows.sample_weight))
    order = ibis.window(group_by=sizes.service, order_by=[sizes.size.desc(), sizes.name.asc()])
    ranked = sizes.mutate(place=ibis.row_number().over(order))
    named = ranked.filter(ranked.place < query.most).select(named_of="service", named="name")
    joined = rows.left_join(named, [rows.service == named.named_of, rows.name == named.named])
    return joined.group_by("service", endpoint=joined.named, time=joined.step_us, up_to_ms=joined.up_to_ms).agg(
        requests=weight_sum(joined.sample_weight),
        failed=weight_sum(joined.sample_weight, where=joined.failed),
        seen=joined.count(),
        failed_seen=joined.count(where=joined.failed),
    )


def user_steps(query: UserStepQuery) -> ir.Table:
    """Each user once in a step; the first failed request of each decides where the user counts as newly hit."""
    rows = requests((query.window,))
    rows = rows.filter(rows.user.notnull())
    rows = rows.mutate(step_us=step_start(rows.time_us, (query.window,), query.step_s))
    first = rows.filter(rows.failed).group_by("user").agg(first_us=rows.step_us.min())
    joined = rows.left_join(first, "user")
    is_first = joined.failed & (joined.step_us == joined.first_us)
    return joined.group_by(time=joined.step_us).agg(
        users=joined.user.nunique(),
        users_failed=joined.user.nunique(where=joined.failed),
        users_first=joined.user.nunique(where=is_first),
    )


def _up_to(duration_us: ir.IntegerColumn, limits_ms: tuple[float, ...]) -> ir.FloatingColumn:
    cases = [(duration_us <= limit * 1000, ibis.literal(limit, "float64")) for limit in limits_ms]
    return ibis.cases(*cases) if cases else ibis.null("float64")
