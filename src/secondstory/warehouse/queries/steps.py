"""Windows and steps in a query: which rows lie inside, and at which microsecond their step starts."""

from __future__ import annotations

import ibis
import ibis.expr.types as ir

from secondstory.model.window import Window, epoch_us, hull, merged


def inside(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.BooleanColumn:
    """True for rows in any of the windows; start <= t < end."""
    return ibis.or_(*[(time_us >= epoch_us(piece.start)) & (time_us < epoch_us(piece.end)) for piece in windows])


def within(table: ir.Table, windows: tuple[Window, ...], *conditions: ir.BooleanValue) -> ir.Table:
    """The rows of `table` that lie in any of the windows and meet the conditions on its columns.

    All of it is one filter. Two filters, one on the other, would make the first a common table of several readers,
    which engines then copy whole instead of reading only what each reader needs.
    """
    # The hull comes first and alone: engines prune files and row groups by a plain range, not by a disjunction.
    pieces = merged(windows)
    ranges = [pieces] if len(pieces) == 1 else [(hull(pieces),), pieces]
    return table.filter(*[inside(table.time_us, some) for some in ranges], *conditions)


def stepped(table: ir.Table, windows: tuple[Window, ...], step_s: int) -> ir.Table:
    """The rows of `within`, with `step_us`: the start of the row's step, counted from the start of its window."""
    rows = within(table, windows)
    return rows.mutate(step_us=step_start(rows.time_us, windows, step_s))


def step_start(time_us: ir.IntegerColumn, windows: tuple[Window, ...], step_s: int) -> ir.IntegerColumn:
    """Start of the step that holds each time, in microseconds, for times that lie in the windows (which are in order).

    A remainder keeps to whole numbers; Ibis divides as floats.
    """
    return time_us - (time_us - piece_start(time_us, windows)) % (step_s * 1_000_000)


def piece_start(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.IntegerColumn:
    """Start of the window that holds each time, in microseconds, for times that lie in the windows."""
    return _by_window(time_us, windows, [epoch_us(piece.start) for piece in windows])


def piece_end(time_us: ir.IntegerColumn, windows: tuple[Window, ...]) -> ir.IntegerColumn:
    """End of the window that holds each time, in microseconds, for times that lie in the windows."""
    return _by_window(time_us, windows, [epoch_us(piece.end) for piece in windows])


def _by_window(time_us: ir.IntegerColumn, windows: tuple[Window, ...], values: list[int]) -> ir.IntegerColumn:
    """The value of the window that holds each time: the first that has not ended by then."""
    *others, last = [ibis.literal(value, "int64") for value in values]
    if not others:
        return last
    return ibis.cases(
        *[(time_us < epoch_us(piece.end), value) for piece, value in zip(windows, others, strict=False)], else_=last
    )


def widened(window: Window, before_s: int, after_s: int) -> tuple[int, int]:
    """The window with a margin, as microseconds since 1970 UTC."""
    return epoch_us(window.start) - before_s * 1_000_000, epoch_us(window.end) + after_s * 1_000_000
