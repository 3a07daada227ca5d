"""Templates of masked log lines: what one statement wrote is one, what two wrote stays two, in any order."""

from __future__ import annotations

import random
import re
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.algorithms.log_templates import FEWEST_WORDS, STAR, templates

NAMES = ("ann", "bob", "cleo", "dan", "eve", "fay", "gus", "hal")
SETTINGS = st.lists(
    st.lists(st.sampled_from(["a", "b", "c", "d", "e", "f", "g", STAR, "x#7", "…"]), max_size=5).map(" ".join),
    max_size=40,
)


@pytest.mark.parametrize(
    ("statement", "template"),
    [
        ("user {} logged in", "user * logged in"),
        ("connection to host={} refused", "connection to host=* refused"),
        ('{{"event":"saved","by":"{}"}}', '{{"event":"saved","by":"*"}}'.replace("{{", "{").replace("}}", "}")),
        ("a.b.Orders#17 sent to {}", "a.b.Orders#17 sent to *"),
        ("call of {} failed after * … TimeoutError", "call of * failed after * … TimeoutError"),
    ],
)
def test_lines_that_differ_in_a_name_are_one(statement: str, template: str) -> None:
    assert set(templates([statement.format(name) for name in NAMES])) == {template}


def test_several_variable_words_are_found_though_each_is_shared() -> None:
    lines = [f"{who} sent order to {whom}" for who, whom in product(NAMES, NAMES)]
    assert set(templates(lines)) == {"* sent order to *"}


@pytest.mark.parametrize(
    "lines",
    [
        ["connection opened", "connection closed", "connection failed", "connection idle"],
        ["cache is warm", "pool was empty", "disk has room", "queue got longer", "lock were held", "node went away"],
        [f"{name} in" for name in NAMES[: FEWEST_WORDS - 1]],
        [f"a.Orders#{number} saved" for number in range(20)],
        [f"failed … {kind}Error" for kind in ("Key", "Value", "Type", "Index", "Name", "Import", "Runtime")],
        [f"{name} {other}" for name, other in zip(NAMES, reversed(NAMES), strict=True)],
    ],
)
def test_lines_of_several_statements_stay_apart(lines: list[str]) -> None:
    assert templates(lines) == tuple(lines)


def test_statements_of_one_structure_are_told_apart_by_what_is_said() -> None:
    lines = [f"user {name} logged {way}" for name, way in product(NAMES, ("in", "out"))]
    assert set(templates(lines)) == {"user * logged in", "user * logged out"}


@given(SETTINGS, st.integers(0, 1000))
def test_the_order_of_lines_and_lines_given_twice_change_nothing(lines: list[str], seed: int) -> None:
    whole = dict(zip(lines, templates(lines), strict=True))
    mixed = random.Random(seed).sample(lines + lines, 2 * len(lines))
    assert dict(zip(mixed, templates(mixed), strict=True)) == whole


@given(SETTINGS)
def test_a_template_is_its_own_and_every_line_fits_its_template(lines: list[str]) -> None:
    found = templates(lines)
    assert templates(found) == found
    for line, template in zip(lines, found, strict=True):
        assert re.fullmatch(re.escape(template).replace(r"\*", r"\S*"), line)
        assert [word for word in line.split() if "#" in word] == [word for word in template.split() if "#" in word]


@given(SETTINGS)
def test_renamed_words_give_renamed_templates(lines: list[str]) -> None:
    def renamed(line: str) -> str:
        return re.sub(r"[a-g]", lambda match: "gfedcba"["abcdefg".index(match.group())] + "q", line)

    assert templates([renamed(line) for line in lines]) == tuple(renamed(line) for line in templates(lines))
