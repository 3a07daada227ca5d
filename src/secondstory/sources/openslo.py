"""OpenSLO v1 documents to service level objectives.

A ratio of requests is availability, unless its good requests are those of a histogram's bucket (`le`): then it is
latency. A threshold (`op`, `value`) is latency too. Which unit a bucket or a threshold has, OpenSLO does not say; it is
read from the metric's name or from the annotation `unit` of the indicator, and where neither tells, the objective is
not used, since a guess could be wrong by a thousand.

References to other documents are looked up in the file, then in the other OpenSLO files of the same import.

A query is read for what it means and is kept as written; the requests themselves are counted from spans. So only
queries in the language of Prometheus that speak of requests are used. What is not used is told with its reason.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from secondstory.model.errors import BadInput
from secondstory.model.system import Budgeting, BurnAlert, Calendar, CalendarUnit, Objective
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text, yaml_of
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

_VERSION = re.compile(rb"^apiVersion:\s*[\"']?openslo/v1[\"']?\s*(?:#.*)?$", re.MULTILINE)
_DURATION = re.compile(r"(\d{1,6})([mhdwMQY])")
_DAYS = {"m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "M": 30.0, "Q": 90.0, "Y": 365.0}
_CALENDAR = {
    "m": (CalendarUnit.MINUTE, 1),
    "h": (CalendarUnit.HOUR, 1),
    "d": (CalendarUnit.DAY, 1),
    "w": (CalendarUnit.DAY, 7),
    "M": (CalendarUnit.MONTH, 1),
    "Q": (CalendarUnit.MONTH, 3),
    "Y": (CalendarUnit.MONTH, 12),
}
_BUDGETING = {
    "Occurrences": Budgeting.REQUESTS,
    "Timeslices": Budgeting.SLICES,
    "RatioTimeslices": Budgeting.SLICE_RATIOS,
}
_BUCKET = re.compile(r"\ble\s*=\s*[\"']([\d.eE+]+)[\"']")
_UNITS = (  # how a metric's name or an annotation tells the unit, and its milliseconds
    (re.compile(r"milliseconds|_ms\b|^ms$"), 1.0),
    (re.compile(r"seconds|_s\b|^s$"), 1000.0),
)
_PROMETHEUS = re.compile(r"prometheus|mimir|thanos|cortex|victoria|promql", re.IGNORECASE)
_REQUESTS = re.compile(r"request|http|rpc|response|calls|server", re.IGNORECASE)
_LATENCY = re.compile(r"latency|duration|response_?time|elapsed", re.IGNORECASE)
_LONGEST = timedelta(days=10_000)
_FIRST_YEAR, _LAST_YEAR = 1970, 2099
_SHOWN_QUERY = 500  # characters


@dataclass(frozen=True)
class _File:
    """The documents of a file by kind and name, for those that refer to each other, and the files beside it."""

    by_name: dict[tuple[str, str], dict[str, Any]]
    block: Block

    def named(self, kind: str, name: str) -> dict[str, Any]:
        found = self.find(kind, name)
        if found is None:
            raise Unusable(say("sources.slo_reference", kind=kind, reference=name))
        return found

    def find(self, kind: str, name: str) -> dict[str, Any] | None:
        """The file's own document, else the first beside it. What beside it cannot be read is told when it is read."""
        if (kind, name) in self.by_name:
            return self.by_name[kind, name]
        for data in self.block.beside:
            if not name or name.encode() not in data:
                continue  # reading YAML is slow, and a catalogue may have hundreds of files
            try:
                others = yaml_of(replace(self.block, data=data), Rejects(self.block.path))
            except BadInput:
                continue
            for _, document in others:
                if isinstance(document, dict) and (str(document.get("kind")), _name(document)) == (kind, name):
                    return document
        return None


