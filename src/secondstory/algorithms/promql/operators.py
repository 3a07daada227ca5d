"""Operators between scalars and rows: arithmetic, comparisons and sets, with the matching of labels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import replace

import numpy as np

from secondstory.algorithms.promql.refusal import Refused
from secondstory.algorithms.promql.rows import Floats, Labels, Mask, Row, dropping, keeping, labels_of, merged, shown
from secondstory.algorithms.promql.syntax import COMPARISONS, NAME, SETS, Binary, Matching

_ARITHMETIC: dict[str, Callable[[Floats, Floats], Floats]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
    "%": np.fmod,
    "^": np.power,
}
_COMPARED: dict[str, Callable[[Floats, Floats], Mask]] = {
    "==": np.equal,
    "!=": np.not_equal,
    ">": np.greater,
    "<": np.less,
    ">=": np.greater_equal,
    "<=": np.less_equal,
}


def of_scalars(op: str, left: Floats, right: Floats) -> Floats:
    """Two numbers at each time; a comparison gives 0 or 1."""
    if op in COMPARISONS:
        return _COMPARED[op](left, right).astype(np.float64)
    return _ARITHMETIC[op](left, right)


def of_scalar_and_vector(whole: Binary, rows: tuple[Row, ...], number: Floats, *, swapped: bool) -> tuple[Row, ...]:
    """Each row with the number; `swapped` where the number stands on the left. A comparison keeps the row's value."""
    found = []
    for row in rows:
        left, right = (number, row.values) if swapped else (row.values, number)
        if whole.op in COMPARISONS and not whole.as_bool:
            found.append(replace(row, present=row.present & _COMPARED[whole.op](left, right)))
        else:
            found.append(Row(dropping(row.labels, (NAME,)), of_scalars(whole.op, left, right), row.present))
    return merged(found)


def of_vectors(whole: Binary, left: tuple[Row, ...], right: tuple[Row, ...]) -> tuple[Row, ...]:
    """Rows of both sides that match."""
    if whole.op in SETS:
        return _of_sets(whole, left, right)
    many_right = whole.matching.many == "right"
    many, one = (right, left) if many_right else (left, right)
    others = _by_signature(one, whole.matching)
    for signature, members in others.items():
        _refuse_doubles(members, signature)
    found: list[tuple[Labels, Row]] = []
    for row in many:
        signature = _signature(row.labels, whole.matching)
        for other in others.get(signature, ()):
            pair = (other, row) if many_right else (row, other)
            made = _pair(whole, *pair, _labels(whole, row.labels, other.labels))
            if made.present.any():
                found.append((signature, made))
    if not whole.matching.many:
        _refuse_repeats(found)
    return merged(row for _, row in found)


def _pair(whole: Binary, left: Row, right: Row, labels: Labels) -> Row:
    present = left.present & right.present
    if whole.op in COMPARISONS and not whole.as_bool:
        return Row(labels, left.values, present & _COMPARED[whole.op](left.values, right.values))
    return Row(labels, of_scalars(whole.op, left.values, right.values), present)


def _labels(whole: Binary, many: Labels, one: Labels) -> Labels:
    """The labels of what two rows give."""
    matching = whole.matching
    labels = many if whole.op in COMPARISONS and not whole.as_bool else dropping(many, (NAME,))
    if not matching.many:
        return keeping(labels, matching.labels) if matching.on else dropping(labels, matching.labels)
    theirs = dict(one)
    return labels_of({**dict(labels), **{label: theirs.get(label, "") for label in matching.include}})


def _of_sets(whole: Binary, left: tuple[Row, ...], right: tuple[Row, ...]) -> tuple[Row, ...]:
    ours, theirs = _anywhere(left, whole.matching), _anywhere(right, whole.matching)
    if whole.op == "or":
        return merged([*left, *_masked(right, ours, whole.matching, wanted=False)])
    return merged(_masked(left, theirs, whole.matching, wanted=whole.op == "and"))


def _masked(rows: tuple[Row, ...], where: dict[Labels, Mask], matching: Matching, *, wanted: bool) -> Iterator[Row]:
    """The rows only where (or where not) the other side has a row that matches."""
    for row in rows:
        matched = where.get(_signature(row.labels, matching))
        other = np.zeros(row.present.shape, np.bool_) if matched is None else matched
        yield replace(row, present=row.present & (other == wanted))


def _anywhere(rows: tuple[Row, ...], matching: Matching) -> dict[Labels, Mask]:
    """Where any row of each signature is present."""
    found: dict[Labels, Mask] = {}
    for row in rows:
        signature = _signature(row.labels, matching)
        found[signature] = found[signature] | row.present if signature in found else row.present
    return found


def _by_signature(rows: tuple[Row, ...], matching: Matching) -> dict[Labels, list[Row]]:
    found: dict[Labels, list[Row]] = defaultdict(list)
    for row in rows:
        found[_signature(row.labels, matching)].append(row)
    return found


def _signature(labels: Labels, matching: Matching) -> Labels:
    if matching.on:
        return keeping(labels, matching.labels)
    return dropping(labels, (*matching.labels, NAME))


def _refuse_doubles(rows: list[Row], signature: Labels) -> None:
    if len(rows) > 1 and (np.sum([row.present for row in rows], axis=0) > 1).any():
        raise Refused(f"several rows of one side match {shown(signature)}")


def _refuse_repeats(found: list[tuple[Labels, Row]]) -> None:
    """One to one: at no time may two rows come of one signature."""
    by_signature: dict[Labels, list[Row]] = defaultdict(list)
    for signature, row in found:
        by_signature[signature].append(row)
    for signature, rows in by_signature.items():
        _refuse_doubles(rows, signature)
