"""Texts of plain log records to what they say of themselves: severity, service, trace and span."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.compute as pc

from secondstory.model.telemetry import Mapping
from secondstory.sources.reading.labels import aliased
from secondstory.sources.reading.severity import severity_number

_LOOK = 96  # characters; a level word stands near the begin, further on it is part of a sentence
_WORD = "trace|debug|info|notice|warn|warning|error|err|crit|critical|alert|emerg|fatal|panic|severe"
_LEVEL = (
    rf"(?P<upper>\b(?:{_WORD.upper()})\b)|\b(?P<postgres>LOG|DETAIL|HINT|STATEMENT):"
    rf"|(?i:\b(?:level|severity|lvl)[=:] ?\"?)(?P<field>[A-Za-z]+)"
    rf"|\[(?P<bracket>(?i:{_WORD}))\]|^(?P<first>(?i:{_WORD})):"
)
_BRACKET = r"\[(?P<name>[a-z][a-z0-9_-]*(?:service|svc))\]"
_TRACE = r"(?i:trace[_.-]?id)[\"']?[=: ]+[\"']?(?P<id>[0-9a-fA-F]{32})\b"
_SPAN = r"(?i:span[_.-]?id)[\"']?[=: ]+[\"']?(?P<id>[0-9a-fA-F]{16})\b"
_GENERIC = re.compile(
    "access|app|application|console|current|daemon|debug|default|errors?|logs?|main|messages|other|output|server|stderr"
    "|stdout|syslog|system",
    re.IGNORECASE,
)
_ROTATION = re.compile(r"(?:[-_.](?:\d[\d_.:T-]*|gz|log|txt|out|err|json|jsonl|ndjson|access|error))+$")


@dataclass(frozen=True, eq=False)
class LineFacts:
    """One item a record."""

    severity: npt.NDArray[np.int8]
    service: pa.Array
    trace_id: pa.Array
    span_id: pa.Array


def line_facts(texts: pa.Array, mapping: Mapping, apps: pa.Array, fallback: str) -> LineFacts:
    """What each text says; `apps` are syslog's program names, `fallback` the service where the text names none."""
    services = pa.nulls(len(texts), pa.string())
    for label in mapping.service_labels:
        pattern = rf"(?:^|[\s\[{{(,;]){re.escape(label)}=[\"']?(?P<name>[\w.:/-]+)"
        services = pc.coalesce(services, _group(texts, f"{label}=", pattern))
    services = pc.coalesce(services, apps, _group(texts, "[", _BRACKET), pa.scalar(fallback))
    return LineFacts(
        severity=_severities(texts),
        service=aliased(services, mapping),
        trace_id=pc.ascii_lower(_group(texts, "trace", _TRACE)),
        span_id=pc.ascii_lower(_group(texts, "span", _SPAN)),
    )


def named_in_path(path: str) -> str:
    """The service that a log file is named after, "" for names that any program could have."""
    name = _ROTATION.sub("", PurePosixPath(path).name)
    return "" if _GENERIC.fullmatch(name) or not re.match(r"[A-Za-z]", name) else name


def _severities(texts: pa.Array) -> npt.NDArray[np.int8]:
    found = pc.extract_regex(pc.utf8_slice_codeunits(texts, 0, _LOOK), _LEVEL)
    words = pc.coalesce(*(_filled(found.field(field.name)) for field in found.type)).fill_null("")
    encoded = pc.utf8_rtrim(words, ":").dictionary_encode()
    numbers = pa.array([severity_number(word) for word in encoded.dictionary.to_pylist()], pa.int8())
    severities: npt.NDArray[np.int8] = np.array(numbers.take(encoded.indices), dtype=np.int8)
    return severities


def _filled(group: pa.Array) -> pa.Array:
    """Where a pattern or an alternative did not match, its group is an empty text; null says it better."""
    return pc.if_else(pc.equal(group, ""), pa.scalar(None, pa.string()), group)


def _group(texts: pa.Array, hint: str, pattern: str) -> pa.Array:
    """The pattern's group, null where it does not match; only texts that hold the hint are matched, which is cheap."""
    hinted = pc.match_substring(texts, hint, ignore_case=True)
    if not pc.any(hinted).as_py():
        return pa.nulls(len(texts), pa.string())
    found = pc.extract_regex(pc.if_else(hinted, texts, pa.scalar(None, pa.string())), pattern)
    return _filled(found.field(0))