def recognise(head: FileHead) -> bool:
    """True for YAML of OpenSLO's first version."""
    return _VERSION.search(head.head) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All objectives that we can reckon with. Raises BadInput where the file is no YAML."""
    rejects = Rejects(block.path)
    documents = [(line, document) for line, document in yaml_of(block, rejects) if isinstance(document, dict)]
    file = _File({(str(each.get("kind")), _name(each)): each for _, each in documents}, block)
    facts: list[Objective] = []
    for line, document in documents:
        if document.get("kind") != "SLO":
            continue
        try:
            alerts = tuple(_alerts(document, file, rejects, line))
            facts.extend(_objectives(document, file, mapping, alerts))
        except Unusable as problem:
            rejects.tell("slo_unusable", line, name=repr(_name(document)), problem=problem)
    return Parsed(facts=tuple(facts), rejects=rejects.found())


def _name(document: dict[str, Any]) -> str:
    metadata = document.get("metadata")
    return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""


def _objectives(
    document: dict[str, Any], file: _File, mapping: Mapping, alerts: tuple[BurnAlert, ...]
) -> Iterator[Objective]:
    spec = section(document, "spec")
    name = text(section(document, "metadata"), "name")
    indicator = _indicator(spec, file)
    query = _query(indicator, file)
    given = items(spec, "objectives")
    if not given:
        raise Unusable(say("sources.field_missing", field="objectives"))
    period, calendar = _period(spec)
    for number, objective in enumerate(given, start=1):
        if not isinstance(objective, dict):
            raise Unusable(say("sources.field_wrong", field="objectives", problem="a table of fields is needed"))
        if "indicator" in objective or "indicatorRef" in objective:
            raise Unusable(say("sources.part_unsupported", part="an objective composed of several indicators"))
        slow_ms = _slow_ms(indicator, objective)
        budgeting, length, enough = _budgeting(spec, objective)
        good, total = _queries(indicator, file)
        yield Objective(
            name=name if len(given) == 1 else f"{name}-{number}",
            service=mapping.service(text(spec, "service")),
            target_ratio=_target(objective),
            period=period,
            indicator="availability" if slow_ms is None else "latency",
            slow_ms=slow_ms,
            budgeting=budgeting,
            slice=length,
            slice_target_ratio=enough,
            calendar=calendar,
            alerts=alerts,
            query=query[:_SHOWN_QUERY],
            good_query=good,
            total_query=total,
        )


def _indicator(spec: dict[str, Any], file: _File) -> dict[str, Any]:
    if "indicator" in spec:
        return section(spec, "indicator")
    return file.named("SLI", text(spec, "indicatorRef"))


def _query(indicator: dict[str, Any], file: _File) -> str:
    """The indicator's query as written. Unusable where it is of another language, or speaks of no requests."""
    spec = section(indicator, "spec")
    ratio = section(spec, "ratioMetric")
    is_threshold = "thresholdMetric" in spec
    metrics = [section(spec, "thresholdMetric")] if is_threshold else [section(ratio, part) for part in _PARTS]
    asked = []
    for metric in metrics:
        source = section(metric, "metricSource")
        language = _language(source, file)
        if language and not _PROMETHEUS.search(language):
            raise Unusable(say("sources.slo_language", language=language))
        query = section(source, "spec").get("query", "")
        if isinstance(query, str) and query:
            asked.append(" ".join(query.split()))
    if not ratio and not is_threshold:
        raise Unusable(say("sources.field_missing", field="ratioMetric"))
    written = " / ".join(asked)
    if not (_LATENCY if is_threshold else _REQUESTS).search(written) and not _LATENCY.search(written):
        raise Unusable(say("sources.slo_not_requests", query=written[:100]))
    return written


_PARTS = ("good", "bad", "raw", "total")


def _language(source: dict[str, Any], file: _File) -> str:
    """The type of a metric source, its own or its data source's; "" where nothing tells."""
    if "type" in source:
        return text(source, "type")
    told = file.find("DataSource", text(source, "metricSourceRef", ""))
    return "" if told is None else text(section(told, "spec"), "type", "")


def _slow_ms(indicator: dict[str, Any], objective: dict[str, Any]) -> float | None:
    """From when on a request is slow; None where the indicator counts failures."""
    spec = section(indicator, "spec")
    if "thresholdMetric" in spec:
        operator = text(objective, "op")
        if operator not in ("lte", "lt"):
            raise Unusable(say("sources.part_unsupported", part=f"the operator {operator} of a threshold"))
        query = str(section(spec, "thresholdMetric"))
        return _number(objective, "value") * _unit_ms(indicator, query)
    ratio = section(spec, "ratioMetric")
    good = str(ratio.get("good") or ratio.get("raw") or "")
    bucket = _BUCKET.search(good) if "bucket" in good else None
    return _finite("le", bucket[1]) * _unit_ms(indicator, good) if bucket else None


def _queries(indicator: dict[str, Any], file: _File) -> tuple[str, str]:
    """The PromQL of good and of all requests; empty where the indicator is not defined by both."""
    ratio = section(section(indicator, "spec"), "ratioMetric")
    sources = [section(section(ratio, part), "metricSource") for part in ("good", "total")]
    if not all(_PROMETHEUS.search(_language(one, file)) for one in sources):
        return "", ""
    good, total = (" ".join(text(section(one, "spec"), "query", "").split()) for one in sources)
    return (good, total) if good and total else ("", "")


def _unit_ms(indicator: dict[str, Any], query: str) -> float:
    annotations = section(section(indicator, "metadata"), "annotations")
    told = text(annotations, "unit", query)
    for pattern, unit_ms in _UNITS:
        if pattern.search(told):
            return unit_ms
    raise Unusable(say("sources.slo_unit"))


def _budgeting(spec: dict[str, Any], objective: dict[str, Any]) -> tuple[Budgeting, timedelta | None, float | None]:
    """What is counted, and for slices of time their length and the share of good requests that makes one good."""
    method = text(spec, "budgetingMethod", "Occurrences")
    if method not in _BUDGETING:
        raise Unusable(say("sources.part_unsupported", part=f"the budgeting method {method}"))
    budgeting = _BUDGETING[method]
    if budgeting is Budgeting.REQUESTS:
        return budgeting, None, None
    given = text(objective, "timeSliceWindow")
    length = _duration(given + "m" if given.isdecimal() else given, "timeSliceWindow")
    if budgeting is Budgeting.SLICE_RATIOS:
        return budgeting, length, None
    enough = _number(objective, "timeSliceTarget")
    if not 0 < enough <= 1:
        raise Unusable(say("sources.field_wrong", field="timeSliceTarget", problem="it must lie between 0 and 1"))
    return budgeting, length, enough


