"""Shapes of log lines, counted in the engine: what varies from line to line becomes a star, what is said stays.

A star takes the place of every word that holds a digit (numbers, times, addresses, ids, hexadecimal) and of quoted
text. A place in the code written `Class#line` stays, because it names the statement that spoke. Of several lines, as
in a stack trace, the shape has the first and the type of the last error in it. Shapes that differ in a word without a
digit stay apart.
"""

from __future__ import annotations

import ibis
import ibis.expr.types as ir
import pyarrow as pa

from secondstory.model.query import LogPatternQuery
from secondstory.warehouse.queries.answer import TIME
from secondstory.warehouse.queries.logs import severity
from secondstory.warehouse.queries.steps import inside, within
from secondstory.warehouse.queries.tables import LOGS

COLUMNS = pa.schema(
    [
        ("service", pa.string()),
        ("pattern", pa.string()),
        ("severity", pa.string()),
        ("rows", pa.int64()),
        ("reference_rows", pa.int64()),
        ("first_time", TIME),
        ("last_time", TIME),
        ("sample", pa.string()),
        ("traces", pa.int64()),
        ("reference_traces", pa.int64()),
    ]
)
_LONGEST = 300  # characters of a line that a shape is made of; what follows is mostly payload
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_DIGITS = r"\w*\d\w*"
_VARYING = rf"{_UUID}|{_DIGITS}(?:[-.:+]{_DIGITS})*"
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'[^'\s]*'"
_CODE_PLACE = r"[\w.$]*[A-Za-z_$]#\d+"
_ERROR_TYPE = r"((?:[\w$]+\.)+[A-Z][\w$]*|[A-Z]\w*(?:Error|Exception|Timeout))"
# The last line that is not indented, where it begins with the type of an error; indented lines may follow it (Java).
_LAST_ERROR = rf"\n(?:Caused by: )?{_ERROR_TYPE}(?::[^\n]*)?(?:\n[ \t][^\n]*)*\s*$"


def log_patterns(query: LogPatternQuery) -> ir.Table:
    """Shapes with their counts in the window and in the reference; the most frequent ones, up to the limit.

    First and last time span both. The sample is the first line in order of the alphabet, from the window if it has one.
    """
    asked = within(LOGS, (query.window, *query.reference))
    now = inside(asked.time_us, (query.window,))
    then = inside(asked.time_us, query.reference) if query.reference else ibis.literal(False)
    lines = asked.select(
        "service", "trace_id", "time_us", "body", severity=severity(asked.severity_number), now=now, then=then
    )
    lines = lines.mutate(pattern=shape(lines.body))
    shapes = lines.group_by("service", "pattern", "severity").agg(
        rows=lines.count(where=lines.now),
        reference_rows=lines.count(where=lines.then),
        first_time=lines.time_us.min(),
        last_time=lines.time_us.max(),
        sample=ibis.coalesce(lines.body.min(where=lines.now), lines.body.min(where=lines.then)),
        # The dearest numbers here: engines remember each pair of shape and trace, and spill where that is too much.
        traces=lines.trace_id.nunique(where=lines.now),
        reference_traces=lines.trace_id.nunique(where=lines.then),
    )
    most = ibis.greatest(shapes.rows, shapes.reference_rows).desc()
    return shapes.order_by(most, "service", "pattern", "severity").limit(query.limit)


def shape(body: ir.StringColumn) -> ir.StringColumn:
    """What a log line says, without what varies."""
    # Captures make a regular expression some five times dearer, so lines are cut by plain text functions.
    many = body.contains("\n")
    line = many.ifelse(body.split("\n")[0], body).left(_LONGEST)
    error = many.ifelse(body.re_extract(_LAST_ERROR, 1), "")
    place = line.contains("#").ifelse(line.re_extract(_CODE_PLACE, 0), "")
    masked = (place == "").ifelse(_masked(line), _masked_around(line, place))
    return masked + (error == "").ifelse("", " … " + error)


def _masked_around(line: ir.StringColumn, place: ir.StringColumn) -> ir.StringColumn:
    at = line.find(place)
    return _masked(line.substr(0, at)) + place + _masked(line.substr(at + place.length()))


def _masked(text: ir.StringColumn) -> ir.StringColumn:
    # In JSON the quotes are around everything, names of fields too: there only what holds digits varies.
    is_json = text.startswith("{")
    return is_json.ifelse(text.re_replace(_VARYING, "*"), text.re_replace(rf"{_QUOTED}|{_VARYING}", "*"))
