"""The frozen result of a query: order of rows does not matter, content does."""

import random

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.table import Table

ROWS = st.lists(
    st.tuples(
        st.integers(-(2**60), 2**60),
        st.one_of(st.none(), st.floats(allow_infinity=False)),
        st.one_of(st.none(), st.text()),
        st.integers(0, 2**50),
    ),
    max_size=30,
)


def build(rows: list[tuple[int, float | None, str | None, int]]) -> Table:
    columns = list(zip(*rows, strict=True)) or [(), (), (), ()]
    kinds = [pa.int64(), pa.float64(), pa.string(), pa.timestamp("us", tz="UTC")]
    arrays = [pa.array(column, kind) for column, kind in zip(columns, kinds, strict=True)]
    return Table(pa.table(arrays, names=["count", "value", "service", "time"]))


@given(ROWS, st.randoms(use_true_random=False))
def test_shuffled_rows_hash_alike(rows: list[tuple[int, float | None, str | None, int]], order: random.Random) -> None:
    shuffled = list(rows)
    order.shuffle(shuffled)
    assert build(rows).hash == build(shuffled).hash


@given(ROWS.filter(bool), st.data())
def test_one_changed_value_changes_the_hash(
    rows: list[tuple[int, float | None, str | None, int]], data: st.DataObject
) -> None:
    index = data.draw(st.integers(0, len(rows) - 1))
    changed = list(rows)
    changed[index] = (rows[index][0] + 1, *rows[index][1:])
    assert build(rows).hash != build(changed).hash


def test_texts_hash_as_they_did_when_evidence_was_frozen_before() -> None:
    said = ['say "no"', None, "ä\n", "", "b", "b"]
    table = Table(pa.table({"line": said, "other": ["x", "y", None, "x", "z", "a"], "rows": [1, 2, 3, 4, 5, 6]}))
    assert table.texts("line") == ["", "b", "b", 'say "no"', "ä\n", None]
    assert table.texts("other") == ["x", "a", "z", "x", None, "y"]
    assert table.hash == "6baddb736f5558c1cfbb63003e3c72fe940a1c53926c1ff57e18cd81a81299a1"


def test_a_missing_number_is_one_thing_however_it_is_written() -> None:
    null = Table(pa.table({"value": pa.array([1.0, None], pa.float64())}))
    nan = Table(pa.table({"value": pa.array([1.0, float("nan")], pa.float64())}))
    assert null.hash == nan.hash


def test_no_rows_and_no_table_differ_from_a_zero() -> None:
    assert Table(pa.table({"value": pa.array([], pa.int64())})).hash != Table(pa.table({"value": [0]})).hash


def test_a_missing_time_is_named_when_times_are_needed() -> None:
    table = Table(pa.table({"time": pa.array([None], pa.timestamp("us", tz="UTC"))}))
    with pytest.raises(ValueError, match="'time' holds 1 missing"):
        table.micros("time")
