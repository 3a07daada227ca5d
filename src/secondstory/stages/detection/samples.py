"""Rows of samples to series with labels, as a Prometheus that scraped the same metrics would hold them.

A scrape that no longer finds a series marks its end, and imports do not keep these marks. So where a series pauses for
more than two and a half of its usual steps, a mark is set one step after its last sample: what an instance counted
before it was stopped does not linger for five minutes. It misleads for metrics that are pushed, which linger.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from secondstory.algorithms.promql import NAME, STALE, Selector, Series, labels_of, matches
from secondstory.model.table import Table
from secondstory.model.telemetry import Mapping
from secondstory.stages.detection.naming import is_named, label_name

Floats = npt.NDArray[np.float64]
Millis = npt.NDArray[np.int64]

_IDENTITY = (
    "name",
    "kind",
    "unit",
    "temporality",
    "service",
    "instance",
    "version",
    "environment",
    "resource",
    "attributes",
)
_OF_COLUMN = {"service": "service_name", "instance": "service_instance_id", "version": "service_version"}


_PAUSE = 2.5  # usual steps: one missed scrape is no end


@dataclass(frozen=True, eq=False)
class Sampled:
    """One recorded series; `parts` are its values by ending and bound: ("", "") alone, or those of a histogram."""

    name: str
    kind: str
    unit: str | None
    service: str
    attributes: dict[str, str]  # as recorded
    labels: dict[str, str]
    aliases: dict[str, str]  # labels by which a rule may mean service, instance, version or environment
    times_ms: Millis
    parts: dict[tuple[str, str], tuple[Millis, Floats]]  # times and values, with the marks of pauses and of the end

    @property
    def step_ms(self) -> int:
        """The usual time between two samples; a minute where there is but one."""
        return _step_ms(self.times_ms)


def sampled_of(table: Table) -> tuple[Sampled, ...]:
    """The series of an answer to a `SampleQuery`, in order of their identity."""
    if not table.rows:
        return ()
    columns = [table.arrow.column(name).dictionary_encode(null_encoding="encode") for name in _IDENTITY]
    codes = np.stack([pc.fill_null(one.combine_chunks().indices, -1).to_numpy() for one in columns])
    distinct, of = np.unique(codes, axis=1, return_inverse=True)
    times = table.micros("time") // 1000
    order = np.lexsort((times, of.ravel()))
    edges = np.searchsorted(of.ravel()[order], np.arange(distinct.shape[1] + 1))
    texts = {name: table.texts(name) for name in (*_IDENTITY, "bounds", "buckets")}
    numbers = {name: table.numbers(name) for name in ("value", "count", "sum")}
    found = []
    for number in range(distinct.shape[1]):
        rows = order[edges[number] : edges[number + 1]]
        rows = rows[np.append(np.diff(times[rows]) > 0, True)]  # of samples of the same millisecond the last counts
        first = int(rows[0])
        told = {name: texts[name][first] or "" for name in _IDENTITY}
        parts = _histogram(rows, texts, numbers) if told["kind"] == "histogram" else {("", ""): numbers["value"][rows]}
        if told["temporality"] == "delta":
            parts = {part: np.cumsum(np.nan_to_num(values)) for part, values in parts.items()}
        found.append(_sampled(told, times[rows], parts))
    return tuple(found)


def series_for(
    selectors: Iterable[Selector], mentioned: frozenset[str], sampled: tuple[Sampled, ...]
) -> tuple[Series, ...]:
    """The series that the selectors ask for, under the names by which they do.

    A label that the expression mentions and the series lacks may be one that the import took for the service, the
    instance, the version or the environment; it is put back.
    """
    found: dict[object, Series] = {}
    pairs = [(selector, one) for selector in selectors for one in sampled if _is_asked(selector, one)]
    for selector, one in pairs:
        for series in _series(selector, one, mentioned):
            found.setdefault(series.labels, series)
    return tuple(found.values())


def _is_asked(selector: Selector, one: Sampled) -> bool:
    return selector.metric is not None and is_named(selector.metric, one.name, one.unit, one.kind)


def _series(selector: Selector, one: Sampled, mentioned: frozenset[str]) -> Iterable[Series]:
    asked = selector.metric or ""
    put_back = {label: value for label, value in one.aliases.items() if label in mentioned and label not in one.labels}
    for (ending, bound), (times_ms, values) in one.parts.items():
        if not asked.endswith(ending) or (one.kind == "histogram" and not ending):
            continue
        labels = {**one.labels, **put_back, NAME: asked, **({"le": bound} if bound else {})}
        if matches(labels, selector.matchers):
            yield Series(labels_of(labels), times_ms, values)


def _step_ms(times_ms: Millis) -> int:
    return int(np.median(np.diff(times_ms))) if times_ms.size > 1 else 60_000


def with_ends(times_ms: Millis, values: Floats, step_ms: int) -> tuple[Millis, Floats]:
    """The samples that are known, with a mark where the series pauses, and after the last of them."""
    known = ~np.isnan(values)
    times_ms, values = times_ms[known], values[known]
    if not times_ms.size:
        return times_ms, values
    ends = np.append(np.flatnonzero(np.diff(times_ms) > _PAUSE * step_ms), times_ms.size - 1)
    marked_at = times_ms[ends] + step_ms
    return np.insert(times_ms, ends + 1, marked_at), np.insert(values, ends + 1, STALE)


def _sampled(told: dict[str, str], times_ms: Millis, parts: dict[tuple[str, str], Floats]) -> Sampled:
    resource, attributes = (
        {key: _text(value) for key, value in json.loads(told[column] or "{}").items()}
        for column in ("resource", "attributes")
    )
    labels = {label_name(key): value for key, value in (resource | attributes).items()}
    labels |= {label: told[column] for column, label in _OF_COLUMN.items() if told[column]}
    mapping = Mapping()
    aliases = {
        label_name(label): told[column]
        for column, names in (
            ("service", mapping.service_labels),
            ("instance", mapping.instance_labels),
            ("version", mapping.version_labels),
            ("environment", mapping.environment_labels),
        )
        for label in names
        if told[column]
    }
    return Sampled(
        name=told["name"],
        kind=told["kind"],
        unit=told["unit"] or None,
        service=told["service"],
        attributes=attributes,
        labels=labels,
        aliases=aliases,
        times_ms=times_ms,
        parts={part: with_ends(times_ms, values, _step_ms(times_ms)) for part, values in parts.items()},
    )


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _histogram(
    rows: npt.NDArray[np.intp], texts: dict[str, list[str | None]], numbers: dict[str, Floats]
) -> dict[tuple[str, str], Floats]:
    """Cumulative counts by bound. A row with other bounds than the first has none of them."""
    parts = {("_count", ""): numbers["count"][rows], ("_sum", ""): numbers["sum"][rows]}
    written = texts["bounds"][int(rows[0])]
    if not written:
        return parts
    bounds = [*(f"{float(bound):.10g}" for bound in written.split(",")), "+Inf"]
    counts = np.full((rows.size, len(bounds)), np.nan)
    for place, row in enumerate(rows.tolist()):
        cells = (texts["buckets"][row] or "").split(",")
        if texts["bounds"][row] == written and len(cells) == len(bounds):
            counts[place] = np.cumsum(np.array(cells, dtype=np.float64))
    return parts | {("_bucket", bound): counts[:, place] for place, bound in enumerate(bounds)}
