"""Rows to a segment: nothing lost, nothing that should not be stored, the same bytes for the same rows."""

import json
import resource
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from secondstory.model.errors import Unavailable
from secondstory.model.segment import Privacy
from secondstory.model.telemetry import SCHEMAS, TableName
from secondstory.warehouse.local_store import LocalStore
from secondstory.warehouse.segments import write_segment
from secondstory.warehouse.stored import STORED

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
KEY = bytes(range(32))
PEOPLE = (("Maria Lopez", "responder-1"), ("Sam Doe", "responder-2"))


def rows(name: TableName, *given: Mapping[str, object]) -> pa.Table:
    defaults: dict[str, object] = {"time": START, "service": "orders", "resource": "{}", "attributes": "{}", "body": ""}
    defaults |= {"title": "", "kind": "chat", "events": "[]", "links": "[]", "duration": 1, "name": "GET /"}
    defaults |= {"trace_id": "4" * 32, "span_id": "4" * 16, "sample_weight": 1.0}
    schema = SCHEMAS[name]
    return pa.Table.from_pylist(
        [{column: (defaults | dict(row)).get(column) for column in schema.names} for row in given], schema
    )


def written(tmp_path: Path, name: TableName, *given: Mapping[str, object]) -> list[dict[str, object]]:
    segment = write_segment(LocalStore(tmp_path), "s", ((name, rows(name, *given)),), Privacy(PEOPLE, KEY))
    found: list[dict[str, object]] = pq.read_table(tmp_path / segment.files[0].path).to_pylist()
    return found


def test_a_segment_says_what_its_files_hold(tmp_path: Path) -> None:
    logs = rows(
        TableName.LOGS,
        {"time": START + timedelta(seconds=5), "body": "b"},
        {"time": START, "body": "a", "service": ""},
    )
    empty = rows(TableName.SPANS)
    segment = write_segment(
        LocalStore(tmp_path), "abc", ((TableName.SPANS, empty), (TableName.LOGS, logs)), Privacy((), KEY)
    )
    (file,) = segment.files
    assert (file.table, file.rows, file.first_time, file.last_time) == ("logs", 2, START, START + timedelta(seconds=5))
    assert (tmp_path / file.path).stat().st_size == file.bytes
    assert segment.unmapped_rows == 1
    assert pq.read_table(tmp_path / file.path).schema.equals(STORED[TableName.LOGS])


def test_a_chat_line_without_a_service_is_not_unmapped(tmp_path: Path) -> None:
    said = rows(TableName.OCCURRENCES, {"service": "", "body": "hello"})
    segment = write_segment(LocalStore(tmp_path), "abc", ((TableName.OCCURRENCES, said),), Privacy((), KEY))
    assert segment.unmapped_rows == 0


def test_the_same_rows_give_the_same_bytes(tmp_path: Path) -> None:
    logs = rows(TableName.LOGS, *({"body": f"user {n}@example.com"} for n in range(1000)))
    files = [
        (
            tmp_path
            / run
            / write_segment(LocalStore(tmp_path / run), "abc", ((TableName.LOGS, logs),), Privacy((), KEY))
            .files[0]
            .path
        )
        for run in ("one", "two")
    ]
    assert files[0].read_bytes() == files[1].read_bytes()


def test_what_a_crash_left_is_overwritten(tmp_path: Path) -> None:
    folder = tmp_path / "segments" / "logs"
    folder.mkdir(parents=True)
    (folder / "s.parquet").write_bytes(b"half of")
    (folder / "s.part").write_bytes(b"half of")
    assert written(tmp_path, TableName.LOGS, {"body": "whole"})[0]["body"] == "whole"
    assert [path.name for path in folder.iterdir()] == ["s.parquet"]


def test_a_disk_that_takes_no_more_is_told_and_half_a_file_is_taken_away(tmp_path: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (100, hard))
    try:
        with pytest.raises(Unavailable, match=f"could not be written below {tmp_path}/segments/logs: .*Free space"):
            written(tmp_path, TableName.LOGS, {"body": "whole"})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
    assert list((tmp_path / "segments" / "logs").iterdir()) == []


