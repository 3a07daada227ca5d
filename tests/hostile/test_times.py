"""Times in wrong units, clocks of 1970 and 2106, numbers that are none: each row is counted, and the unit is named."""

import json
from collections.abc import Callable

import pytest

from .telemetry import NS, SOUND_ROWS, START_S, gauge_line, moments, span, spans_line, times, write_sound
from .world import Journey, journey

END_OF_32_BITS_S = 2**32 - 1  # 2106-02-07


def spans(*odd: dict[str, object]) -> str:
    """Ten sound requests of a span each, with odd ones from line 6 on."""
    sound = [spans_line("orders", [span(30_000 + number, 1, **moments(number))]) for number in range(10)]
    return "".join([*sound[:5], *(spans_line("orders", [span(31_000, 1, **one)]) for one in odd), *sound[5:]])


def stepped(start: int, step: int) -> tuple[dict[str, object], ...]:
    return tuple(times(start + number * step, start + (number + 1) * step) for number in range(3))


def prometheus() -> str:
    values = [
        START_S,
        START_S + 15,
        (START_S + 30) * 1000,
        60,
        END_OF_32_BITS_S,
        START_S + 45,
        START_S + 60,
        START_S + 75,
    ]
    said = ["1", "NaN", "2", "3", "4", "+Inf", "-Inf", "5"]
    series = {"metric": {"__name__": "queue", "job": "orders"}, "values": list(zip(values, said, strict=True))}
    return json.dumps({"status": "success", "data": {"resultType": "matrix", "result": [series]}})


def jaeger() -> str:
    second = 1_000_000
    given = [(START_S * second, 5), (START_S, 5), (START_S * NS, 5), (0, 5), (END_OF_32_BITS_S * second, 5)]
    given += [(START_S * second, -5), (START_S * second, 10**30)]
    shared = {"traceID": "ab", "operationName": "o", "references": [], "tags": [], "processID": "p"}
    told = [
        {**shared, "spanID": f"{number + 1:x}", "startTime": start, "duration": length}
        for number, (start, length) in enumerate(given)
    ]
    process = {"p": {"serviceName": "orders", "tags": []}}
    return json.dumps({"data": [{"traceID": "ab", "spans": told, "processes": process}]})


def logs() -> str:
    given: list[object] = [START_S, (START_S + 1) * 1000, (START_S + 2) * NS, "2026-03-01T12:00:03Z"]
    given += [5, END_OF_32_BITS_S, "1970-01-01T00:00:01Z", "2106-02-07T06:28:15Z", "NaN", -5, 1e300, None]
    return "".join(json.dumps({"time": time, "service": "orders", "message": "x"}) + "\n" for time in given)


ODD: dict[str, Callable[[], str]] = {
    "seconds.jsonl": lambda: spans(*stepped(START_S, 1)),
    "milliseconds.jsonl": lambda: spans(*stepped(START_S * 1000, 1)),
    "microseconds.jsonl": lambda: spans(*stepped(START_S * 1_000_000, 1)),
    "clock-1970.jsonl": lambda: spans(*stepped(5 * NS, NS)),
    "clock-2106.jsonl": lambda: spans(*stepped(END_OF_32_BITS_S * NS, NS)),
    "beyond-64-bits.jsonl": lambda: spans(*stepped(10**30, 1)),
    "backwards.jsonl": lambda: spans(*(times((START_S + n) * NS, (START_S + n - 9) * NS) for n in range(3))),
    "not-numbers.jsonl": lambda: "".join(
        gauge_line("orders", place, value)
        for place, value in enumerate([1.0, "NaN", 2.0, "Infinity", "-Infinity", 3.0])
    ),
    "bare-nan.jsonl": lambda: "".join(
        gauge_line("orders", place, value) for place, value in enumerate([1.0, float("nan")])
    ),
    "logs.jsonl": logs,
    "plain.log": lambda: "".join(
        f"{time} orders is up\n" for time in ("2026-03-01T12:00:01Z", "1970-01-01T00:00:01Z", "2106-02-07T06:28:15Z")
    ),
    "changes.csv": lambda: (
        "time,kind,service,title\n"
        + "".join(
            f"{time},deploy,orders,1.{place}\n"
            for place, time in enumerate([START_S, START_S * 1000, "1970-01-01T00:00:00Z", "2106-02-07T06:28:15Z"])
        )
    ),
    "prometheus.json": prometheus,
    "jaeger.json": jaeger,
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    below = tmp_path_factory.mktemp("times")
    write_sound(below / "in")
    for name, content in ODD.items():
        (below / "in" / name).write_text(content())
    return journey(below / "in", below)


@pytest.mark.parametrize(
    ("name", "rows", "lost", "words"),
    [
        ("seconds.jsonl", {"spans": 10}, 3, ("line or record 6", "when read as nanoseconds; it looks like seconds")),
        ("milliseconds.jsonl", {"spans": 10}, 3, ("line or record 6", "it looks like milliseconds")),
        ("microseconds.jsonl", {"spans": 10}, 3, ("line or record 6", "it looks like microseconds")),
        ("clock-1970.jsonl", {"spans": 10}, 3, ("line or record 6", "outside the years 2000 to 2099", "fits no unit")),
        ("clock-2106.jsonl", {"spans": 10}, 3, ("line or record 6", "outside the years 2000 to 2099", "fits no unit")),
        ("beyond-64-bits.jsonl", {"spans": 10}, 3, ("line or record 6", "beyond 64 bits")),
        ("backwards.jsonl", {"spans": 10}, 3, ("line or record 6", "ends before it starts")),
        ("not-numbers.jsonl", {"metrics": 3}, 3, ("line or record 2", "not a finite number")),
        ("bare-nan.jsonl", {"metrics": 1}, 1, ("line or record 2", "not a finite number")),
        ("logs.jsonl", {"logs": 4}, 8, ("line or record 5", "in any unit", "line or record 7", "line or record 12")),
        ("plain.log", {"logs": 1}, 2, ("line or record 2", "outside the years 2000 to 2099")),
        ("changes.csv", {"occurrences": 2}, 2, ("line or record 4", "outside the years 2000 to 2099")),
        ("prometheus.json", {"metrics": 2}, 6, ("it looks like milliseconds", "3 of them", "not a finite number")),
        ("jaeger.json", {"spans": 1}, 6, ("it looks like seconds", "ends before it starts", "longer than a century")),
    ],
)
def test_sound_rows_are_kept_and_each_odd_one_is_counted_with_its_reason(
    seen: Journey, name: str, rows: dict[str, int], lost: int, words: tuple[str, ...]
) -> None:
    assert (seen.rows(name), seen.files[name]["rejected_rows"]) == (rows, lost)
    told = seen.told(name)
    assert f"{lost} rows of {name} could not be read" in told
    assert "correct them where they come from" in told
    assert [word for word in words if word not in told] == []


def test_the_rest_is_whole_and_the_incident_is_found(seen: Journey) -> None:
    assert {path: seen.rows(path) for path in SOUND_ROWS} == SOUND_ROWS
    assert "users of gateway are hit" in seen.claims
    assert "requests to orders fail" in seen.claims


def test_each_loss_is_a_gap_in_the_report(seen: Journey) -> None:
    report = " ".join(seen.report.split())
    assert len(seen.gaps) >= len(ODD)
    assert [detail for detail in seen.gaps if " ".join(detail.split()) not in report] == []


def test_it_all_takes_less_than_a_gigabyte(seen: Journey) -> None:
    assert seen.peak_mb < 1000
