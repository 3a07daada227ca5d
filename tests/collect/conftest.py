"""A real Prometheus on loopback over a recorded outage, and small servers that answer as a test wants."""

import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

START = datetime(2026, 3, 1, 12, tzinfo=UTC)
START_S = int(START.timestamp())
MINUTES = 240
STEP_S = 15
ALERT_MINUTES = (120, 150)
STARTING_S = 30

RULES = """
groups:
  - name: shop
    rules:
      - alert: OrdersSlow
        expr: queue_length > 50
        for: 2m
        labels: {severity: page}
      - record: job:requests:rate
        expr: rate(requests_total[5m])
"""


@pytest.fixture(scope="session")
def prometheus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a Prometheus with four hours of samples of two services."""
    binary, tool = shutil.which("prometheus"), shutil.which("promtool")
    if binary is None or tool is None:
        pytest.skip("Debian's package prometheus is not installed: APT=1 make setup")
    folder = tmp_path_factory.mktemp("prometheus")
    (folder / "samples").write_text(samples())
    command = [tool, "tsdb", "create-blocks-from", "openmetrics", str(folder / "samples"), str(folder / "data")]
    subprocess.run(command, check=True, capture_output=True)
    (folder / "rules.yaml").write_text(RULES)
    (folder / "prometheus.yaml").write_text(f"rule_files: [{folder / 'rules.yaml'}]\n")
    address = f"127.0.0.1:{free_port()}"
    arguments = [f"--config.file={folder / 'prometheus.yaml'}", f"--storage.tsdb.path={folder / 'data'}"]
    arguments += [f"--web.listen-address={address}", "--storage.tsdb.retention.time=100y"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([binary, *arguments], stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://{address}/-/ready", folder / "log")
        yield f"http://{address}"
    finally:
        process.terminate()
        process.wait(timeout=20)


def wait_until_ready(url: str, log: Path) -> None:
    until = time.monotonic() + STARTING_S
    while not is_ready(url):
        if time.monotonic() > until:
            pytest.fail(f"Prometheus did not start: {log.read_text()[-1000:]}")
        time.sleep(0.1)


def is_ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=1) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def samples() -> str:
    """OpenMetrics: a counter, a gauge and a histogram of two services, and an alert that fired for half an hour."""
    steps = [(number, START_S + number * STEP_S) for number in range(MINUTES * 60 // STEP_S)]
    lines = ["# TYPE requests counter"]
    for job in ("orders", "payment"):
        lines += [f'requests_total{{job="{job}",instance="{job}-1"}} {number * 30} {at}' for number, at in steps]
    lines.append("# TYPE queue_length gauge")
    for job in ("orders", "payment"):
        lines += [f'queue_length{{job="{job}",instance="{job}-1"}} {queue(job, at)} {at}' for _, at in steps]
    lines.append("# TYPE duration_seconds histogram")
    for bound, share in (("0.1", 20), ("+Inf", 30)):
        lines += [f'duration_seconds_bucket{{job="orders",le="{bound}"}} {n * share} {at}' for n, at in steps]
    lines += [f'duration_seconds_count{{job="orders"}} {number * 30} {at}' for number, at in steps]
    lines += [f'duration_seconds_sum{{job="orders"}} {number * 3} {at}' for number, at in steps]
    lines.append("# TYPE ALERTS gauge")
    alert = 'ALERTS{alertname="OrdersSlow",alertstate="firing",job="orders",severity="page"}'
    lines += [f"{alert} 1 {at}" for _, at in steps if alerting(at)]
    return "\n".join([*lines, "# EOF", ""])


def queue(job: str, at: int) -> int:
    return 80 if job == "orders" and alerting(at) else 10


def alerting(at: int) -> bool:
    return ALERT_MINUTES[0] <= (at - START_S) // 60 < ALERT_MINUTES[1]


Answer = Callable[[BaseHTTPRequestHandler], None]


@contextmanager
def server(answer: Answer) -> Iterator[str]:
    """A server on loopback that leaves each GET to `answer`."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            answer(self)

        def log_message(self, format: str, *args: object) -> None:
            """Keep the output of the tests clean."""

    listening = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=listening.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{listening.server_address[1]}"
    finally:
        listening.shutdown()
        thread.join()
        listening.server_close()


def reply(handler: BaseHTTPRequestHandler, body: bytes, status: int = 200, **headers: str) -> None:
    handler.send_response(status)
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    handler.wfile.write(body)
