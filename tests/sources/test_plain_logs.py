"""Plain logs: the time of each record, its severity and service, and one row a stack trace."""

from datetime import UTC, datetime

import pytest

from secondstory.model.telemetry import Mapping
from secondstory.sources import plain_logs


def at(second: int, micro: int = 0) -> datetime:
    return datetime(2026, 1, 2, 3, 4, second, micro, tzinfo=UTC)


@pytest.mark.parametrize(
    ("line", "time", "body"),
    [
        ("2026-01-02T03:04:05Z hello", at(5), "hello"),
        ("2026-01-02T04:04:05.123456789+01:00 hello", at(5, 123456), "hello"),
        ("2026-01-02 03:04:05,678 INFO hello", at(5, 678000), "INFO hello"),
        ("[2026-01-02 03:04:05.5 +0000] hello", at(5, 500000), "hello"),
        ("2026-01-02 03:04:05.100 UTC [12] LOG:  hello", at(5, 100000), "[12] LOG:  hello"),
        ("2026/01/02 03:04:05 hello", at(5), "hello"),
        ('::1 - eve [02/Jan/2026:05:04:05 +0200] "GET /"', at(5), '::1 - eve [02/Jan/2026:05:04:05 +0200] "GET /"'),
        ("<34>1 2026-01-02T03:04:05.003Z host orders 7 ID47 - hello", at(5, 3000), "7 ID47 - hello"),
        ("<11>Jan  2 03:04:05 host orders[12]: hello", at(5), "hello"),
        ("I0102 03:04:05.000007    12 main.go:3] hello", at(5, 7), "12 main.go:3] hello"),
        ("1767323045 hello", at(5), "hello"),
        ("1767323045.25 hello", at(5, 250000), "hello"),
        ("1767323045250 hello", at(5, 250000), "hello"),
        ('ts=2026-01-02T03:04:05Z level=warn msg="hello"', at(5), 'ts=2026-01-02T03:04:05Z level=warn msg="hello"'),
        ('level=info time="2026-01-02T03:04:05Z" msg=a', at(5), 'level=info time="2026-01-02T03:04:05Z" msg=a'),
        ("[WARN] 2026-01-02 03:04:05 hello", at(5), "[WARN] 2026-01-02 03:04:05 hello"),
        ("2026-01-02T03:04:05.000000001Z stdout F hello", at(5), "hello"),
    ],
)
def test_reads_each_way_of_writing_a_time(rows, line, time, body) -> None:
    (row,) = rows(plain_logs, line.encode(), "logs-2026.log")
    assert (row["time"], row["body"]) == (time, body)


@pytest.mark.parametrize(
    ("text", "severity"),
    [
        ("INFO started", 9),
        ("[error] 12#0: connect() failed", 17),
        ("level=warning msg=x", 13),
        ("[12] FATAL:  too many clients", 21),
        ("[12] LOG:  ready", 9),
        ("CRITICAL out of memory", 18),
        ("the word error inside a sentence", 0),
    ],
)
def test_reads_the_severity(rows, text, severity) -> None:
    (row,) = rows(plain_logs, f"2026-01-02T03:04:05Z {text}".encode())
    assert row["severity_number"] == severity


def test_severities_of_syslog_and_glog_come_from_their_marks(rows) -> None:
    lines = b"<11>1 2026-01-02T03:04:05Z h orders - - - x\nW0102 03:04:05.000000 1 a.go:1] y\n"
    assert [row["severity_number"] for row in rows(plain_logs, lines, "logs-20260102")] == [17, 13]


def test_finds_service_and_trace(rows) -> None:
    trace, span = "0123456789ABCDEF0123456789ABCDEF", "0123456789abcdef"
    lines = (
        f"2026-01-02T03:04:05Z INFO service=cart trace_id={trace} span_id={span}\n"
        "2026-01-02T03:04:05Z INFO [payment-service] hello\n"
        "2026-01-02T03:04:05Z INFO [main] hello\n"
    )
    first, second, third = rows(plain_logs, lines.encode(), "var/log/orders-2026-01-02.log.gz")
    assert (first["service"], first["trace_id"], first["span_id"]) == ("cart", trace.lower(), span)
    assert second["service"] == "payment-service"
    assert third["service"] == "orders"


def test_a_name_that_any_program_could_have_tells_no_service(rows) -> None:
    (row,) = rows(plain_logs, b"2026-01-02T03:04:05Z hello", "logs/app.log")
    assert row["service"] == ""


def test_aliases_say_which_service_is_meant(rows) -> None:
    mapping = Mapping(aliases=(("orders-svc", "orders"),))
    (row,) = rows(plain_logs, b"2026-01-02T03:04:05Z service=orders-svc", mapping=mapping)
    assert row["service"] == "orders"


def test_says_where_a_zone_was_assumed(rows) -> None:
    zoned, naive = rows(plain_logs, b"2026-01-02T03:04:05Z a\n2026-01-02 03:04:05 b\n")
    assert (zoned["resource"], naive["resource"]) == ("{}", '{"time_zone":"assumed UTC"}')


