"""An expression's parts back to text that Prometheus reads."""

from __future__ import annotations

import json

from secondstory.algorithms.promql.lexer import duration_text
from secondstory.algorithms.promql.syntax import (
    NAME,
    Aggregation,
    Binary,
    Call,
    Expression,
    Matching,
    Negation,
    Number,
    Selector,
)


def written(expression: Expression) -> str:
    """The expression as text; operations inside others stand in parentheses."""
    match expression:
        case Number():
            return f"{expression.value:g}" if abs(expression.value) < 1e6 else repr(expression.value)
        case Selector():
            return _selector(expression)
        case Call():
            return f"{expression.function}({', '.join(written(one) for one in expression.arguments)})"
        case Aggregation():
            inner = ", ".join(written(one) for one in (expression.parameter, expression.inner) if one is not None)
            grouping = f"{'without' if expression.without else 'by'} ({', '.join(expression.labels)}) "
            return f"{expression.op} {grouping if expression.labels or expression.without else ''}({inner})"
        case Negation():
            return f"-{_inside(expression.inner)}"
        case Binary():
            matching = _matching(expression.matching)
            op = f"{expression.op}{' bool' if expression.as_bool else ''}{matching}"
            return f"{_inside(expression.left)} {op} {_inside(expression.right)}"


def _inside(expression: Expression) -> str:
    text = written(expression)
    return f"({text})" if isinstance(expression, Binary | Negation) else text


def _selector(selector: Selector) -> str:
    conditions = [
        f"{one.label}{one.op}{json.dumps(one.value, ensure_ascii=False)}"
        for one in selector.matchers
        if not (one.label == NAME and one.op == "=")
    ]
    text = selector.metric or ""
    if conditions:
        text += "{" + ", ".join(conditions) + "}"
    if selector.range_ms is not None:
        text += f"[{duration_text(selector.range_ms)}]"
    if selector.offset_ms:
        sign = "-" if selector.offset_ms < 0 else ""
        text += f" offset {sign}{duration_text(abs(selector.offset_ms))}"
    return text


def _matching(matching: Matching) -> str:
    if matching == Matching():
        return ""
    text = f" {'on' if matching.on else 'ignoring'} ({', '.join(matching.labels)})"
    return f"{text} group_{matching.many} ({', '.join(matching.include)})" if matching.many else text
