"""What is written comes back, on SQLite and PostgreSQL; what was accepted is never lost."""

import signal
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import alembic.autogenerate
import alembic.migration
import pyarrow as pa
import pytest
import sqlalchemy as sa

from secondstory.model.actor import LOCAL_OWNER, Actor, Role
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb
from secondstory.model.errors import BadInput, EvidenceMismatch, Unavailable
from secondstory.model.evidence import Evidence
from secondstory.model.incident import Incident, Severity
from secondstory.model.query import CoverageQuery
from secondstory.model.segment import Recording, Segment, SegmentFile
from secondstory.model.system import AlertRule, Objective, System
from secondstory.model.table import Table
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window
from secondstory.ports import StoredDocument
from secondstory.records.catalogue import SqlCatalogue, SqlRecordings
from secondstory.records.database import Database
from secondstory.records.evidence import SqlDocuments, SqlFreezer
from secondstory.records.incidents import SqlIncidents
from secondstory.records.ledger import SqlLedger
from secondstory.records.sealed import SqlSealedMap
from secondstory.records.tables import EVIDENCE, METADATA, SEALED

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
WINDOW = Window(NOON, NOON + timedelta(hours=1))


def incident(name: str, hours: int = 0, *, restricted: bool = False) -> Incident:
    window = Window(WINDOW.start + timedelta(hours=hours), WINDOW.end + timedelta(hours=hours))
    return Incident(name, "Title", Severity.SEV1, "Europe/Berlin", window, ("r",), restricted=restricted)


def segment(name: str) -> Segment:
    return Segment(
        name, (SegmentFile("logs", f"{name}.parquet", 3, 100, NOON, NOON),), (("email", 2),), 1, "lines", "f"
    )


def evidence(number: int) -> Evidence:
    table = Table(pa.table({"service": ["a", None], "rows": [number, 2], "share": [0.1, float("nan")]}))
    return Evidence(f"ev-{number}", CoverageQuery((str(number),), WINDOW), "duckdb", table, table.hash, NOON)


def test_the_migrations_make_the_tables_that_the_code_expects(database: Database) -> None:
    with database.read() as connection:
        context = alembic.migration.MigrationContext.configure(connection, opts={"include_name": _is_ours})
        assert alembic.autogenerate.compare_metadata(context, METADATA) == []


def _is_ours(name: str | None, _kind: str, _parents: object) -> bool:
    return not (name or "").startswith("passage_words")  # the database's own index of words, made by its migration


def test_an_actor_sees_the_incidents_of_her_roles_only(database: Database) -> None:
    store = SqlIncidents(database)
    for each in (incident("old"), incident("new", 5), incident("secret", 2, restricted=True)):
        store.save(each)
    assert [each.id for each in store.visible_to(LOCAL_OWNER)] == ["new", "secret", "old"]
    kim = Actor("kim", roles=(("old", Role.OBSERVER),))
    assert [each.id for each in store.visible_to(kim)] == ["old"]
    assert store.visible_to(Actor("stranger")) == ()
    assert store.get("secret") == incident("secret", 2, restricted=True)


def test_the_ledger_keeps_order_and_refuses_to_overwrite(database: Database) -> None:
    ledger = SqlLedger(database)
    later = Decision("d-1", "inc", "event/a", DecisionVerb.REJECT, "", "no", "kim", NOON + timedelta(seconds=1))
    first = Decision("d-2", "inc", "event/a", DecisionVerb.ACCEPT, "", "yes", "kim", NOON)
    star = Contribution("c-1", "inc", "event/a", ContributionKind.STAR, "", "kim", NOON)
    for entry in (later, first, star):
        ledger.append(entry)
    with pytest.raises(BadInput, match="already holds d-1"):
        ledger.append(later)
    assert ledger.decisions("inc") == (first, later)
    assert ledger.contributions("inc") == (star,)
    assert ledger.decisions("another") == ()


