"""Replays alert rules on an incident's frozen telemetry: as analysed, with a line moved, and whatever people try."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.causes import CausesBody
from secondstory.model.codec import decode
from secondstory.model.detection import DetectionBody, ReplayedRule, Rule, RuleKind, Trace
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Case
from secondstory.model.query import SampleQuery
from secondstory.model.system import AlertRule
from secondstory.model.telemetry import Mapping
from secondstory.model.timeline import TimelineBody
from secondstory.ports import Block, World
from secondstory.stages.detection import Given, Record, moved, record_of, replay_rule, rule_file, sample_query, trace_of
from secondstory.texts import say
from secondstory.usecases.analyse import evidence_id, get_incident
from secondstory.usecases.signals import measured

_RULES = "alert_rules"
_MOST_FILE_BYTES = 5_000_000


@dataclass(frozen=True)
class Tried:
    """A rule with what it would have told, and the values that it compares."""

    replayed: ReplayedRule
    trace: Trace | None


@dataclass(frozen=True)
class Line:
    """A replayed rule by its key, its line and `for` moved; None leaves them as they are."""

    key: str
    value: float | None
    hold_s: float | None


def detection_of(actor: Actor, world: World, incident_id: str) -> DetectionBody:
    """What the analysis found. Raises NotFound where it was not looked into."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    document = world.documents.latest(incident_id, "detection")
    if document is None:
        raise NotFound(
            say("detection.no_detection", incident=incident_id),
            say("detection.no_detection_next", incident=incident_id),
        )
    return decode(document.data, Document[DetectionBody]).body


def move_line(actor: Actor, world: World, incident_id: str, line: Line) -> Tried:
    """A rule of the analysis with another line. Raises NotFound on an unknown key, BadInput on a rule without one."""
    body = detection_of(actor, world, incident_id)
    found = next((one for one in body.rules if one.key == line.key), None)
    if found is None:
        raise NotFound(say("detection.no_rule", rule=line.key), say("detection.no_rule_next"))
    rule = found.rule if line.hold_s is None else replace(found.rule, hold_s=line.hold_s)
    if line.value is not None:
        try:
            rule = moved(rule, line.value)
        except ValueError as error:
            raise BadInput(say("detection.no_line", name=rule.name), say("detection.no_line_next")) from error
    return try_rules(actor, world, incident_id, (rule,))[0]


def try_rules(actor: Actor, world: World, incident_id: str, rules: tuple[Rule, ...]) -> tuple[Tried, ...]:
    """Any rules, on the samples that are frozen; where they read other metrics, on what the warehouse holds now."""
    require(actor, Verb.READ, incident_id)
    record = _record_for(world, incident_id, tuple(rule.expression for rule in rules))
    found = []
    for rule in rules:
        replayed = replay_rule(rule, record)
        found.append(Tried(replayed, trace_of(replayed, record)))
    return tuple(found)


def tried_rule(name: str, expression: str, hold_s: float) -> Rule:
    """A rule that a person typed."""
    return Rule(name, RuleKind.TRIED, name, name, " ".join(expression.split()), hold_s, 0.0, "")


def rules_in(world: World, path: Path) -> tuple[Rule, ...]:
    """The alerting rules of a Prometheus rule file. Raises BadInput where it holds none."""
    if not path.is_file():
        raise BadInput(say("detection.no_file", path=path), say("detection.no_file_next"))
    if path.stat().st_size > _MOST_FILE_BYTES:
        raise BadInput(say("detection.no_rules_in", path=path), say("detection.no_rules_in_next"))
    source = next(one for one in world.sources if one.name == _RULES)
    parsed = source.parse(Block(path.name, 1, path.read_bytes()), Mapping())
    found = tuple(
        Rule(
            name=fact.name,
            kind=RuleKind.TRIED,
            title=fact.name,
            short=fact.name,
            expression=fact.expression,
            hold_s=fact.hold.total_seconds(),
            keep_s=fact.keep.total_seconds(),
            severity=fact.severity,
        )
        for fact in parsed.facts
        if isinstance(fact, AlertRule)
    )
    if not found:
        raise BadInput(say("detection.no_rules_in", path=path), say("detection.no_rules_in_next"))
    return found


def proposed_file(actor: Actor, world: World, incident_id: str) -> str:
    """The proposed rules that would have fired, as a file that Prometheus loads."""
    body = detection_of(actor, world, incident_id)
    proposed = (one for one in body.rules if one.rule.kind is not RuleKind.EXISTING and one.fires is not None)
    return rule_file(tuple(proposed), incident_id, body.fault_free_s)


def written_file(tried: tuple[Tried, ...], body: DetectionBody, incident_id: str) -> str:
    """Tried rules as a file that Prometheus loads."""
    return rule_file(tuple(one.replayed for one in tried), incident_id, body.fault_free_s)


def _record_for(world: World, incident_id: str, expressions: tuple[str, ...]) -> Record:
    hashes = tuple(
        document.hash
        for kind in ("evidence", "timeline", "causes", "detection")
        if (document := world.documents.latest(incident_id, kind)) is not None
    )
    given = _given(world, incident_id, hashes)
    query = sample_query(given, expressions)
    frozen = sample_query(given)
    if query is None or query == frozen:
        return _record(world, incident_id, hashes)
    incident = get_incident(world, incident_id)
    result = world.warehouse.run(query, world.catalogue.segments(incident.recordings))
    told = Evidence(evidence_id(query), query, world.warehouse.engine, result, result.hash, world.clock.now())
    return record_of(given, told)


@lru_cache(maxsize=8)
def _given(world: World, incident_id: str, _hashes: tuple[str, ...]) -> Given:
    """`_hashes` of the documents tell one analysis from the next."""
    evidence = measured(world, incident_id).body
    kept = world.documents.latest(incident_id, "case")
    timeline, causes = (world.documents.latest(incident_id, kind) for kind in ("timeline", "causes"))
    assert kept is not None and timeline is not None and causes is not None  # an analysis writes them together
    return Given(
        decode(kept.data, Case),
        evidence,
        decode(timeline.data, Document[TimelineBody]).body,
        decode(causes.data, Document[CausesBody]).body,
    )


@lru_cache(maxsize=8)
def _record(world: World, incident_id: str, hashes: tuple[str, ...]) -> Record:
    given = _given(world, incident_id, hashes)
    query = sample_query(given)
    frozen = {piece.query: piece for piece in world.freezer.frozen(incident_id) if isinstance(piece.query, SampleQuery)}
    return record_of(given, None if query is None else frozen.get(query))
