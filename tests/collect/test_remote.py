"""Servers that are down, slow, garbled or sly: each ends soon, with a gap that says why, and what came is kept."""

import json
import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from secondstory.config import Settings
from secondstory.model.actor import LOCAL_OWNER
from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.gap import GapReason
from secondstory.model.window import Window
from secondstory.ports import Wanted
from secondstory.sources.live.prometheus import EXTENSION
from secondstory.sources.reading.remote import HttpRemote, Patience
from secondstory.usecases.collect import Collected, Collection, collect
from secondstory.wiring import open_remote, open_world

from .conftest import START, free_port, reply, server

HASTY = Patience(connect_s=0.5, read_s=0.5, answer_s=1.0, attempts=2, first_pause_s=0.01, most_bytes=100_000)
WINDOW = Window(START, START + timedelta(minutes=10))
WANTED = Wanted(WINDOW, 60, "")


def silent(what: str, done: float, total: float) -> None:
    """Progress that nobody watches."""


def collected(data_dir: Path, url: str, patience: Patience = HASTY) -> Collected:
    remote = HttpRemote(url, patience=patience)
    with open_world(Settings(data_dir=data_dir)) as world:
        done = collect(LOCAL_OWNER, world, Collection(EXTENSION, url, remote, WANTED, "live"), silent)
        kept = world.recordings.get("live")
        assert kept is not None
        assert set(done.missing) <= set(kept.gaps), "what is missing is a gap of the recording"
    remote.close()
    return done


def ask(url: str, patience: Patience = HASTY) -> bytes:
    remote = HttpRemote(url, patience=patience)
    try:
        return remote.get("/api", ())
    finally:
        remote.close()


class SmallPrometheus:
    """Answers like one with the gauges a and b; `spoil` may take over a request first, by telling True."""

    def __init__(self, spoil: Callable[[BaseHTTPRequestHandler, str], bool] = lambda _handler, _query: False) -> None:
        self._spoil = spoil
        self.asked: Counter[str] = Counter()

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        url = urlsplit(handler.path)
        query = parse_qs(url.query).get("query", [""])[0]
        self.asked[query or url.path] += 1
        if self._spoil(handler, query):
            return
        data: object = {"groups": []}
        if url.path.endswith("/values"):
            data = ["a", "b"]
        elif url.path.endswith("/series"):
            data = [{}]
        elif url.path.endswith("/query_range"):
            data = {"resultType": "matrix", "result": [] if "ALERTS" in query else [self.series(query)]}
        reply(handler, json.dumps({"status": "success", "data": data}).encode())

    def series(self, query: str) -> object:
        name = query.split('"')[1]
        values = [[START.timestamp() + 60 * number, "1"] for number in range(10)]
        return {"metric": {"__name__": name, "job": "orders"}, "values": values}


def test_a_server_that_is_down_leaves_a_gap_over_the_window(tmp_path: Path) -> None:
    done = collected(tmp_path / "data", f"http://127.0.0.1:{free_port()}")
    assert done.imported is None
    assert all(gap.reason is GapReason.FAILED and gap.window == WINDOW for gap in done.missing)
    assert any("does not answer" in gap.detail for gap in done.missing)


def test_one_part_that_fails_costs_only_itself(tmp_path: Path) -> None:
    def b_fails(handler: BaseHTTPRequestHandler, query: str) -> bool:
        if '"b"' not in query:
            return False
        reply(handler, b"overloaded", 503)
        return True

    prometheus = SmallPrometheus(b_fails)
    with server(prometheus) as url:
        done = collected(tmp_path / "data", url)
    assert done.imported is not None
    assert dict(done.imported.rows) == {"metrics": 10}
    (gap,) = done.missing
    assert "503" in gap.detail and "b-" in gap.detail
    assert prometheus.asked['{__name__="b"}'] == HASTY.attempts


def test_a_failure_in_passing_is_asked_again(tmp_path: Path) -> None:
    failed: Counter[str] = Counter()

    def first_fails(handler: BaseHTTPRequestHandler, query: str) -> bool:
        failed[handler.path] += 1
        if failed[handler.path] > 1:
            return False
        reply(handler, b"", 503)
        return True

    with server(SmallPrometheus(first_fails)) as url:
        done = collected(tmp_path / "data", url)
    assert done.missing == ()
    assert done.imported is not None and dict(done.imported.rows) == {"metrics": 20}


def test_what_was_missing_comes_with_the_next_collection_and_its_gap_goes(tmp_path: Path) -> None:
    down = [True]

    def b_fails(handler: BaseHTTPRequestHandler, query: str) -> bool:
        if not down[0] or '"b"' not in query:
            return False
        reply(handler, b"", 503)
        return True

    with server(SmallPrometheus(b_fails)) as url:
        assert len(collected(tmp_path / "data", url).missing) == 1
        down[0] = False
        done = collected(tmp_path / "data", url)
    assert done.missing == ()
    assert done.imported is not None and done.imported.gaps == () and dict(done.imported.rows) == {"metrics": 10}


