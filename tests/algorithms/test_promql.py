"""The PromQL subset beside a Prometheus (tests/collect): what is refused, where, and that no text breaks it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.algorithms.promql import CannotReplay, Series, evaluate, labels_of, parse, selectors_of, written

PIECES = st.sampled_from(
    ["sum", "by", "(", ")", "rate", "x", "[5m]", "{", "}", "a=", '"b"', "+", "and", "on", "1", "offset", "5m", ">", ","]
)


@given(st.text(max_size=60) | st.lists(PIECES, max_size=14).map(" ".join))
def test_any_text_is_an_expression_or_a_refusal_with_its_place(text: str) -> None:
    found = parse(text)
    if isinstance(found, CannotReplay):
        assert found.reason and 0 <= found.position <= len(text) + 1
    else:
        assert not isinstance(parse(written(found)), CannotReplay)


def test_deep_nesting_is_refused() -> None:
    refused = parse("(" * 5000 + "x" + ")" * 5000)
    assert isinstance(refused, CannotReplay) and "nested" in refused.reason


@pytest.mark.parametrize("text", ["x{a=~'(a*)*b'}", "rate(x[5m]) > 1", "x"])
def test_without_samples_nothing_is_present(text: str) -> None:
    expression = parse(text)
    assert not isinstance(expression, CannotReplay)
    empty = Series(labels_of({"__name__": "x", "a": "1"}), np.zeros(0, np.int64), np.zeros(0))
    assert evaluate(expression, (empty,), np.arange(0, 600_000, 60_000, dtype=np.int64)) == ()


def test_selectors_name_what_an_expression_reads() -> None:
    expression = parse("sum(rate(a_total{x='1'}[5m])) / on () group_left () b > 3 unless absent({__name__=~'c.*'})")
    assert not isinstance(expression, CannotReplay)
    assert [one.metric for one in selectors_of(expression)] == ["a_total", "b", None]
