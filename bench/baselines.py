"""Simple rankings that the field compares itself with, on the very signals that the program itself looks at.

Each takes the steps before the fault as normal, scales every metric by them, and ranks a service by its loudest metric:
`largest z` by distance from the mean in standard deviations either way, `N-sigma` the same upwards, `BARO` by distance
from the median in interquartile ranges upwards, which is the ranking step of BARO (Pham et al., FSE 2024), re-expressed
because its package (fse-baro 0.2.2) brings scikit-learn and matplotlib along for these few lines; on every seventh
recorded incident both name the same first five services, but for one of 13 (N-sigma 13 of 13). All see
the metrics after successes were turned into failures, which is to their good. `random` draws with the incident's name
as its seed.
"""

import random
import time
from collections.abc import Callable

import numpy as np
import numpy.typing as npt

from secondstory.model.findings import EvidenceBody
from secondstory.model.incident import Case
from secondstory.stages.causes.viewing import calm_windows, suspect_window
from secondstory.stages.causes.weighing import steps_of

Floats = npt.NDArray[np.float64]
EPSILON = float(np.finfo(np.float64).eps)


def beside(case: Case, evidence: EvidenceBody) -> dict[str, dict[str, object]]:
    """By name of the ranking: services best first, and the seconds that it took."""
    suspect = suspect_window(case, evidence)
    steps = steps_of(evidence, suspect, calm_windows(case, evidence, suspect))
    metrics = [signal for signal in evidence.signals if signal.name and signal.service not in case.system.probes]
    owners = [signal.service for signal in metrics]
    values = np.array([signal.values for signal in metrics]).reshape(len(metrics), evidence.grid.count)
    found = {}
    for name, score in SCORES.items():
        began = time.perf_counter()
        with np.errstate(all="ignore"):
            scores = score(values[:, steps.calm], values[:, steps.suspect])
        services = _ranked(owners, scores)
        found[name] = {"services": services, "seconds": round(time.perf_counter() - began, 4)}
    shuffled = sorted(set(owners))
    random.Random(case.incident.id).shuffle(shuffled)
    return {**found, "random": {"services": shuffled, "seconds": 0.0}}


def _ranked(owners: list[str], scores: list[float]) -> list[str]:
    loudest: dict[str, float] = {}
    for owner, score in zip(owners, scores, strict=True):
        loudest[owner] = max(loudest.get(owner, -np.inf), score)
    return sorted(loudest, key=lambda service: (-loudest[service], service))


def _largest_z(normal: Floats, during: Floats) -> list[float]:
    return [float(np.max(np.abs(row))) if row.size else -np.inf for row in _scaled(normal, during, _moments)]


def _n_sigma(normal: Floats, during: Floats) -> list[float]:
    return [float(np.max(row)) if row.size else -np.inf for row in _scaled(normal, during, _moments)]


def _baro(normal: Floats, during: Floats) -> list[float]:
    return [float(np.max(row)) if row.size else -np.inf for row in _scaled(normal, during, _quartiles)]


def _scaled(normal: Floats, during: Floats, scale: Callable[[Floats], tuple[float, float]]) -> list[Floats]:
    rows = []
    for before, now in zip(normal, during, strict=True):
        known, seen = before[~np.isnan(before)], now[~np.isnan(now)]
        centre, spread = scale(known) if known.size else (0.0, 1.0)
        # A metric that is constant but for rounding is scaled by one, as by the scalers that the originals rest on.
        rounding = 10 * EPSILON * max(1.0, known.size * abs(centre))
        rows.append((seen - centre) / (spread if spread > rounding else 1.0) if known.size else seen[:0])
    return rows


def _moments(known: Floats) -> tuple[float, float]:
    return float(known.mean()), float(known.std())


def _quartiles(known: Floats) -> tuple[float, float]:
    low, middle, high = np.percentile(known, (25, 50, 75))
    return float(middle), float(high - low)


SCORES = {"largest z": _largest_z, "N-sigma": _n_sigma, "BARO": _baro}