def _target(objective: dict[str, Any]) -> float:
    percent = "targetPercent" in objective
    # 99.9 % is meant as 0.999, which the quotient of floats is not.
    target = round(_number(objective, "targetPercent") / 100, 12) if percent else _number(objective, "target")
    if not 0 < target < 1:
        raise Unusable(say("sources.field_wrong", field="target", problem="it must lie between 0 and 1"))
    return target


def _period(spec: dict[str, Any]) -> tuple[timedelta, Calendar | None]:
    windows = items(spec, "timeWindow")
    if len(windows) != 1 or not isinstance(windows[0], dict):
        raise Unusable(say("sources.field_wrong", field="timeWindow", problem="one time window is needed"))
    window: dict[str, Any] = windows[0]
    given = text(window, "duration")
    length = _duration(given, "duration")
    if "calendar" not in window:
        if window.get("isRolling") is not True:
            raise Unusable(say("sources.field_missing", field="calendar"))
        return length, None
    calendar = section(window, "calendar")
    unit, times = _CALENDAR[given[-1]]
    if length >= _LONGEST:
        raise Unusable(say("sources.field_wrong", field="duration", problem=f"{given!r} is too long"))
    try:
        # YAML may have read it as a time already.
        first = datetime.fromisoformat(str(calendar.get("startTime")))
        if not _FIRST_YEAR <= first.year <= _LAST_YEAR:
            raise ValueError(f"the year {first.year} lies outside {_FIRST_YEAR} to {_LAST_YEAR}")
        return length, Calendar(first.isoformat(), text(calendar, "timeZone"), int(given[:-1]) * times, unit)
    except (ValueError, LookupError, OSError) as error:
        raise Unusable(say("sources.field_wrong", field="calendar", problem=error)) from error


def _alerts(document: dict[str, Any], file: _File, rejects: Rejects, line: int) -> Iterator[BurnAlert]:
    """The alerts on burn rates that the objective's policies ask for; one that cannot be used is told, not the rest."""
    for given in items(section(document, "spec"), "alertPolicies"):
        try:
            reference = given if isinstance(given, str) else _table(given).get("alertPolicyRef")
            policy = file.named("AlertPolicy", str(reference)) if reference is not None else _table(given)
            for condition in items(section(policy, "spec"), "conditions"):
                at = _table(condition).get("conditionRef")
                found = file.named("AlertCondition", str(at)) if at is not None else _table(condition)
                yield _alert(_name(policy), found)
        except Unusable as problem:
            rejects.tell("slo_alert_unusable", line, name=repr(_name(document)), problem=problem)


def _alert(policy: str, condition: dict[str, Any]) -> BurnAlert:
    spec = section(condition, "spec")
    asked = section(spec, "condition")
    kind = text(asked, "kind", "burnrate")
    if kind.lower() != "burnrate":
        raise Unusable(say("sources.part_unsupported", part=f"a condition of kind {kind}"))
    operator = text(asked, "op", "gte")
    if operator not in ("gte", "gt"):
        raise Unusable(say("sources.part_unsupported", part=f"the operator {operator} of a condition"))
    threshold = _number(asked, "threshold")
    if threshold <= 0:
        raise Unusable(say("sources.field_wrong", field="threshold", problem="it must lie above 0"))
    hold = text(asked, "alertAfter", "0m")
    return BurnAlert(
        name=_name(condition) or policy,
        threshold=threshold,
        lookback=_duration(text(asked, "lookbackWindow"), "lookbackWindow"),
        hold=timedelta(0) if hold in ("0m", "0") else _duration(hold, "alertAfter"),
        severity=text(spec, "severity", ""),
    )


def _table(given: object) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise Unusable(say("sources.field_wrong", field="alertPolicies", problem="a table of fields is needed"))
    return given


def _duration(given: str, field: str) -> timedelta:
    found = _DURATION.fullmatch(given)
    if found is None or int(found[1]) == 0:
        raise Unusable(say("sources.field_wrong", field=field, problem=f"{given!r} is no duration"))
    return min(timedelta(days=int(found[1]) * _DAYS[found[2]]), _LONGEST)


def _number(document: dict[str, Any], field: str) -> float:
    return _finite(field, text(document, field))


def _finite(field: str, given: str) -> float:
    try:
        number = float(given)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unusable(say("sources.field_wrong", field=field, problem="a number is needed"))
    return number


EXTENSION = SourceExtension(
    name="openslo",
    summary="OpenSLO v1 documents: service level objectives, their indicators and burn rate alerts",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
    refers=True,
)
