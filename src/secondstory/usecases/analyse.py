"""Runs the pipeline on an incident: asks the warehouse, freezes each answer, keeps the documents."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import TypeVar

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import content_hash, decode, encode
from secondstory.model.counted import counted, counted_contributions
from secondstory.model.document import Document
from secondstory.model.errors import BadInput, NotFound
from secondstory.model.evidence import Answer, Evidence
from secondstory.model.incident import Case, Incident
from secondstory.model.meeting import MeetingRecord
from secondstory.model.query import Query
from secondstory.model.report import Paragraph
from secondstory.model.segment import Recording, Segment
from secondstory.model.subject import digest_id
from secondstory.model.system import System
from secondstory.model.table import Table
from secondstory.model.window import hull
from secondstory.pipeline import Concluded, Memo, Prepared, conclude, prepare
from secondstory.ports import StoredDocument, World

MINUTES = "minutes"
"""Kind of the document that keeps what the report was told of a meeting."""
T = TypeVar("T")
# Each query runs on one thread of the engine; two at once keep two cores busy within one machine's memory.
_QUERIES_AT_ONCE = 2


@dataclass(frozen=True, eq=False)
class Analysis:
    """All that one run gave."""

    case: Case
    prepared: Prepared
    concluded: Concluded
    evidence: tuple[Evidence, ...]

    def documents(self) -> tuple[Document[object], ...]:
        """The documents in the order of the pipeline."""
        prepared, concluded = self.prepared, self.concluded
        return (
            prepared.evidence,
            prepared.timeline,
            prepared.impact,
            prepared.causes,
            prepared.detection,
            concluded.actions,
            concluded.report,
        )

    def bluf(self) -> tuple[str, ...]:
        """The sentences that stand on top of the report."""
        return tuple(
            claim.text
            for section in self.concluded.report.body.sections
            for block in section.blocks
            if isinstance(block, Paragraph) and block.voice == "bluf"
            for claim in block.claims
        )


def analyse(
    actor: Actor, world: World, incident_id: str, *, refresh: bool, progress: Callable[[str], None]
) -> Analysis:
    """Analyse an incident, keeping evidence that is frozen already unless `refresh` asks the warehouse anew."""
    require(actor, Verb.ANALYSE, incident_id)
    incident = get_incident(world, incident_id)
    segments = world.catalogue.segments(incident.recordings)
    frozen = {} if refresh else {piece.query: piece for piece in world.freezer.frozen(incident_id)}
    seen = _telemetry_seen(segments)
    if frozen and telemetry_changed(world, incident):
        raise BadInput(
            f"The telemetry of {incident_id} changed since its evidence was frozen.",
            f"Collect the evidence anew: `secondstory analyse {incident_id} --refresh`.",
        )
    fresh: list[Evidence] = []

    def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
        new = tuple(query for query in queries if query not in frozen)
        with ThreadPoolExecutor(_QUERIES_AT_ONCE) as pool:
            for query, piece in zip(new, pool.map(lambda query: _ask(world, query, segments), new), strict=True):
                progress(type(query).__name__)
                frozen[query] = piece
                fresh.append(piece)
        return tuple(frozen[query] for query in queries)

    memo = FindingMemo(world, incident_id)
    case = gather_case(world, incident, segments)
    meeting = _last_minutes(world, incident_id)
    analysis = run_pipeline(case, answer, memo, lambda: tuple(frozen.values()), meeting)
    documents = tuple(stored(document) for document in analysis.documents())
    told = (seen, _frozen_case(case), *_frozen_minutes(meeting))
    world.freezer.freeze(incident_id, tuple(fresh), (*told, *documents), anew=refresh)
    return analysis


def telemetry_changed(world: World, incident: Incident) -> bool:
    """True where rows came or went since the evidence was frozen: one analysis never mixes answers from both sides."""
    seen = _telemetry_seen(world.catalogue.segments(incident.recordings))
    before = world.documents.latest(incident.id, seen.kind)
    return before is not None and before.hash != seen.hash


def _telemetry_seen(segments: tuple[Segment, ...]) -> StoredDocument:
    return StoredDocument("telemetry", content_hash([segment.id for segment in segments]), b"")


def _frozen_case(case: Case) -> StoredDocument:
    """What the pipeline was told beside telemetry, kept so that a replay is told the same."""
    return StoredDocument("case", content_hash(case), encode(case, Case))


def _frozen_minutes(meeting: MeetingRecord | None) -> tuple[StoredDocument, ...]:
    """The minutes that the report was told of. They are no fact of the outage and make no document stale."""
    if meeting is None:
        return ()
    return (StoredDocument(MINUTES, content_hash(meeting), encode(meeting, MeetingRecord)),)


def run_pipeline(
    case: Case,
    answer: Answer,
    memo: Memo,
    used: Callable[[], tuple[Evidence, ...]],
    meeting: MeetingRecord | None = None,
) -> Analysis:
    """The whole pipeline, with the minutes of the last meeting. `used` tells the evidence afterwards."""
    prepared = prepare(case, answer, memo)
    return Analysis(case, prepared, conclude(case, prepared, meeting), used())


class FindingMemo:
    """Keeps findings of one incident among its documents."""

    def __init__(self, world: World, incident_id: str) -> None:
        self._documents = world.documents
        self._incident_id = incident_id

    def recall(self, name: str, given: str, kind: type[T], find: Callable[[], T]) -> T:
        """The finding kept for these inputs, or what `find` gives, kept from now on."""
        kept = self._documents.latest(self._incident_id, f"finding:{name}")
        if kept is not None and kept.hash == given:
            return decode(kept.data, kind)
        found = find()
        self._documents.save(self._incident_id, (StoredDocument(f"finding:{name}", given, encode(found, kind)),))
        return found


def get_incident(world: World, incident_id: str) -> Incident:
    """An incident that must exist. Raises NotFound, naming what exists."""
    incident = world.incidents.get(incident_id)
    if incident is None:
        raise NotFound(
            f"There is no incident {incident_id!r}.", "List the incidents with `secondstory show`, or import one."
        )
    return incident


def gather_case(world: World, incident: Incident, segments: tuple[Segment, ...]) -> Case:
    """What is known of an incident beside telemetry, from the records."""
    recordings = tuple(found for name in incident.recordings if (found := world.recordings.get(name)) is not None)
    return Case(
        incident=incident,
        system=_joined(recordings),
        # What was imported into several of the recordings is known once.
        objectives=tuple(dict.fromkeys(objective for recording in recordings for objective in recording.objectives)),
        rules=tuple(dict.fromkeys(replace(rule, origin="") for recording in recordings for rule in recording.rules)),
        decisions=counted(world.ledger.decisions(incident.id)),
        contributions=counted_contributions(world.ledger.contributions(incident.id)),
        import_gaps=tuple(dict.fromkeys(gap for recording in recordings for gap in recording.gaps)),
        redactions=_added_up(segments),
        code_version=world.code_version,
    )


def _last_minutes(world: World, incident_id: str) -> MeetingRecord | None:
    held = (one.record for one in reversed(world.meetings.of(incident_id)) if one.record is not None)
    return next(held, None)


def stored(document: Document[object]) -> StoredDocument:
    """A document as the records keep it: canonical JSON of envelope, body and hash."""
    return StoredDocument(document.envelope.kind, document.hash, encode(document, Document))


def evidence_id(query: Query) -> str:
    """The id that evidence of this query has wherever it is asked."""
    return digest_id("ev", content_hash([type(query).__name__, query]))


def _ask(world: World, query: Query, segments: tuple[Segment, ...]) -> Evidence:
    result: Table = world.warehouse.run(query, segments)
    return Evidence(
        id=evidence_id(query),
        query=query,
        source=world.warehouse.engine,
        result=result,
        result_hash=result.hash,
        fetched_at=world.clock.now(),
    )


def _joined(recordings: tuple[Recording, ...]) -> System:
    systems = [recording.system for recording in recordings]
    stretches = tuple(system.telemetry for system in systems if system.telemetry is not None)
    steps = [system.metric_step_s for system in systems if system.metric_step_s is not None]
    return System(
        edges=tuple(sorted({edge for system in systems for edge in system.edges})),
        entry_services=tuple(sorted({name for system in systems for name in system.entry_services})),
        slis=tuple(sorted({sli for system in systems for sli in system.slis})),
        probes=tuple(sorted({probe for system in systems for probe in system.probes})),
        metric_step_s=max(steps) if steps else None,
        changes_known=all(system.changes_known for system in systems),
        telemetry=hull(stretches) if stretches else None,
    )


def _added_up(segments: tuple[Segment, ...]) -> tuple[tuple[str, int], ...]:
    counts: dict[str, int] = {}
    for segment in segments:
        for what, number in segment.redactions:
            counts[what] = counts.get(what, 0) + number
    return tuple(sorted(counts.items()))
