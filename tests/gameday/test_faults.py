"""Each fault really does what it says: memory is kept, processes die and come back, calls repeat, answers wait."""

import asyncio
import json
import logging
import multiprocessing
import os
import signal
import socket
import subprocess
import sys
import threading
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from opentelemetry import metrics, trace

from secondstory.gameday.children import Child, Nursery
from secondstory.gameday.fleet import Running
from secondstory.gameday.keeper import Keeper
from secondstory.gameday.names import PLAIN_NAMES
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.shop import catalogue, payment
from secondstory.gameday.shop.http import Caller, Endpoint, Means, Payload, Refused
from secondstory.gameday.shop.instance import Instance, Settings, write_instance
from secondstory.gameday.shop.telemetry import Telemetry
from secondstory.gameday.shop.weakness import EXIT_CODE, Weakness


@pytest.fixture
def instance(tmp_path: Path) -> Instance:
    return Instance(
        role="cart",
        name="cart",
        version="1",
        instance_id="cart-1",
        environment="test",
        collector_url="http://127.0.0.1:9",
        directory=tmp_path / "directory.json",
        settings=tmp_path / "settings.json",
        names=PLAIN_NAMES,
        database_url="",
        export_s=60,
        seed=1,
        options={},
    )


def silent_telemetry() -> Telemetry:
    meter = metrics.NoOpMeterProvider().get_meter("test")
    return Telemetry(
        tracer=trace.NoOpTracerProvider().get_tracer("test"),
        meter=meter,
        log=logging.getLogger("laboratory-test"),
        served_s=meter.create_histogram("served"),
        active=meter.create_up_down_counter("active"),
        retries=meter.create_counter("retries"),
        providers=(),
    )


def means(instance: Instance, **options: str) -> Means:
    changed = replace(instance, options=options)
    telemetry, settings = silent_telemetry(), Settings(changed)
    return Means(changed, settings, telemetry, Caller(changed, telemetry, settings))


def answer(_: Payload) -> Payload:
    return {"well": True}


def borne(instance: Instance, **options: str) -> Endpoint:
    given = means(instance, **options)
    return Weakness(given.settings, given.telemetry).borne_by(Endpoint("POST", "/", answer, in_thread=True))


def test_memory_leak_keeps_the_memory_of_every_request(instance: Instance) -> None:
    leaking = borne(instance, **{"cache.entry_kb": "4096"})
    # Not what is resident: that does not grow where memory that tests before gave back is used again.
    tracemalloc.start()
    try:
        for _ in range(8):
            leaking.handler({})
        kept, _most = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert kept > 6 * 4096 * 1024


def test_crash_loop_ends_the_process_at_the_very_request(instance: Instance) -> None:
    # Not forked: locks that other threads of this process hold would never be let go of in the child.
    child = multiprocessing.get_context("spawn").Process(target=three_requests, args=(instance,))
    child.start()
    child.join(60)
    assert child.exitcode == EXIT_CODE


def three_requests(instance: Instance) -> None:
    dying = borne(instance, **{"abort.every": "3"})
    for _ in range(3):
        dying.handler({})


def test_a_guarded_service_refuses_what_is_too_much_and_counts_it(instance: Instance) -> None:
    guarded = borne(instance, **{"guard.per_s": "3"})
    answers = [guarded.handler({}) for _ in range(3)]
    assert len(answers) == 3
    for _ in range(2):
        with pytest.raises(Refused, match="too many"):
            guarded.handler({})


@pytest.fixture
def refusing(instance: Instance) -> Iterator[list[str]]:
    """A server that refuses all; the paths that it was asked for."""
    asked: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            asked.append(self.path)
            self.rfile.read(int(self.headers["content-length"]))
            self.send_response(503)
            self.end_headers()
            self.wfile.write(b"{}")

        def log_message(self, *_: object) -> None:
            return

    server = HTTPServer(("127.0.0.1", 0), Handler)
    instance.directory.write_text(json.dumps({"catalogue": [server.server_port]}))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield asked
    server.shutdown()
    server.server_close()


def call(given: Means) -> None:
    async def once() -> None:
        try:
            await given.caller.post("catalogue", "/catalogue/page", {"page": "1"}, timeout_s=2.0, retries=0)
        finally:
            await given.caller.close()

    asyncio.run(once())


def test_retry_storm_sends_a_refused_call_as_often_as_the_policy_says(instance: Instance, refusing: list[str]) -> None:
    with pytest.raises(Refused):
        call(means(instance, **{"client.retries": "7", "client.wait_s": "0.001"}))
    assert len(refusing) == 8