@pytest.mark.parametrize(
    ("file", "logged", "crashed"),
    [
        ("trace_python.log", ("PoolExhausted: no connection within 5 s", "RuntimeError: POST"), "IndexError: list"),
        (
            "trace_java.log",
            ("Suppressed: java.io", "Caused by: java.lang.IllegalState", "... 1 more"),
            "Exception in th",
        ),
    ],
)
def test_a_logged_trace_is_one_row_and_an_uncaught_one_another(rows, file, logged, crashed) -> None:
    started, failed, done, died = rows(plain_logs, f"plain_logs/{file}")
    assert all(part in failed["body"] for part in logged)
    assert failed["body"].split("\n")[0].endswith("request 17 failed")
    assert failed["attributes"] == "{}"
    assert done["body"].endswith("request 18 done in 12 ms")
    assert crashed in died["body"]
    assert (died["time"], died["service"]) == (done["time"], done["service"])
    assert died["attributes"] == '{"time_from":"previous line"}'
    assert [row["severity_number"] for row in (started, failed, done, died)] == [9, 17, 9, 17]


@pytest.mark.parametrize(
    ("file", "first", "last"),
    [
        ("trace_rust.log", "thread 'main' (", "note: Some details are omitted"),
        ("trace_go.log", "panic: runtime error: index out of range", "/srv/orders/trace.go:13 +0x88"),
    ],
)
def test_a_panic_is_one_row(rows, file, first, last) -> None:
    *before, died = rows(plain_logs, f"plain_logs/{file}")
    assert died["body"].startswith(first)
    assert last in died["body"].split("\n")[-1]
    assert died["severity_number"] >= 17
    assert died["time"] == before[-1]["time"]


def test_statements_of_several_lines_are_one_row(rows) -> None:
    bodies = [row["body"] for row in rows(plain_logs, "plain_logs/postgresql.log")]
    assert len(bodies) == 23
    assert "[29311] STATEMENT:  select\n\t *\n\t from missing" in bodies


def test_a_trace_inside_a_containers_log_is_one_row(rows) -> None:
    lines = [
        "ERROR failed",
        "Traceback (most recent call last):",
        '  File "a.py", line 1, in f',
        "ValueError: x",
        "INFO fine",
    ]
    data = "".join(f"2026-01-02T03:04:0{i}.5Z stderr F {line}\n" for i, line in enumerate(lines))
    failed, fine = rows(plain_logs, data.encode())
    assert failed["body"] == "\n".join(lines[:4])
    assert (fine["time"], fine["body"]) == (at(4, 500000), "INFO fine")


def test_a_trace_before_any_time_takes_the_next_one(rows) -> None:
    died, started = rows(plain_logs, b"panic: boom\n\ngoroutine 1 [running]:\n2026-01-02T03:04:05Z INFO started\n")
    assert died["body"] == "panic: boom\n\ngoroutine 1 [running]:"
    assert (died["time"], died["attributes"]) == (at(5), '{"time_from":"next line"}')
    assert started["attributes"] == "{}"


def test_no_record_is_torn_between_blocks() -> None:
    record = "2026-01-02T03:04:05Z ERROR failed\n" + "\tat Trace.handle(Trace.java:14)\n" * 400
    data = record.encode() * (70_000_000 // len(record))
    blocks = list(plain_logs.EXTENSION.cut("long.log", [data]))
    assert len(blocks) == 3
    assert all(block.data.startswith(b"2026-01-02T03:04:05Z") for block in blocks)
    counts = [plain_logs.EXTENSION.parse(block, Mapping()).tables[0][1].num_rows for block in blocks]
    assert sum(counts) == data.count(b"ERROR")


def test_tells_which_times_cannot_be_read(read) -> None:
    lines = b"2026-01-02T03:04:05Z a\n2026-13-02T03:04:05Z b\nand more of b\nI0102 03:04:05.000000 1 a.go:1] c\n"
    parsed = read(plain_logs, lines)
    assert [row["body"] for row in parsed.tables[0][1].to_pylist()] == ["a"]
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(2, 1), (4, 1)]
    assert "time cannot be read" in parsed.rejects[0].reason
    assert "names no year" in parsed.rejects[1].reason


def test_text_without_any_time_is_a_reject(read) -> None:
    parsed = read(plain_logs, b"hello\nworld\n", "a.log")
    assert parsed.tables == ()
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(1, 1)]


def test_keeps_a_row_whose_bytes_are_not_utf8_and_says_so(read) -> None:
    parsed = read(plain_logs, b"2026-01-02T03:04:05Z a\n2026-01-02T03:04:05Z caf\xe9\n")
    assert [row["body"] for row in parsed.tables[0][1].to_pylist()] == ["a", "caf�"]
    assert [(reject.line, reject.count) for reject in parsed.rejects] == [(2, 1)]
