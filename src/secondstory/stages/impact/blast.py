"""What was hit step by step: services by their own signals, endpoints by their requests, users by first failure."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

import numpy as np
import numpy.typing as npt

from secondstory.algorithms.statistics import wilson_interval
from secondstory.model.blast import BlastRadius, BlastStep, ServiceTrack, Touched
from secondstory.model.evidence import Evidence
from secondstory.model.findings import EvidenceBody
from secondstory.model.query import EndpointQuery
from secondstory.model.signal import Floats, SignalKind
from secondstory.model.timeline import Onset
from secondstory.model.window import Window, epoch_us
from secondstory.texts import say

Bools = npt.NDArray[np.bool_]
MOST_STEPS = 240  # of the series; longer outages are told in longer steps
_HARM = (SignalKind.ERRORS, SignalKind.LATENCY)
_SLOW_USUALLY = 0.01  # an endpoint's own limit: what at most this share of its fault-free requests exceeds
_SLOW_NOW = 0.05  # a step is slow once surely more than this share exceeds that limit
_Counts = dict[float, tuple[float, float]]  # up_to_ms to (requests, failed)


@dataclass(frozen=True)
class Asked:
    """What the blast radius is told with: requests by endpoint in and outside the harm, and users by step."""

    query: EndpointQuery
    endpoints: Evidence
    usual: Evidence | None  # None: nothing fault-free was recorded
    users: Evidence


def blast_step_s(hit: Window, step_s: int) -> int:
    """The length of a step of the series: whole steps of the grid."""
    return step_s * max(1, math.ceil(hit.seconds / step_s / MOST_STEPS))


def find_blast(evidence: EvidenceBody, onsets: tuple[Onset, ...], hit: Window, asked: Asked) -> BlastRadius | None:
    """The series over `hit`; None where no service of its own left its band and no request was counted."""
    step_s = asked.query.step_s
    count = math.ceil(hit.seconds / step_s)
    services = _services(evidence, onsets, hit, step_s)
    by_endpoint = _by_endpoint(asked.endpoints, evidence.entry_services, hit, step_s)
    endpoints = _endpoints(by_endpoint, asked, count)
    if not services and not by_endpoint:
        return None
    steps = tuple(_steps(hit, step_s, count, services, endpoints, (by_endpoint, asked.users)))
    touched = (
        *_touched_services(evidence, onsets, services, hit, step_s),
        *_touched_endpoints(endpoints, by_endpoint, hit, step_s, asked),
    )
    return BlastRadius(
        step_s=step_s,
        steps=steps,
        touched=touched,
        tracks=tuple(_track(evidence, name, is_hit, hit, step_s) for name, is_hit in services.items()),
        widest=max(range(count), key=lambda at: (steps[at].services, steps[at].failed or 0.0, -at)),
        services_known=len(evidence.services),
        endpoints_known=len({key for key in by_endpoint if key[1] is not None}) if by_endpoint else None,
        basis=say("impact.basis_blast", step_s=step_s),
        evidence_ids=tuple(sorted({asked.endpoints.id, asked.users.id} | ({asked.usual.id} if asked.usual else set()))),
    )


def _services(evidence: EvidenceBody, onsets: tuple[Onset, ...], hit: Window, step_s: int) -> dict[str, Bools]:
    """For each service hit, in order of onset: in which steps an error or latency signal of its own is out of band."""
    found: dict[str, Bools] = {}
    inside, place = _places(evidence, hit, step_s)
    by_key = {signal.key: signal for signal in evidence.signals}
    for onset in onsets:
        signal = by_key.get(onset.signal_key)
        if onset.peer is not None or onset.kind not in _HARM or signal is None:
            continue
        values = signal.values[inside]
        starts = evidence.grid.starts_us[inside]
        end = epoch_us(onset.recovered.latest) if onset.recovered is not None else epoch_us(hit.end)
        since = epoch_us(onset.moment.earliest) - evidence.grid.step_s * 1_000_000
        out = np.nan_to_num(values, nan=-math.inf) > onset.band_high
        lasting = out & (starts >= since) & (starts < end)
        steps = np.zeros(math.ceil(hit.seconds / step_s), np.bool_)
        steps[place[lasting]] = True
        if steps.any():
            found[onset.service] = found.get(onset.service, np.zeros_like(steps)) | steps
    return found


def _places(evidence: EvidenceBody, hit: Window, step_s: int) -> tuple[Bools, npt.NDArray[np.int64]]:
    """Which steps of the grid touch the harm, and into which step of the series each of those falls."""
    starts = evidence.grid.starts_us
    inside = (starts + evidence.grid.step_s * 1_000_000 > epoch_us(hit.start)) & (starts < epoch_us(hit.end))
    place = (starts[inside] - epoch_us(hit.start)) // (step_s * 1_000_000)
    return inside, np.clip(place, 0, math.ceil(hit.seconds / step_s) - 1)


def _by_endpoint(
    answer: Evidence, entries: tuple[str, ...], hit: Window, step_s: int
) -> dict[tuple[str, str | None], dict[int, _Counts]]:
    """Requests and failures by (service, endpoint), step and time taken; the null endpoint holds the small ones."""
    found: dict[tuple[str, str | None], dict[int, _Counts]] = {}
    for row in answer.result.records():
        if not isinstance(row["service"], str) or row["service"] not in entries:
            continue
        at = int((cast("datetime", row["time"]) - hit.start).total_seconds() // step_s)
        key = (row["service"], cast("str | None", row["endpoint"]))
        up_to = math.inf if row["up_to_ms"] is None else float(cast("float", row["up_to_ms"]))
        counts = found.setdefault(key, {}).setdefault(at, {})
        before = counts.get(up_to, (0.0, 0.0))
        counts[up_to] = (before[0] + cast("float", row["requests"]), before[1] + cast("float", row["failed"]))
    return dict(sorted(found.items(), key=lambda one: (one[0][0], one[0][1] is None, one[0][1] or "")))


def _endpoints(
    by_endpoint: dict[tuple[str, str | None], dict[int, _Counts]], asked: Asked, count: int
) -> dict[tuple[str, str], Bools]:
    """In which steps each named endpoint failed, or was slow, surely more often than it usually is."""
    usual: dict[tuple[str, str | None], _Counts] = {}
    for row in asked.usual.result.records() if asked.usual else ():
        key = (cast("str", row["service"]), cast("str | None", row["endpoint"]))
        up_to = math.inf if row["up_to_ms"] is None else float(cast("float", row["up_to_ms"]))
        before = usual.setdefault(key, {}).get(up_to, (0.0, 0.0))
        usual[key][up_to] = (before[0] + cast("float", row["requests"]), before[1] + cast("float", row["failed"]))
    found = {}
    for (service, endpoint), steps in by_endpoint.items():
        if endpoint is None:
            continue
        fails, limit = _usually(usual.get((service, endpoint), {}))
        hit = np.zeros(count, np.bool_)
        for at, counts in steps.items():
            hit[at] = _is_hit(counts, fails, limit)
        if hit.any():
            found[service, endpoint] = hit
    return found


def _usually(counts: _Counts) -> tuple[float, float]:
    """The share of failures that fault-free time may have, and the limit that it hardly exceeds; 0 and none without."""
    total = math.fsum(requests for requests, _ in counts.values())
    if not total:
        return 0.0, math.inf
    fails = wilson_interval(math.fsum(failed for _, failed in counts.values()), total)[1]
    for limit in sorted(counts):
        slower = math.fsum(requests for up_to, (requests, _) in counts.items() if up_to > limit)
        if slower <= _SLOW_USUALLY * total:
            return fails, limit
    return fails, math.inf


def _is_hit(counts: _Counts, fails: float, limit: float) -> bool:
    total = math.fsum(requests for requests, _ in counts.values())
    failed = math.fsum(failures for _, failures in counts.values())
    slow = math.fsum(requests for up_to, (requests, _) in counts.items() if up_to > limit)
    if not total:
        return False
    return (failed > 0 and wilson_interval(failed, total)[0] > fails) or wilson_interval(slow, total)[0] > _SLOW_NOW


def _steps(
    hit: Window,
    step_s: int,
    count: int,
    services: dict[str, Bools],
    endpoints: dict[tuple[str, str], Bools],
    counted: tuple[dict[tuple[str, str | None], dict[int, _Counts]], Evidence],
) -> list[BlastStep]:
    by_endpoint, answer = counted
    users = {cast("datetime", row["time"]): row for row in answer.result.records()}
    steps = []
    for at in range(count):
        time = hit.start + timedelta(seconds=at * step_s)
        pairs = [pair for each in by_endpoint.values() for pair in each.get(at, {}).values()]
        row = users.get(time)
        steps.append(
            BlastStep(
                time=time,
                services=sum(bool(is_hit[at]) for is_hit in services.values()),
                endpoints=sum(bool(is_hit[at]) for is_hit in endpoints.values()) if by_endpoint else None,
                requests=math.fsum(requests for requests, _ in pairs) if by_endpoint else None,
                failed=math.fsum(failed for _, failed in pairs) if by_endpoint else None,
                users=_people(users, row, "users"),
                users_failed=_people(users, row, "users_failed"),
                users_first=_people(users, row, "users_first"),
            )
        )
    return steps


def _people(users: dict[datetime, dict[str, object]], row: dict[str, object] | None, column: str) -> int | None:
    """None where no request of the whole stretch names a user; a step without one then had none."""
    if not users:
        return None
    return int(cast("int", row[column])) if row is not None else 0


def _touched_services(
    evidence: EvidenceBody, onsets: tuple[Onset, ...], services: dict[str, Bools], hit: Window, step_s: int
) -> list[Touched]:
    touched = []
    inside, _ = _places(evidence, hit, step_s)
    for name, is_hit in services.items():
        rate, ratio = evidence.signal(name, "request_rate"), evidence.signal(name, "error_ratio")
        requests = failed = None
        ids = {onset.evidence_id for onset in onsets if onset.service == name and onset.kind in _HARM}
        if rate is not None:
            counts = np.nan_to_num(rate.values[inside]) * evidence.grid.step_s
            requests = math.fsum(counts.tolist())
            ids.add(rate.evidence_id)
            if ratio is not None:
                failed = math.fsum((counts * np.nan_to_num(ratio.values[inside])).tolist())
        first, last, steps = _stretch(is_hit, hit, step_s)
        touched.append(Touched("service", name, name, first, last, steps, requests, failed, tuple(sorted(ids))))
    return touched


def _touched_endpoints(
    endpoints: dict[tuple[str, str], Bools],
    by_endpoint: dict[tuple[str, str | None], dict[int, _Counts]],
    hit: Window,
    step_s: int,
    asked: Asked,
) -> list[Touched]:
    touched = []
    ids = (asked.endpoints.id,)
    for (service, name), is_hit in endpoints.items():
        pairs = [pair for counts in by_endpoint[service, name].values() for pair in counts.values()]
        requests, failed = (math.fsum(pair[side] for pair in pairs) for side in (0, 1))
        touched.append(Touched("endpoint", service, name, *_stretch(is_hit, hit, step_s), requests, failed, ids))
    return sorted(touched, key=lambda one: (one.first, one.service, one.name))


def _stretch(is_hit: Bools, hit: Window, step_s: int) -> tuple[datetime, datetime, int]:
    at = np.flatnonzero(is_hit)
    first = hit.start + timedelta(seconds=int(at[0]) * step_s)
    last = min(hit.end, hit.start + timedelta(seconds=(int(at[-1]) + 1) * step_s))
    return first, last, int(at.size)


def _track(evidence: EvidenceBody, service: str, is_hit: Bools, hit: Window, step_s: int) -> ServiceTrack:
    """The share of failed requests by step, weighted by how many there were."""
    inside, place = _places(evidence, hit, step_s)
    rate, ratio = evidence.signal(service, "request_rate"), evidence.signal(service, "error_ratio")
    if rate is None or ratio is None:
        return ServiceTrack(service, (None,) * is_hit.size, tuple(bool(one) for one in is_hit))
    known = ~np.isnan(ratio.values[inside]) & ~np.isnan(rate.values[inside])
    requests = _added(place[known], rate.values[inside][known], is_hit.size)
    failed = _added(place[known], (rate.values * ratio.values)[inside][known], is_hit.size)
    shares = tuple(float(part / whole) if whole > 0 else None for part, whole in zip(failed, requests, strict=True))
    return ServiceTrack(service, shares, tuple(bool(one) for one in is_hit))


def _added(place: npt.NDArray[np.int64], amounts: Floats, size: int) -> Floats:
    return np.bincount(place, weights=amounts, minlength=size).astype(np.float64)
