"""Windows and steps in a query: which rows lie inside, and at which microsecond their step starts."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from secondstory.model.window import Window, epoch_us, hull


def inside(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.BooleanColumn:
    """True for rows in any of the windows; start <= t < end."""
    return ibis.or_(*[(time_us >= epoch_us(piece.start)) & (time_us < epoch_us(piece.end)) for piece in windows])


def within(table: ir.Table, windows: tuple[Window, ...], *conditions: ir.BooleanValue) -> ir.Table:
    """The rows of `table` that lie in any of the windows and meet the conditions on its columns.

    All of it is one filter. Two filters, one on the other, would make the first a common table of several readers,
    which engines then copy whole instead of reading only what each reader needs.
    """
    # The hull comes first and alone: engines prune files and row groups by a plain range, not by a disjunction.
    ranges = [(hull(windows),)] if len(windows) == 1 else [(hull(windows),), windows]
    return table.filter(*[inside(table.time_us, pieces) for pieces in ranges], *conditions)


def stepped(table: ir.Table, windows: tuple[Window, ...], step_s: int) -> ir.Table:
    """The rows of `within`, with `step_us`: the start of the row's step, counted from the start of its window."""
    rows = within(table, windows)
    return rows.mutate(step_us=step_start(rows.time_us, windows, step_s))


def step_start(time_us: ir.IntegerColumn, windows: tuple[Window, ...], step_s: int) -> ir.IntegerColumn:
    """Start of the step that holds each time, in microseconds; null outside of all windows.

    Ibis divides as floats and takes the floor, which is exact below 2**53 microseconds (285 years) after a window's
    start.
    """
    step_us = step_s * 1_000_000
    starts = [epoch_us(piece.start) for piece in windows]
    if len(windows) == 1:
        return starts[0] + (time_us - starts[0]) // step_us * step_us
    return ibis.cases(
        *[
            (inside(time_us, (piece,)), start + (time_us - start) // step_us * step_us)
            for piece, start in zip(windows, starts, strict=True)
        ]
    )


def piece_start(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.IntegerColumn:
    """Start of the window that holds each time, in microseconds; null outside of all windows."""
    if len(windows) == 1:
        return ibis.literal(epoch_us(windows[0].start), "int64")
    return ibis.cases(*[(inside(time_us, (piece,)), epoch_us(piece.start)) for piece in windows])


def piece_end(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.IntegerColumn:
    """End of the window that holds each time, in microseconds; null outside of all windows."""
    if len(windows) == 1:
        return ibis.literal(epoch_us(windows[0].end), "int64")
    return ibis.cases(*[(inside(time_us, (piece,)), epoch_us(piece.end)) for piece in windows])


def widened(window: Window, before_s: int, after_s: int) -> tuple[int, int]:
    """The window with a margin, as microseconds since 1970 UTC."""
    return epoch_us(window.start) - before_s * 1_000_000, epoch_us(window.end) + after_s * 1_000_000
