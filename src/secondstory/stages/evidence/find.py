"""Two rounds of questions to the warehouse become one evidence body: first what was recorded, then what it says."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.evidence import Answers
from secondstory.model.findings import Coverage, EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.query import Ask
from secondstory.stages.evidence.breadth import answers_of, breadth_gap, coverage_of, weighed_services
from secondstory.stages.evidence.gaps import find_gaps
from secondstory.stages.evidence.plan import Plan, coverage_query, make_plan
from secondstory.stages.evidence.rows import read_coverage, read_edges, read_occurrences, read_patterns
from secondstory.stages.evidence.signals import build_signals


def find_evidence(case: Case, answers: Answers) -> EvidenceBody | Ask:
    """Ask for what was recorded, then for signals, calls, occurrences and log patterns over it; arrange the answers."""
    recorded = coverage_query(case)
    if missing := answers.missing((recorded,)):
        return Ask(missing)
    coverage = read_coverage(answers.of(recorded))
    plan = make_plan(case, coverage)
    if missing := answers.missing(plan.queries):
        return Ask(missing)
    body = _arrange(case, coverage, plan, answers)
    return replace(body, evidence=tuple(answers.of(query).ref() for query in (recorded, *plan.queries)))


def _arrange(case: Case, coverage: tuple[Coverage, ...], plan: Plan, answers: Answers) -> EvidenceBody:
    """The body; its evidence is the caller's, because what is arranged may be a part of it."""
    weighed = weighed_services(case, coverage)
    if weighed is not None:
        body = _arrange(case, coverage_of(weighed, coverage), plan, answers_of(weighed, answers))
        gaps = sorted((*body.gaps, breadth_gap(weighed, coverage)), key=lambda gap: gap.key)
        return replace(body, gaps=tuple(gaps))
    edges = read_edges(case.system, plan, answers)
    named = {row.service for row in coverage} | {end for edge in edges for end in (edge.caller, edge.callee)}
    services = tuple(sorted(named - {""}))
    entries = _entry_services(case, services, tuple((edge.caller, edge.callee) for edge in edges))
    signals, activity = build_signals(services, coverage, plan, answers)
    return EvidenceBody(
        window=case.incident.window,
        reference=plan.reference,
        grid=plan.grid,
        services=services,
        entry_services=entries,
        signals=signals,
        edges=edges,
        occurrences=read_occurrences(plan, answers),
        patterns=read_patterns(plan, answers),
        coverage=coverage,
        gaps=find_gaps(case, coverage, plan, activity, entries),
        redactions=case.redactions,
        evidence=(),
    )


def _entry_services(case: Case, services: tuple[str, ...], edges: tuple[tuple[str, str], ...]) -> tuple[str, ...]:
    """As given, else the callers that nobody calls; a probe stands outside, so what it calls is the entry."""
    given = tuple(name for name in case.system.entry_services if name in services)
    if given:
        return given
    inside = [(caller, callee) for caller, callee in edges if caller not in case.system.probes]
    called = {callee for _, callee in inside}
    probed = {callee for caller, callee in edges if caller in case.system.probes}
    return tuple(sorted(probed or ({caller for caller, _ in inside} - called)))
