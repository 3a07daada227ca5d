"""A damaged OTLP/JSON request to what of it can be read: odd bytes as signs, bare NaN as such, records before a break.

A request of the Collector holds thousands of records, so what one of them breaks must not cost the others.
"""

from __future__ import annotations

import json
from typing import Any

from secondstory.sources.reading.json_scan import Scanner
from secondstory.sources.reading.rejects import Rejects

_RECORD_DEPTH = 6  # brackets around a span, a log record or a metric
_CLOSING = "]}]}]}"
_PIECE = 4 * 1024 * 1024  # bytes that are looked at together; looking takes several times as much


def repaired(data: bytes, line: int, rejects: Rejects) -> dict[str, Any] | None:
    """The request, and why it is not whole; None where nothing of it can be read."""
    text = data.replace(b"\0", b"").decode(errors="replace")
    key = "zero_bytes" if b"\0" in data else "text_replaced" if "\ufffd" in text else ""
    try:
        request = json.loads(text)
    except json.JSONDecodeError as error:
        request, key = _before_break(text[: error.pos]), "otlp_broken"
        line += text.count("\n", 0, error.pos)
    except RecursionError:
        request = None
    if not isinstance(request, dict):
        rejects.add("json_unreadable", line)
        return None
    if key:
        rejects.add(key, line)
    return request


def _before_break(text: str) -> Any:
    """The request up to the last record that is whole."""
    data, scanner, end = text.encode(), Scanner(_RECORD_DEPTH), 0
    for start in range(0, len(data), _PIECE):
        marks = scanner.feed(data[start : start + _PIECE])
        ends = marks.place[marks.ends & (marks.depth == _RECORD_DEPTH)]
        end = start + int(ends[-1]) + 1 if ends.size else end
    try:
        return json.loads(data[:end].decode() + _CLOSING)
    except (ValueError, RecursionError):
        return None
