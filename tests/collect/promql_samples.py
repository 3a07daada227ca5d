"""An hour of samples with all that goes wrong in them, and the protocol that gives them to a Prometheus."""

import struct
import urllib.request
from itertools import pairwise

import numpy as np

from secondstory.algorithms.promql import STALE, Series, labels_of

START_MS = 1_790_000_000_000
LENGTH_MS = 3_600_000
SCRAPE_MS = 15_000


def made_series() -> tuple[Series, ...]:
    """Counters that reset and pause, gauges below zero and not a number, histograms, series that begin and end."""
    dice = np.random.default_rng(20260401)
    found = [one for job in ("orders", "payment", "gateway") for one in of_job(job, dice)]
    late = START_MS + LENGTH_MS // 2 + np.arange(40, dtype=np.int64) * SCRAPE_MS
    found.append(series("queue_length", {"job": "batch", "instance": "a"}, late, np.arange(40, dtype=float)))
    found.append(series("lonely", {}, late[:4], np.array([1.0, 5.0, 2.0, 2.0])))
    return tuple(found)


def of_job(job: str, dice: np.random.Generator) -> list[Series]:
    version = {"job": job, "version": f"1.{len(job)}"}
    times = scraped(dice)
    whole = series("build_info", version, times, np.ones(times.size))
    instances = [one for instance in ("a", "b") for one in of_instance(job, instance, dice)]
    return [*instances, whole, *histogram(job, scraped(dice), dice)]


def of_instance(job: str, instance: str, dice: np.random.Generator) -> list[Series]:
    labels = {"job": job, "instance": instance}
    times = scraped(dice)
    limits = series("pool_limit", labels, times, np.full(times.size, 40.0))
    counters = [counter(labels, code, times, dice) for code in ("200", "500")]
    level = 20 + 15 * np.sin(np.arange(times.size) / 17) + dice.normal(0, 4, times.size)
    if job == "payment":
        level[::29] = np.nan
        level -= 25
    if labels == {"job": "gateway", "instance": "b"}:  # ends, and begins again a while later
        level[-60] = STALE
        times, level = np.delete(times, slice(-59, -20)), np.delete(level, slice(-59, -20))
    return [*counters, series("queue_length", labels, times, level), limits]


def counter(labels: dict[str, str], code: str, times: np.ndarray, dice: np.random.Generator) -> Series:
    counted = np.cumsum(dice.poisson(40 if code == "200" else 2, times.size)).astype(float)
    if labels["instance"] == "b":
        counted[times.size // 2 :] -= counted[times.size // 2 - 1]
    return series("requests_total", {**labels, "code": code}, times, counted)


def scraped(dice: np.random.Generator) -> np.ndarray:
    """Times of scrapes: a little uneven, some missed, and a pause of nine minutes."""
    times = START_MS + np.arange(0, LENGTH_MS, SCRAPE_MS, dtype=np.int64) + dice.integers(0, 900)
    times += dice.integers(-40, 40, times.size)
    kept = dice.random(times.size) > 0.03
    pause = START_MS + int(dice.integers(20, 30)) * 60_000
    return times[kept & ~((times > pause) & (times < pause + 540_000))]


def histogram(job: str, times: np.ndarray, dice: np.random.Generator) -> list[Series]:
    bounds = ("0.05", "0.1", "0.25", "0.5", "1", "+Inf")
    shares = np.stack([dice.poisson(mean, times.size) for mean in (3, 9, 14, 6, 2, 1)])
    counts = np.cumsum(np.cumsum(shares, axis=0), axis=1).astype(float)
    buckets = [
        series("duration_seconds_bucket", {"job": job, "le": bound}, times, row)
        for bound, row in zip(bounds, counts, strict=True)
    ]
    return [*buckets, series("duration_seconds_count", {"job": job}, times, counts[-1])]


def series(name: str, labels: dict[str, str], times: np.ndarray, values: np.ndarray) -> Series:
    assert all(earlier < later for earlier, later in pairwise(times.tolist()))
    return Series(labels_of({"__name__": name, **labels}), times, values)


def send(address: str, given: tuple[Series, ...]) -> None:
    """Remote write, in the order of time: a server takes no sample an hour older than its newest."""
    for since in range(START_MS - SCRAPE_MS, START_MS + LENGTH_MS + SCRAPE_MS, LENGTH_MS // 6):
        body = b"".join(field(1, _series(one, since, since + LENGTH_MS // 6)) for one in given)
        headers = {
            "Content-Encoding": "snappy",
            "Content-Type": "application/x-protobuf",
            "X-Prometheus-Remote-Write-Version": "0.1.0",
        }
        asked = urllib.request.Request(f"{address}/api/v1/write", snappy(body), headers, method="POST")
        with urllib.request.urlopen(asked, timeout=20) as answer:
            assert answer.status in (200, 204)


def _series(one: Series, since: int, until: int) -> bytes:
    labels = b"".join(field(1, field(1, name.encode()) + field(2, value.encode())) for name, value in one.labels)
    inside = (one.times_ms >= since) & (one.times_ms < until)
    samples = zip(one.times_ms[inside].tolist(), one.values[inside], strict=True)
    return labels + b"".join(
        field(2, b"\x09" + struct.pack("<d", value) + b"\x10" + varint(at)) for at, value in samples
    )


def field(number: int, content: bytes) -> bytes:
    return bytes([number << 3 | 2]) + varint(len(content)) + content


def varint(number: int) -> bytes:
    found = b""
    while number > 0x7F:
        found += bytes([number & 0x7F | 0x80])
        number >>= 7
    return found + bytes([number])


def snappy(body: bytes) -> bytes:
    """A block of the Snappy format made of literals alone, which every reader takes."""
    pieces = [body[at : at + 65_536] for at in range(0, len(body), 65_536)]
    return varint(len(body)) + b"".join(b"\xf4" + struct.pack("<H", len(piece) - 1) + piece for piece in pieces)
