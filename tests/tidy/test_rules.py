"""Runs each rule over every Python file, and over the snippets that it must catch or leave alone."""

import pytest

from . import budgets, habits, names, purity
from .rule import Rule
from .source import python_modules

RULES = (*budgets.RULES, *names.RULES, *purity.RULES, *habits.RULES)


def by_name(rule: Rule) -> str:
    return rule.name


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_the_repository_keeps(rule: Rule) -> None:
    findings = [finding for module in python_modules() for finding in rule.check(module)]
    assert not findings, "\n".join(["", *findings])


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_a_breach_is_caught(rule: Rule) -> None:
    missed = [module for module in rule.caught if not list(rule.check(module))]
    assert not missed


@pytest.mark.parametrize("rule", RULES, ids=by_name)
def test_what_is_allowed_passes(rule: Rule) -> None:
    findings = [finding for module in rule.allowed for finding in rule.check(module)]
    assert not findings