def test_bad_configuration_of_a_time_limit_gives_up_on_a_service_that_answers(instance: Instance) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        instance.directory.write_text(json.dumps({"catalogue": [listening.getsockname()[1]]}))
        with pytest.raises(Refused, match=r"did not answer within 0\.004 s"):
            call(means(instance, **{"client.timeout_s": "0.004"}))


def test_bad_configuration_of_a_file_or_a_key_makes_requests_fail(instance: Instance) -> None:
    (page,) = catalogue.endpoints(means(instance, **{"prices.file": "/nowhere/prices.csv"}))
    with pytest.raises(Refused, match="no prices"):
        asyncio.run(page.handler({"page": "1"}))
    (charge,) = payment.endpoints(means(instance, **{"bank.key": "2025"}))
    with pytest.raises(Refused, match="does not know us"):
        asyncio.run(charge.handler({"order": 1, "amount": 5.0}))


def test_slow_dependency_makes_each_answer_wait_and_a_setting_ends_it(instance: Instance) -> None:
    given = means(instance, **{"disk.delay_s": "0.2"})
    (page,) = catalogue.endpoints(given)

    def lasted_s() -> float:
        async def one() -> float:
            loop = asyncio.get_running_loop()
            began = loop.time()
            await page.handler({"page": "1"})
            return loop.time() - began

        return asyncio.run(one())

    assert lasted_s() >= 0.1
    instance.settings.write_text(json.dumps({"cart": {"disk.delay_s": "0.0001"}}))
    assert given.settings.number("disk.delay_s", 0) == 0.0001


class Revived:
    """A fleet of one child that remembers why it had to be started again."""

    def __init__(self, running: Running) -> None:
        self.running = [running]
        self.reasons: list[tuple[str, float]] = []

    async def revive(self, dead: Running, reason: str, wait_s: float) -> None:
        assert dead in self.running
        self.reasons.append((reason, wait_s))


@pytest.mark.parametrize(("limit_mb", "ends", "reason"), [("100000", True, "Error"), ("1", False, "OOMKilled")])
def test_the_keeper_restarts_what_died_and_kills_what_outgrew_its_limit(
    instance: Instance, limit_mb: str, ends: bool, reason: str
) -> None:
    waiting = subprocess.Popen([sys.executable, "-c", "import signal; signal.pause()"])
    child = Child(waiting.pid)
    if ends:
        child.signal(signal.SIGKILL)
    fleet, sent = Revived(Running(replace(instance, options={"memory.limit_mb": limit_mb}), child, 0)), []
    keeper = Keeper(fleet, 0.01, sent.append)

    async def watch() -> None:
        watching = asyncio.create_task(keeper.run())
        async with asyncio.timeout(20):
            while not fleet.reasons:
                await asyncio.sleep(0.01)
        watching.cancel()

    asyncio.run(watch())
    waiting.wait(20)
    child.end()
    assert fleet.reasons[0] == (reason, 0.5)
    assert keeper.restarts("cart") >= 1
    assert sent[0].resource_metrics[0].scope_metrics[0].metrics[0].name == "k8s.container.restart.count"


def test_the_nursery_forks_an_instance_that_can_be_watched_and_ended(tmp_path: Path, instance: Instance) -> None:
    settings, log = tmp_path / "cart-1.json", tmp_path / "log"
    write_instance(replace(instance, options={"db.pool.max": "1", "db.pool.timeout_s": "1"}), settings)
    nursery = Nursery()
    with socket.create_server(("127.0.0.1", 0)) as listening:
        child = nursery.fork(settings, listening, log)
        with socket.create_connection(listening.getsockname(), timeout=30) as asking:
            asking.sendall(b"GET /health HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n")
            assert asking.recv(12) == b"HTTP/1.1 200"
    assert child.alive()
    child.signal(signal.SIGKILL)
    assert child.wait(20)
    child.end()
    nursery.close()


def children() -> set[int]:
    """The numbers of this process's children."""
    listed = [path.read_text() for path in Path("/proc/self/task").glob("*/children")]
    return {int(number) for numbers in listed for number in numbers.split()}


def test_a_nursery_that_is_gone_is_told(tmp_path: Path) -> None:
    others = children()
    nursery = Nursery()
    (born,) = children() - others
    os.kill(born, signal.SIGKILL)
    with (
        socket.create_server(("127.0.0.1", 0)) as listening,
        pytest.raises(LaboratoryProblem, match="forked from has ended"),
    ):
        nursery.fork(tmp_path / "settings.json", listening, tmp_path / "log")
    nursery.close()