def test_frozen_evidence_comes_back_and_a_changed_byte_is_noticed(database: Database) -> None:
    freezer = SqlFreezer(database)
    freezer.freeze("inc", (evidence(1), evidence(2)), (), anew=False)
    assert [(each.id, each.query, each.result_hash) for each in freezer.frozen("inc")] == [
        (each.id, each.query, each.result_hash) for each in (evidence(1), evidence(2))
    ]
    freezer.freeze("inc", (evidence(3),), (), anew=True)
    assert [each.id for each in freezer.frozen("inc")] == ["ev-3"]
    other = freezer.frozen("inc")[0].result_hash[::-1]
    with database.write() as connection:
        connection.execute(sa.update(EVIDENCE).values(result_hash=other))
    with pytest.raises(EvidenceMismatch, match="ev-3 does not match"):
        freezer.frozen("inc")


def test_evidence_and_the_documents_made_of_it_are_kept_together_or_not_at_all(database: Database) -> None:
    freezer, documents = SqlFreezer(database), SqlDocuments(database)
    freezer.freeze("inc", (evidence(1),), (StoredDocument("report", "h1", b"one"),), anew=False)
    cannot_be_stored = StoredDocument("report", "h2", cast(bytes, None))
    with pytest.raises(sa.exc.IntegrityError):
        freezer.freeze("inc", (evidence(2),), (cannot_be_stored,), anew=True)
    assert [piece.id for piece in freezer.frozen("inc")] == [evidence(1).id]
    assert documents.latest("inc", "report") == StoredDocument("report", "h1", b"one")


def test_a_database_that_cannot_be_used_is_named_with_what_to_do(tmp_path: Path) -> None:
    (tmp_path / "text.db").write_text("no database, but a text that is longer than the head of one\n" * 9)
    Database(f"sqlite:///{tmp_path / 'good.db'}").migrate()
    readonly = f"sqlite:///file:{tmp_path / 'good.db'}?mode=ro&uri=true"
    for url in (f"sqlite:///{tmp_path / 'text.db'}", readonly):
        with pytest.raises(Unavailable, match=r"The records in sqlite.* SECONDSTORY_DATA_DIR"):
            SqlDocuments(Database(url)).save("inc", (StoredDocument("report", "h", b"one"),))


def test_documents_of_one_run_replace_each_other_together(database: Database) -> None:
    documents = SqlDocuments(database)
    documents.save("inc", (StoredDocument("timeline", "1", b"a"), StoredDocument("causes", "1", b"b")))
    documents.save("inc", (StoredDocument("timeline", "2", b"c"),))
    assert documents.latest("inc", "timeline") == StoredDocument("timeline", "2", b"c")
    assert documents.latest("inc", "causes") == StoredDocument("causes", "1", b"b")
    assert documents.latest("inc", "report") is None


def test_a_replaced_segment_vanishes_when_its_successor_appears(database: Database) -> None:
    catalogue = SqlCatalogue(database)
    catalogue.commit("r", segment("b"), None)
    catalogue.commit("r", segment("a"), None)
    catalogue.commit("other", segment("a"), None)
    catalogue.commit("r", segment("c"), "b")
    assert catalogue.segments(("r",)) == (segment("a"), segment("c"))
    assert len(catalogue.segments(("r", "other"))) == 3


def test_a_block_in_two_recordings_is_given_once_and_equal_blocks_of_one_recording_each(database: Database) -> None:
    catalogue = SqlCatalogue(database)
    read = {name: replace(segment(name), source_hash="same", first_line=1) for name in ("a", "b", "c")}
    catalogue.commit("first", read["a"], None)
    catalogue.commit("first", read["b"], None)
    catalogue.commit("second", read["c"], None)
    later = replace(segment("d"), source_hash="same", first_line=9)
    catalogue.commit("second", later, None)
    assert catalogue.segments(("second", "first")) == (read["a"], read["b"], later)
    assert catalogue.segments(("second",)) == (read["c"], later)