def test_users_are_pseudonyms_that_can_be_counted(tmp_path: Path) -> None:
    values = ['"alice"', '"bob"', '"alice"', "42", '"42"', "null", '""', '"al\\"ice"']
    found = written(tmp_path, TableName.LOGS, *({"attributes": f'{{"a":1,"user.id": {value}}}'} for value in values))
    users = [json.loads(str(row["attributes"]))["user.id"] for row in found]
    assert users[0] == users[2] != users[1]
    assert users[3] == users[4]
    assert users[5:7] == [None, ""]
    assert all(len(user) == 18 and user.startswith("u-") for user in [*users[:5], users[7]])
    assert all(json.loads(str(row["attributes"]))["a"] == 1 for row in found)


def test_another_key_gives_other_pseudonyms(tmp_path: Path) -> None:
    logs = rows(TableName.LOGS, {"attributes": '{"user.email":"a@example.com"}'})
    stored = set()
    for key in (KEY, bytes(32)):
        segment = write_segment(LocalStore(tmp_path), "s", ((TableName.LOGS, logs),), Privacy((), key))
        stored.add(pq.read_table(tmp_path / segment.files[0].path)["attributes"][0].as_py())
    assert len(stored) == 2


def test_users_in_span_events_and_resources_are_pseudonyms_too(tmp_path: Path) -> None:
    events = '[{"attributes":{"user.id":"alice"}},{"attributes":{"user.id":"bob","enduser.id":"carol"}}]'
    (span,) = written(tmp_path, TableName.SPANS, {"events": events, "resource": '{"user.name":"dave"}'})
    text = f"{span['events']}{span['resource']}"
    assert not any(name in text for name in ("alice", "bob", "carol", "dave"))
    assert len({event["attributes"]["user.id"] for event in json.loads(str(span["events"]))}) == 2


@pytest.mark.parametrize(
    "attributes",
    [
        {"user_id": "alice"},
        {"userId": "alice"},
        {"app.user.id": "alice"},
        {"USER-ID": "alice"},
        {"appUserId": "alice"},
        {"customer_id": "alice"},
        {"user.ids": ["alice", "bo"]},
        {"user": {"id": "alice", "tier": "gold"}},
        {"cart": {"customer": {"email": "alice"}}},
        {"users": [{"name": "alice"}, {"id": "alice"}]},
        {"user.id": {"value": "alice"}, "beyond": 2**70},
    ],
)
def test_users_are_pseudonyms_in_every_spelling_and_depth(tmp_path: Path, attributes: dict[str, object]) -> None:
    (log,) = written(tmp_path, TableName.LOGS, {"attributes": json.dumps({"a": 1} | attributes)})
    text = str(log["attributes"])
    assert "alice" not in text and "u-" in text
    assert json.loads(text)["a"] == 1


def test_attributes_that_only_look_like_users_stay(tmp_path: Path) -> None:
    given = {"db.user": "app", "user_agent": {"name": "curl"}, "reuser_id": 1, "superuser.idle": 2, "user.tier": "gold"}
    (log,) = written(tmp_path, TableName.LOGS, {"attributes": json.dumps(given)})
    assert json.loads(str(log["attributes"])) == given


@pytest.mark.parametrize(
    ("said", "stored"),
    [
        ("Will: will it hold? ask Will, @will", "responder-1: will it hold? ask responder-1, responder-1"),
        ("max connections reached", "max connections reached"),
        ("Max connections reached, max 20", "Max connections reached, max 20"),
        ("the ops pool of ci", "the ops pool of ci"),
        ("thx maria, MARÍA LÓPEZ and Lopez, Maria", "thx responder-3, responder-3 and responder-3"),
    ],
)
def test_a_name_that_is_a_common_word_is_a_person_only_where_it_stands_like_a_name(
    tmp_path: Path, said: str, stored: str
) -> None:
    people = (("Will Hunter", "responder-1"), ("max", "responder-2"), ("Maria Lopez", "responder-3"))
    privacy = Privacy((*people, ("ops", "responder-4"), ("ci", "responder-5")), KEY)
    given = rows(TableName.OCCURRENCES, {"body": said})
    segment = write_segment(LocalStore(tmp_path), "s", ((TableName.OCCURRENCES, given),), privacy)
    assert pq.read_table(tmp_path / segment.files[0].path)["body"][0].as_py() == stored


