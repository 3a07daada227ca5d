"""Linted texts as SARIF 2.1.0, the form in which code hosts and editors take findings.

Reference: OASIS, Static Analysis Results Interchange Format 2.1.0 (errata 01), sections 3.13 to 3.30.
"""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import quote

from secondstory import __version__
from secondstory.model.lint import LintedText, LintFinding
from secondstory.model.plan import Warned
from secondstory.texts import say
from secondstory.usecases.lint import Linted, RuleTold

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_LEVELS = ("note", "note", "warning", "error")


def sarif(linted: Linted, unread: Sequence[str]) -> dict[str, object]:
    """One run as plain data. `unread` says what could not be read; the run then tells that it was not whole.

    What a plan lacks is in no file, so its place is a logical one: the label of the factor or action, or the plan.
    """
    texts = linted.texts
    asked = dict.fromkeys(one.rule for one in linted.plan)
    rules = [*linted.rules, *(RuleTold(_plan_rule(name), say("lint.plan_rule", rule=name)) for name in asked)]
    places = {rule.name: place for place, rule in enumerate(rules)}
    driver = {
        "name": "secondstory",
        "version": __version__,
        "rules": [{"id": rule.name, "shortDescription": {"text": rule.says}} for rule in rules],
    }
    notices = [{"level": "error", "message": {"text": told}} for told in unread]
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "invocations": [{"executionSuccessful": not unread, "toolExecutionNotifications": notices}],
        "artifacts": [{"location": {"uri": quote(text.name)}} for text in texts],
        "results": [
            _result(text, index, finding, places[finding.rule])
            for index, text in enumerate(texts)
            for finding in text.findings
        ]
        + [_lacking(one, places[_plan_rule(one.rule)]) for one in linted.plan],
    }
    return {"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}


def _plan_rule(name: str) -> str:
    return f"plan-{name.replace(' ', '-')}"


def _lacking(one: Warned, place: int) -> dict[str, object]:
    label = one.label or "plan"
    return {
        "ruleId": _plan_rule(one.rule),
        "ruleIndex": place,
        "level": "error" if one.is_closure else "warning",
        "message": {"text": f"{one.words} {one.suggestion}"},
        "locations": [{"logicalLocations": [{"name": label, "fullyQualifiedName": one.subject or label}]}],
    }


def _result(text: LintedText, index: int, finding: LintFinding, place: int) -> dict[str, object]:
    region = {
        "startLine": finding.line,
        "startColumn": finding.column,
        "endLine": finding.end_line,
        "endColumn": finding.end_column,
    }
    return {
        "ruleId": finding.rule,
        "ruleIndex": place,
        "level": _LEVELS[finding.severity],
        "message": {"text": f"{finding.reason} {finding.suggestion}"},
        "locations": [
            {"physicalLocation": {"artifactLocation": {"uri": quote(text.name), "index": index}, "region": region}}
        ],
        "properties": {"severity": finding.severity, "words": finding.words},
    }
