"""JSON-lines logs: fields by their many names, attributes as strings, damaged lines as rejects with their number."""

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block
from secondstory.sources import json_lines

TIME = datetime(2026, 1, 2, 3, 4, 5, 250000, tzinfo=UTC)


def line(**fields: object) -> bytes:
    return json.dumps({"time": "2026-01-02T03:04:05.25Z", **fields}).encode() + b"\n"


@pytest.mark.parametrize(
    "value",
    [
        "2026-01-02T03:04:05.25Z",
        "2026-01-02T04:04:05.250000000+01:00",
        "2026-01-02 03:04:05,250",
        1767323045.25,
        1767323045250,
        1767323045250000,
        1767323045250000000,
        "1767323045.25",
    ],
)
def test_reads_times_in_any_unit(rows, value) -> None:
    (row,) = rows(json_lines, json.dumps({"ts": value, "msg": "x"}).encode())
    assert row["time"] == TIME


def test_reads_pino(rows) -> None:
    begins, waited, failed, done = rows(json_lines, "json_lines/pino.jsonl")
    assert [row["severity_number"] for row in (begins, waited, failed, done)] == [9, 13, 17, 9]
    assert begins["service"] == "orders"
    assert json.loads(begins["attributes"]) == {
        "name": "orders", "pid": "41", "req.method": "POST", "req.url": "/orders", "user.id": "user-7",
    }  # fmt: skip
    assert json.loads(waited["attributes"])["waited_ms"] == "512.25"
    assert failed["body"].startswith("request 17 failed\nError: pool exhausted\n    at ")
    assert failed["trace_id"] == "5b8efff798038103d269b633813fc60c"
    attributes = json.loads(done["attributes"])
    assert (attributes["ok"], attributes["tags"]) == ("true", '["a","b"]')
    assert attributes["note"] == 'quote " and back\\slash\nline'


def test_reads_pythons_logging(rows) -> None:
    added, slow, failed = rows(json_lines, "json_lines/python.jsonl")
    assert (added["service"], added["version"], added["body"]) == ("cart", "3.1.0", "added schön ☕")
    assert added["trace_id"] == "5b8efff798038103d269b633813fc60c"
    assert json.loads(added["attributes"]) == {"logger": "cart.api", "user.id": "12"}
    assert slow["trace_id"] is None
    assert json.loads(slow["attributes"])["trace_id"] == "not-an-id"
    assert failed["body"].startswith("cannot read the quantity\nTraceback (most recent call last):")


def test_the_first_name_wins_in_each_row_and_others_stay(rows) -> None:
    both, second = rows(json_lines, line(service="orders", app="shop") + line(app="shop"))
    assert (both["service"], both["attributes"]) == ("orders", '{"app":"shop"}')
    assert (second["service"], second["attributes"]) == ("shop", "{}")


def test_a_key_may_change_its_type(rows) -> None:
    values = [1, "one", 1.5, True, None, [1], {"a": 1}, 2**63, -1, 1e300]
    found = rows(json_lines, b"".join(line(value=value) for value in values))
    attributes = [json.loads(row["attributes"]) for row in found]
    assert [told.get("value") for told in attributes] == [
        "1", "one", "1.5", "true", None, "[1]", None, "9223372036854775808", "-1", "1e+300",
    ]  # fmt: skip
    assert attributes[6] == {"value.a": "1"}


def test_numbers_keep_every_digit(rows) -> None:
    (row,) = rows(json_lines, b'{"time":1767323045,"msg":"x","a":9007199254740993,"b":0.1,"c":18446744073709551615}')
    assert json.loads(row["attributes"]) == {"a": "9007199254740993", "b": "0.1", "c": "18446744073709551615"}


VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(min_value=-(2**63), max_value=2**64 - 1)
    | st.floats(allow_nan=False, allow_infinity=False).filter(lambda number: number != 0)
    | st.sampled_from(["2026-01-02", "2026-01-02T03:04:05Z", '"', "\\", "a\nb", "ö\u2028", ""])
    | st.text(st.characters(exclude_categories=["Cs"]), max_size=5),
    lambda inner: st.dictionaries(st.sampled_from("ab"), inner, max_size=2) | st.lists(inner, max_size=2),
    max_leaves=4,
)


@given(objects=st.lists(st.dictionaries(st.sampled_from(["a", "b", "a.b", "level"]), VALUES, max_size=3), min_size=1))
def test_regular_and_irregular_lines_read_the_same(objects) -> None:
    """A list makes the reader go line by line; what the lines before it say must not depend on that."""
    regular = b"".join(line(msg="x", **fields) for fields in objects)
    parsed = [
        json_lines.EXTENSION.parse(Block("x", 1, data), Mapping()).tables[0][1].slice(0, len(objects)).to_pylist()
        for data in (regular, regular + line(msg="x", end=[1], other={"a": [2]}))
    ]
    assert parsed[0] == parsed[1]


def test_texts_that_look_like_dates_stay_as_they_are(rows) -> None:
    found = rows(json_lines, b"".join(line(msg="x", day=day, at={"a": day}) for day in ("2026-01-02", "2026-01-03")))
    assert json.loads(found[1]["attributes"]) == {"at.a": "2026-01-03", "day": "2026-01-03"}


def test_users_are_named_as_the_import_expects_them(rows) -> None:
    nested, flat, plain = rows(json_lines, line(user={"id": 7}) + line(userId="u8") + line(user="u9"))
    assert [json.loads(row["attributes"]) for row in (nested, flat, plain)] == [
        {"user.id": "7"}, {"user.id": "u8"}, {"user.id": "u9"},
    ]  # fmt: skip


def test_more_keys_than_a_table_can_bear_change_nothing(rows) -> None:
    found = rows(json_lines, b"".join(line(msg=f"m{i}", **{f"key_{i}": i}) for i in range(2000)))
    assert [row["body"] for row in found] == [f"m{i}" for i in range(2000)]
    assert found[1999]["attributes"] == '{"key_1999":"1999"}'


def test_bad_lines_cost_only_themselves(read) -> None:
    data = line(msg="a") + b"not json\n\n[1]\n" + line(msg="b") + b'{"msg":"c"}\n' + line(msg="d")[:-9] + b"\n"
    parsed = read(json_lines, data + b'{"time":"soon","msg":"e"}\n{"time":12,"msg":"f"}\n')
    assert [row["body"] for row in parsed.tables[0][1].to_pylist()] == ["a", "b"]
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(2, 3), (6, 1), (8, 1), (9, 1)]
    assert "time cannot be read" in parsed.rejects[2].reason
    assert "soon" not in parsed.rejects[2].reason
    assert parsed.rejects[3].reason


def test_keeps_a_line_whose_bytes_are_not_utf8_and_says_so(read) -> None:
    parsed = read(json_lines, b'{"time":1767323045,"msg":"caf\xe9"}\n')
    assert parsed.tables[0][1].column("body").to_pylist() == ["caf�"]
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(1, 1)]


def test_aliases_say_which_service_is_meant(rows) -> None:
    (row,) = rows(json_lines, line(service="orders-svc"), mapping=Mapping(aliases=(("orders-svc", "orders"),)))
    assert row["service"] == "orders"


@pytest.mark.parametrize("data", [b"null", b" null\n", b'{"a":{}}', b'{"a":{}}\n{"b":{"c":{}}}\n'])
def test_lines_without_any_field_are_rejects_too(read, data) -> None:
    parsed = read(json_lines, data)
    assert parsed.tables == ()
    assert sum(reject.count for reject in parsed.rejects) == data.strip().count(b"\n") + 1
