"""Rules to a file that Prometheus loads."""

from __future__ import annotations

import json

from secondstory.model.detection import ReplayedRule
from secondstory.stages.detection.answering import watched
from secondstory.stages.detection.derived import LINES, RECORDED
from secondstory.texts import say
from secondstory.texts.durations import duration

_GROUP = "secondstory"


def rule_file(rules: tuple[ReplayedRule, ...], incident_id: str, fault_free_s: float) -> str:
    """The rules as YAML (`promtool check rules` accepts it), each with what its replay gave.

    `fault_free_s` is how long false alarms were counted over.
    """
    head = [f"# {say('detection.file_head', incident=_line(incident_id))}"]
    if any(LINES in one.reads for one in rules):
        head.append(f"# {say('detection.file_lines', name=LINES)}")
    needed = [name for name in RECORDED if any(name in one.reads for one in rules)]
    if needed:
        head.append(f"# {say('detection.file_spans')}")
    length = duration(fault_free_s)
    body = [*map(_recording, needed), *(_rule(one, length) for one in rules)]
    lines = [*head, "groups:", f"  - name: {_GROUP}", "    rules:" if body else "    rules: []", *body]
    return "\n".join([*lines, ""])


def _recording(name: str) -> str:
    return f"      - record: {name}\n        expr: {_text(RECORDED[name])}"


def _rule(one: ReplayedRule, length: str) -> str:
    rule = one.rule
    lines = [f"      - alert: {_text(rule.name)}", f"        expr: {_text(rule.expression)}"]
    for field, seconds in (("for", rule.hold_s), ("keep_firing_for", rule.keep_s)):
        if seconds:
            lines.append(f"        {field}: {seconds:g}s")
    if rule.severity:
        lines += ["        labels:", f"          severity: {_text(rule.severity)}"]
    told = say("detection.file_replayed", reason=one.reason, false=_count(one.false_alarms), length=length)
    lines += ["        annotations:", f"          summary: {_annotation(watched(rule))}"]
    lines.append(f"          replay: {_annotation(told)}")
    return "\n".join(lines)


def _count(number: int | None) -> str:
    return say("detection.unknown") if number is None else str(number)


def _text(text: str) -> str:
    """A YAML scalar in quotes, since JSON strings are YAML."""
    return json.dumps(text, ensure_ascii=False)


def _annotation(text: str) -> str:
    """Prometheus takes two braces for a template of its own."""
    return _text(text.replace("{{", "{ {"))


def _line(text: str) -> str:
    return " ".join(text.split())
