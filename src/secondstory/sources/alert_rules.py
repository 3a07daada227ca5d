"""A Prometheus rule file to the alerts that existed; recording rules are passed over.

Labels of a group count for its rules, a rule's own before them. The manifest of the Prometheus Operator (kind
PrometheusRule), which holds the same groups, is read as well. Loki's rule files have this form too.
"""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

from secondstory.model.system import AlertRule
from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import cut_whole
from secondstory.sources.reading.documents import Unusable, items, section, text, yaml_of
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

_GROUPS = re.compile(rb"^ *groups:\s*(?:#.*|\[.*)?$", re.MULTILINE)
_DURATION = re.compile(r"(?:(\d+)y)?(?:(\d+)w)?(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s)?(?:(\d+)ms)?")
_SECONDS = (31_536_000.0, 604_800.0, 86_400.0, 3_600.0, 60.0, 1.0, 0.001)


def recognise(head: FileHead) -> bool:
    """True for YAML with groups of rules."""
    return _GROUPS.search(head.head) is not None and b"rules:" in head.head


def parse(block: Block, _mapping: Mapping) -> Parsed:
    """The alerting rules in order. Raises BadInput where the file is no YAML."""
    rejects = Rejects(block.path)
    facts = []
    for line, document in yaml_of(block, rejects):
        for rule in _rules(document, line, rejects):
            try:
                facts.append(_alert(rule))
            except Unusable as problem:
                rejects.tell("rule_unsupported", line, name=rule.get("alert"), problem=problem)
    return Parsed(facts=tuple(facts), rejects=rejects.found())


def _rules(document: Any, line: int, rejects: Rejects) -> list[dict[str, Any]]:
    """The alerting rules of all groups."""
    try:
        whole = document if isinstance(document, dict) else {"groups": document}
        held = section(whole, "spec") if whole.get("kind") == "PrometheusRule" else whole
        groups = [group for group in items(held, "groups") if isinstance(group, dict)]
        rules = [
            {**rule, "labels": section(group, "labels") | section(rule, "labels")}
            for group in groups
            for rule in items(group, "rules")
            if isinstance(rule, dict) and "alert" in rule
        ]
    except Unusable as problem:
        rejects.tell("definition_part", line, problem=problem)
        return []
    return rules


def _alert(rule: dict[str, Any]) -> AlertRule:
    return AlertRule(
        name=text(rule, "alert"),
        expression=" ".join(text(rule, "expr").split()),
        hold=_duration(rule, "for"),
        severity=text(section(rule, "labels"), "severity", ""),
        keep=_duration(rule, "keep_firing_for"),
    )


def _duration(rule: dict[str, Any], field: str) -> timedelta:
    """A Prometheus duration such as 1h30m; 0 needs no unit, and none is 0."""
    given = text(rule, field, "0s")
    found = _DURATION.fullmatch(given.strip())
    if given.strip() == "0":
        return timedelta(0)
    if not given.strip() or found is None:
        raise Unusable(say("sources.field_wrong", field=field, problem=f"{given!r} is no duration"))
    parts = zip(found.groups(), _SECONDS, strict=True)
    try:
        return timedelta(seconds=sum(int(number) * seconds for number, seconds in parts if number))
    except OverflowError as error:
        raise Unusable(say("sources.field_wrong", field=field, problem=f"{given!r} is too long")) from error


EXTENSION = SourceExtension(
    name="alert_rules",
    summary="Prometheus rule files: the alerts that existed",
    recognise=recognise,
    cut=cut_whole,
    parse=parse,
)
