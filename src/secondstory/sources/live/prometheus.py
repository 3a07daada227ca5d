"""A running Prometheus to files: the samples of every metric in slices of time, its alert rules, its alerts.

The samples of a histogram are asked for together, so that the file source can put its buckets together again. What a
query answers at a step is the last sample of the five minutes before: a step longer than the scrape interval leaves
samples out, a shorter one repeats them.
"""

from __future__ import annotations

import csv
import io
import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from hashlib import sha256
from typing import Any

import orjson
import yaml

from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window, format_time
from secondstory.ports import CollectorExtension, Remote, Slice, Wanted
from secondstory.texts import say

_MOST_STEPS = 11_000  # samples of a series that Prometheus gives at once
_SLICE_SAMPLES = 500_000  # about 10 MB of JSON
_FAMILY = re.compile(r"(.+)_(?:bucket|count|sum)")
_ALERTS = ("ALERTS", "ALERTS_FOR_STATE")
_NOT_ALLOWED = re.compile(r"[^A-Za-z0-9_]")
_SELECTOR = re.compile(r"\{[^{}]*\}")


def slices(remote: Remote, wanted: Wanted) -> Iterator[Slice]:
    """Rules, alerts, then every metric that has samples in the window. Raises Unavailable where names are not told."""
    if wanted.selector and not _SELECTOR.fullmatch(wanted.selector):
        raise BadInput(say("collecting.selector", selector=wanted.selector), say("collecting.selector_next"))
    asking = _Asking(remote, wanted)
    yield Slice("alert-rules.yaml", wanted.window, asking.rules)
    for window in _pieces(wanted, _MOST_STEPS):
        yield Slice(f"alerts-{_second(window)}.csv", window, partial(asking.alerts, window))
    for family in _families(asking.names()):
        for window in _pieces(wanted, asking.steps_at_once(family)):
            yield Slice(
                f"{_file_name(family[0])}-{_second(window)}.json", window, partial(asking.samples, family, window)
            )


