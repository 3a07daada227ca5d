"""Incidents as a list, and one at a glance: what happened, in which numbers, what is open and what is settled."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, fields, replace
from datetime import datetime
from functools import lru_cache, partial
from threading import Lock
from typing import Any

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.causes import CausesBody, Hypothesis, Part, Standing, Verdict
from secondstory.model.codec import content_hash, decode
from secondstory.model.conduct import Clock, Off, Step
from secondstory.model.document import Document
from secondstory.model.gap import Gap
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.incident import Incident
from secondstory.model.incident_record import IncidentRecord, Mode
from secondstory.model.report import Bullets, Claim, ClaimKind, Paragraph, ReportBody, Rows, Section
from secondstory.model.status import Status
from secondstory.model.timeline import MilestoneKind, TimelineBody
from secondstory.model.window import Window
from secondstory.ports import StoredDocument, World
from secondstory.stages.report import hypothesis_title
from secondstory.texts import say
from secondstory.usecases.analyse import get_incident
from secondstory.usecases.conduct import conduct_now
from secondstory.usecases.freshness import StageState, freshness
from secondstory.usecases.incident_record import record_now
from secondstory.usecases.policy import read_policy


@dataclass(frozen=True)
class Number:
    """A measured number as an interval; `low` == `high` where it was counted exactly."""

    name: str
    value: float
    low: float
    high: float
    unit: str
    basis: str
    evidence: tuple[str, ...]


@dataclass(frozen=True)
class Lasted:
    """Seconds, as a range; `is_open`: the end was not seen, so it lasted at least that long."""

    low_s: float
    value_s: float
    high_s: float
    is_open: bool


@dataclass(frozen=True)
class IncidentFacts:
    """What both the list and the overview say; what is not known is null. status: open, analysed or stale.

    Title, severity, `stands`, `mode`, `named` and `customers` are what people say now; the rest was found.
    """

    id: str
    title: str
    severity: str
    time_zone: str
    window: Window
    recordings: tuple[str, ...]
    restricted: bool
    alarm_at: datetime | None
    alarm_service: str | None
    status: str
    stands: Status
    mode: Mode
    named: tuple[str, ...] | None  # services that people named
    mine: bool  # the actor is a member, or has a role in it now
    customers: str
    stages: tuple[StageState, ...]
    resolved_at: datetime | None
    document_due: datetime | None  # the summary, reckoned from the meeting as it was held or is planned
    clock: Clock | None  # the one that runs
    clocks_off: Off | None
    first_cause: str | None  # the explanation that leads, as a clause
    users_hit: float | None
    failed_requests: float | None
    services_hit: tuple[str, ...] | None  # in order of first harm; null before the first analysis
    lasted: Lasted | None  # how long users were hit


@dataclass(frozen=True)
class IncidentItem(IncidentFacts):
    """An incident as a row of the list; `gaps` counts what is missing, null before the first analysis."""

    gaps: int | None


@dataclass(frozen=True)
class Statement:
    """A sentence, how it is meant (fact, inference, opinion, frame), and what it rests on."""

    text: str
    mark: str
    evidence: tuple[str, ...]
    gaps: tuple[str, ...]


@dataclass(frozen=True)
class Label:
    """The short name, such as E07 or G2, of a piece of evidence or a gap."""

    id: str
    label: str


@dataclass(frozen=True)
class Entities:
    """What the incident touches."""

    services: tuple[str, ...]
    entry_services: tuple[str, ...]


@dataclass(frozen=True)
class Overview(IncidentFacts):
    """An incident at a glance. Without an analysis all lists are empty and `status` is open."""

    bluf: tuple[Statement, ...]
    numbers: tuple[Number, ...]
    uncertain: tuple[Statement, ...]
    settled: tuple[Statement, ...]
    gaps: tuple[Gap, ...]
    labels: tuple[Label, ...]
    entities: Entities


@dataclass(frozen=True)
class _Told:
    """The documents that an overview is made from; those of an incident that was never analysed are None."""

    timeline: TimelineBody | None
    impact: ImpactBody | None
    causes: CausesBody | None
    report: ReportBody | None


def list_items(actor: Actor, world: World) -> tuple[IncidentItem, ...]:
    """The incidents that the actor may read, newest first."""
    policy = content_hash(read_policy(world))
    rows = (
        _ROWS.of((world.data_dir, incident_id, state, policy), partial(_row, actor, world, incident_id))
        for incident_id, state in world.incident_states.visible_to(actor)
    )
    found = ((row, row.item.id in dict(actor.roles) or actor.id in row.holders) for row in rows if row is not None)
    return tuple(replace(row.item, mine=True) if is_mine else row.item for row, is_mine in found)


@dataclass(frozen=True)
class _Row:
    """An incident of the list as it is for everybody; `holders`: who has a role in it now."""

    item: IncidentItem
    holders: frozenset[str]


class _Rows:
    """Rows that were made once, by what is stored of their incidents: a row is made of all its documents."""

    def __init__(self) -> None:
        self._made: OrderedDict[Hashable, _Row | None] = OrderedDict()
        self._lock = Lock()

    def of(self, key: Hashable, make: Callable[[], _Row | None]) -> _Row | None:
        """The row of a key, made where it is not known yet."""
        with self._lock:
            if key in self._made:
                self._made.move_to_end(key)
                return self._made[key]
        row = make()
        with self._lock:
            self._made[key] = row
            while len(self._made) > _MOST_ROWS:
                self._made.popitem(last=False)
        return row


_MOST_ROWS = 5000
_ROWS = _Rows()


def _row(actor: Actor, world: World, incident_id: str) -> _Row | None:
    incident = world.incidents.get(incident_id)
    if incident is None:  # deleted a moment ago
        return None
    told = _told(world, incident)
    gaps = len(told.report.gaps) if told.report else None
    item = IncidentItem(**_known(_facts(actor, world, incident, told)), gaps=gaps)
    roles = record_now(world, incident).roles
    return _Row(replace(item, mine=False), frozenset(one.who for one in roles if one.until is None))


def overview(actor: Actor, world: World, incident_id: str) -> Overview:
    """One incident at a glance. Raises NotFound."""
    require(actor, Verb.READ, incident_id)
    incident = get_incident(world, incident_id)
    told = _told(world, incident)
    report, impact = told.report, told.impact
    return Overview(
        **_known(_facts(actor, world, incident, told)),
        bluf=_bluf(report),
        numbers=tuple(_number(figure) for figure in (*impact.figures, *impact.durations)) if impact else (),
        uncertain=_uncertain(report),
        settled=_settled(report, told.causes),
        gaps=report.gaps if report else (),
        labels=tuple(Label(key, label) for key, label in report.labels) if report else (),
        entities=_entities(world, incident, told),
    )


def _known(facts: IncidentFacts) -> dict[str, Any]:
    return {field.name: getattr(facts, field.name) for field in fields(IncidentFacts)}


def _facts(actor: Actor, world: World, incident: Incident, told: _Told) -> IncidentFacts:
    stages = freshness(actor, world, incident)
    states = {stage.state for stage in stages}
    resolved_at = _resolved_at(told.timeline)
    record = record_now(world, incident)
    conduct = conduct_now(world, incident, record)
    return IncidentFacts(
        id=incident.id,
        title=record.title,
        severity=record.severity.value,
        time_zone=incident.time_zone,
        window=incident.window,
        recordings=incident.recordings,
        restricted=incident.restricted,
        alarm_at=incident.alarm.time if incident.alarm else None,
        alarm_service=incident.alarm.service if incident.alarm else None,
        status="open" if "empty" in states else "stale" if "stale" in states else "analysed",
        stands=record.status,
        mode=record.mode,
        named=record.services,
        mine=_is_mine(actor, incident, record),
        customers=record.customers,
        stages=stages,
        resolved_at=resolved_at,
        document_due=conduct.step(Step.SUMMARY).due,
        clock=conduct.clock,
        clocks_off=conduct.off,
        first_cause=_first_cause(told.causes),
        users_hit=_figure(told.impact, "users_hit"),
        failed_requests=_figure(told.impact, "requests_failed"),
        services_hit=tuple(reach.service for reach in told.impact.reach) if told.impact else None,
        lasted=_lasted(told),
    )


def _is_mine(actor: Actor, incident: Incident, record: IncidentRecord) -> bool:
    has_role = any(one.who == actor.id and one.until is None for one in record.roles)
    return has_role or actor.role_in(incident.id) is not None


def _told(world: World, incident: Incident) -> _Told:
    def latest(kind: str) -> StoredDocument | None:
        return world.documents.latest(incident.id, kind)

    timeline, impact, causes, report = latest("timeline"), latest("impact"), latest("causes"), latest("report")
    return _Told(
        _timeline(timeline) if timeline else None,
        _impact(impact) if impact else None,
        _causes(causes) if causes else None,
        _report(report) if report else None,
    )


# A document's bytes say all of it, so what was decoded once is kept; a few incidents are looked at in one day.


@lru_cache(maxsize=64)
def _timeline(document: StoredDocument) -> TimelineBody:
    return decode(document.data, Document[TimelineBody]).body


@lru_cache(maxsize=64)
def _impact(document: StoredDocument) -> ImpactBody:
    return decode(document.data, Document[ImpactBody]).body


@lru_cache(maxsize=64)
def _causes(document: StoredDocument) -> CausesBody:
    return decode(document.data, Document[CausesBody]).body


@lru_cache(maxsize=64)
def _report(document: StoredDocument) -> ReportBody:
    return decode(document.data, Document[ReportBody]).body


def _resolved_at(timeline: TimelineBody | None) -> datetime | None:
    milestones = timeline.milestones if timeline else ()
    found = next((each for each in milestones if each.kind is MilestoneKind.RESOLVED), None)
    return found.moment.latest if found is not None and found.moment is not None else None


def _first_cause(causes: CausesBody | None) -> str | None:
    leading = _leading(causes)
    return hypothesis_title(leading) if leading is not None else None


def _leading(causes: CausesBody | None) -> Hypothesis | None:
    if causes is None or causes.verdict is Verdict.NONE:
        return None
    standing = [each for each in causes.hypotheses if each.standing is not Standing.REJECTED]
    return next((each for each in standing if each.part is not Part.TRIGGER), None)


def _figure(impact: ImpactBody | None, name: str) -> float | None:
    figures = impact.figures if impact else ()
    return next((figure.value for figure in figures if figure.key.split("/")[1:2] == [name]), None)


def _lasted(told: _Told) -> Lasted | None:
    """From the first harm to the last; None where no stretch with harm was measured."""
    if told.impact is None or told.impact.window is None or not told.impact.parts:
        return None
    begins, ends = told.impact.parts[0].begins, told.impact.parts[-1].ends
    low = max(0.0, (ends.earliest - begins.latest).total_seconds())
    value = max(low, told.impact.window.seconds)  # the stretch that was counted
    high = max(value, (ends.latest - begins.earliest).total_seconds())
    return Lasted(low, value, high, is_open=_resolved_at(told.timeline) is None)


def _number(figure: Figure) -> Number:
    name = figure.key.partition("/")[2]
    return Number(name, figure.value, figure.low, figure.high, figure.unit, figure.basis, figure.evidence_ids)


def _section(report: ReportBody | None, key: str) -> Section:
    sections = report.sections if report else ()
    return next((section for section in sections if section.key == key), Section(key, "", ()))


def _statement(claim: Claim) -> Statement:
    return Statement(claim.text, claim.kind.value, claim.evidence_ids, claim.gap_keys)


def _bluf(report: ReportBody | None) -> tuple[Statement, ...]:
    blocks = _section(report, "bluf").blocks
    voiced = [block for block in blocks if isinstance(block, Paragraph) and block.voice == "bluf"]
    return tuple(_statement(claim) for block in voiced for claim in block.claims)


def _uncertain(report: ReportBody | None) -> tuple[Statement, ...]:
    """What nobody can answer from the evidence yet."""
    lists = [block for block in _section(report, "questions").blocks if isinstance(block, Bullets)]
    claims = [claim for block in lists for claim in block.claims if claim.text != say("report.ask_nothing")]
    return tuple(_statement(claim) for claim in claims)


def _settled(report: ReportBody | None, causes: CausesBody | None) -> tuple[Statement, ...]:
    """Explanations that people accepted, then milestones that the evidence shows."""
    accepted = [each for each in (causes.hypotheses if causes else ()) if each.standing is Standing.ACCEPTED]
    agreed = [
        Statement(hypothesis_title(each), ClaimKind.OPINION.value, each.arguments_for[0].evidence_ids, ())
        for each in accepted
    ]
    tables = [block for block in _section(report, "timeline").blocks if isinstance(block, Rows)]
    rows = [row for table in tables if table.look == "milestones" for row in table.rows]
    shown = [
        Statement(f"{row.cells[0]}: {row.cells[1]}", ClaimKind.FACT.value, row.evidence_ids, row.gap_keys)
        for row in rows
        if row.evidence_ids and row.cells[1] != say("report.not_shown")
    ]
    return (*agreed, *shown)


def _entities(world: World, incident: Incident, told: _Told) -> Entities:
    """The services reached, the first hit first."""
    reached = tuple(reach.service for reach in told.impact.reach) if told.impact else ()
    recordings = [world.recordings.get(name) for name in incident.recordings]
    entries = {name for each in recordings if each is not None for name in each.system.entry_services}
    return Entities(reached, tuple(sorted(entries)))
