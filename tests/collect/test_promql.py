"""Every expression gives the same points here as on a real Prometheus with the same samples."""

import json
import math
import shutil
import subprocess
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from secondstory.algorithms.promql import CannotReplay, Row, Series, evaluate, parse, written

from .conftest import free_port, wait_until_ready
from .promql_samples import LENGTH_MS, START_MS, made_series, send

STEP_MS = 37_000
TIMES_MS = np.arange(START_MS - 60_000, START_MS + LENGTH_MS + 420_000, STEP_MS, dtype=np.int64)
CLOSE = 1e-9
Points = dict[tuple[tuple[str, str], ...], dict[int, float]]

EXPRESSIONS = (
    "queue_length",
    'queue_length{job="orders"}',
    'queue_length{job!="orders"}',
    'queue_length{job=~"or.*|gate.*",instance!~"b"}',
    '{__name__=~"queue_.*",job="batch"}',
    'queue_length{missing=""}',
    "queue_length offset 5m",
    "queue_length offset -90s",
    "-queue_length",
    "+queue_length ^ 2",
    "-2 ^ 2 * queue_length",
    "queue_length % 7",
    "queue_length / 0",
    "2 ^ 3 ^ 2 + 0x1F + queue_length",
    "1e3 - queue_length * .5",
    "rate(requests_total[1m])",
    "rate(requests_total[5m])",
    "rate(requests_total[20s])",
    "rate(requests_total[5m] offset 2m)",
    "irate(requests_total[2m])",
    "increase(requests_total[10m])",
    "increase(requests_total[1h])",
    "delta(queue_length[5m])",
    "idelta(queue_length[5m])",
    "deriv(queue_length[5m])",
    "predict_linear(queue_length[10m], 3600)",
    "changes(queue_length[5m])",
    "resets(requests_total[30m])",
    "avg_over_time(queue_length[5m])",
    "sum_over_time(queue_length[5m])",
    "min_over_time(queue_length[5m])",
    "max_over_time(queue_length[5m])",
    "count_over_time(queue_length[5m])",
    "last_over_time(queue_length[9m])",
    "present_over_time(queue_length[1m])",
    "stddev_over_time(queue_length[5m])",
    "stdvar_over_time(queue_length[5m])",
    "quantile_over_time(0.9, queue_length[5m])",
    "sum(rate(requests_total[1m]))",
    "sum by (job) (rate(requests_total[5m]))",
    "sum(rate(requests_total[5m])) without (instance, code)",
    "avg by (instance) (queue_length)",
    "min(queue_length)",
    "max by (job) (queue_length)",
    "count(queue_length)",
    "count by (job) (queue_length > 20)",
    "group by (job) (queue_length)",
    "stddev(queue_length)",
    "stdvar by (job) (queue_length)",
    "quantile(0.75, queue_length)",
    "topk(2, rate(requests_total[5m]))",
    "bottomk by (job) (1, rate(requests_total[5m]))",
    "queue_length > 20",
    "20 < queue_length",
    "queue_length > bool 20",
    "queue_length == bool queue_length",
    "1 > bool 2",
    "queue_length >= queue_length offset 1m",
    "queue_length != 20",
    "queue_length / pool_limit",
    "queue_length / pool_limit > 0.5",
    "queue_length < pool_limit",
    "queue_length and queue_length > 25",
    "queue_length > 30 or queue_length < 5",
    "queue_length unless queue_length > 10",
    'queue_length and on (job) build_info{version="1.6"}',
    "queue_length unless ignoring (instance) build_info",
    "queue_length * on (job) group_left (version) build_info",
    "build_info * on (job) group_right (version) queue_length",
    "sum by (job) (queue_length) / on (job) sum by (job) (pool_limit)",
    'rate(requests_total{code="500"}[5m]) / ignoring (code) rate(requests_total{code="200"}[5m])',
    'sum by (job) (rate(requests_total{code=~"5.."}[5m])) / sum by (job) (rate(requests_total[5m])) > 0.05',
    "rate(requests_total[5m]) / ignoring (code) group_left () sum without (code) (rate(requests_total[5m]))",
    "histogram_quantile(0.95, sum by (le) (rate(duration_seconds_bucket[5m])))",
    "histogram_quantile(0.5, rate(duration_seconds_bucket[1m]))",
    "histogram_quantile(0.99, sum by (job, le) (rate(duration_seconds_bucket[2m])))",
    "histogram_quantile(1.2, duration_seconds_bucket)",
    'histogram_quantile(0.9, duration_seconds_bucket{le!="+Inf"})',
    "histogram_quantile(0, duration_seconds_bucket)",
    "absent(queue_length)",
    'absent(lonely{job="x"})',
    "absent(lonely)",
    "absent(sum(lonely))",
    "absent_over_time(lonely[2m])",
    'absent_over_time(requests_total{job="gateway",code="200"}[1m])',
    "clamp_min(queue_length, 10)",
    "clamp_max(queue_length, 30)",
    "clamp(queue_length, 10, 30)",
    "clamp(queue_length, 30, 10)",
    "abs(queue_length)",
    "ceil(queue_length) - floor(queue_length)",
    "sqrt(queue_length)",
    "ln(queue_length) + log2(queue_length) + log10(queue_length)",
    "exp(queue_length / 100)",
    "sgn(queue_length)",
    "scalar(lonely)",
    "queue_length > scalar(lonely)",
    "vector(time())",
    "time() - 5",
    "(1 - queue_length / pool_limit) / (1 - 0.995) > 14.4 and on () sum(rate(requests_total[1m])) > 0",
    "SUM BY (job) (queue_length) AND ON () vector(1)",
    "inf + queue_length",
    "lonely",
)
GIVES_NOTHING = ("clamp(queue_length, 30, 10)",)
REFUSED_BY_BOTH = (
    "queue_length +",
    "queue_length[5m]",
    "rate(queue_length)",
    "sum(queue_length",
    "{}",
    '{job=~".*"}',
    "1 > 2",
    "queue_length and 1",
    "queue_length * build_info bool",
    "requests_total / ignoring (instance) queue_length",
    "queue_length * on (job) build_info",
    "queue_length + ignoring (instance) queue_length",
    '{instance="a",job="orders"} * 2',
    "queue_length * on (job) group_left (job) build_info",
    "rate(requests_total[5x])",
    "nonsense(queue_length)",
    "queue_length{job=~'('}",
)
REFUSED_HERE = (
    ("max_over_time(rate(requests_total[1m])[10m:1m])", "subqueries", 39),
    ("max_over_time(queue_length[10m:1m])", "subqueries", 31),
    ("queue_length @ 1790000000", "@ modifier", 14),
    ('label_replace(queue_length, "a", "$1", "job", "(.*)")', "label_replace", 1),
    ("sort(queue_length)", "sort", 1),
    ("count_values('v', queue_length)", "count_values", 1),
)


