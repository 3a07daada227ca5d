"""An expression's text to its parts, or the reason why it is not replayed.

The subset: selectors with =, !=, =~, !~, ranges and offsets; the functions and aggregations listed in `syntax.py`;
arithmetic, comparisons with and without bool, and, or, unless; matching with on, ignoring, group_left, group_right.
Not here: subqueries, the @ modifier, native histograms, quoted metric names, label_replace, sorting, and what newer
servers add. Regular expressions are Python's, which agree with RE2 on what rules use.
Reference: "Querying Prometheus", prometheus.io/docs/prometheus/latest/querying.
"""

from __future__ import annotations

import re
from dataclasses import replace

from secondstory.algorithms.promql.lexer import Token, duration_ms, string_of, tokens_of
from secondstory.algorithms.promql.refusal import CannotReplay, Refused
from secondstory.algorithms.promql.syntax import (
    AGGREGATIONS,
    COMPARISONS,
    FUNCTIONS,
    NAME,
    SETS,
    WITH_PARAMETER,
    Aggregation,
    Binary,
    Call,
    Expression,
    Kind,
    Matcher,
    Matching,
    Negation,
    Number,
    Selector,
    kind_of,
)

_BINDS = {"or": 1, "and": 2, "unless": 2, **dict.fromkeys(COMPARISONS, 3), "+": 4, "-": 4, "*": 5, "/": 5, "%": 5}
_POWER = 6  # binds strongest, and to the right; a sign binds like a product
_SIGN = 5
_DEEPEST = 60
_RESERVED = ("and", "or", "unless", "on", "ignoring", "group_left", "group_right", "bool", "by", "without", "offset")


def parse(text: str) -> Expression | CannotReplay:
    """The parts of an expression, or why it is not replayed and where the reason stands."""
    try:
        reader = _Reader(tokens_of(text))
        expression = reader.expression(0)
        reader.expect("end")
        if kind_of(expression) is Kind.RANGE:
            raise Refused("a range of samples is no answer: it needs a function around it", 1)
    except Refused as refused:
        return refused.refusal
    return expression


