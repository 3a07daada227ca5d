"""Live numbers agree with what was sent."""

import pytest

from secondstory.gameday.watch import Sample, Series, Watch

BOUNDS_S = (0.1, 0.5, 1.0)


def requests(status: str, instance: str = "gateway-1") -> Series:
    attributes = frozenset({("http.response.status_code", status)})
    return Series("gateway", instance, "http.server.request.duration", attributes)


def watching(*sent: tuple[Series, float, tuple[int, ...]]) -> Watch:
    watch = Watch()
    for series, at_s, counts in sent:
        watch.add(series, Sample(at_s, 0.0, counts), BOUNDS_S)
    return watch


def test_error_ratio_counts_the_growth_inside_the_window_only() -> None:
    watch = watching(
        (requests("200"), 100, (90, 0, 0, 0)),
        (requests("503"), 100, (50, 0, 0, 0)),
        (requests("200"), 160, (180, 0, 0, 0)),
        (requests("503"), 160, (60, 0, 0, 0)),
    )
    assert watch.error_ratio("gateway", 160, 60) == pytest.approx(0.1)


def test_a_status_seen_for_the_first_time_counts_from_zero() -> None:
    watch = watching(
        (requests("200"), 100, (10, 0, 0, 0)),
        (requests("200"), 110, (20, 0, 0, 0)),
        (requests("504"), 110, (0, 0, 0, 10)),
    )
    assert watch.error_ratio("gateway", 110, 10) == pytest.approx(0.5)


def test_without_requests_there_is_no_ratio_and_no_latency() -> None:
    assert Watch().error_ratio("gateway", 100, 60) is None
    assert Watch().latency_s("gateway", 100, 60, 0.95) is None


def test_latency_is_linear_inside_its_bucket_over_all_instances() -> None:
    watch = watching(
        (requests("200", "gateway-1"), 100, (50, 0, 0, 0)), (requests("200", "gateway-2"), 100, (0, 50, 0, 0))
    )
    assert watch.latency_s("gateway", 100, 60, 0.75) == pytest.approx(0.3)


def test_latency_beyond_the_last_bound_is_that_bound() -> None:
    assert watching((requests("200"), 100, (0, 0, 0, 9))).latency_s("gateway", 100, 60, 0.5) == 1.0


def test_the_latest_value_leaves_out_ended_and_silent_instances() -> None:
    watch = Watch()
    for instance, at_s in (("orders-1", 100), ("orders-2", 100), ("orders-3", 50)):
        watch.add(Series("orders", instance, "db.client.connection.max", frozenset()), Sample(at_s, 20))
    assert watch.latest("orders", "db.client.connection.max", 101) == 40
    watch.end("orders-1")
    assert watch.latest("orders", "db.client.connection.max", 101) == 20
    assert watch.latest("orders", "db.client.connection.max", 200) is None


def test_the_latest_value_can_be_asked_for_one_state() -> None:
    watch = Watch()
    for state, value in (("used", 3), ("idle", 7)):
        attributes = frozenset({("db.client.connection.state", state)})
        watch.add(Series("orders", "orders-1", "db.client.connection.count", attributes), Sample(100, value))
    assert watch.latest("orders", "db.client.connection.count", 100, "used") == 3