@dataclass
class Server:
    """A Prometheus that holds the samples, and how many points of it were compared."""

    address: str
    series: tuple[Series, ...]
    compared: list[int] = field(default_factory=list)

    def points(self, expression: str) -> Points | None:
        """What it answers over the grid; None where it refuses."""
        asked = {"query": expression, "start": TIMES_MS[0] / 1000, "end": TIMES_MS[-1] / 1000, "step": STEP_MS / 1000}
        request = urllib.request.Request(f"{self.address}/api/v1/query_range", urllib.parse.urlencode(asked).encode())
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:
                found = json.load(answer)["data"]["result"]
        except urllib.error.HTTPError as error:
            assert error.code in (400, 422), error.read()
            return None
        return {
            tuple(sorted(row["metric"].items())): {round(at * 1000): float(value) for at, value in row["values"]}
            for row in found
        }

    def check(self, expression: str) -> None:
        parsed = parse(expression)
        ours = parsed if isinstance(parsed, CannotReplay) else evaluate(parsed, self.series, TIMES_MS)
        theirs = self.points(expression)
        if theirs is None or isinstance(ours, CannotReplay):
            assert theirs is None and isinstance(ours, CannotReplay), f"{expression}: ours {ours}, theirs {theirs}"
            return
        differences(expression, points_of(ours), theirs)
        self.compared.append(sum(map(len, theirs.values())))


def points_of(rows: tuple[Row, ...]) -> Points:
    return {
        row.labels: dict(zip(TIMES_MS[row.present].tolist(), row.values[row.present].tolist(), strict=True))
        for row in rows
    }


