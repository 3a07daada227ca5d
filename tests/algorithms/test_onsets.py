"""Onsets on series whose truth is known, and their absence on series that hold none."""

from __future__ import annotations

import numpy as np
import pytest

from secondstory.algorithms.onsets import Excursion, find_excursion
from secondstory.algorithms.statistics import Floats

COUNT, FROM, TO = 240, 90, 180
WINDOW = np.zeros(COUNT, np.bool_)
WINDOW[FROM:TO] = True
ONE_STRETCH = np.array([0])


def find(values: Floats, *, direction: int = 0, floor: float = 0.5) -> Excursion | None:
    return find_excursion(values, ~WINDOW, WINDOW, starts=ONE_STRETCH, direction=direction, floor=floor)


def noise(kind: str, seed: int) -> Floats:
    draw = np.random.default_rng(seed)
    steady = {
        "normal": lambda: 100 + 5 * draw.standard_normal(COUNT),
        "skewed": lambda: 50 * np.exp(0.4 * draw.standard_normal(COUNT)),
        "heavy": lambda: 100 + 5 * draw.standard_t(3, COUNT),
        "counts": lambda: draw.poisson(20, COUNT).astype(float),
        "rare": lambda: draw.poisson(0.3, COUNT).astype(float),
        "shares": lambda: draw.binomial(40, 0.01, COUNT) / 40,
        "trend": lambda: 100 + 0.2 * np.arange(COUNT) + 3 * draw.standard_normal(COUNT),
        "gappy": lambda: np.where(draw.random(COUNT) < 0.3, np.nan, 100 + 5 * draw.standard_normal(COUNT)),
    }
    return np.asarray(steady[kind](), np.float64)


@pytest.mark.parametrize("kind", ["normal", "skewed", "heavy", "counts", "trend", "gappy"])
def test_a_step_is_found_within_one_step_of_the_truth(kind: str) -> None:
    hits = 0
    for seed in range(100):
        values = noise(kind, seed)
        truth, length = FROM + 5 + seed % 40, 30
        values[truth : truth + length] += 150 if kind == "skewed" else 60
        found = find(values, direction=1)
        assert found is not None and found.chance < 1e-4
        known = np.flatnonzero(~np.isnan(values))
        first = int(known[np.searchsorted(known, truth)])  # the truth may fall into a gap
        hits += abs(found.start - first) <= 1
    assert hits >= 90


@pytest.mark.parametrize("kind", ["normal", "skewed", "counts", "rare", "shares", "trend", "gappy"])
def test_noise_alone_is_hardly_ever_told(kind: str) -> None:
    floor = 0.005 if kind == "shares" else 0.5
    found = [find(noise(kind, seed), floor=floor) for seed in range(200)]
    told = [one for one in found if one is not None and one.chance < 1e-3]
    assert len(told) <= 2


def test_the_first_sample_outside_the_band_begins_a_slow_rise() -> None:
    values = np.full(COUNT, 10.0)
    values[120:160] = 10 + np.arange(40) * 0.5
    values[160:170] = 30.0
    found = find(values)
    assert found is not None
    # The band ends 1.5 above the usual 10: the fourth sample of the rise is the last inside.
    assert (found.last_inside, found.start) == (123, 124)
    assert (found.last, found.first_back) == (169, 170)


def test_a_signal_that_never_comes_back_has_no_recovery() -> None:
    values = np.where(np.arange(COUNT) < 150, 5.0, 50.0)
    window = np.zeros(COUNT, np.bool_)
    window[100:] = True
    found = find_excursion(values, ~window, window, starts=ONE_STRETCH, direction=1, floor=0.5)
    assert found is not None
    assert (found.start, found.last, found.first_back) == (150, COUNT - 1, None)


def test_missing_samples_widen_the_interval_and_invent_nothing() -> None:
    values = np.where((np.arange(COUNT) >= 130) & (np.arange(COUNT) < 150), 50.0, 5.0)
    values[120:135] = np.nan
    found = find(values)
    assert found is not None
    assert (found.last_inside, found.start) == (119, 135)


def test_a_warm_up_is_no_trend() -> None:
    draw = np.random.default_rng(5)
    values = 3 + 7 * np.exp(-np.arange(COUNT) / 30) + 0.5 * draw.random(COUNT)
    values[120:140] += 200
    found = find(values, direction=1)
    assert found is not None
    assert found.start == 120 and found.before > 3


def test_the_way_down_is_found_only_where_it_is_asked_for() -> None:
    values = np.where((np.arange(COUNT) >= 130) & (np.arange(COUNT) < 150), 1.0, 50.0)
    assert find(values, direction=1) is None
    found = find(values, direction=0)
    assert found is not None and found.strength < -3 and found.start == 130


def test_too_short_a_reference_tells_nothing() -> None:
    values = np.full(COUNT, np.nan)
    values[85:120] = 1.0
    values[100:120] = 9.0
    assert find(values) is None


def test_shift_and_unit_of_a_signal_change_nothing_but_its_values() -> None:
    values = noise("normal", 3)
    values[120:150] += 40
    plain, moved = find(values, floor=0.5), find(values * 1000 + 7, floor=500)
    assert plain is not None and moved is not None
    assert (plain.start, plain.last) == (moved.start, moved.last)
    assert moved.strength == pytest.approx(plain.strength)
    assert moved.before == pytest.approx(plain.before * 1000 + 7)
