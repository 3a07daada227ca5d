"""Frozen evidence gives the same bytes everywhere, and whatever changes in it is noticed."""

import json
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pyarrow.compute as pc
import pytest
import sqlalchemy as sa

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput
from secondstory.model.evidence import Evidence
from secondstory.model.table import Table
from secondstory.pipeline import NoMemo
from secondstory.ports import World
from secondstory.records.database import Database
from secondstory.records.tables import EVIDENCE
from secondstory.usecases.analyse import Analysis, analyse, gather_case, run_pipeline
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.usecases.replay import replay
from secondstory.usecases.verify import verify
from secondstory.wiring import open_world

from .conftest import only_incident


def command(data_dir: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    settings = {**os.environ, "SECONDSTORY_DATA_DIR": str(data_dir), **environment}
    return subprocess.run(
        [sys.executable, "-m", "secondstory", *arguments], env=settings, capture_output=True, text=True, check=False
    )


@pytest.mark.parametrize(("seed", "zone", "shuffle"), [("0", "UTC", "1"), ("4242", "Pacific/Chatham", "7")])
def test_another_process_hash_seed_zone_and_row_order_give_the_same_bytes(
    demo_dir: Path, world: World, seed: str, zone: str, shuffle: str
) -> None:
    done = command(
        demo_dir, "replay", only_incident(world).id, "--shuffle", shuffle, "--json", PYTHONHASHSEED=seed, TZ=zone
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["same"] is True
    assert list(told["documents"]) == sorted(
        ["evidence", "timeline", "impact", "causes", "detection", "actions", "report"]
    )


def run_with(world: World, evidence: tuple[Evidence, ...]) -> Analysis:
    incident = only_incident(world)
    case = gather_case(world, incident, world.catalogue.segments(incident.recordings))
    by_query = {piece.query: piece for piece in evidence}
    return run_pipeline(case, lambda queries: tuple(by_query[query] for query in queries), NoMemo(), lambda: evidence)


def numeric(table: Table) -> bool:
    return any(pa.types.is_integer(field.type) or pa.types.is_floating(field.type) for field in table.arrow.schema)


def one_value_changed(piece: Evidence) -> Evidence:
    """The same evidence with the last bit of one number, or one letter of a text, changed in its first row."""
    arrow = piece.result.arrow
    index, column = next(
        (index, arrow.column(index))
        for index, field in enumerate(arrow.schema)
        if pa.types.is_integer(field.type) or pa.types.is_floating(field.type)
    )
    first = pc.add(pc.fill_null(column.slice(0, 1), 0), pa.scalar(1, column.type))
    changed = pa.chunked_array([*first.chunks, *column.slice(1).chunks], column.type)
    table = Table(arrow.set_column(index, arrow.schema.field(index), changed))
    return replace(piece, result=table, result_hash=table.hash)


def test_one_changed_value_in_any_evidence_changes_every_document_downstream(world: World) -> None:
    frozen = world.freezer.frozen(only_incident(world).id)
    original = run_with(world, frozen)
    before = {document.envelope.kind: document.hash for document in original.documents()}
    asked_first = {ref.id for ref in original.prepared.evidence.body.evidence}
    asked_by_impact = {ref.id for ref in original.prepared.impact.body.evidence} - asked_first
    asked_by_causes = {ref.id for ref in original.prepared.causes.body.evidence} - asked_first
    asked_by_detection = {ref.id for ref in original.prepared.detection.body.evidence} - asked_first
    tried = [index for index, piece in enumerate(frozen) if piece.result.rows and numeric(piece.result)]
    assert len(tried) >= 6
    for index in tried:
        changed = (*frozen[:index], one_value_changed(frozen[index]), *frozen[index + 1 :])
        after = {document.envelope.kind: document.hash for document in run_with(world, changed).documents()}
        downstream = set(before)
        if frozen[index].id in asked_by_impact:
            downstream = {"impact", "actions", "report"}
        elif frozen[index].id in asked_by_causes:
            downstream = {"causes", "detection", "actions", "report"}
        elif frozen[index].id in asked_by_detection:
            downstream = {"detection", "actions", "report"}
        assert {kind for kind in before if after[kind] != before[kind]} == downstream, frozen[index].query


def test_evidence_that_was_tampered_with_is_refused_with_the_next_step(own_demo_dir: Path) -> None:
    database = Database(f"sqlite:///{own_demo_dir / 'records.db'}")
    with database.read() as connection:
        row = connection.execute(sa.select(EVIDENCE).order_by(EVIDENCE.c.id)).first()
        other = connection.execute(sa.select(EVIDENCE).order_by(EVIDENCE.c.id.desc())).first()
    assert row is not None
    assert other is not None
    with database.write() as connection:
        connection.execute(sa.update(EVIDENCE).where(EVIDENCE.c.id == row.id).values(result=other.result))
    database.close()
    done = command(own_demo_dir, "replay", row.incident_id)
    assert done.returncode == 3
    assert f"Evidence {row.id} does not match its hash" in done.stderr.replace("\n", " ")


def test_the_engine_gives_every_answer_again(world: World) -> None:
    checked = verify(LOCAL_OWNER, world, only_incident(world).id)
    assert checked
    assert {each.state for each in checked} == {"same"}


def test_telemetry_that_is_gone_is_told_by_verify(own_demo_dir: Path) -> None:
    database = Database(f"sqlite:///{own_demo_dir / 'records.db'}")
    with database.write() as connection:
        connection.execute(sa.text("DELETE FROM segments WHERE CAST(data AS TEXT) LIKE '%.parquet%spans%'"))
    database.close()
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        checked = verify(LOCAL_OWNER, world, only_incident(world).id)
    differing = [each for each in checked if each.state == "differs"]
    assert differing
    assert all(each.detail for each in differing)


def test_an_analysis_again_asks_nothing_and_a_refresh_asks_all(own_demo_dir: Path) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        asked: list[str] = []
        name = only_incident(world).id
        before = [document.hash for document in replay(LOCAL_OWNER, world, name).analysis.documents()]
        again = analyse(LOCAL_OWNER, world, name, refresh=False, progress=asked.append)
        assert asked == []
        assert [document.hash for document in again.documents()] == before
        analyse(LOCAL_OWNER, world, name, refresh=True, progress=asked.append)
        assert len(asked) == len(world.freezer.frozen(name))


def test_a_replay_is_told_what_the_analysis_was_told_whatever_was_imported_since(own_demo_dir: Path) -> None:
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        name = only_incident(world).id
        recording = world.recordings.get(only_incident(world).recordings[0])
        assert recording is not None
        world.recordings.save(replace(recording, rules=(), gaps=()))
        assert replay(LOCAL_OWNER, world, name).same


def test_new_telemetry_is_never_mixed_with_frozen_evidence(own_demo_dir: Path, tmp_path: Path) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"time": "2026-11-21T10:50:00Z", "level": "error", "service": "orders", "message": "late"}\n')
    with open_world(Settings(data_dir=own_demo_dir)) as world:
        name = only_incident(world).id
        recording = only_incident(world).recordings[0]
        import_path(LOCAL_OWNER, world, ImportRequest(more, recording), lambda _what, _done, _total: None)
        with pytest.raises(BadInput, match="changed since its evidence was frozen"):
            analyse(LOCAL_OWNER, world, name, refresh=False, progress=lambda _what: None)
        assert replay(LOCAL_OWNER, world, name).same
        analyse(LOCAL_OWNER, world, name, refresh=True, progress=lambda _what: None)
