"""Numbers inside sentences read as people write them."""

import re
from typing import get_args

import pytest

from secondstory.model.query import Query
from secondstory.texts import catalogue, say
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number, times


@pytest.mark.parametrize(
    ("value", "told"),
    [(0.0, "0"), (-0.0, "0"), (0.00004694, "0.000047"), (0.0412, "0.0412"), (6943.2, "6,943"), (73421.5, "73,422")],
)
def test_a_number_has_no_exponent(value: float, told: str) -> None:
    assert number(value) == told


@pytest.mark.parametrize(("value", "told"), [(2.345, "2.3"), (43.6, "44"), (100.4, "over 100"), (150238.1, "over 100")])
def test_times_claim_no_more_than_they_know(value: float, told: str) -> None:
    assert times(value) == told


def test_a_departure_is_told_without_absurd_digits() -> None:
    before, during = measure(0.00004694, "s"), measure(73421.5, "ms")
    told = say(
        "causes.left_its_band", indicator="wait", service="orders", before=before, during=during, scales=150238.1
    )
    assert told == "wait of orders went from 0.0469 ms to 73.4 s, over 100 times what chance does to it."


def test_every_kind_of_query_has_a_title() -> None:
    kinds = {re.sub(r"(?<!^)(?=[A-Z])", "_", kind.__name__.removesuffix("Query")).lower() for kind in get_args(Query)}
    assert {kind for kind in kinds if f"report.query_{kind}" not in catalogue()} == set()