class _Reader:
    """Walks over the tokens; each method reads one part and leaves the walk behind it."""

    def __init__(self, tokens: tuple[Token, ...]) -> None:
        self._tokens = tokens
        self._at = 0
        self._depth = 0

    @property
    def now(self) -> Token:
        return self._tokens[self._at]

    def take(self) -> Token:
        token = self.now
        self._at = min(self._at + 1, len(self._tokens) - 1)
        return token

    def word(self) -> str:
        """The next token's text as a keyword, which is written in either case."""
        return self.now.text.lower() if self.now.kind == "name" else ""

    def skip(self, sign: str) -> bool:
        found = self.now.kind == "sign" and self.now.text == sign
        if found:
            self.take()
        return found

    def expect(self, what: str) -> Token:
        """The next token, which must be this sign or of this kind."""
        if what not in (self.now.text if self.now.kind == "sign" else "", self.now.kind):
            seen = repr(self.now.text) if self.now.text else "the end"
            raise Refused(f"{_WANTED.get(what, repr(what))} is expected here, not {seen}", self.now.position)
        return self.take()

    def expression(self, least: int) -> Expression:
        """An expression whose operators bind more strongly than `least`."""
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("the expression is nested too deeply", self.now.position)
        left = self._operand()
        while True:
            op = self.word() or (self.now.text if self.now.kind == "sign" else "")
            strength = _POWER if op == "^" else _BINDS.get(op, 0)
            if strength <= least:
                self._depth -= 1
                return left
            left = self._binary(left, op, strength)

    def _binary(self, left: Expression, op: str, strength: int) -> Expression:
        position = self.take().position
        as_bool = self.word() == "bool"
        if as_bool:
            if op not in COMPARISONS:
                raise Refused("bool belongs to comparisons", self.now.position)
            self.take()
        matching = self._matching(op)
        right = self.expression(strength - 1 if op == "^" else strength)
        return _checked(Binary(op, left, right, as_bool, matching, position))

    def _matching(self, op: str) -> Matching:
        if self.word() not in ("on", "ignoring"):
            return Matching()
        matching = Matching(on=self.take().text.lower() == "on", labels=self._labels())
        side = self.word()
        if side not in ("group_left", "group_right"):
            return matching
        position = self.take().position
        if op in SETS:
            raise Refused(f"{side} does not go with {op}", position)
        include = self._labels() if self.now.text == "(" else ()
        return replace(matching, many=side.removeprefix("group_"), include=include)

    def _operand(self) -> Expression:
        token = self.now
        if token.kind == "sign" and token.text in "+-":
            self.take()
            inner = self.expression(_SIGN)
            if kind_of(inner) is Kind.RANGE:
                raise Refused("a range of samples has no sign", token.position)
            return Negation(inner, token.position) if token.text == "-" else inner
        if self.skip("("):
            inner = self.expression(0)
            self.expect(")")
            return self._refuse_after(inner)
        if token.kind == "number":
            self.take()
            return Number(_number(token), token.position)
        if token.kind == "name":
            return self._refuse_after(self._named())
        if token.text == "{":
            return self._refuse_after(self._selector(None))
        shown = {"end": "it ends where a part is expected", "string": "a text is no answer that a rule can use"}
        raise Refused(shown.get(token.kind, f"{token.text!r} begins no part"), token.position)

    def _named(self) -> Expression:
        """What begins with a name: an aggregation, a function, a number or a selector."""
        token = self.now
        following = self._tokens[self._at + 1].text
        if token.text.lower() in AGGREGATIONS and following.lower() in ("(", "by", "without"):
            return self._aggregation()
        if following == "(":
            return self._call()
        if token.text.lower() in ("inf", "nan"):
            self.take()
            return Number(float(token.text), token.position)
        if token.text.lower() in _RESERVED:
            raise Refused(f"{token.text} is a word of the language, and no metric here", token.position)
        self.take()
        return self._selector(token)

    def _aggregation(self) -> Expression:
        token = self.take()
        op = token.text.lower()
        labels, without = self._grouping()
        self.expect("(")
        parameter = None
        if op in WITH_PARAMETER:
            parameter = self._argument(Kind.SCALAR)
            self.expect(",")
        inner = self._argument(Kind.VECTOR)
        self.expect(")")
        if labels is None:
            labels, without = self._grouping()
        return Aggregation(op, inner, parameter, labels or (), without, token.position)

    def _grouping(self) -> tuple[tuple[str, ...] | None, bool]:
        if self.word() not in ("by", "without"):
            return None, False
        without = self.take().text.lower() == "without"
        return self._labels(), without

    def _labels(self) -> tuple[str, ...]:
        self.expect("(")
        found = []
        while not self.skip(")"):
            found.append(self.expect("name").text)
            if not self.skip(","):
                self.expect(")")
                break
        return tuple(found)

    def _call(self) -> Expression:
        token = self.take()
        kinds = FUNCTIONS.get(token.text)
        if kinds is None:
            raise Refused(f"{token.text} is not replayed here", token.position)
        self.expect("(")
        arguments: list[Expression] = []
        for kind in kinds:
            if arguments:
                self.expect(",")
            arguments.append(self._argument(kind))
        self.expect(")")
        return Call(token.text, tuple(arguments), token.position)

    def _argument(self, kind: Kind) -> Expression:
        position = self.now.position
        found = self.expression(0)
        if kind_of(found) is not kind:
            raise Refused(f"a {kind.value} is expected here, not a {kind_of(found).value}", position)
        return found

    def _selector(self, name: Token | None) -> Selector:
        position = name.position if name else self.now.position
        matchers = [Matcher(NAME, "=", name.text)] if name else []
        if self.skip("{"):
            while not self.skip("}"):
                matchers.append(self._matcher())
                if not self.skip(","):
                    self.expect("}")
                    break
        if all(_holds_for_nothing(matcher) for matcher in matchers):
            raise Refused("a selector needs a condition that an absent label does not meet", position)
        return self._when(Selector(tuple(matchers), None, 0, position))

    def _matcher(self) -> Matcher:
        if self.now.kind == "string":
            raise Refused("quoted metric names are not replayed here", self.now.position)
        label = self.expect("name").text
        sign = self.take()
        if sign.text not in ("=", "!=", "=~", "!~"):
            raise Refused(f"{sign.text!r} compares no label", sign.position)
        value = self.expect("string")
        found = Matcher(label, sign.text, string_of(value))
        if "~" in found.op:
            try:
                re.compile(found.value)
            except re.error as problem:
                raise Refused(f"the pattern {found.value!r} is not understood: {problem}", value.position) from problem
        return found

    def _when(self, selector: Selector) -> Selector:
        """The range and the offset behind a selector."""
        if self.skip("["):
            length = duration_ms(self.expect("duration"))
            if self.now.text.startswith(":"):
                raise Refused("subqueries are not replayed here", self.now.position)
            self.expect("]")
            if not length:
                raise Refused("a range must be longer than nothing", selector.position)
            selector = replace(selector, range_ms=length)
        if self.word() == "offset":
            self.take()
            sign = -1 if self.skip("-") else 1
            selector = replace(selector, offset_ms=sign * duration_ms(self.expect("duration")))
        return selector

    def _refuse_after(self, found: Expression) -> Expression:
        """What may stand behind a part in PromQL, but not here."""
        if self.now.text == "@":
            raise Refused("the @ modifier is not replayed here", self.now.position)
        if self.now.text == "[":
            raise Refused("subqueries are not replayed here", self.now.position)
        if self.word() == "offset":
            raise Refused("an offset belongs to a selector", self.now.position)
        return found


_WANTED = {"end": "an operator", "name": "a name", "string": "a quoted text", "duration": "a duration such as 5m"}


def _checked(whole: Binary) -> Binary:
    """The operation with both sides fit for it."""
    kinds = (kind_of(whole.left), kind_of(whole.right))
    if Kind.RANGE in kinds:
        raise Refused(f"{whole.op} does not work on a range of samples", whole.position)
    if whole.op in SETS and Kind.SCALAR in kinds:
        raise Refused(f"{whole.op} does not work on a scalar", whole.position)
    if whole.op in COMPARISONS and not whole.as_bool and kinds == (Kind.SCALAR, Kind.SCALAR):
        raise Refused("a comparison of two scalars needs bool", whole.position)
    if whole.matching != Matching() and Kind.SCALAR in kinds:
        raise Refused("matching of labels needs vectors on both sides", whole.position)
    if set(whole.matching.include) & set(whole.matching.labels) and whole.matching.on:
        raise Refused("a label cannot be both matched on and included", whole.position)
    return whole


def _number(token: Token) -> float:
    text = token.text.lower()
    return float(int(text, 16)) if text.startswith("0x") else float(text)


def _holds_for_nothing(matcher: Matcher) -> bool:
    """Whether an absent label meets the condition."""
    if "~" in matcher.op:
        return (re.fullmatch(matcher.value, "") is not None) == (matcher.op == "=~")
    return (matcher.value == "") == (matcher.op == "=")