def differences(expression: str, ours: Points, theirs: Points) -> None:
    assert ours.keys() == theirs.keys(), expression
    for labels, points in theirs.items():
        assert ours[labels].keys() == points.keys(), f"{expression}: {labels}"
        for at, value in points.items():
            mine = ours[labels][at]
            alike = mine == value or (math.isnan(mine) and math.isnan(value))
            assert alike or math.isclose(mine, value, rel_tol=CLOSE, abs_tol=1e-12), (
                f"{expression}: {labels} at {at}: ours {mine}, theirs {value}"
            )


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    binary = shutil.which("prometheus")
    if binary is None:
        pytest.skip("Debian's package prometheus is not installed: APT=1 make setup")
    folder: Path = tmp_path_factory.mktemp("promql")
    (folder / "prometheus.yaml").write_text("{}\n")
    address = f"127.0.0.1:{free_port()}"
    arguments = [f"--config.file={folder / 'prometheus.yaml'}", f"--storage.tsdb.path={folder / 'data'}"]
    arguments += [f"--web.listen-address={address}", "--web.enable-remote-write-receiver"]
    arguments += ["--storage.tsdb.retention.time=100y"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen([binary, *arguments], stdout=log, stderr=log)
    try:
        wait_until_ready(f"http://{address}/-/ready", folder / "log")
        held = Server(f"http://{address}", made_series())
        send(held.address, held.series)
        yield held
    finally:
        process.terminate()
        process.wait(timeout=20)


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_every_point_is_the_same(server: Server, expression: str) -> None:
    server.check(expression)
    assert server.compared[-1] > 0 or expression in GIVES_NOTHING


@pytest.mark.parametrize("expression", EXPRESSIONS)
def test_what_is_written_again_means_the_same(expression: str) -> None:
    parsed = parse(expression)
    assert not isinstance(parsed, CannotReplay)
    again = parse(written(parsed))
    assert not isinstance(again, CannotReplay), written(parsed)
    series = made_series()
    first, second = evaluate(parsed, series, TIMES_MS), evaluate(again, series, TIMES_MS)
    assert not isinstance(first, CannotReplay) and not isinstance(second, CannotReplay)
    differences(expression, points_of(second), points_of(first))


@pytest.mark.parametrize("expression", REFUSED_BY_BOTH)
def test_what_prometheus_refuses_is_refused(server: Server, expression: str) -> None:
    assert server.points(expression) is None, "the list is wrong"
    server.check(expression)


@pytest.mark.parametrize(("expression", "reason", "position"), REFUSED_HERE)
def test_what_is_not_replayed_says_so_and_where(server: Server, expression: str, reason: str, position: int) -> None:
    refused = parse(expression)
    assert isinstance(refused, CannotReplay)
    assert reason in refused.reason and refused.position == position
    assert server.points(expression) is not None, "Prometheus knows it"


SELECTED = st.sampled_from(("queue_length", 'queue_length{job!="batch"}', "pool_limit", "requests_total", "build_info"))
LENGTHS = st.sampled_from(("20s", "1m", "5m", "17m"))
RANGED = st.builds(
    lambda function, selector, length, offset: f"{function}({selector}[{length}]{offset})",
    st.sampled_from(("rate", "increase", "delta", "irate", "avg_over_time", "max_over_time", "count_over_time")),
    SELECTED,
    LENGTHS,
    st.sampled_from(("", " offset 3m")),
)


def _larger(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    grouping = st.sampled_from(("", "by (job) ", "by (job, instance) ", "without (instance) ", "without (code) "))
    matching = st.sampled_from(("", " on (job)", " ignoring (instance)", " on (job, instance) group_left ()"))
    aggregated = st.builds(
        lambda op, group, part: f"{op} {group}({part})",
        st.sampled_from(("sum", "avg", "max", "count")),
        grouping,
        inner,
    )
    joined = st.builds(
        lambda left, op, match, right: f"({left}) {op}{match} ({right})",
        inner,
        st.sampled_from(("+", "-", "*", "/", ">", "<=", "== bool")),
        matching,
        inner,
    )
    sets = st.builds(
        lambda left, op, match, right: f"({left}) {op}{match} ({right})",
        inner,
        st.sampled_from(("and", "or", "unless")),
        st.sampled_from(("", " on (job)", " ignoring (code)")),
        inner,
    )
    with_number = st.builds(
        lambda part, op, number: f"({part}) {op} {number}",
        inner,
        st.sampled_from(("+", "*", "/", ">", "<", "> bool", "%")),
        st.sampled_from(("2", "0.5", "20", "-1")),
    )
    return st.one_of(aggregated, joined, sets, with_number)


@settings(
    max_examples=300, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(expression=st.recursive(SELECTED | RANGED, _larger, max_leaves=5))
def test_any_expression_agrees_with_prometheus(server: Server, expression: str) -> None:
    server.check(expression)