@dataclass(frozen=True)
class _Asking:
    """The questions, and what is wanted of each."""

    remote: Remote
    wanted: Wanted

    def names(self) -> list[str]:
        """The metrics that have samples."""
        asked = (("match[]", self.wanted.selector or '{__name__!=""}'), *_ends(self.wanted.window))
        data = _data(self.remote.get("/api/v1/label/__name__/values", asked), "label values", list)
        return [name for name in data if isinstance(name, str) and name not in _ALERTS]

    def steps_at_once(self, family: tuple[str, ...]) -> int:
        """How many steps of a family make a bearable answer; the most where its series cannot be counted."""
        asked = (("match[]", self._selector(family)), *_ends(self.wanted.window))
        try:
            count = len(_data(self.remote.get("/api/v1/series", asked), "series", list))
        except Unavailable:
            return _MOST_STEPS
        return max(1, min(_MOST_STEPS, _SLICE_SAMPLES // max(count, 1)))

    def samples(self, family: tuple[str, ...], window: Window) -> bytes:
        """The answer of the server as it is."""
        return self._range(self._selector(family), window)

    def rules(self) -> bytes:
        """The alerting rules as a rule file."""
        data = _data(self.remote.get("/api/v1/rules", (("type", "alert"),)), "rules", dict)
        groups = [
            {"name": str(group.get("name")), "rules": [_rule(rule) for rule in group.get("rules", [])]}
            for group in data.get("groups", [])
        ]
        return yaml.safe_dump({"groups": groups}, sort_keys=False).encode() if groups else b""

    def alerts(self, window: Window) -> bytes:
        """When each alert began and ceased to fire, as a table of occurrences."""
        data = _data(self._range(self._selector(("ALERTS",)), window), "ALERTS", dict)
        rows: list[tuple[str, ...]] = []
        for series in data.get("result", []):
            labels = {str(name): str(value) for name, value in series["metric"].items()}
            if labels.get("alertstate") == "firing":
                times_s = [float(time) for time, _ in series["values"]]
                rows += _changes(labels, times_s, window, self.wanted.step_s)
        return _table(rows)

    def _range(self, selector: str, window: Window) -> bytes:
        step = self.wanted.step_s
        last = window.end - timedelta(seconds=step)  # our windows are half open, those of Prometheus are not
        ends = (("start", format_time(window.start)), ("end", format_time(max(last, window.start))))
        answer = self.remote.get("/api/v1/query_range", (("query", selector), *ends, ("step", f"{step}s")))
        _data(answer, selector, dict)
        return answer

    def _selector(self, family: tuple[str, ...]) -> str:
        words = "|".join(re.escape(name) for name in family)
        text = (words if len(family) > 1 else family[0]).replace("\\", "\\\\").replace('"', '\\"')
        inner = self.wanted.selector[1:-1].strip().rstrip(",")
        return f'{{__name__{"=~" if len(family) > 1 else "="}"{text}"{"," if inner else ""}{inner}}}'


def _families(names: list[str]) -> list[tuple[str, ...]]:
    """The metrics that belong together: the three of a histogram, each other alone."""
    known = set(names)
    families: dict[str, list[str]] = defaultdict(list)
    for name in sorted(known):
        found = _FAMILY.fullmatch(name)
        whole = found is not None and f"{found[1]}_count" in known and f"{found[1]}_sum" in known
        families[found[1] if found is not None and whole else name].append(name)
    return [tuple(members) for members in families.values()]


def _pieces(wanted: Wanted, steps: int) -> Iterator[Window]:
    start, length = wanted.window.start, timedelta(seconds=steps * wanted.step_s)
    while start < wanted.window.end:
        end = min(start + length, wanted.window.end)
        yield Window(start, end)
        start = end


def _data(answer: bytes, what: str, kind: type) -> Any:
    """The `data` of an answer, or Unavailable: a proxy's page of apology is no telemetry."""
    try:
        document = orjson.loads(answer)
    except orjson.JSONDecodeError as error:
        raise Unavailable(say("collecting.garbage", what=what, problem=error)) from error
    data = document.get("data") if isinstance(document, dict) and document.get("status") == "success" else None
    if not isinstance(data, kind):
        raise Unavailable(say("collecting.garbage", what=what, problem=answer[:100].decode(errors="replace")))
    return data


def _rule(rule: dict[str, Any]) -> dict[str, Any]:
    return {
        "alert": str(rule.get("name")),
        "expr": str(rule.get("query")),
        "for": f"{int(rule.get('duration', 0))}s",
        "labels": rule.get("labels", {}),
    }


def _changes(labels: dict[str, str], times_s: list[float], window: Window, step_s: int) -> Iterator[tuple[str, ...]]:
    """A row for each begin and each end of firing; one that lasts to the edge of the window has no end here."""
    before = float("-inf")
    for time in times_s:
        if time - before > step_s * 1.5:
            if before > 0:
                yield _row(labels, before + step_s, "resolved")
            yield _row(labels, time, "firing")
        before = time
    if before + step_s < window.end.timestamp():
        yield _row(labels, before + step_s, "resolved")


def _table(rows: list[tuple[str, ...]]) -> bytes:
    if not rows:
        return b""
    table = io.StringIO()
    csv.writer(table).writerows((("time", "kind", "service", "title", "body", "actor", "url", "attributes"), *rows))
    return table.getvalue().encode()


def _row(labels: dict[str, str], time_s: float, state: str) -> tuple[str, ...]:
    told = {name: value for name, value in labels.items() if name not in ("__name__", "alertstate")} | {"state": state}
    service = next((labels[name] for name in Mapping().service_labels if labels.get(name)), "")
    title = f"{labels.get('alertname', '')} {state}"
    time = format_time(datetime.fromtimestamp(time_s, UTC))
    return (time, "alert", service, title, "", "alerting", "", orjson.dumps(told).decode())


def _ends(window: Window) -> tuple[tuple[str, str], ...]:
    return (("start", format_time(window.start)), ("end", format_time(window.end)))


def _second(window: Window) -> int:
    return int(window.start.timestamp())


def _file_name(name: str) -> str:
    plain = _NOT_ALLOWED.sub("_", name)[:100]
    return plain if plain == name else f"{plain}-{sha256(name.encode()).hexdigest()[:8]}"


EXTENSION = CollectorExtension(
    name="prometheus",
    summary="Prometheus over its HTTP API: samples, alert rules, and when alerts fired",
    slices=slices,
)
