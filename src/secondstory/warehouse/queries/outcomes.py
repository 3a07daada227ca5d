"""What users met at the entry services: requests, failures, slowness and how many distinct users."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import OutcomeQuery, UsersHitQuery
from secondstory.model.window import Window
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.attributes import attribute
from secondstory.warehouse.queries.exact import weight_sum
from secondstory.warehouse.queries.spans import entering, failed, served
from secondstory.warehouse.queries.steps import step_start
from secondstory.warehouse.queries.tables import SPANS, given

OUTCOMES = pa.schema(
    [
        ("service", pa.string()),
        ("time", TIME),
        ("total", pa.float64()),
        ("failed", pa.float64()),
        ("slow", pa.float64()),
        ("seen", pa.int64()),
        ("failed_seen", pa.int64()),
        ("slow_seen", pa.int64()),
        ("users", pa.int64()),
        ("users_failed", pa.int64()),
    ]
)
USERS = pa.schema(
    [
        ("service", pa.string()),
        ("users", pa.int64()),
        ("users_failed", pa.int64()),
        ("requests_with_user", pa.float64()),
        ("requests", pa.float64()),
    ]
)


def outcomes(query: OutcomeQuery) -> ir.Table:
    """Requests per step; `slow` is null where the query names no limit, users are null where no request carries one."""
    rows = requests((query.window,))
    slow = None if query.slow_ms is None else rows.duration > query.slow_ms * 1000
    steps = rows.group_by("service", time=step_start(rows.time_us, (query.window,), query.step_s)).agg(
        total=weight_sum(rows.sample_weight),
        failed=weight_sum(rows.sample_weight, where=rows.failed),
        slow=ibis.null("float64") if slow is None else weight_sum(rows.sample_weight, where=slow),
        seen=rows.count(),
        failed_seen=rows.count(where=rows.failed),
        slow_seen=ibis.null("int64") if slow is None else rows.count(where=slow),
        users=rows.user.nunique(),
        users_failed=rows.user.nunique(where=rows.failed),
    )
    return _users_or_null(steps)


def users_hit(query: UsersHitQuery) -> ir.Table:
    """Distinct users over the whole window; null where no request carries one."""
    rows = requests((query.window,))
    totals = rows.group_by("service").agg(
        users=rows.user.nunique(),
        users_failed=rows.user.nunique(where=rows.failed),
        requests_with_user=weight_sum(rows.sample_weight, where=rows.user.notnull()),
        requests=weight_sum(rows.sample_weight),
    )
    return _users_or_null(totals)


def requests(windows: tuple[Window, ...]) -> ir.Table:
    """Requests that reached the asked services from outside of them: served spans without a parent of their own."""
    asked = SPANS.service.isin(given("services"))
    rows = entering(served(windows, asked), windows, asked)
    return rows.select(
        "service",
        "name",
        "time_us",
        "duration",
        "sample_weight",
        failed=failed(rows),
        user=attribute(rows.attributes, "user.id", "enduser.id"),
    )


def _users_or_null(counts: ir.Table) -> ir.Table:
    known = counts.users > 0
    nobody = ibis.null("int64")
    return counts.mutate(
        users=known.ifelse(counts.users, nobody), users_failed=known.ifelse(counts.users_failed, nobody)
    )
