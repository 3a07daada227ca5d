"""Spans whose parent never comes, parents in a circle, ids given thousands of times: nothing hangs, all is told."""

from collections.abc import Callable, Iterable
from pathlib import Path

import pytest

from .telemetry import SOUND_ROWS, moments, span, spans_line, write_sound
from .world import Journey, imported, journey, real_world

ABSENT = "ffffffffffffffff"
LONG = 20_000
REPEATED = 3_000


def lines(service: str, spans: Iterable[dict[str, object]]) -> str:
    return "".join(spans_line(service, [one]) for one in spans)


def below(trace: int, number: int, parent: int) -> dict[str, object]:
    """A span whose parent is the span of number `parent` in the same trace."""
    return span(trace, number, parentSpanId=f"{parent + 1:016x}", **moments(number % 1700))


def ring(number: int) -> dict[str, object]:
    return below(54_000, number, (number + 1) % LONG)


def chain(number: int) -> dict[str, object]:
    return below(55_000, number, number - 1) if number else span(55_000, 0, **moments(0))


ODD: dict[str, Callable[[], str]] = {
    "orphans.jsonl": lambda: lines(
        "orders", [span(50_000 + number, 1, parentSpanId=ABSENT, **moments(number)) for number in range(200)]
    ),
    "own-parent.jsonl": lambda: lines("orders", [below(51_000 + number, 1, 1) for number in range(50)]),
    "two-in-a-circle.jsonl": lambda: lines(
        "orders", [below(52_000 + number // 2, 1 + number % 2, 2 - number % 2) for number in range(100)]
    ),
    "ring.jsonl": lambda: "".join(lines(f"ring-{number % 7}", [ring(number)]) for number in range(LONG)),
    "chain.jsonl": lambda: "".join(lines(f"chain-{number % 7}", [chain(number)]) for number in range(LONG)),
    # Each of many children has each of many spans for a parent: nine million calls, if they were multiplied.
    "same-id.jsonl": lambda: lines(
        "payment", [span(56_000, 7, **moments(number % 1700)) for number in range(REPEATED)]
    ),
    "children-of-it.jsonl": lambda: lines("stock", [below(56_000, 9_000 + number, 7) for number in range(REPEATED)]),
}
ROWS = {"orphans.jsonl": 200, "own-parent.jsonl": 50, "two-in-a-circle.jsonl": 100, "ring.jsonl": LONG}
ROWS |= {"chain.jsonl": LONG, "same-id.jsonl": REPEATED, "children-of-it.jsonl": REPEATED}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    folder = tmp_path_factory.mktemp("traces")
    write_sound(folder / "in")
    for name, content in ODD.items():
        (folder / "in" / name).write_text(content())
    return journey(folder / "in", folder)


@pytest.mark.parametrize(("name", "count"), ROWS.items())
def test_every_span_is_kept(seen: Journey, name: str, count: int) -> None:
    assert seen.rows(name) == {"spans": count}


@pytest.mark.parametrize(
    ("told", "next_step"),
    [
        ("200 spans name a parent that is not on record", "import the telemetry of their callers too"),
        (f"{50 + 100 + LONG} spans belong to traces without a beginning", "Check what sets the ids of parents"),
        (f"{REPEATED - 1} spans have the id of another span", "Check that no file is in the import twice"),
    ],
)
def test_spans_that_fit_into_no_trace_are_a_gap_with_a_count_and_an_example(
    seen: Journey, told: str, next_step: str
) -> None:
    (gap,) = [detail for detail in seen.gaps if told in detail]
    assert next_step in gap
    assert " ".join(gap.split()) in " ".join(seen.report.split())


def test_sound_traces_beside_them_are_not_counted(tmp_path: Path) -> None:
    write_sound(tmp_path / "in")
    with real_world(tmp_path / "data") as world:
        assert imported(world, tmp_path / "in").gaps == ()


def test_the_incident_is_found_all_the_same(seen: Journey) -> None:
    assert {path: seen.rows(path) for path in SOUND_ROWS} == SOUND_ROWS
    assert "gateway" in seen.claims
    assert "requests to orders fail" in seen.claims


def test_it_all_takes_less_than_a_gigabyte(seen: Journey) -> None:
    assert seen.peak_mb < 1000
