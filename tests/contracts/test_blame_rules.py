"""What every blame rule keeps to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import secondstory.blameless.rules
from secondstory.blameless.rule import BlameRule
from secondstory.blameless.words import said
from secondstory.model.utterance import Label, Utterance
from secondstory.registry import extensions

RULES = extensions(secondstory.blameless.rules, BlameRule)
SHORT = st.text(max_size=200) | st.sampled_from(
    ("", " ", "?" * 50, "you " * 2000, "should have been " * 500, "ƏİŞ’“”", "🙂🔥", "谁的错", "\x00\u202e")
)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_rule_meets_its_own_examples_and_leaves_the_others(rule: BlameRule) -> None:
    assert len(rule.meets) >= 3
    assert len(rule.leaves) >= 3
    assert [text for text in rule.meets if not rule.find(said(Utterance(text)))] == []
    assert [text for text in rule.leaves if rule.find(said(Utterance(text)))] == []


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_a_reason_is_twelve_words_at_most(rule: BlameRule) -> None:
    assert 0 < len(rule.says.split()) <= 12
    assert rule.says.endswith(".")


@given(SHORT)
def test_no_text_breaks_a_rule_and_what_it_met_stands_in_the_text(text: str) -> None:
    as_said = said(Utterance(text))
    for rule in RULES:
        for hit in rule.find(as_said):
            assert hit.words.end <= len(text)
            assert 0 <= hit.strength <= 1
            assert (hit.severity == 0) == (hit.label in (None, Label.SELF_BLAME))
