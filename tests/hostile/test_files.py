"""Files that are cut off, wrongly encoded or full of zero bytes: what is sound is kept, the rest is told by place."""

import gzip
import json
import os
from collections.abc import Callable

import pytest

from .telemetry import SOUND_ROWS, START_S, log_line, log_lines, span, spans_line, write_sound
from .world import Journey, journey

LINES = log_lines(200)
CSV = "time,kind,service,title\n2026-03-01T12:00:00Z,deploy,orders,Größe 2\n2026-03-01T12:01:00Z,deploy,orders,x\n"


def text_lines(count: int, words: str = "orders Größe") -> str:
    return "".join(f"2026-03-01T12:{number // 60:02}:{number % 60:02}Z {words} {number}\n" for number in range(count))


def numbered(first: int, name: str = "GET") -> str:
    """Ten requests of one span each, a line a request; `first` is the number of the first trace."""
    return "".join(spans_line("orders", [span(first + number, 1, name=f"{name} {number}")]) for number in range(10))


def document(first: int) -> bytes:
    """One OTLP request of ten spans over many lines."""
    line = spans_line("orders", [span(first + number, 1, name="GET /größe") for number in range(10)])
    return json.dumps(json.loads(line), indent=1, ensure_ascii=False).encode()


def umlauts(number: int) -> str:
    message = "Größe" if number % 10 == 0 else "fine"
    return json.dumps({"time": START_S + number, "service": "orders", "message": message}, ensure_ascii=False) + "\n"


def long_lines(mb: int) -> bytes:
    return "".join(log_line(number, f"{number} " + "x" * (1 << 20)) for number in range(mb)).encode()


ODD: dict[str, Callable[[], bytes]] = {
    # Cut off
    "cut.jsonl": lambda: LINES.encode()[:-30],
    "cut-spans.jsonl": lambda: numbered(20_000).encode()[:-100],
    "cut-document.json": lambda: document(20_100)[:-400],
    "cut-request.json": lambda: spans_line("orders", [span(20_200 + i, 1) for i in range(10)]).encode()[:-300],
    "cut.csv": lambda: CSV.encode()[:-30],
    "cut.gz": lambda: gzip.compress(log_line(1, os.urandom(4000).hex()).encode() + LINES.encode())[:-300],
    "cut.parquet": lambda: b"PAR1" + bytes(range(256)) * 4,
    "empty.jsonl": lambda: b"",
    # Encodings
    "utf16.jsonl": lambda: log_lines(210).encode("utf-16"),
    "utf16.log": lambda: text_lines(50).replace("\n", "\r\n").encode("utf-16"),
    "utf16.csv": lambda: CSV.encode("utf-16"),
    "utf32.jsonl": lambda: log_lines(220).encode("utf-32"),
    "unmarked.jsonl": lambda: LINES.encode("utf-16-le"),
    "latin1.jsonl": lambda: "".join(map(umlauts, range(50))).encode("latin-1"),
    "latin1.log": lambda: text_lines(40).encode("latin-1"),
    "latin1.csv": lambda: CSV.replace("x\n", "y\n").encode("latin-1"),
    "latin1-spans.jsonl": lambda: numbered(20_300, "GET ö").replace("\\u00f6", "ö").encode("latin-1"),
    "latin1-document.json": lambda: document(20_400).decode().encode("latin-1"),
    "invalid.jsonl": lambda: (
        LINES.encode() + b'{"time":1772366400,"message":"\xff\xfe\xc3("}\n\xff{"broken\n' + LINES.encode()
    ),
    # Zero bytes
    "zeros.jsonl": lambda: b"\0" * 100_000,
    "zeros-first.log": lambda: b"\0" * 4096 + text_lines(30, "orders early").encode(),
    "zeros-first.jsonl": lambda: b"\0" * 4096 + log_lines(230).encode(),
    "zeros-inside.log": lambda: (text_lines(30, "orders a\0b") + "\0" * 4096 + "\n" + text_lines(30)).encode(),
    "zeros-inside.jsonl": lambda: LINES.encode() + b"\0" * 500 + b"\n" + log_lines(30).encode(),
    # Lines of a megabyte
    "long.jsonl": lambda: long_lines(40) + log_lines(10).encode(),
    "long.log": lambda: "".join(f"2026-03-01T12:00:{i:02}Z orders {i} {'y' * (1 << 20)}\n" for i in range(40)).encode(),
    "long-spans.jsonl": lambda: "".join(
        spans_line("orders", [span(20_500 + i, 1, name="n" * (1 << 20))]) for i in range(10)
    ).encode(),
    "long-junk.jsonl": lambda: (log_lines(5) + "j" * (1 << 20) + "\n" + "[" * (1 << 20) + "\n" + log_lines(6)).encode(),
}


