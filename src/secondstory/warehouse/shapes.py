"""The shape of a log line: what varies from line to line becomes a star, what is said stays.

A star takes the place of every word that holds a digit (numbers, times, addresses, ids, hexadecimal) and of quoted
text. A place in the code written `Class#line` stays, because it names the statement that spoke. Of several lines, as
in a stack trace, the shape has the first and the type of the last error in it. Shapes that differ in a word without a
digit stay apart.

Masking a line costs a microsecond, ten times as much as counting it, so it is done once, when a segment is written.
"""

from __future__ import annotations

import duckdb
import ibis
import ibis.expr.types as ir
import pyarrow as pa

_LONGEST = 300  # characters of a line that a shape is made of; what follows is mostly payload
_UUID = r"[0-9a-fA-F]{8}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{4}-[0-9a-fA-F]{12}"
_DIGITS = r"\w*\d\w*"
_VARYING = rf"{_UUID}|{_DIGITS}(?:[-.:+]{_DIGITS})*"
_QUOTED = r"\"(?:[^\"\\]|\\.)*\"|'[^'\s]*'"
CODE_PLACE = r"[\w.$]*[A-Za-z_$]#\d+"
_ERROR_TYPE = r"((?:[\w$]+\.)+[A-Z][\w$]*|[A-Z]\w*(?:Error|Exception|Timeout))"
# The last line that is not indented, where it begins with the type of an error; indented lines may follow it (Java).
_LAST_ERROR = rf"\n(?:Caused by: )?{_ERROR_TYPE}(?::[^\n]*)?(?:\n[ \t][^\n]*)*\s*$"


def shapes(bodies: pa.Array) -> pa.Array:
    """The shape of each log line."""
    with duckdb.connect(":memory:", config={"threads": 1}) as connection:
        connection.register("lines", pa.table({"body": bodies}))
        return connection.sql(_SHAPES).to_arrow_table()["pattern"].combine_chunks()


def shape(body: ir.StringColumn) -> ir.StringColumn:
    """What a log line says, without what varies."""
    # Most lines are plain: four cheap looks spare them every cut and copy but the one regular expression.
    is_odd = body.contains("\n") | body.contains("#") | body.startswith("{") | (body.length() > _LONGEST)
    return is_odd.ifelse(_odd_shape(body), body.re_replace(f"{_QUOTED}|{_VARYING}", "*"))


def _odd_shape(body: ir.StringColumn) -> ir.StringColumn:
    # Captures make a regular expression some five times dearer, so lines are cut by plain text functions.
    many = body.contains("\n")
    line = many.ifelse(body.split("\n")[0], body).left(_LONGEST)
    error = many.ifelse(body.re_extract(_LAST_ERROR, 1), "")
    place = line.re_extract(CODE_PLACE, 0)
    masked = (place == "").ifelse(_masked(line), _masked_around(line, place))
    return masked + (error == "").ifelse("", " … " + error)


def _masked_around(line: ir.StringColumn, place: ir.StringColumn) -> ir.StringColumn:
    at = line.find(place)
    return _masked(line.substr(0, at)) + place + _masked(line.substr(at + place.length()))


def _masked(text: ir.StringColumn) -> ir.StringColumn:
    # In JSON the quotes are around everything, names of fields too: there only what holds digits varies.
    is_json = text.startswith("{")
    return is_json.ifelse(text.re_replace(_VARYING, "*"), text.re_replace(rf"{_QUOTED}|{_VARYING}", "*"))


_LINES = ibis.table({"body": "string"}, name="lines")
_SHAPES = str(ibis.to_sql(_LINES.select(pattern=shape(_LINES.body)), dialect="duckdb", pretty=False))
