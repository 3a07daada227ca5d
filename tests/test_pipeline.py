"""The way of the data: stages ask two rounds at most, and get just the answers that they lack."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from secondstory.model.errors import TooManyRounds
from secondstory.model.evidence import Answers, Evidence
from secondstory.model.query import Ask, CoverageQuery, Query
from secondstory.model.table import Table
from secondstory.model.window import Window
from secondstory.pipeline import settle

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
WINDOW = Window(NOON, NOON + timedelta(hours=1))


def query(name: str) -> Query:
    return CoverageQuery((name,), WINDOW)


def answer(queries: tuple[Query, ...]) -> tuple[Evidence, ...]:
    table = Table(pa.table({"rows": [1]}))
    return tuple(Evidence(f"ev-{each.recordings[0]}", each, "test", table, table.hash, NOON) for each in queries)


def test_a_stage_may_ask_in_two_rounds_and_sees_all_answers() -> None:
    def stage(answers: Answers) -> tuple[str, ...] | Ask:
        first = answers.missing((query("a"), query("b")))
        if first:
            return Ask(first)
        second = answers.missing((query("a"), query("c")))
        if second:
            assert second == (query("c"),)
            return Ask(second)
        return tuple(answers.of(query(name)).id for name in "abc")

    assert settle(stage, answer) == ("ev-a", "ev-b", "ev-c")


def test_a_third_round_is_refused() -> None:
    rounds = iter("abcd")
    with pytest.raises(TooManyRounds, match="third time"):
        settle(lambda _answers: Ask((query(next(rounds)),)), answer)


def test_a_stage_that_asks_must_ask_something() -> None:
    with pytest.raises(ValueError, match="must ask something"):
        Ask(())
