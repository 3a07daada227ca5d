"""Traces as Jaeger's query service and its page write them (`{"data": [...]}`) to spans.

Times are microseconds. A reference CHILD_OF within the trace is the parent, or where there is none FOLLOWS_FROM; other
references become links. `Block.first_line` counts traces.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import orjson

from secondstory.model.telemetry import Mapping, TableName
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.json_records import Layout, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.labels import Labels, as_text, json_object, split_labels
from secondstory.sources.reading.otlp import sample_weight
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_rows
from secondstory.sources.reading.times import HIGHEST_US, believable, unit_words

LAYOUT = Layout(b'{"data":[', ("traceID", "spans", "processes"))

_HEX = re.compile(r"[0-9a-f]+")
_KINDS = ("server", "client", "producer", "consumer", "internal")
_SERVER_ERROR = 500
_STATUS_CODES = ("http.status_code", "http.response.status_code")

Row = tuple[object, ...]


class _Unusable(Exception):
    """A span cannot be a row; the text key says why. Never leaves the connector."""


def recognise(head: FileHead) -> bool:
    """True where the first trace has an id and spans, and for an answer that says why it has none."""
    if not head.start.startswith((b"{", b"[")):
        return False
    match beginning(head.start):
        case {"data": [{"traceID": str()}, *_]} | [{"traceID": str(), "spans": []}, *_]:
            return True
        case {"data": [{"spans": [{"traceID": str()}, *_]}, *_]}:
            return True
        case {"data": None | [], "errors": [{"msg": str()}, *_]}:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All traces of the block. Raises BadInput on a file that holds none and is no whole answer either."""
    rejects = Rejects(block.path)
    rows = [
        row for number, trace in records_of(block, LAYOUT, rejects) for row in _rows(number, trace, mapping, rejects)
    ]
    return Parsed(tables=table_of_rows(TableName.SPANS, rows), rejects=rejects.found())


def _rows(number: int, trace: dict[str, Any], mapping: Mapping, rejects: Rejects) -> Iterator[Row]:
    spans, processes = trace.get("spans"), trace.get("processes")
    if not isinstance(spans, list):
        if "msg" in trace or trace.get("errors"):
            rejects.add("jaeger_error", number)
        elif trace.get("data") != []:
            rejects.add("trace_shape", number)
        return
    if trace.get("warnings"):
        rejects.tell("jaeger_warned", number)
    who = {
        name: split_labels(_process(process), mapping)
        for name, process in (processes if isinstance(processes, dict) else {}).items()
    }
    nobody = split_labels({}, mapping)
    weight = _trace_weight(spans)
    for span in spans:
        try:
            yield _row(span, who, nobody, weight)
        except _Unusable as problem:
            key, facts = problem.args
            rejects.add(key, number, **facts)
        except (KeyError, TypeError, ValueError, AttributeError, OverflowError):
            rejects.add("span_shape", number)


def _process(process: Any) -> dict[str, str]:
    """The labels of a process; its tags are the resource attributes of OpenTelemetry."""
    told = _tags(process.get("tags")) if isinstance(process, dict) else {}
    name = process.get("serviceName") if isinstance(process, dict) else None
    return {**told, "service.name": name} if isinstance(name, str) and name else told


def _row(span: dict[str, Any], who: dict[str, Labels], nobody: Labels, weight: float) -> Row:
    time, duration = int(span["startTime"]), int(span.get("duration") or 0)
    if not believable(time):
        facts = {"seen": time, "unit": "microseconds", "looks": unit_words(time)}
        raise _Unusable("time_outside", facts)
    if duration < 0:
        raise _Unusable("span_backwards", {})
    if duration > HIGHEST_US:
        raise _Unusable("span_endless", {})
    tags = _tags(span.get("tags"))
    trace_id, span_id = _id(span.get("traceID"), 32), _id(span.get("spanID"), 16)
    if trace_id is None or span_id is None:
        raise _Unusable("ids_missing", {})
    parent, links = _references(span, trace_id)
    kind = tags.pop("span.kind", None)
    status, message = _status(tags)
    stated = sample_weight(tags.pop("w3c.tracestate", ""), tags)
    if span.get("warnings"):
        tags["jaeger.warnings"] = as_text(span["warnings"])
    labels = who.get(span.get("processID", ""), nobody)
    name = str(span.get("operationName") or "")
    return (
        time, *labels, duration, name, kind if kind in _KINDS else None, status, message,
        trace_id, span_id, parent, _events(span), links, stated if stated != 1.0 else weight, json_object(tags),
    )  # fmt: skip


