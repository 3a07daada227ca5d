"""Intervals, bands and error control against values known from elsewhere."""

from __future__ import annotations

import numpy as np
import pytest

from secondstory.algorithms.burn import burn_rate
from secondstory.algorithms.statistics import (
    average_ranks,
    discoveries,
    independent_share,
    joint_probability,
    median,
    median_interval,
    quantile,
    robust_band,
    tail_probabilities,
    wilson_interval,
)


@pytest.mark.parametrize(
    ("hits", "total", "low", "high"), [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)]
)
def test_wilson_agrees_with_published_values(hits: int, total: int, low: float, high: float) -> None:
    assert wilson_interval(hits, total) == pytest.approx((low, high), abs=5e-5)


def test_wilson_holds_the_share_it_estimates() -> None:
    for total in (1, 3, 50, 10_000):
        for hits in {0, 1, total // 3, total - 1, total}:
            low, high = wilson_interval(hits, total)
            assert 0 <= low <= hits / total <= high <= 1


@pytest.mark.parametrize("size", range(1, 40))
def test_median_and_quantiles_are_numpys_to_the_last_digit(size: int) -> None:
    draw = np.random.default_rng(size)
    for values in (draw.standard_normal(size), draw.integers(0, 4, size) * 0.1, draw.exponential(1e6, size)):
        assert median(values) == np.median(values)
        for share in (0.0, 0.05, 0.5, 0.9, 0.95, 1.0):
            assert quantile(np.sort(values), share) == np.quantile(values, share)


def test_median_interval_covers_the_median_about_as_often_as_it_says() -> None:
    draw = np.random.default_rng(1)
    covered = 0
    for _ in range(400):
        _, low, high = median_interval(np.exp(draw.standard_normal(25)))
        covered += low <= 1.0 <= high
    assert covered >= 375


def test_a_constant_signal_has_a_band_as_wide_as_the_floor() -> None:
    band = robust_band(np.full(20, 4.0), 0.5)
    assert (band.low, band.centre, band.high) == (2.5, 4.0, 5.5)


def test_outliers_do_not_widen_the_band() -> None:
    calm = np.linspace(9, 11, 100)
    spiked = calm.copy()
    spiked[:3] = 500.0
    assert robust_band(spiked, 0.1).high == pytest.approx(robust_band(calm, 0.1).high, rel=0.05)


def test_tail_probabilities_fall_with_distance_and_are_fair_inside() -> None:
    reference = np.arange(100.0)
    tails = tail_probabilities(np.array([50.0, 99.0, 150.0, 1000.0]), reference, 0.1)
    assert tails[0] == pytest.approx(0.505, abs=0.01)
    assert np.all(np.diff(tails) < 0) and tails[-1] > 0


def test_dependent_samples_weigh_less_but_never_less_than_one() -> None:
    tails = np.full(10, 0.01)
    assert joint_probability(tails, 1.0) < joint_probability(tails, 0.2) < joint_probability(tails, 0.01)
    assert joint_probability(tails, 0.01) == pytest.approx(0.01, rel=0.01)


def test_independence_is_told_from_neighbours() -> None:
    draw = np.random.default_rng(2)
    steps = draw.standard_normal(500)
    assert independent_share(steps) > 0.8
    assert independent_share(np.cumsum(steps)) < 0.1
    assert independent_share(np.zeros(50)) == 1.0


def test_discoveries_keep_chance_out() -> None:
    draw = np.random.default_rng(3)
    families = [discoveries(draw.random(300), 0.01).any() for _ in range(300)]
    assert sum(families) <= 10
    mixed = np.concatenate([np.full(20, 1e-6), draw.random(200)])
    assert discoveries(mixed, 0.01)[:20].all()
    assert discoveries(np.zeros(0), 0.01).size == 0


def test_burn_of_an_outage() -> None:
    # 1000 bad of 10,000 requests against 99.9 %: a hundred times the even rate.
    assert burn_rate(1000, 10_000, 0.999) == pytest.approx(100)


def test_equal_values_share_their_rank() -> None:
    assert average_ranks(np.array([7.0, -1.0, 7.0, 3.0])).tolist() == [3.5, 1.0, 3.5, 2.0]
