"""The parts of an expression, as frozen values: what was asked of which series, in which order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

NAME = "__name__"
"""The label under which a series carries its metric's name."""


class Kind(StrEnum):
    """What an expression gives at each time."""

    SCALAR = "scalar"
    VECTOR = "instant vector"
    RANGE = "range vector"


@dataclass(frozen=True)
class Matcher:
    """A condition on one label; a label that a series lacks counts as empty. `op` is =, !=, =~ or !~."""

    label: str
    op: str
    value: str


@dataclass(frozen=True)
class Number:
    """A number as written."""

    value: float
    position: int


@dataclass(frozen=True)
class Selector:
    """Series by their labels, at the time of evaluation less `offset_ms`; over a range where one is given."""

    matchers: tuple[Matcher, ...]
    range_ms: int | None
    offset_ms: int
    position: int

    @property
    def metric(self) -> str | None:
        """The metric's name where the selector asks for exactly one."""
        named = [matcher.value for matcher in self.matchers if matcher.label == NAME and matcher.op == "="]
        return named[0] if named else None


@dataclass(frozen=True)
class Call:
    """A function with its arguments."""

    function: str
    arguments: tuple[Expression, ...]
    position: int


@dataclass(frozen=True)
class Aggregation:
    """`op` over the rows that agree on `labels` (or on all but these, `without`); `parameter` for topk and the like."""

    op: str
    inner: Expression
    parameter: Expression | None
    labels: tuple[str, ...]
    without: bool
    position: int


@dataclass(frozen=True)
class Negation:
    """The inner expression with its sign turned."""

    inner: Expression
    position: int


@dataclass(frozen=True)
class Matching:
    """How rows of two sides find each other: `on` these labels or on all but these; `many` names a repeated side."""

    on: bool = False
    labels: tuple[str, ...] = ()
    many: str = ""  # "", left or right
    include: tuple[str, ...] = ()


@dataclass(frozen=True)
class Binary:
    """Two sides under an operator; `as_bool` makes a comparison give 0 and 1 instead of leaving rows out."""

    op: str
    left: Expression
    right: Expression
    as_bool: bool
    matching: Matching
    position: int


Expression = Number | Selector | Call | Aggregation | Negation | Binary

COMPARISONS = ("==", "!=", ">", "<", ">=", "<=")
SETS = ("and", "or", "unless")
AGGREGATIONS = ("sum", "avg", "min", "max", "count", "group", "stddev", "stdvar", "topk", "bottomk", "quantile")
WITH_PARAMETER = ("topk", "bottomk", "quantile")

_V, _R, _S = Kind.VECTOR, Kind.RANGE, Kind.SCALAR
_OVER_TIME = ("avg", "min", "max", "sum", "count", "last", "present", "stddev", "stdvar", "absent")
FUNCTIONS: dict[str, tuple[Kind, ...]] = {
    **dict.fromkeys(("rate", "irate", "increase", "delta", "idelta", "deriv", "changes", "resets"), (_R,)),
    **{f"{name}_over_time": (_R,) for name in _OVER_TIME},
    "quantile_over_time": (_S, _R),
    "predict_linear": (_R, _S),
    **dict.fromkeys(("abs", "ceil", "floor", "sqrt", "exp", "ln", "log2", "log10", "sgn", "absent", "scalar"), (_V,)),
    "clamp_min": (_V, _S),
    "clamp_max": (_V, _S),
    "clamp": (_V, _S, _S),
    "histogram_quantile": (_S, _V),
    "vector": (_S,),
    "time": (),
}
"""The functions that are known here, with the kinds of their arguments; all give a vector but `scalar` and `time`."""


def kind_of(expression: Expression) -> Kind:
    """What an expression gives."""
    match expression:
        case Number():
            return Kind.SCALAR
        case Selector():
            return Kind.VECTOR if expression.range_ms is None else Kind.RANGE
        case Call():
            return Kind.SCALAR if expression.function in ("scalar", "time") else Kind.VECTOR
        case Aggregation():
            return Kind.VECTOR
        case Negation():
            return kind_of(expression.inner)
        case Binary():
            sides = {kind_of(expression.left), kind_of(expression.right)}
            return Kind.SCALAR if sides == {Kind.SCALAR} else Kind.VECTOR


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """The expressions directly inside."""
    match expression:
        case Call():
            return expression.arguments
        case Aggregation():
            return (expression.inner, *((expression.parameter,) if expression.parameter is not None else ()))
        case Negation():
            return (expression.inner,)
        case Binary():
            return (expression.left, expression.right)
        case _:
            return ()


def selectors_of(expression: Expression) -> tuple[Selector, ...]:
    """All selectors in it, in order."""
    if isinstance(expression, Selector):
        return (expression,)
    return tuple(found for part in parts_of(expression) for found in selectors_of(part))
