"""Answers of Prometheus' HTTP API (`query_range`, `query`) and of promtool, as JSON, to metrics.

Counters are told by the endings `_total`, `_bucket`, `_count` and `_sum`; buckets become histograms again. The result
of an expression has no name and is called after its file. `Block.first_line` counts series.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Any

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.json_records import Layout, around, beginning, records_of
from secondstory.sources.reading.json_scan import cut_records
from secondstory.sources.reading.labels import as_text
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.series import SampledSeries, samples_of, tables_of

LAYOUT = Layout(b'{"data":{"result":[', ("metric", "values", "value", "histograms", "histogram"))
BLOCK_BYTES = 8 * 1024 * 1024
"""A sample takes 20 bytes here and ten times that as a row."""

_RESULTS = ("matrix", "vector", "scalar", "string")
_WARNING = re.compile(rb'"(?:warnings|infos)"\s*:\s*\[\s*"')
_NAME = "__name__"


def recognise(head: FileHead) -> bool:
    """True for an answer of the query API, an error of it, and for a bare list of series."""
    if not head.start.startswith((b"{", b"[")):
        return False
    match beginning(head.start):
        case {"data": {"resultType": kind}}:
            return kind in _RESULTS
        case {"data": {"result": [{"metric": {}}, *_]}} | [{"metric": {}}, *_]:
            return True
        case {"status": "error", "errorType": str(), "error": str()}:
            return True
        case _:
            return False


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All series of the block. Raises BadInput on a file that holds none and is no whole answer either."""
    rejects = Rejects(block.path)
    series = [
        found for number, record in records_of(block, LAYOUT, rejects) for found in _series(number, record, rejects)
    ]
    if b'"warnings"' in block.data and _WARNING.search(around(block, LAYOUT)):
        rejects.tell("prometheus_warned", block.first_line)
    name = PurePosixPath(block.path).name.split(".")[0]
    return Parsed(tables=tables_of(series, name, mapping, rejects), rejects=rejects.found())


def _series(number: int, record: dict[str, Any], rejects: Rejects) -> Iterator[SampledSeries]:
    """The one series of a record; none for an empty answer."""
    labels = record.get("metric")
    if isinstance(labels, dict):
        if "histogram" in record or "histograms" in record:
            rejects.add("histogram_native", number)
        given = record.get("values", [record["value"]] if "value" in record else [])
        times, values = samples_of(given, number, rejects)
        if times.size:
            texts = {name: as_text(value) for name, value in labels.items()}
            yield SampledSeries(number, texts.pop(_NAME, ""), texts, times, values)
    elif record.get("status") == "error":
        rejects.tell("prometheus_error", number, kind=str(record.get("errorType"))[:40])
    elif not _is_empty(record):
        rejects.add("series_shape", number)


def _is_empty(record: dict[str, Any]) -> bool:
    data = record.get("data")
    return isinstance(data, dict) and data.get("result") == [] and record.get("status") == "success"


EXTENSION = SourceExtension(
    name="prometheus",
    summary="Prometheus query_range and query answers in JSON: gauges, counters and classic histograms",
    recognise=recognise,
    cut=cut_records(LAYOUT.opening, BLOCK_BYTES),
    parse=parse,
)
