"""The line of an alert's expression: the number that it compares with, and the labels that it mentions."""

from __future__ import annotations

from dataclasses import dataclass, replace

from secondstory.algorithms.promql.syntax import (
    Aggregation,
    Binary,
    Call,
    Expression,
    Negation,
    Number,
    Selector,
    parts_of,
    selectors_of,
)

_ORDERED = (">", "<", ">=", "<=")


@dataclass(frozen=True)
class Line:
    """`left` op value: what is compared with which number."""

    left: Expression
    op: str
    value: float


def line_of(expression: Expression) -> Line | None:
    """The line, where the whole expression is a comparison with a number."""
    if not isinstance(expression, Binary) or expression.op not in _ORDERED or expression.as_bool:
        return None
    value = _value(expression.right)
    return None if value is None else Line(expression.left, expression.op, value)


def with_line(expression: Expression, value: float) -> Expression:
    """The same comparison with another number. Raises ValueError where there is none."""
    if line_of(expression) is None or not isinstance(expression, Binary):
        raise ValueError("the expression compares with no single number")
    number: Expression = Number(abs(value), expression.right.position)
    return replace(expression, right=Negation(number, number.position) if value < 0 else number)


def with_range(expression: Expression, range_ms: int) -> Expression:
    """The same expression with every range as long as this."""
    match expression:
        case Selector():
            return expression if expression.range_ms is None else replace(expression, range_ms=range_ms)
        case Call():
            return replace(expression, arguments=tuple(with_range(one, range_ms) for one in expression.arguments))
        case Aggregation():
            return replace(expression, inner=with_range(expression.inner, range_ms))
        case Negation():
            return replace(expression, inner=with_range(expression.inner, range_ms))
        case Binary():
            left, right = with_range(expression.left, range_ms), with_range(expression.right, range_ms)
            return replace(expression, left=left, right=right)
        case Number():
            return expression


def labels_named(expression: Expression) -> frozenset[str]:
    """Every label that the expression mentions."""
    found = {matcher.label for selector in selectors_of(expression) for matcher in selector.matchers}
    return frozenset(found | _grouped(expression))


def _grouped(expression: Expression) -> set[str]:
    found: set[str] = set()
    if isinstance(expression, Aggregation):
        found |= set(expression.labels)
    if isinstance(expression, Binary):
        found |= {*expression.matching.labels, *expression.matching.include}
    return found.union(*(_grouped(part) for part in parts_of(expression)))


def _value(expression: Expression) -> float | None:
    match expression:
        case Number():
            return expression.value
        case Negation(inner=Number(value=value)):
            return -value
        case _:
            return None
