"""Makes telemetry of a made-up shop, the same for the same seed: log lines as JSON, samples and spans as Arrow tables.

A day of twelve services with three instances each. Log lines are about 240 bytes; every 40th names an e-mail address,
every 200th a token, and each names one of 50,000 users.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import SCHEMAS, TableName
from secondstory.model.window import epoch_us

START = datetime(2026, 3, 1, tzinfo=UTC)
DAY_US = 24 * 3600 * 1_000_000
SERVICES = (
    "gateway",
    "checkout",
    "cart",
    "orders",
    "payment",
    "catalogue",
    "search",
    "users",
    "shipping",
    "mail",
    "stock",
    "prices",
)
INSTANCES = 3
STEP_S = 15
_ROWS = 250_000  # at a time
_MESSAGES = (
    "request finished with status {0} in {1} ms",
    "cache miss for key item:{1}, loading from the database",
    "opened connection {0} to the database, {1} in use",
    "order {1} accepted with {0} lines",
    "retrying call to stock after {1} ms, attempt {0}",
    "published event {1} to topic orders, partition {0}",
    "session of customer checked in {1} us",
    "price list {0} applied to {1} items",
    "slow query on table orders took {1} ms and returned {0} rows",
    "connection pool is at {0} of {1}",
)
_MAIL = " for jane.roe{1}@example.com"
_TOKEN = " with authorization: Bearer 9f{1}aZ81kQpT{1}"
_BOUNDS = [5.0, 10.0, 25.0, 50.0, 100.0, 250.0, 500.0, 1000.0]
Random = np.random.Generator
Numbers = npt.NDArray[np.int64]


def write_log_lines(path: Path, rows: int, seed: int) -> None:
    """JSON lines, in order of time."""
    random = np.random.default_rng(seed)
    with path.open("wb") as file:
        for first in range(0, rows, _ROWS):
            count = min(_ROWS, rows - first)
            lines = _log_lines(random, epoch_us(START) + (np.arange(first, first + count) * DAY_US) // rows)
            offsets = np.frombuffer(lines.buffers()[1], dtype=np.int32)
            file.write(memoryview(lines.buffers()[2])[: offsets[len(lines)]])


def sample_tables(rows: int, seed: int) -> Iterator[pa.Table]:
    """Metrics: for each service and instance 18 gauges, 4 counters and 2 histograms every 15 seconds."""
    random = np.random.default_rng(seed)
    series = len(SERVICES) * INSTANCES * 24
    for first in range(0, rows, _ROWS):
        number = np.arange(first, min(first + _ROWS, rows))
        yield _samples(random, step=number // series, series=number % series)


def span_tables(rows: int, seed: int) -> Iterator[pa.Table]:
    """Spans: traces of five, from the gateway over one service to another, with client spans between."""
    random = np.random.default_rng(seed)
    for first in range(0, rows, _ROWS):
        yield _spans(random, np.arange(first, min(first + _ROWS, rows)), rows)


def _log_lines(random: Random, time_us: Numbers) -> pa.Array:
    count = len(time_us)
    service = random.choice(len(SERVICES), count, p=_shares(len(SERVICES)))
    level = random.choice(4, count, p=[0.9, 0.06, 0.03, 0.01])
    parts = [
        '{"timestamp":"',
        pc.strftime(pa.array(time_us, pa.timestamp("us")), "%Y-%m-%dT%H:%M:%S"),
        'Z","level":"',
        _chosen(("INFO", "WARN", "ERROR", "DEBUG"), level),
        '","service":"',
        _chosen(SERVICES, service),
        '","pod":"',
        _chosen(SERVICES, service),
        "-",
        _texts(random.integers(0, INSTANCES, count)),
        '","message":"',
        _messages(random, count),
        '","trace_id":"',
        _hex(random, count, 16),
        '","span_id":"',
        _hex(random, count, 8),
        '","user.id":"user-',
        _texts(random.zipf(1.3, count) % 50_000),
        '"}\n',
    ]
    return _joined(parts, count)


def _messages(random: Random, count: int) -> pa.Array:
    few, many = _texts(random.integers(1, 40, count)), _texts(random.integers(1, 100_000, count))
    number = np.arange(count)
    endings = np.where(number % 200 == 7, 2, np.where(number % 40 == 3, 1, 0))
    template = random.choice(len(_MESSAGES), count, p=_shares(len(_MESSAGES)))
    shapes = [shape + ending for shape in _MESSAGES for ending in ("", _MAIL, _TOKEN)]
    order, messages = [], []
    which = template * 3 + endings
    for place, shape in enumerate(shapes):
        rows = np.flatnonzero(which == place)
        order.append(rows)
        pieces: list[str | pa.Array] = []
        for piece in shape.replace("{0}", "|0|").replace("{1}", "|1|").split("|"):
            pieces.append({"0": few, "1": many}[piece].take(pa.array(rows)) if piece in ("0", "1") else piece)
        messages.append(_joined(pieces, len(rows)))
    back = np.argsort(np.concatenate(order), kind="stable")
    return pa.concat_arrays(messages).take(pa.array(back))


def _samples(random: Random, step: Numbers, series: Numbers) -> pa.Table:
    count = len(step)
    metric, place = series % 24, series // 24
    service, instance = place % len(SERVICES), place // len(SERVICES)
    kinds = np.where(metric < 18, 0, np.where(metric < 22, 1, 2))
    noise = random.normal(1.0, 0.1, count)
    histogram = kinds == 2
    counts = random.integers(20, 60, (count, len(_BOUNDS) + 1))
    empty = pa.nulls(count, pa.list_(pa.float64()))
    bounds = pa.FixedSizeListArray.from_arrays(pa.array(np.tile(_BOUNDS, count)), len(_BOUNDS)).cast(empty.type)
    buckets = pa.FixedSizeListArray.from_arrays(pa.array(counts.ravel()), len(_BOUNDS) + 1)
    mask = pa.array(histogram)
    return _table(
        TableName.METRICS,
        count,
        time=pa.array(epoch_us(START) + step * STEP_S * 1_000_000, pa.timestamp("us", tz="UTC")),
        service=_chosen(SERVICES, service),
        instance=_joined([_chosen(SERVICES, service), "-", _texts(instance)], count),
        name=_joined(["app.metric_", _texts(metric)], count),
        kind=_chosen(("gauge", "sum", "histogram"), kinds),
        temporality=pc.if_else(pa.array(kinds == 0), None, "cumulative"),
        value=pc.if_else(mask, None, pa.array(np.where(kinds == 0, 50 * noise, step * 40.0 + instance))),
        count=pc.if_else(mask, pa.array(counts.sum(axis=1)), None),
        sum=pc.if_else(mask, pa.array(counts.sum(axis=1) * 60.0 * noise), None),
        bounds=pc.if_else(mask, bounds, empty),
        buckets=pc.if_else(mask, buckets.cast(pa.list_(pa.int64())), pa.nulls(count, pa.list_(pa.int64()))),
        unit=_chosen(("1",), np.zeros(count, dtype=np.int64)),
    )


def _spans(random: Random, number: Numbers, rows: int) -> pa.Table:
    count = len(number)
    trace, depth = number // 5, number % 5
    middle, last = 1 + trace % 5, 6 + trace % 6
    service = np.choose((depth + 1) // 2, [np.zeros_like(trace), middle, last])
    base = random.lognormal(9.5, 0.6, count // 5 + 2)[trace - trace[0]]
    status = np.where(random.random(count) < 0.01, 1, 2)
    ids = np.char.mod("%016x", number + 1)
    parents = np.where(depth == 0, None, np.char.mod("%016x", number))
    users = _texts(random.zipf(1.3, count) % 50_000)
    return _table(
        TableName.SPANS,
        count,
        time=pa.array(epoch_us(START) + trace * 5 * DAY_US // rows + depth * 150, pa.timestamp("us", tz="UTC")),
        service=_chosen(SERVICES, service),
        instance=_joined([_chosen(SERVICES, service), "-", _texts(trace % INSTANCES)], count),
        duration=pa.array((base * (1 - 0.12 * depth)).astype(np.int64)),
        name=_joined([_chosen(("GET /", "POST /"), trace % 2), _chosen(SERVICES, service)], count),
        kind=_chosen(("server", "client"), depth % 2),
        status=_chosen(("ok", "error", "unset"), status),
        trace_id=pa.array(np.char.mod("%032x", trace + 1)),
        span_id=pa.array(ids),
        parent_span_id=pa.array(parents, pa.string()),
        events=_chosen(("[]",), np.zeros(count, dtype=np.int64)),
        links=_chosen(("[]",), np.zeros(count, dtype=np.int64)),
        sample_weight=pa.array(np.ones(count)),
        attributes=_joined(['{"http.request.method":"GET","user.id":"user-', users, '"}'], count),
    )


def _table(table_name: TableName, rows: int, **columns: pa.Array) -> pa.Table:
    braces = _chosen(("{}",), np.zeros(rows, dtype=np.int64))
    given = {"resource": braces, "attributes": braces, "version": _chosen(("1.4.2",), np.zeros(rows, dtype=np.int64))}
    given |= columns
    schema = SCHEMAS[table_name]
    arrays = [given[field.name] if field.name in given else pa.nulls(rows, field.type) for field in schema]
    return pa.table(arrays, schema=schema)


def _shares(count: int) -> npt.NDArray[np.float64]:
    weights = 1.0 / np.arange(1, count + 1)
    return weights / weights.sum()


def _chosen(names: tuple[str, ...], places: npt.NDArray[np.integer]) -> pa.Array:
    return pa.array(np.array(names)).take(pa.array(places))


def _texts(numbers: npt.NDArray[np.integer]) -> pa.Array:
    return pa.array(numbers).cast(pa.string())


def _hex(random: Random, count: int, size: int) -> pa.Array:
    digits = np.frombuffer(random.bytes(count * size).hex().encode(), dtype=np.uint8)
    offsets = np.arange(0, 2 * size * (count + 1), 2 * size, dtype=np.int32)
    return pa.StringArray.from_buffers(count, pa.py_buffer(offsets), pa.py_buffer(digits))


def _joined(parts: list[str | pa.Array], count: int) -> pa.Array:
    if not count:
        return pa.array(np.array([], dtype=str))
    return pc.binary_join_element_wise(*(pa.scalar(part) if isinstance(part, str) else part for part in parts), "")