def test_a_recording_comes_back_whole(database: Database) -> None:
    recordings = SqlRecordings(database)
    objective = Objective("o", "gateway", 0.99, timedelta(days=28), "latency", 300.0)
    rule = AlertRule("HighErrors", "rate(x[5m]) > 1", timedelta(minutes=2), "page")
    system = System(edges=(("a", "b"),), entry_services=("a",), telemetry=WINDOW, changes_known=False)
    recording = Recording("r", Mapping(aliases=(("svc", "service"),)), system, (objective,), (rule,))
    recordings.save(recording)
    assert recordings.get("r") == recording
    assert recordings.names() == ("r",)


def test_a_person_has_one_token_and_no_name_lies_open(database: Database, tmp_path: Path) -> None:
    sealed = SqlSealedMap(database, tmp_path / "sealed.key")
    assert sealed.token("Dana Lee", "responder") == "responder-1"
    for spelled in ("dana  LEE", "Lee, Dana", "Lee Dana", "@dana.lee", "dana.lee@example.com", "Dána Lee"):
        assert sealed.token(spelled, "responder") == "responder-1"
    assert sealed.token("Bo", "responder") == "responder-2"
    again = SqlSealedMap(database, tmp_path / "sealed.key")
    assert again.people() == (("Dana Lee", "responder-1"), ("Bo", "responder-2"))
    assert again.user_key() == sealed.user_key()
    with database.read() as connection:
        stored = repr(connection.execute(sa.select(SEALED)).all())
    assert "Dana" not in stored
    assert "Bo'" not in stored
    assert (tmp_path / "sealed.key").stat().st_mode & 0o077 == 0


def test_no_acknowledged_decision_is_lost_when_the_process_is_killed(database_url: str, database: Database) -> None:
    program = (
        "import sys\n"
        "from datetime import UTC, datetime\n"
        "from secondstory.model.decision import Decision, DecisionVerb\n"
        "from secondstory.records.database import Database\n"
        "from secondstory.records.ledger import SqlLedger\n"
        "ledger = SqlLedger(Database(sys.argv[1]))\n"
        "noon = datetime(2026, 1, 1, 12, tzinfo=UTC)\n"
        "for number in range(100000):\n"
        "    ledger.append(Decision(f'd-{number}', 'inc', 'event/a', DecisionVerb.ACCEPT, '', '', 'kim', noon))\n"
        "    print(number, flush=True)\n"
    )
    writer = subprocess.Popen([sys.executable, "-c", program, database_url], stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    acknowledged = [int(writer.stdout.readline()) for _ in range(40)]
    writer.send_signal(signal.SIGKILL)
    acknowledged += [int(line) for line in writer.stdout.read().splitlines()]
    writer.wait()
    kept = {decision.id for decision in SqlLedger(database).decisions("inc")}
    assert {f"d-{number}" for number in acknowledged} <= kept


def test_entries_are_numbered_without_a_hole_by_however_many_write_at_once(
    database_url: str, database: Database
) -> None:
    ledger = SqlLedger(database)

    def write(writer: int) -> None:
        own = Database(database_url)
        for number in range(10):
            star = Contribution(f"c-{writer}-{number}", "inc", "event/a", ContributionKind.STAR, "", "kim", NOON)
            SqlLedger(own).append(star)
        own.close()

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    ledger.append(Contribution("c-other", "another", "event/a", ContributionKind.STAR, "", "kim", NOON))
    with pytest.raises(BadInput):
        ledger.append(Contribution("c-0-0", "inc", "event/a", ContributionKind.STAR, "", "kim", NOON))
    entries = ledger.since("inc", 0, 100)
    assert [entry.seq for entry in entries] == list(range(1, 41))
    assert ledger.since("inc", 38, 1) == entries[38:39]
    assert ledger.heads(("inc", "another", "empty")) == {"inc": 40, "another": 1}
