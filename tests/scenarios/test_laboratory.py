"""The laboratory's recordings as imported: right or inconclusive, and no cause where there was no fault."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.causes import CausesBody, Mechanism, Part, Verdict
from secondstory.model.codec import encode
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.evidence import Answers, Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.model.proposal import Proposal
from secondstory.model.query import Query
from secondstory.model.timeline import TimelineBody
from secondstory.pipeline import settle
from secondstory.stages.causes import find_causes, fold_causes
from secondstory.stages.evidence import find_evidence
from secondstory.stages.timeline import find_timeline
from secondstory.usecases.analyse import evidence_id, gather_case
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.open_incident import open_seeds
from secondstory.wiring import open_world

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "examples" / "pool-exhaustion"
RECORDINGS = sorted(path.parent for path in (ROOT / "tests" / "recordings" / "gameday").glob("*/truth.json"))
SOURCES = ("signals", "patterns", "edges", "occurrences")
SURE = 0.5
NOW = datetime(2026, 11, 22, tzinfo=UTC)

Found = tuple[Case, EvidenceBody, TimelineBody, Answers]


@pytest.fixture(scope="session")
def analysed(tmp_path_factory: pytest.TempPathFactory) -> dict[Path, Found]:
    """What was found in each recording up to the causes."""
    return {folder: _analyse(folder, tmp_path_factory.mktemp(folder.name)) for folder in (EXAMPLE, *RECORDINGS)}


def _analyse(folder: Path, data_dir: Path) -> Found:
    with open_world(Settings(data_dir=data_dir)) as world:
        import_path(LOCAL_OWNER, world, ImportRequest(folder, folder.name), lambda _what, _done, _total: None)
        (incident,) = open_seeds(LOCAL_OWNER, world, folder.name)
        segments = world.catalogue.segments(incident.recordings)
        case = gather_case(world, incident, segments)
        kept: dict[Query, Evidence] = {}

        def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
            for query in queries:
                table = world.warehouse.run(query, segments)
                kept[query] = Evidence(evidence_id(query), query, "engine", table, table.hash, world.clock.now())
            return tuple(kept[query] for query in queries)

        evidence = settle(lambda answers: find_evidence(case, answers), answer)
        timeline = settle(lambda answers: find_timeline(case, evidence, answers), answer)
        settle(lambda answers: find_causes(case, evidence, timeline, answers), answer)
        return case, evidence, timeline, Answers(kept)


def causes_of(found: Found) -> CausesBody:
    body = find_causes(*found)
    assert isinstance(body, CausesBody)
    return body


def truth_of(folder: Path) -> dict[str, Any] | None:
    truths: list[dict[str, Any]] = json.loads((folder / "truth.json").read_text())
    return truths[0] if truths else None


def is_right(body: CausesBody, truth: dict[str, Any]) -> bool:
    leader = body.hypotheses[0]
    return leader.service == truth["service"] and any(name in leader.indicator for name in truth["indicators"])


def test_the_shipped_outage_leads_to_the_pool_and_the_deploy_that_triggered_it(analysed: dict[Path, Found]) -> None:
    body, truth = causes_of(analysed[EXAMPLE]), truth_of(EXAMPLE)
    assert truth is not None
    assert is_right(body, truth)
    leader, trigger = body.hypotheses[:2]
    assert (body.verdict, leader.part, leader.mechanism) == (
        Verdict.SUPPORTED,
        Part.INITIATING,
        Mechanism.POOL_EXHAUSTED,
    )
    assert (trigger.part, trigger.service, trigger.change_key) == (
        Part.TRIGGER,
        truth["trigger"]["service"],
        leader.change_key,
    )
    assert truth["trigger"]["version"] in trigger.indicator
    assert body.cascade[0].callee == leader.service


@pytest.mark.parametrize("folder", RECORDINGS, ids=lambda folder: folder.name)
def test_no_recording_is_answered_wrongly_with_confidence(folder: Path, analysed: dict[Path, Found]) -> None:
    body, truth = causes_of(analysed[folder]), truth_of(folder)
    if truth is None:
        assert (body.verdict, body.hypotheses) == (Verdict.NONE, ())
    else:
        assert is_right(body, truth) or body.verdict is Verdict.INCONCLUSIVE
        assert is_right(body, truth) or body.confidence < SURE


@pytest.mark.parametrize("folder", [EXAMPLE, *RECORDINGS], ids=lambda folder: folder.name)
def test_the_truth_is_least_contradicted_and_a_wrong_hypothesis_of_a_person_is_more(
    folder: Path, analysed: dict[Path, Found]
) -> None:
    found, truth = causes_of(analysed[folder]), truth_of(folder)
    if truth is None:
        assert fold_causes(found, ()).matrix is None
        return
    others = [service for service in analysed[folder][1].services if service != truth["service"]]
    for service in others:
        wrong = Proposal(service, "It began here.", Mechanism.LATENCY)
        added = Decision("d", "i", wrong.key, DecisionVerb.ADD, encode(wrong, Proposal).decode(), "", "p", NOW)
        body = fold_causes(found, (added,))
        assert body.matrix is not None
        columns = {column.hypothesis: column for column in body.matrix.columns}
        first = next(one for one in body.hypotheses if one.key == body.matrix.order[0])
        assert first.service == truth["service"]
        assert columns[wrong.key].against_low >= columns[first.key].against_low + 2


@pytest.mark.parametrize("source", SOURCES)
@pytest.mark.parametrize("folder", [EXAMPLE, *RECORDINGS], ids=lambda folder: folder.name)
def test_removing_a_source_never_makes_a_wrong_answer_sure(
    folder: Path, source: str, analysed: dict[Path, Found]
) -> None:
    case, evidence, timeline, answers = analysed[folder]
    body = causes_of((case, replace(evidence, **{source: ()}), timeline, answers))
    truth = truth_of(folder)
    wrong = bool(body.hypotheses) and (truth is None or body.hypotheses[0].service != truth["service"])
    assert not (wrong and body.verdict is Verdict.SUPPORTED)
