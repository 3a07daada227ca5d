"""More services than one analysis can weigh become those with the most rows, and a gap that says so.

Tens of thousands of names are hardly ever services: most often a label such as a pod or a request id was taken for one.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import Coverage
from secondstory.model.gap import Gap, GapReason
from secondstory.model.incident import Case
from secondstory.model.subject import subject_key
from secondstory.model.table import Table
from secondstory.model.telemetry import TableName
from secondstory.texts import say

MOST_SERVICES = 400
"""Each makes about ten signals, and the work on a signal is bounded: this many take half a minute and 300 MB."""

_NAMING = ("service", "caller", "callee")


def weighed_services(case: Case, coverage: tuple[Coverage, ...]) -> frozenset[str] | None:
    """The services to look at: those declared for the system, then those with the most rows; None = all of them."""
    rows: Counter[str] = Counter()
    for row in coverage:
        if row.service and row.table != TableName.OCCURRENCES:
            rows[row.service] += row.rows
    if len(rows) <= MOST_SERVICES:
        return None
    declared = {*case.system.entry_services, *(name for edge in case.system.edges for name in edge)}
    ranked = sorted(rows, key=lambda name: (name not in declared, -rows[name], name))
    return frozenset(ranked[:MOST_SERVICES])


def coverage_of(services: frozenset[str], coverage: tuple[Coverage, ...]) -> tuple[Coverage, ...]:
    """The coverage of these services, and of rows that name none."""
    return tuple(row for row in coverage if not row.service or row.service in services)


def answers_of(services: frozenset[str], answers: Answers) -> Answers:
    """The answers without rows of other services."""
    return Answers({query: _narrowed(services, evidence) for query, evidence in answers.by_query.items()})


def breadth_gap(services: frozenset[str], coverage: tuple[Coverage, ...]) -> Gap:
    """What is left out, and what it most likely means."""
    named = {row.service for row in coverage if row.service and row.table != TableName.OCCURRENCES}
    some = ", ".join(sorted(named - services)[:3])
    detail = say("gaps.too_many_services", count=len(named), kept=len(services), some=some)
    return Gap(subject_key("gap", "services", "many"), "telemetry", None, GapReason.UNMAPPED, detail)


def _narrowed(services: frozenset[str], evidence: Evidence) -> Evidence:
    rows = evidence.result.arrow
    wanted = pa.array([*sorted(services), "", None], pa.string())
    for name in _NAMING:
        if name in rows.column_names:
            rows = rows.filter(pc.is_in(rows[name], wanted))
    table = Table(rows)
    return replace(evidence, result=table, result_hash=table.hash)
