"""The glossary's words: two sentences a term, and a look that never fails."""

import re

import pytest

from secondstory.stages.glossary import glossary
from secondstory.stages.glossary.listing import every_term
from secondstory.stages.glossary.term import Term


@pytest.mark.parametrize("term", every_term(), ids=lambda term: term.name)
def test_a_term_is_explained_in_two_sentences(term: Term) -> None:
    assert len(re.findall(r"[a-z]\.(?:\s|$)", term.means)) == 2, term.means


def test_the_guides_vocabulary_is_there() -> None:
    names = {term.name for term in every_term()}
    assert names >= {"root_cause", "blast_radius", "mttr", "objective", "error_budget", "telemetry", "correlation"}
    assert names >= {"correlation_id", "cascade", "circuit_breaker", "backpressure", "connection_pool"}
    assert names >= {"observability", "runbook", "chaos"}


def test_without_an_analysis_every_term_is_absent_and_says_why() -> None:
    assert {(one.shown, one.sentence) for one in glossary(None)} == {(False, "The incident was not analysed yet.")}
