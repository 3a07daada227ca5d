"""A real Prometheus behind a proxy that delays, garbles or gives up: what came is kept, what did not is a gap."""

import json
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urlsplit

import pyarrow.parquet as pq
import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.gap import GapReason
from secondstory.model.query import MetricSignalQuery
from secondstory.model.table import Table
from secondstory.model.window import Window, format_time
from secondstory.ports import Wanted, World
from secondstory.sources.live.prometheus import EXTENSION
from secondstory.sources.reading.remote import HttpRemote, Patience
from secondstory.usecases.collect import Collected, Collection, collect
from secondstory.usecases.import_telemetry import ImportRequest, import_path
from secondstory.wiring import open_world

from .conftest import MINUTES, START, STEP_S, reply, server

WINDOW = Window(START, START + timedelta(minutes=MINUTES))
SERIES = 5
ALL_ROWS = SERIES * MINUTES * 60 // STEP_S
QUEUE_ROWS = 2 * MINUTES * 60 // STEP_S
HASTY = Patience(connect_s=1.0, read_s=1.5, answer_s=10.0, attempts=2, first_pause_s=0.01)
METRICS = ("duration_seconds_bucket|duration_seconds_count|duration_seconds_sum", "queue_length", "requests_total")

Spoil = Callable[[BaseHTTPRequestHandler, str, bytes], bool]
"""(request, its query, the true answer) -> True where it answered itself."""