def _tags(given: Any) -> dict[str, str]:
    """Tags as texts; a repeated key keeps its last value, as in Jaeger."""
    return {str(tag["key"]): as_text(tag.get("value")) for tag in given or () if isinstance(tag, dict) and "key" in tag}


def _status(tags: dict[str, str]) -> tuple[str, str | None]:
    """Status and message by OpenTelemetry's tags, OpenTracing's `error`, or the HTTP status; only that stays a tag."""
    code, failed = tags.pop("otel.status_code", "").lower(), tags.pop("error", "").lower()
    message = tags.pop("otel.status_description", None)
    if code in ("ok", "error"):
        return code, message
    http = next((tags[name] for name in _STATUS_CODES if name in tags), "")
    is_error = failed not in ("", "false") or (http.isdecimal() and int(http) >= _SERVER_ERROR)
    return ("error" if is_error else "unset"), message


def _references(span: dict[str, Any], trace_id: str) -> tuple[str | None, str]:
    """The parent's id, and the other references as JSON."""
    found = [
        (str(reference.get("refType")), _id(reference.get("traceID"), 32), _id(reference.get("spanID"), 16))
        for reference in span.get("references") or ()
    ]
    if not found and span.get("parentSpanID"):  # as clients before 1.0 wrote it
        found = [("CHILD_OF", trace_id, _id(span["parentSpanID"], 16))]
    own = [each for each in found if each[1] == trace_id and each[2] is not None]
    parent = next((each for kind in ("CHILD_OF", "FOLLOWS_FROM") for each in own if each[0] == kind), None)
    links = [
        {"attributes": {"opentracing.ref_type": kind.lower()}, "span_id": span_id, "trace_id": trace}
        for kind, trace, span_id in (each for each in found if each is not parent)
    ]
    return (parent[2] if parent else None), orjson.dumps(links, option=orjson.OPT_SORT_KEYS).decode()


def _events(span: dict[str, Any]) -> str:
    told = []
    for log in span.get("logs") or ():
        fields = _tags(log.get("fields"))
        name = fields.pop("event", None) or fields.get("message", "")
        told.append({"attributes": fields, "name": name, "time_us": int(log["timestamp"])})
    return orjson.dumps(told, option=orjson.OPT_SORT_KEYS).decode()


def _trace_weight(spans: list[Any]) -> float:
    """How many requests a trace stands for, which Jaeger's clients write on its first span only."""
    for span in spans:
        tags = _tags(span.get("tags")) if isinstance(span, dict) and isinstance(span.get("tags"), list) else {}
        if tags.get("sampler.type") == "probabilistic":
            try:
                share = float(tags.get("sampler.param", ""))
            except ValueError:
                continue
            if 0 < share <= 1:
                return 1 / share
    return 1.0


def _id(given: Any, digits: int) -> str | None:
    """An id with the zeros at its front that older versions leave out; None where it is none."""
    text = given.lower() if isinstance(given, str) else ""
    sound = _HEX.fullmatch(text) and len(text) <= digits and text.strip("0")
    return text.zfill(digits) if sound else None


EXTENSION = SourceExtension(
    name="jaeger",
    summary="Jaeger traces in JSON, as its query service and its page export them",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening),
    parse=parse,
)
