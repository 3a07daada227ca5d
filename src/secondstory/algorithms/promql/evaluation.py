"""An expression over samples to its rows at each time of a grid, with the semantics of Prometheus 2.

A sample counts for five minutes, both ends included (Prometheus 3 leaves the older end out, here and in ranges); a
series whose end is marked stale is gone at once. Everything is reckoned for all times of the grid together.
Reference: Prometheus 2.42, promql/engine.go.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np

from secondstory.algorithms.promql.aggregations import aggregated
from secondstory.algorithms.promql.operators import of_scalar_and_vector, of_scalars, of_vectors
from secondstory.algorithms.promql.quantiles import histogram_quantile
from secondstory.algorithms.promql.ranges import OVER_RANGES, Windows
from secondstory.algorithms.promql.refusal import CannotReplay, Refused
from secondstory.algorithms.promql.rows import STALE, Floats, Mask, Millis, Row, Series, labels_of, merged, unnamed
from secondstory.algorithms.promql.syntax import (
    NAME,
    Aggregation,
    Binary,
    Call,
    Expression,
    Kind,
    Matcher,
    Negation,
    Number,
    Selector,
    kind_of,
)

LOOKBACK_MS = 300_000
_STALE_BITS = np.array([STALE]).view(np.uint64)[0]
_KEEP_NAME = ("last_over_time",)
_BY_VALUE: dict[str, Callable[[Floats], Floats]] = {
    "abs": np.abs,
    "ceil": np.ceil,
    "floor": np.floor,
    "sqrt": np.sqrt,
    "exp": np.exp,
    "ln": np.log,
    "log2": np.log2,
    "log10": np.log10,
    "sgn": np.sign,
}


def evaluate(expression: Expression, series: Sequence[Series], times_ms: Millis) -> tuple[Row, ...] | CannotReplay:
    """The rows of the expression at `times_ms` (shape (times,), rising); a scalar is one row without labels."""
    try:
        with np.errstate(divide="ignore", invalid="ignore", over="ignore"):
            reckoning = _Reckoning(tuple(series), times_ms)
            if kind_of(expression) is Kind.SCALAR:
                return (Row((), reckoning.scalar(expression), np.ones(times_ms.shape, np.bool_)),)
            return reckoning.vector(expression)
    except Refused as refused:
        return refused.refusal


def matches(labels: Mapping[str, str], matchers: tuple[Matcher, ...]) -> bool:
    """True where the labels meet every condition."""
    return all(_meets(labels.get(matcher.label, ""), matcher) for matcher in matchers)


def _meets(value: str, matcher: Matcher) -> bool:
    equal = re.fullmatch(matcher.value, value) is not None if "~" in matcher.op else value == matcher.value
    return equal == (matcher.op in ("=", "=~"))


@dataclass(frozen=True, eq=False)
class _Reckoning:
    """Series and times of one evaluation."""

    series: tuple[Series, ...]
    times_ms: Millis

    def scalar(self, expression: Expression) -> Floats:
        """A number at each time."""
        match expression:
            case Number():
                return np.full(self.times_ms.shape, expression.value)
            case Negation():
                return -self.scalar(expression.inner)
            case Call(function="time"):
                return self.times_ms / 1000
            case Call():
                return self._only(self.vector(expression.arguments[0]))
            case Binary():
                return of_scalars(expression.op, self.scalar(expression.left), self.scalar(expression.right))
            case _:
                raise AssertionError(f"no scalar: {expression}")  # the parser has checked the kinds

    def vector(self, expression: Expression) -> tuple[Row, ...]:
        """Rows at each time."""
        match expression:
            case Selector():
                return self._selected(expression)
            case Negation():
                rows = self.vector(expression.inner)
                return unnamed(replace(row, values=-row.values) for row in rows)
            case Aggregation():
                parameter = None if expression.parameter is None else self.scalar(expression.parameter)
                return aggregated(expression, self.vector(expression.inner), parameter)
            case Call():
                return self._called(expression)
            case Binary():
                return self._joined(expression)
            case Number():
                raise AssertionError("a number is no vector")  # the parser has checked the kinds

    def _joined(self, whole: Binary) -> tuple[Row, ...]:
        kinds = (kind_of(whole.left), kind_of(whole.right))
        if kinds == (Kind.VECTOR, Kind.VECTOR):
            return of_vectors(whole, self.vector(whole.left), self.vector(whole.right))
        if kinds[0] is Kind.VECTOR:
            return of_scalar_and_vector(whole, self.vector(whole.left), self.scalar(whole.right), swapped=False)
        return of_scalar_and_vector(whole, self.vector(whole.right), self.scalar(whole.left), swapped=True)

    def _found(self, selector: Selector) -> list[Series]:
        return [one for one in self.series if matches(dict(one.labels), selector.matchers)]

    def _selected(self, selector: Selector) -> tuple[Row, ...]:
        """The newest sample of each series that is not older than the lookback."""
        asked = self.times_ms - selector.offset_ms
        rows = []
        for one in self._found(selector):
            place = np.searchsorted(one.times_ms, asked, side="right") - 1
            known = place >= 0
            place = np.maximum(place, 0)
            if not one.times_ms.size:
                continue
            known &= (one.times_ms[place] >= asked - LOOKBACK_MS) & ~_stale(one.values)[place]
            rows.append(Row(one.labels, np.where(known, one.values[place], np.nan), known))
        return merged(rows)

    def _windows(self, one: Series, selector: Selector) -> Windows:
        assert selector.range_ms is not None  # the parser gives a range to whom it belongs
        sound = ~_stale(one.values)
        times, values = one.times_ms[sound], one.values[sound]
        end = self.times_ms - selector.offset_ms
        start = end - selector.range_ms
        first = np.searchsorted(times, start, side="left").astype(np.int64)
        last = np.searchsorted(times, end, side="right").astype(np.int64)
        return Windows(times, values, first, last, start, end, self.times_ms)

    def _called(self, call: Call) -> tuple[Row, ...]:
        name, arguments = call.function, call.arguments
        if name in OVER_RANGES:
            return self._over_range(call)
        if name == "absent_over_time":
            return self._absent(arguments[0], self._over_range(replace(call, function="present_over_time")))
        if name == "vector":
            return (Row((), self.scalar(arguments[0]), np.ones(self.times_ms.shape, np.bool_)),)
        if name == "histogram_quantile":
            return histogram_quantile(self.scalar(arguments[0]), self.vector(arguments[1]))
        rows = self.vector(arguments[0])
        if name == "absent":
            return self._absent(arguments[0], rows)
        if name in _BY_VALUE:
            return unnamed(replace(row, values=_BY_VALUE[name](row.values)) for row in rows)
        return self._clamped(call, rows)

    def _over_range(self, call: Call) -> tuple[Row, ...]:
        ranged = [one for one in call.arguments if kind_of(one) is Kind.RANGE]
        numbers = [self.scalar(one) for one in call.arguments if kind_of(one) is Kind.SCALAR]
        selector = ranged[0]
        assert isinstance(selector, Selector)  # nothing else is a range here
        number = numbers[0] if numbers else np.zeros(self.times_ms.shape)
        rows = []
        for one in self._found(selector):
            values, present = OVER_RANGES[call.function](self._windows(one, selector), number)
            rows.append(Row(one.labels, values, present))
        return merged(rows) if call.function in _KEEP_NAME else unnamed(rows)

    def _absent(self, asked: Expression, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        """One row of 1 where nothing is there, with the labels that the selector fixes."""
        anything = np.zeros(self.times_ms.shape, np.bool_)
        for row in rows:
            anything |= row.present
        named: dict[str, str] = {}
        matchers = asked.matchers if isinstance(asked, Selector) else ()
        for matcher in matchers:
            repeated = sum(other.label == matcher.label for other in matchers) > 1
            if matcher.label != NAME and matcher.op == "=" and not repeated:
                named[matcher.label] = matcher.value
        return merged((Row(labels_of(named), np.ones(anything.shape), ~anything),))

    def _clamped(self, call: Call, rows: tuple[Row, ...]) -> tuple[Row, ...]:
        bounds = [self.scalar(one) for one in call.arguments[1:]]
        low = None if call.function == "clamp_max" else bounds[0]
        high = None if call.function == "clamp_min" else bounds[-1]
        clamped = []
        for row in rows:
            values, present = row.values, row.present
            if high is not None:
                values = np.minimum(values, high)
            if low is not None:
                values = np.maximum(values, low)
            if low is not None and high is not None:
                present = present & (low <= high)
            clamped.append(Row(row.labels, values, present))
        return unnamed(clamped)

    def _only(self, rows: tuple[Row, ...]) -> Floats:
        """The value where exactly one row is present, else NaN."""
        if not rows:
            return np.full(self.times_ms.shape, np.nan)
        present = np.stack([row.present for row in rows])
        values = np.stack([np.where(row.present, row.values, 0.0) for row in rows])
        found: Floats = np.where(present.sum(axis=0) == 1, values.sum(axis=0), np.nan)
        return found


def _stale(values: Floats) -> Mask:
    marked: Mask = values.view(np.uint64) == _STALE_BITS
    return marked