@pytest.fixture(scope="module")
def seen(tmp_path_factory: pytest.TempPathFactory) -> Journey:
    below = tmp_path_factory.mktemp("files")
    write_sound(below / "in")
    for name, content in ODD.items():
        (below / "in" / name).write_bytes(content())
    return journey(below / "in", below)


@pytest.mark.parametrize(
    ("name", "rows", "lost", "words"),
    [
        ("cut.jsonl", {"logs": 199}, 1, ("line or record 200", "no JSON object")),
        ("cut-spans.jsonl", {"spans": 9}, 1, ("line or record 10",)),
        ("cut-document.json", {"spans": 8}, 1, ("cut off", "line or record")),
        ("cut-request.json", {"spans": 8}, 1, ("cut off", "line or record 1")),
        ("cut.csv", {"occurrences": 1}, 1, ("line or record 3",)),
        ("invalid.jsonl", {"logs": 401}, 1, ("line or record 202", "1 rows are kept", "line or record 201")),
        ("zeros-inside.jsonl", {"logs": 230}, 1, ("line or record 201",)),
        ("long-junk.jsonl", {"logs": 11}, 2, ("line or record 6",)),
    ],
)
def test_what_is_whole_is_kept_and_what_is_not_is_counted(
    seen: Journey, name: str, rows: dict[str, int], lost: int, words: tuple[str, ...]
) -> None:
    assert (seen.rows(name), seen.files[name]["rejected_rows"]) == (rows, lost)
    told = seen.told(name)
    assert f"{lost} rows of {name} could not be read" in told
    assert "import the file into a new recording" in told
    assert [word for word in words if word not in told] == []


@pytest.mark.parametrize(
    ("name", "rows", "changed", "line"),
    [
        ("latin1.jsonl", {"logs": 50}, 5, 1),
        ("latin1.log", {"logs": 40}, 40, 1),
        ("latin1.csv", {"occurrences": 2}, 1, 2),
        ("latin1-spans.jsonl", {"spans": 10}, 10, 1),
        ("latin1-document.json", {"spans": 10}, 1, 1),
        ("zeros-first.log", {"logs": 30}, 1, 1),
        ("zeros-first.jsonl", {"logs": 230}, 1, 1),
        ("zeros-inside.log", {"logs": 60}, 31, 1),
    ],
)
def test_rows_that_had_to_be_changed_are_kept_and_told_apart_from_lost_ones(
    seen: Journey, name: str, rows: dict[str, int], changed: int, line: int
) -> None:
    assert (seen.rows(name), seen.files[name]["rejected_rows"]) == (rows, 0)
    assert f"{changed} rows are kept, but not as they were written, the first at line or record {line}" in seen.told(
        name
    )


@pytest.mark.parametrize(
    ("name", "rows"),
    [
        ("utf16.jsonl", {"logs": 210}),
        ("utf16.log", {"logs": 50}),
        ("utf16.csv", {"occurrences": 2}),
        ("utf32.jsonl", {"logs": 220}),
        ("long.jsonl", {"logs": 50}),
        ("long.log", {"logs": 40}),
        ("long-spans.jsonl", {"spans": 10}),
    ],
)
def test_marked_encodings_and_long_lines_are_read_without_loss(seen: Journey, name: str, rows: dict[str, int]) -> None:
    file = seen.files[name]
    assert (seen.rows(name), file["rejected_rows"], file["failures"]) == (rows, 0, [])
    assert not [detail for detail in seen.gaps if name in detail]


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("empty.jsonl", ("is empty", "export or copy it again")),
        ("zeros.jsonl", ("nothing but zero bytes", "export or copy it again")),
        ("unmarked.jsonl", ("UTF-16", "save it as UTF-8 and import it again")),
        ("cut.parquet", ("no readable Parquet file", "Export it again")),
    ],
)
def test_a_file_that_gives_nothing_says_why_and_what_to_do(seen: Journey, name: str, words: tuple[str, ...]) -> None:
    assert seen.rows(name) == {}
    assert [word for word in words if word not in seen.told(name)] == []


def test_a_cut_off_archive_keeps_the_lines_that_it_holds(seen: Journey) -> None:
    assert 0 < seen.rows("cut.gz")["logs"] < 201
    assert "Export or copy the file again" in seen.told("cut.gz")


def test_the_rest_of_the_import_is_whole_and_the_incident_is_found(seen: Journey) -> None:
    assert {path: seen.rows(path) for path in SOUND_ROWS} == SOUND_ROWS
    assert "users of gateway are hit" in seen.claims
    assert "requests to orders fail" in seen.claims


def test_each_loss_is_a_gap_in_the_report(seen: Journey) -> None:
    report = " ".join(seen.report.split())
    assert [detail for detail in seen.gaps if " ".join(detail.split()) not in report] == []


def test_it_all_takes_less_than_a_gigabyte(seen: Journey) -> None:
    assert seen.peak_mb < 1000