def test_many_series_are_asked_for_in_short_stretches_and_none_is_lost(tmp_path: Path) -> None:
    """A metric of a hundred thousand series takes two answers here; each holds at most half a million samples."""
    stretches: list[tuple[str, str]] = []

    def counts(handler: BaseHTTPRequestHandler, query: str) -> bool:
        url = urlsplit(handler.path)
        asked = parse_qs(url.query)
        if url.path.endswith("/series"):
            reply(handler, json.dumps({"status": "success", "data": [0] * 100_000}).encode())
            return True
        if '"a"' not in query:
            return False
        start, end = (datetime.fromisoformat(asked[name][0]) for name in ("start", "end"))
        stretches.append((asked["start"][0], asked["end"][0]))
        times = [START + timedelta(minutes=number) for number in range(10)]
        values = [[time.timestamp(), "1"] for time in times if start <= time <= end]
        series = {"metric": {"__name__": "a", "job": "orders"}, "values": values}
        answer = {"status": "success", "data": {"resultType": "matrix", "result": [series]}}
        reply(handler, json.dumps(answer).encode())
        return True

    patient = replace(HASTY, most_bytes=10_000_000, answer_s=10.0, read_s=10.0)
    with server(SmallPrometheus(counts)) as url:
        done = collected(tmp_path / "data", url, patient)
    assert len(stretches) == 2
    assert done.missing == ()
    assert done.imported is not None and dict(done.imported.rows)["metrics"] == 20


def test_a_server_that_answers_garbage_leaves_gaps(tmp_path: Path) -> None:
    with server(lambda handler: reply(handler, b"<html>Sign in</html>")) as url:
        done = collected(tmp_path / "data", url)
    assert done.imported is None
    assert all("not answered as Prometheus does" in gap.detail for gap in done.missing)


def test_a_server_that_never_stops_talking_is_left() -> None:
    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while True:  # until nobody listens
                handler.wfile.write(b"x" * 10)
        except OSError:
            return

    with server(drips) as url, pytest.raises(Unavailable, match=r"longer than"):
        ask(url)


def test_after_failures_in_a_row_the_server_is_left_in_peace() -> None:
    counted: Counter[str] = Counter()

    def fails(handler: BaseHTTPRequestHandler) -> None:
        counted["asked"] += 1
        reply(handler, b"", 500)

    with server(fails) as url:
        remote = HttpRemote(url, patience=HASTY)
        for _ in range(20):
            with pytest.raises(Unavailable):
                remote.get("/api", ())
        with pytest.raises(Unavailable, match="not asked any more"):
            remote.get("/api", ())
        remote.close()
    assert counted["asked"] == HASTY.attempts * HASTY.failures_in_a_row


def test_redirects_are_not_followed() -> None:
    with (
        server(lambda handler: reply(handler, b"secret")) as other,
        server(lambda handler: reply(handler, b"", 302, Location=other)) as url,
        pytest.raises(Unavailable, match="another address"),
    ):
        ask(url)


def test_a_server_that_says_nothing_is_left_after_a_while() -> None:
    done = threading.Event()
    with server(lambda _handler: done.wait(10) and None) as url, pytest.raises(Unavailable, match="does not answer"):
        try:
            ask(url)
        finally:
            done.set()


@pytest.mark.parametrize("host", ["169.254.169.254", "[fe80::1]", "[::ffff:169.254.169.254]", "0.0.0.0"])
def test_link_local_and_other_special_addresses_are_refused(host: str) -> None:
    with pytest.raises(Unavailable, match="link-local"):
        ask(f"http://{host}:9090")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "127.0.0.1:9090", "http://user:word@127.0.0.1", "http://", "http://a/?q=1"]
)
def test_an_address_that_is_none_is_refused(url: str) -> None:
    with pytest.raises(BadInput, match="cannot be used"):
        HttpRemote(url)


def test_the_authorization_is_sent_and_in_no_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = []

    def refuses(handler: BaseHTTPRequestHandler) -> None:
        seen.append(handler.headers["Authorization"])
        reply(handler, b"no", 401)

    monkeypatch.setenv("PROMETHEUS_AUTHORIZATION", "Bearer open-sesame")
    settings = Settings(data_dir=tmp_path, collect_authorization_variable="PROMETHEUS_AUTHORIZATION")
    with server(refuses) as url, open_remote(settings, url) as remote, pytest.raises(Unavailable) as told:
        remote.get("/api", ())
    assert seen == ["Bearer open-sesame"]
    assert "401" in str(told.value) and "open-sesame" not in str(told.value)


def test_a_variable_that_is_not_set_is_named(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, collect_authorization_variable="NOT_SET_ANYWHERE")
    with pytest.raises(BadInput, match="NOT_SET_ANYWHERE"), open_remote(settings, "http://127.0.0.1:9"):
        pass