@contextmanager
def proxy(upstream: str, spoil: Spoil) -> Iterator[str]:
    def answer(handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        query = parse_qs(url.query).get("query", [""])[0]
        try:
            with urllib.request.urlopen(upstream + handler.path, timeout=20) as true:
                body, status = true.read(), true.status
        except urllib.error.HTTPError as error:
            body, status = error.read(), error.code
        if not spoil(handler, query, body):
            reply(handler, body, status)

    with server(answer) as url:
        yield url


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    with open_world(Settings(data_dir=tmp_path / "data")) as opened:
        yield opened


def collected(world: World, url: str, recording: str = "live", window: Window = WINDOW) -> Collected:
    remote = HttpRemote(url, patience=HASTY)
    wanted = Wanted(window, STEP_S, "")
    try:
        return collect(
            LOCAL_OWNER, world, Collection(EXTENSION, url, remote, wanted, recording), lambda _what, _done, _total: None
        )
    finally:
        remote.close()


def metric_rows(done: Collected) -> int:
    return dict(done.imported.rows).get("metrics", 0) if done.imported else 0


def recorded_gaps(world: World) -> list[str]:
    known = world.recordings.get("live")
    return [gap.detail for gap in known.gaps] if known else []


def signals(world: World, recording: str) -> Table:
    return world.warehouse.run(MetricSignalQuery((recording,), (WINDOW,), 60), world.catalogue.segments((recording,)))


def samples(world: World, recording: str) -> list[tuple[object, ...]]:
    """Every row of metrics, by all that it says."""
    paths = [
        world.data_dir / file.path
        for segment in world.catalogue.segments((recording,))
        for file in segment.files
        if file.table == "metrics"
    ]
    rows = [row for path in paths for row in pq.read_table(path).to_pylist()]
    return sorted((tuple(map(str, row.values())) for row in rows), key=str)


def test_what_is_collected_is_what_the_same_answers_give_as_files(
    world: World, prometheus: str, tmp_path: Path
) -> None:
    """The file form asks Prometheus by hand, as a person does with curl."""
    folder = tmp_path / "by-hand"
    folder.mkdir()
    for number, names in enumerate(METRICS):
        ends = {"start": format_time(START), "end": format_time(WINDOW.end - timedelta(seconds=STEP_S))}
        asked = urlencode({"query": f'{{__name__=~"{names}"}}', **ends, "step": f"{STEP_S}s"})
        with urllib.request.urlopen(f"{prometheus}/api/v1/query_range?{asked}", timeout=20) as answer:
            (folder / f"{number}.json").write_bytes(answer.read())
    import_path(LOCAL_OWNER, world, ImportRequest(folder, "files"), lambda _what, _done, _total: None)
    collected(world, prometheus)
    assert len(samples(world, "live")) == ALL_ROWS
    assert samples(world, "live") == samples(world, "files")
    assert signals(world, "live").hash == signals(world, "files").hash


def test_a_metric_that_is_too_slow_is_a_gap_and_the_others_come(world: World, prometheus: str) -> None:
    ended = threading.Event()

    def delays(_handler: BaseHTTPRequestHandler, query: str, _body: bytes) -> bool:
        return "queue_length" in query and ended.wait(30)

    with proxy(prometheus, delays) as url:
        done = collected(world, url)
        ended.set()
    assert metric_rows(done) == ALL_ROWS - QUEUE_ROWS
    (gap,) = done.missing
    assert (gap.reason, gap.window) == (GapReason.FAILED, WINDOW)
    assert "queue_length" in gap.detail and "does not answer" in gap.detail
    assert gap.detail in recorded_gaps(world)


@pytest.mark.parametrize(
    ("spoilt", "told"),
    [
        (lambda body: body[: len(body) // 2], "not answered as Prometheus does"),
        (lambda _body: b"<html>Bad gateway</html>", "not answered as Prometheus does"),
        (
            lambda _body: json.dumps({"status": "error", "error": "timed out"}).encode(),
            "not answered as Prometheus does",
        ),
    ],
    ids=["cut off", "a page of a proxy", "an error"],
)
def test_a_metric_that_is_answered_wrongly_is_a_gap_and_the_others_come(
    world: World, prometheus: str, spoilt: Callable[[bytes], bytes], told: str
) -> None:
    def garbles(handler: BaseHTTPRequestHandler, query: str, body: bytes) -> bool:
        if "queue_length" not in query:
            return False
        reply(handler, spoilt(body))
        return True

    with proxy(prometheus, garbles) as url:
        done = collected(world, url)
    assert metric_rows(done) == ALL_ROWS - QUEUE_ROWS
    (gap,) = done.missing
    assert "queue_length" in gap.detail and told in gap.detail


def test_a_connection_that_breaks_within_an_answer_is_a_gap(world: World, prometheus: str) -> None:
    def breaks(handler: BaseHTTPRequestHandler, query: str, body: bytes) -> bool:
        if "queue_length" not in query:
            return False
        handler.send_response(200)
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body[: len(body) // 2])
        handler.close_connection = True
        return True

    with proxy(prometheus, breaks) as url:
        done = collected(world, url)
    assert metric_rows(done) == ALL_ROWS - QUEUE_ROWS
    (gap,) = done.missing
    assert "queue_length" in gap.detail and "does not answer" in gap.detail


def test_a_server_that_goes_down_midway_loses_nothing_and_the_next_collection_brings_the_rest_once(
    world: World, prometheus: str
) -> None:
    down = threading.Event()

    def gives_up(handler: BaseHTTPRequestHandler, query: str, _body: bytes) -> bool:
        if "queue_length" in query:
            down.set()
        if down.is_set():
            reply(handler, b"overloaded", 503)
        return down.is_set()

    with proxy(prometheus, lambda *asked: not healed and gives_up(*asked)) as url:
        healed: list[bool] = []
        first = collected(world, url)
        assert 0 < metric_rows(first) < ALL_ROWS
        assert first.missing and "503" in " ".join(gap.detail for gap in first.missing)
        assert {gap.detail for gap in first.missing} <= set(recorded_gaps(world))
        healed.append(True)
        second = collected(world, url)
        assert metric_rows(first) + metric_rows(second) == ALL_ROWS
        assert second.missing == () and recorded_gaps(world) == []
        third = collected(world, url)
    assert (metric_rows(third), third.missing) == (0, ())
    assert len(set(samples(world, "live"))) == len(samples(world, "live")) == ALL_ROWS


def test_windows_that_overlap_give_the_signals_of_one_window(world: World, prometheus: str) -> None:
    collected(world, prometheus, "once")
    middle = START + timedelta(minutes=MINUTES // 2)
    later = timedelta(minutes=30)
    collected(world, prometheus, "twice", Window(START, middle + later))
    collected(world, prometheus, "twice", Window(middle, WINDOW.end))
    once, twice = (signals(world, name).arrow.drop_columns(["samples"]) for name in ("once", "twice"))
    assert twice.equals(once)
