"""Fifty thousand names of services, as a wrong label makes them: all rows are kept, and what is left out is told."""

import pytest

from .telemetry import SOUND_ROWS, log_line, moments, span, spans_line, write_sound
from .world import Journey, journey

SERVICES = 50_000


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    below = tmp_path_factory.mktemp("services")
    write_sound(below / "in")
    names = [f"pod-{number:05}" for number in range(SERVICES)]
    with (below / "in/spans.jsonl").open("w") as spans, (below / "in/logs.jsonl").open("w") as logs:
        for number, name in enumerate(names):
            spans.write(spans_line(name, [span(100_000 + number, 1, **moments(number % 1700))]))
            logs.write(log_line(number % 1700, "hello", name))
    return journey(below / "in", below)


def test_every_row_is_kept(seen: Journey) -> None:
    assert (seen.rows("spans.jsonl"), seen.rows("logs.jsonl")) == ({"spans": SERVICES}, {"logs": SERVICES})
    assert {path: seen.rows(path) for path in SOUND_ROWS} == SOUND_ROWS


def test_the_report_says_how_many_were_left_out_and_how_to_mend_the_label(seen: Journey) -> None:
    report = " ".join(seen.report.split())
    assert f"{SERVICES + 2} services are named" in report
    assert "--map service=LABEL" in report


def test_the_services_with_most_rows_are_analysed_and_the_incident_is_found(seen: Journey) -> None:
    assert "gateway" in seen.claims
    assert "requests to orders fail" in seen.claims


def test_it_takes_less_than_a_gigabyte(seen: Journey) -> None:
    assert seen.peak_mb < 1000