def test_persons_are_tokens_in_what_people_wrote_and_in_logs(tmp_path: Path) -> None:
    chat, other, *machines = written(
        tmp_path,
        TableName.OCCURRENCES,
        {
            "actor": "Maria Lopez",
            "title": "Rollback by maria.lopez",
            "body": "@maria asked Sam, SAM DOE and @sdoe. Samples and sam-api stay.",
            "attributes": '{"note":"\\nMaria","author":"Maria Lopez <maria.lopez@example.com>"}',
        },
        {"actor": "Nobody Known"},
        {"actor": "scheduler", "kind": "orchestrator"},
        {"actor": "sam doe", "kind": "alert"},
        {"actor": None},
    )
    assert chat["actor"] == "responder-1"
    assert chat["title"] == "Rollback by responder-1"
    assert chat["body"] == "responder-1 asked responder-2, responder-2 and responder-2. Samples and sam-api stay."
    assert "aria" not in str(chat["attributes"])
    assert other["actor"] == "[person]"
    assert [row["actor"] for row in machines] == ["automation", "responder-2", None]
    (log,) = written(tmp_path, TableName.LOGS, {"body": "deployed by MARIA LOPEZ"})
    assert log["body"] == "deployed by responder-1"


@pytest.mark.parametrize(
    ("table", "column", "text"),
    [
        (TableName.LOGS, "attributes", '{"deployed_by":"maria.lopez","max":"1"}'),
        (TableName.METRICS, "attributes", '{"owner":"Maria Lopez","max":"1"}'),
        (TableName.SPANS, "attributes", '{"note":"\\nmaria lopez","max":"1"}'),
        (TableName.SPANS, "events", '[{"by":"@mlopez","max":"1"}]'),
        (TableName.SPANS, "status_message", "locked by Maria Lopez, max 1"),
        (TableName.SPANS, "name", "GET /people/maria-lopez/max"),
        (TableName.LOGS, "resource", '{"process.owner":"marialopez","max":"1"}'),
    ],
)
def test_whole_names_are_tokens_in_every_text_and_words_that_are_also_first_names_stay(
    tmp_path: Path, table: TableName, column: str, text: str
) -> None:
    given = rows(table, {"kind": "gauge", column: text})
    privacy = Privacy((*PEOPLE, ("Max Weber", "responder-3"), ("max", "responder-4")), KEY)
    segment = write_segment(LocalStore(tmp_path), "s", ((table, given),), privacy)
    stored = pq.read_table(tmp_path / segment.files[0].path)[column][0].as_py()
    assert "responder-1" in stored and "max" in stored
    assert "lopez" not in stored.lower()


def test_a_first_name_that_two_persons_share_names_neither(tmp_path: Path) -> None:
    people = (("Sam Doe", "responder-1"), ("Sam Roe", "responder-2"))
    said = rows(TableName.OCCURRENCES, {"body": "sam and Sam Roe"})
    segment = write_segment(LocalStore(tmp_path), "s", ((TableName.OCCURRENCES, said),), Privacy(people, KEY))
    assert pq.read_table(tmp_path / segment.files[0].path)["body"][0].as_py() == "[person] and responder-2"


def test_redactions_are_counted_by_row_also_where_texts_repeat(tmp_path: Path) -> None:
    logs = rows(TableName.LOGS, *({"body": "mail to a@example.com and b@example.com"} for _ in range(50)))
    segment = write_segment(LocalStore(tmp_path), "s", ((TableName.LOGS, logs),), Privacy((), KEY))
    assert dict(segment.redactions) == {"email": 100}


def test_missing_texts_stay_missing(tmp_path: Path) -> None:
    spans = written(tmp_path, TableName.SPANS, {"status_message": None}, {"status_message": "for a@example.com"})
    assert [span["status_message"] for span in spans] == [None, "for [email]"]


def test_rows_that_do_not_follow_the_schema_are_refused(tmp_path: Path) -> None:
    with pytest.raises(KeyError):
        write_segment(LocalStore(tmp_path), "s", ((TableName.LOGS, pa.table({"time": [START]})),), Privacy((), KEY))
