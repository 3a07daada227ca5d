"""Divides the minutes of a template among its boxes: more where more is open, and always as many as there are."""

from __future__ import annotations

from collections.abc import Mapping

from secondstory.model.conversation import AgendaStep
from secondstory.model.meeting_plan import SHAPES, AgendaBox, Pull, Shape, Template
from secondstory.texts import counted, say

_MOST_PULL = 3.0
_PER_PULL = 0.25  # a box on which most is open gets 1.75 times the share of one on which nothing is
_REASONS = 4
_CORE = 2  # the harm and the close are never cut


def allot(template: Template, pulls: tuple[Pull, ...], pinned: Mapping[str, int]) -> dict[str, int]:
    """Minutes by box. `pinned` are those set by hand, the last said last; one that leaves too little is passed over."""
    minutes: dict[str, int] = {}
    for sitting in (1, 2):
        shapes = tuple(one for one in SHAPES[template] if one.sitting == sitting)
        if shapes:
            minutes |= _divided(shapes, _held(shapes, pinned), pulls)
    return {shape.key: minutes[shape.key] for shape in SHAPES[template]}


def agenda(
    template: Template, pulls: tuple[Pull, ...], pinned: Mapping[str, int], aims: Mapping[str, str]
) -> tuple[AgendaBox, ...]:
    """The boxes in the guides' order, each with its reason."""
    minutes = allot(template, pulls, pinned)
    boxes = []
    for shape in SHAPES[template]:
        is_set = shape.key in _held_in(template, shape.sitting, pinned)
        reasons = tuple(one.words for one in pulls if one.step is shape.step and shape.key != "soak")[:_REASONS]
        least, most = bounds(SHAPES[template], shape, _held_in(template, shape.sitting, pinned))
        boxes.append(
            AgendaBox(
                key=shape.key,
                step=shape.step,
                sitting=shape.sitting,
                title=say(f"agenda.title_{shape.key}"),
                minutes=minutes[shape.key],
                template=shape.minutes,
                aim=aims.get(shape.key) or say(f"agenda.aim_{shape.key}"),
                why=(_minutes_told(shape, minutes[shape.key], reasons, is_set=is_set), *reasons),
                is_set=is_set,
                least=least,
                most=most,
            )
        )
    return tuple(boxes)


def bounds(shapes: tuple[Shape, ...], shape: Shape, pinned: Mapping[str, int]) -> tuple[int, int]:
    """The fewest and most minutes that can be set for a box, the others keeping what they need at least.

    Where nothing else can move the two are the same.
    """
    others = [one for one in shapes if one.sitting == shape.sitting and one.key != shape.key]
    free = [one for one in others if not one.is_fixed and one.key not in pinned]
    total = sum(one.minutes for one in others) + shape.minutes
    kept = sum(pinned.get(one.key, one.minutes) for one in others if one not in free)
    if not free:
        return (total - kept, total - kept) if total > kept else (shape.minutes, shape.minutes)
    return (_CORE if shape.is_fixed else 1), max(1, total - kept - sum(one.least for one in free))


def _held_in(template: Template, sitting: int, pinned: Mapping[str, int]) -> dict[str, int]:
    return _held(tuple(one for one in SHAPES[template] if one.sitting == sitting), pinned)


def _held(shapes: tuple[Shape, ...], pinned: Mapping[str, int]) -> dict[str, int]:
    """Those of the pins that fit: the last said first, while something is left that can move."""
    total = sum(one.minutes for one in shapes)
    held: dict[str, int] = {}
    for key, wanted in reversed(tuple(pinned.items())):
        tried = {**held, key: wanted}
        free = [one for one in shapes if not one.is_fixed and one.key not in tried]
        fixed = sum(one.minutes for one in shapes if one.is_fixed and one.key not in tried)
        known = any(one.key == key for one in shapes)
        fits = sum(tried.values()) + fixed + sum(one.least for one in free) <= total
        if known and wanted > 0 and free and fits:
            held = tried
    return held


def _divided(shapes: tuple[Shape, ...], held: Mapping[str, int], pulls: tuple[Pull, ...]) -> dict[str, int]:
    minutes = {one.key: held.get(one.key, one.minutes) for one in shapes if one.is_fixed or one.key in held}
    free = [one for one in shapes if one.key not in minutes]
    left = sum(one.minutes for one in shapes) - sum(minutes.values())
    weights = {one.key: one.minutes * (1 + _PER_PULL * _pull(one.step, pulls)) for one in free}
    whole = sum(weights.values())
    shares = {one.key: left * weights[one.key] / whole for one in free}
    given = {one.key: max(one.least, int(shares[one.key])) for one in free}
    order = {one.key: place for place, one in enumerate(free)}
    while sum(given.values()) != left:
        short = sum(given.values()) < left
        able = [one.key for one in free if short or given[one.key] > one.least]
        missing = {key: shares[key] - given[key] for key in able}
        key = max(able, key=lambda one: (missing[one] if short else -missing[one], -order[one]))
        given[key] += 1 if short else -1
    return minutes | given


def _pull(step: AgendaStep, pulls: tuple[Pull, ...]) -> float:
    return min(sum(one.weight for one in pulls if one.step is step), _MOST_PULL)


def _minutes_told(shape: Shape, minutes: int, reasons: tuple[str, ...], *, is_set: bool) -> str:
    if is_set:
        return counted("agenda.minutes_set", minutes, template=shape.minutes)
    if minutes > shape.minutes:
        return counted("agenda.minutes_more" if reasons else "agenda.minutes_freed", minutes, template=shape.minutes)
    if minutes < shape.minutes:
        return counted("agenda.minutes_fewer", minutes, template=shape.minutes)
    return counted("agenda.minutes_fixed" if shape.is_fixed else "agenda.minutes_same", minutes, template=shape.minutes)
