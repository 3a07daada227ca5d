"""Re-runs an analysis from frozen evidence alone and compares every document with the stored one."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.errors import NotFound
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Case
from secondstory.model.meeting import MeetingRecord
from secondstory.model.query import Query
from secondstory.model.table import Table
from secondstory.pipeline import NoMemo
from secondstory.ports import World
from secondstory.usecases.analyse import MINUTES, Analysis, get_incident, run_pipeline, stored


@dataclass(frozen=True)
class ReplayedDocument:
    """One document: its hash now, and whether its bytes equal the stored ones."""

    kind: str
    hash: str
    stored_hash: str | None
    same_bytes: bool


@dataclass(frozen=True, eq=False)
class Replay:
    """What a replay gave."""

    documents: tuple[ReplayedDocument, ...]
    analysis: Analysis

    @property
    def same(self) -> bool:
        """True if every document came out byte for byte as stored."""
        return all(document.same_bytes for document in self.documents)


def replay(actor: Actor, world: World, incident_id: str, *, shuffle_seed: int | None = None) -> Replay:
    """Replay an incident; with a seed, the rows of every answer are shuffled first, which must change nothing."""
    require(actor, Verb.READ, incident_id)
    get_incident(world, incident_id)
    frozen = world.freezer.frozen(incident_id)
    kept = world.documents.latest(incident_id, "case")
    if not frozen or kept is None:
        raise NotFound(
            f"Incident {incident_id} has no frozen evidence.", f"Analyse it first: `secondstory analyse {incident_id}`."
        )
    if shuffle_seed is not None:
        frozen = tuple(_shuffled(piece, shuffle_seed) for piece in frozen)
    by_query = {piece.query: piece for piece in frozen}

    def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
        missing = [query for query in queries if query not in by_query]
        if missing:
            raise NotFound(
                f"Frozen evidence of {incident_id} lacks an answer to {missing[0]}.",
                f"The code asks more than it did when it was frozen; run `secondstory analyse {incident_id}`.",
            )
        return tuple(by_query[query] for query in queries)

    told = world.documents.latest(incident_id, MINUTES)
    meeting = decode(told.data, MeetingRecord) if told is not None else None
    analysis = run_pipeline(decode(kept.data, Case), answer, NoMemo(), lambda: frozen, meeting)
    compared = tuple(_compared(world, incident_id, analysis, index) for index in range(len(analysis.documents())))
    return Replay(compared, analysis)


def _compared(world: World, incident_id: str, analysis: Analysis, index: int) -> ReplayedDocument:
    now = stored(analysis.documents()[index])
    before = world.documents.latest(incident_id, now.kind)
    return ReplayedDocument(
        kind=now.kind,
        hash=now.hash,
        stored_hash=before.hash if before is not None else None,
        same_bytes=before is not None and before.data == now.data,
    )


def _shuffled(piece: Evidence, seed: int) -> Evidence:
    order = np.random.default_rng(seed).permutation(piece.result.rows)
    shuffled = Table(piece.result.arrow.take(order))
    return Evidence(piece.id, piece.query, piece.source, shuffled, piece.result_hash, piece.fetched_at)
