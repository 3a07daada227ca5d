"""Turns a Markdown text into findings: what stands where, why it needs work, and other words for it.

Judges English only; what an allowance covers is counted and not told. Precision comes before recall: a linter that
cries wolf is switched off. It misleads where blame is only hinted at: no word of the sentence accuses, a reader
hears it all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import secondstory.blameless.lint.rules
from secondstory.blameless.language import is_english
from secondstory.blameless.lint.markdown import Allowance, read_markdown
from secondstory.blameless.lint.people import with_names_hidden
from secondstory.blameless.lint.rule import Hit, LintRule
from secondstory.blameless.lint.sentence import Sentence, sentences
from secondstory.model.lint import LintedText, LintFinding
from secondstory.registry import extensions
from secondstory.texts import say

ALLOWANCE = "allowance"
"""The rule of comments that allow nothing."""
_WORD = re.compile(r"[^\W\d_]+")


@cache
def lint_rules() -> tuple[LintRule, ...]:
    """Every rule, in order of name."""
    return extensions(secondstory.blameless.lint.rules, LintRule)


def lint_text(name: str, text: str) -> LintedText:
    """What there is to say of one text. Never raises on what a text holds."""
    page = read_markdown(text)
    read = with_names_hidden(tuple(sentence for block in page.blocks for sentence in sentences(block)))
    words = [word for sentence in read for word in _WORD.findall(sentence.judged)]
    if not is_english(" ".join(words)):
        return LintedText(name, (), len(words), is_english=False)
    found = _without_overlaps([finding for rule in lint_rules() for finding in _found(rule, read)])
    kept = [one for one in found if not any(_covers(allowance, one) for allowance in page.allowances)]
    told = [note for allowance in page.allowances if (note := _about(allowance, found)) is not None]
    ordered = sorted((*kept, *told), key=lambda one: (one.line, one.column, one.rule))
    return LintedText(name, tuple(ordered), len(words), len(found) - len(kept))


def _found(rule: LintRule, read: tuple[Sentence, ...]) -> Iterator[LintFinding]:
    met = (_finding(rule, sentence, hit) for sentence in read for hit in rule.find(sentence))
    for number, finding in enumerate(met):
        yield replace(finding, severity=0) if number < rule.spared else finding


def _finding(rule: LintRule, sentence: Sentence, hit: Hit) -> LintFinding:
    start, end = hit.start, hit.end
    while sentence.text[start].isspace():
        start += 1
    while sentence.text[end - 1].isspace():
        end -= 1
    first, last = sentence.chars[start], sentence.chars[end - 1]
    return LintFinding(
        line=first.line,
        column=first.column,
        end_line=last.line,
        end_column=last.column + 1,
        rule=rule.name,
        severity=hit.severity,
        words=sentence.text[start:end],
        sentence=sentence.text,
        reason=hit.reason,
        suggestion=hit.suggestion,
    )


def _without_overlaps(found: list[LintFinding]) -> list[LintFinding]:
    """Words that several rules met are told once, by the one that minds most; then by the longest words."""
    kept: list[LintFinding] = []
    for one in sorted(found, key=lambda one: (-one.severity, -len(one.words), one.line, one.column, one.rule)):
        if not any(_meet(one, other) for other in kept):
            kept.append(one)
    return kept


def _meet(one: LintFinding, other: LintFinding) -> bool:
    return (one.line, one.column) < (other.end_line, other.end_column) and (other.line, other.column) < (
        one.end_line,
        one.end_column,
    )


def _covers(allowance: Allowance, finding: LintFinding) -> bool:
    return allowance.rule == finding.rule and finding.line <= allowance.line <= finding.end_line


def _about(allowance: Allowance, found: list[LintFinding]) -> LintFinding | None:
    """What is wrong with a comment that should allow something."""
    known = tuple(rule.name for rule in lint_rules())
    if not allowance.rule:
        return _note(allowance, 1, say("lint.allow_form"), say("lint.allow_form_try"))
    if allowance.rule not in known:
        tried = say("lint.allow_unknown_try", rules=", ".join(known))
        return _note(allowance, 1, say("lint.allow_unknown", words=allowance.rule), tried)
    if not any(_covers(allowance, finding) for finding in found):
        return _note(allowance, 1, say("lint.allow_idle", line=allowance.line), say("lint.allow_idle_try"))
    return None


def _note(allowance: Allowance, severity: int, reason: str, suggestion: str) -> LintFinding:
    line, column = allowance.at
    return LintFinding(
        line, column, line, column + 4, ALLOWANCE, severity, allowance.words, allowance.words, reason, suggestion
    )
