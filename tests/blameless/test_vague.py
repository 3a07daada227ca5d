"""Action wording that nobody could check is found with other words for it; wording with a test in it is left."""

import pytest

from secondstory.blameless.vague import vague_in


@pytest.mark.parametrize(
    ("title", "words"),
    [
        ("Improve monitoring", "Improve monitoring"),
        ("Improve the monitoring of orders", "Improve the monitoring"),
        ("We should enhance our documentation.", "enhance our documentation"),
        ("Be more careful with releases", "Be more careful"),
        ("Investigate the pool", "Investigate"),
        ("Look into retries", "Look into"),
        ("Increase test coverage", "Increase test coverage"),
        ("Ensure reliability of the checkout", "Ensure reliability"),
        ("Remind everybody to read the runbook", "Remind everybody"),
        ("Better communication with support", "Better communication"),
    ],
)
def test_what_cannot_be_checked_is_found(title: str, words: str) -> None:
    (found,) = vague_in(title)
    assert found.words == words
    assert title[found.start : found.end] == words
    assert found.suggestion


@pytest.mark.parametrize(
    "title",
    [
        "Alert on `pool in use` of orders above 85 %.",
        "Improve monitoring: alert when `pool in use` of orders stays above 85 % for 2 min",
        "Bound how long orders holds a pooled connection, and give it back on every path.",
        "Put a circuit breaker and a time limit on the call checkout → orders.",
        "Hold back a version of orders whose first instances do not stay up.",
        "Review each change of the pool's settings until the check refuses the old one",
        "Fix the leak in the driver by pinning version 4",
        "Reproduce in a test what makes orders fail, and keep the test.",
        "Close the gap in prometheus.",
    ],
)
def test_what_says_what_and_how_one_knows_is_left(title: str) -> None:
    assert vague_in(title) == ()
