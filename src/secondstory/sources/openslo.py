"""OpenSLO v1 documents to service level objectives.

A ratio of requests is availability, unless its good requests are those of a histogram's bucket (`le`): then it is
latency. A threshold (`op`, `value`) is latency too. Which unit a bucket or a threshold has, OpenSLO does not say; it is
read from the metric's name or from the annotation `unit` of the indicator, and where neither tells, the objective is
not used, since a guess could be wrong by a thousand.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

from secondstory.model.system import Objective
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text, yaml_of
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

_VERSION = re.compile(rb"^apiVersion:\s*[\"']?openslo/v1[\"']?\s*(?:#.*)?$", re.MULTILINE)
_DURATION = re.compile(r"(\d+)([mhdwMQY])")
_DAYS = {"m": 1 / 1440, "h": 1 / 24, "d": 1.0, "w": 7.0, "M": 30.0, "Q": 90.0, "Y": 365.0}
_BUCKET = re.compile(r"\ble\s*=\s*[\"']([\d.eE+]+)[\"']")
_UNITS = (  # how a metric's name or an annotation tells the unit, and its milliseconds
    (re.compile(r"milliseconds|_ms\b|^ms$"), 1.0),
    (re.compile(r"seconds|_s\b|^s$"), 1000.0),
)


def recognise(head: FileHead) -> bool:
    """True for YAML of OpenSLO's first version."""
    return _VERSION.search(head.head) is not None


def parse(block: Block, mapping: Mapping) -> Parsed:
    """All objectives that we can reckon with. Raises BadInput where the file is no YAML."""
    rejects = Rejects(block.path)
    documents = [(line, document) for line, document in yaml_of(block, rejects) if isinstance(document, dict)]
    indicators = {
        str(document["metadata"].get("name")): document
        for _, document in documents
        if document.get("kind") == "SLI" and isinstance(document.get("metadata"), dict)
    }
    facts: list[Objective] = []
    for line, document in documents:
        if document.get("kind") != "SLO":
            continue
        try:
            facts.extend(_objectives(document, indicators, mapping))
        except Unusable as problem:
            rejects.tell("slo_unusable", line, name=repr(_name(document)), problem=problem)
    return Parsed(facts=tuple(facts), rejects=rejects.found())


def _name(document: dict[str, Any]) -> str:
    metadata = document.get("metadata")
    return str(metadata.get("name", "")) if isinstance(metadata, dict) else ""


def _objectives(document: dict[str, Any], indicators: dict[str, Any], mapping: Mapping) -> Iterator[Objective]:
    spec = section(document, "spec")
    name = text(section(document, "metadata"), "name")
    method = text(spec, "budgetingMethod", "Occurrences")
    if method != "Occurrences":
        raise Unusable(say("sources.part_unsupported", part=f"the budgeting method {method}"))
    indicator = _indicator(spec, indicators)
    given = items(spec, "objectives")
    if not given:
        raise Unusable(say("sources.field_missing", field="objectives"))
    for number, objective in enumerate(given, start=1):
        if not isinstance(objective, dict):
            raise Unusable(say("sources.field_wrong", field="objectives", problem="a table of fields is needed"))
        if "indicator" in objective or "indicatorRef" in objective:
            raise Unusable(say("sources.part_unsupported", part="an objective composed of several indicators"))
        slow_ms = _slow_ms(indicator, objective)
        yield Objective(
            name=name if len(given) == 1 else f"{name}-{number}",
            service=mapping.service(text(spec, "service")),
            target_ratio=_target(objective),
            period=_period(spec),
            indicator="availability" if slow_ms is None else "latency",
            slow_ms=slow_ms,
        )


def _indicator(spec: dict[str, Any], indicators: dict[str, Any]) -> dict[str, Any]:
    if "indicator" in spec:
        return section(spec, "indicator")
    reference = text(spec, "indicatorRef")
    if reference not in indicators:
        raise Unusable(say("sources.slo_reference", reference=reference))
    found: dict[str, Any] = indicators[reference]
    return found


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
    if not ratio:
        raise Unusable(say("sources.field_missing", field="ratioMetric"))
    good = str(ratio.get("good") or ratio.get("raw") or "")
    bucket = _BUCKET.search(good) if "bucket" in good else None
    return float(bucket[1]) * _unit_ms(indicator, good) if bucket else None


def _unit_ms(indicator: dict[str, Any], query: str) -> float:
    annotations = section(section(indicator, "metadata"), "annotations")
    told = text(annotations, "unit", query)
    for pattern, unit_ms in _UNITS:
        if pattern.search(told):
            return unit_ms
    raise Unusable(say("sources.slo_unit"))


def _target(objective: dict[str, Any]) -> float:
    percent = "targetPercent" in objective
    # 99.9 % is meant as 0.999, which the quotient of floats is not.
    target = round(_number(objective, "targetPercent") / 100, 12) if percent else _number(objective, "target")
    if not 0 < target < 1:
        raise Unusable(say("sources.field_wrong", field="target", problem="it must lie between 0 and 1"))
    return target


def _period(spec: dict[str, Any]) -> timedelta:
    windows = items(spec, "timeWindow")
    if len(windows) != 1 or not isinstance(windows[0], dict):
        raise Unusable(say("sources.field_wrong", field="timeWindow", problem="one time window is needed"))
    if windows[0].get("isRolling") is not True:
        raise Unusable(say("sources.part_unsupported", part="a time window that follows the calendar"))
    given = text(windows[0], "duration")
    found = _DURATION.fullmatch(given)
    if found is None or int(found[1]) == 0:
        raise Unusable(say("sources.field_wrong", field="duration", problem=f"{given!r} is no duration"))
    return timedelta(days=min(int(found[1]), 10_000) * _DAYS[found[2]])


def _number(document: dict[str, Any], field: str) -> float:
    try:
        number = float(text(document, field))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise Unusable(say("sources.field_wrong", field=field, problem="a number is needed"))
    return number


EXTENSION = SourceExtension(
    name="openslo",
    summary="OpenSLO v1 documents: service level objectives",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
)
