"""Columns of decoded log objects to the log table: which key is the time, the severity, the message, the ids."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import Mapping, TableName
from secondstory.sources.reading.columns import Columns
from secondstory.sources.reading.labels import aliased
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_columns
from secondstory.sources.reading.severity import severity_number
from secondstory.sources.reading.times import NO_TIME, micros_of_texts

TIME_KEYS = (
    "time", "timestamp", "@timestamp", "ts", "datetime", "asctime", "event_time", "eventTime", "date", "Timestamp",
    "timeUnixNano", "__REALTIME_TIMESTAMP", "t",
)  # fmt: skip
SEVERITY_NUMBER_KEYS = ("severity_number", "severityNumber", "SeverityNumber")
SEVERITY_KEYS = (
    "level", "severity", "severity_text", "severityText", "SeverityText", "levelname", "log.level", "loglevel",
    "log_level", "lvl", "PRIORITY",
)  # fmt: skip
MESSAGE_KEYS = ("message", "msg", "body", "log", "event", "text", "MESSAGE", "Body", "@message")
STACK_KEYS = (
    "exception.stacktrace", "exception_stacktrace", "stack_trace", "error.stack_trace", "err.stack", "exc_info",
    "exception", "stack",
)  # fmt: skip
TRACE_KEYS = ("trace_id", "traceId", "trace.id", "traceID", "TraceId", "traceid", "otelTraceID")
SPAN_KEYS = ("span_id", "spanId", "span.id", "spanID", "SpanId", "spanid", "otelSpanID")
USER_KEYS = (
    ("user.id", ("user_id", "userId", "userid", "user", "uid", "enduser_id")),
    ("user.name", ("user_name", "userName", "username")),
    ("user.email", ("user_email", "userEmail", "email")),
)
"""Names under which users appear, brought to OpenTelemetry's, so that the import makes pseudonyms of them."""

_STANDARD_SEVERITIES = 24
_NUMBER = re.compile(r"-?\d+(?:\.\d*)?(?:[eE][+-]?\d+)?")
_TRACE_HEX = r"^(?:[0-9a-f]{16}|[0-9a-f]{32})$"
_SPAN_HEX = r"^[0-9a-f]{16}$"


def log_table(columns: Columns, lines: Sequence[int], mapping: Mapping, rejects: Rejects) -> pa.Table | None:
    """The rows of these objects that have a time; `lines` says where each stands. None where no row is left."""
    given = columns.take(TIME_KEYS)
    times = micros_of_texts(given)
    ids = {
        "trace_id": _ids(columns, TRACE_KEYS, _TRACE_HEX, 32),
        "span_id": _ids(columns, SPAN_KEYS, _SPAN_HEX, 16),
    }
    told: dict[str, pa.Array] = {
        "time": pa.array(times),
        "severity_number": _severities(columns),
        "body": _bodies(columns),
        **ids,
        "service": aliased(columns.take(mapping.service_labels), mapping),
        "instance": columns.take(mapping.instance_labels),
        "version": columns.take(mapping.version_labels),
        "environment": columns.take(mapping.environment_labels),
    }
    _name_users(columns)
    told["attributes"] = columns.attributes()
    sound = _with_time(given, times, lines, rejects)
    if not sound.all():
        told = {name: column.filter(pa.array(sound)) for name, column in told.items()}
    return next((table for _, table in table_of_columns(TableName.LOGS, told, int(sound.sum()))), None)


def _with_time(
    given: pa.Array, times: npt.NDArray[np.int64], lines: Sequence[int], rejects: Rejects
) -> npt.NDArray[np.bool_]:
    sound: npt.NDArray[np.bool_] = times != NO_TIME
    for place in np.flatnonzero(~sound).tolist():
        seen = given[place].as_py()
        if seen is None:
            rejects.add("time_missing", lines[place])
        elif _NUMBER.fullmatch(seen):
            rejects.add("time_epoch_outside", lines[place], seen=seen)
        else:
            rejects.add("time_unreadable", lines[place])
    return sound


def _severities(columns: Columns) -> pa.Array:
    numbers = columns.take(SEVERITY_NUMBER_KEYS)
    words = columns.take(SEVERITY_KEYS)
    stated = _lookup(numbers, lambda text: int(text) if text.isdecimal() and len(text) < 3 else 0)
    stated = pc.if_else(pc.less_equal(stated, _STANDARD_SEVERITIES), stated, pa.scalar(0, pa.int8()))
    return pc.if_else(pc.greater(stated, 0), stated, _lookup(words, severity_number))


def _lookup(texts: pa.Array, number: Callable[[str], int]) -> pa.Array:
    encoded = texts.fill_null("").dictionary_encode()
    numbers = [number(text) for text in encoded.dictionary.to_pylist()]
    return pa.array(numbers, pa.int8()).take(encoded.indices)


def _bodies(columns: Columns) -> pa.Array:
    """The message, with a stack trace as further lines; "" for an object without either."""
    bodies = columns.take(MESSAGE_KEYS).fill_null("")
    stacks = columns.take(STACK_KEYS)
    if stacks.null_count < len(stacks):
        pairs = zip(bodies.to_pylist(), stacks.to_pylist(), strict=True)
        bodies = pa.array([_joined(body, stack) for body, stack in pairs], pa.string())
    return pc.utf8_rtrim(bodies, "\r\n")


def _joined(body: str, stack: str | None) -> str:
    if not stack or stack in body:
        return body
    return f"{body}\n{stack}" if body else stack


def _ids(columns: Columns, names: tuple[str, ...], pattern: str, digits: int) -> pa.Array:
    """Ids in lower case, short ones of older tracers filled up with zeros; what is no id stays an attribute."""
    texts = columns.take(names)
    if texts.null_count == len(texts):
        return texts
    lower = pc.ascii_lower(texts)
    sound = pc.match_substring_regex(lower, pattern)
    if pc.any(pc.invert(sound)).as_py():
        columns.put_back(names[0], pc.if_else(sound, pa.scalar(None, pa.string()), texts))
        lower = pc.if_else(sound, lower, pa.scalar(None, pa.string()))
    padded = pc.ascii_lpad(lower, digits, "0")
    return pc.if_else(pc.equal(padded, "0" * digits), pa.scalar(None, pa.string()), padded)


def _name_users(columns: Columns) -> None:
    for meant, seen in USER_KEYS:
        for name in seen:
            if name in columns:
                columns.put_back(meant, columns.take((meant, name)))
