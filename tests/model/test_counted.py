"""What stands beside the findings is not handed to the stages."""

from datetime import UTC, datetime

import pytest

from secondstory.model.counted import BESIDE, counted, counted_contributions
from secondstory.model.decision import Contribution, ContributionKind, Decision, DecisionVerb

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def decision(ident: str, subject: str, verb: DecisionVerb = DecisionVerb.REWORD, text: str = "words") -> Decision:
    return Decision(ident, "inc", subject, verb, text, "", "scribe-1", NOON)


@pytest.mark.parametrize("first", BESIDE)
def test_what_no_stage_folds_is_left_out_with_what_takes_it_back(first: str) -> None:
    kept = decision("d1", "hypothesis/orders")
    beside = decision("d2", f"{first}title")
    back = decision("d3", "-", DecisionVerb.WITHDRAW, "d2")
    assert counted((kept, beside, back)) == (kept,)


def test_a_withdrawal_of_what_is_folded_stays() -> None:
    kept = decision("d1", "hypothesis/orders")
    back = decision("d2", "-", DecisionVerb.WITHDRAW, "d1")
    assert counted((kept, back)) == (kept, back)


def test_comments_are_talk_and_stars_are_not() -> None:
    comment = Contribution("c1", "inc", "event/a", ContributionKind.COMMENT, "hm", "scribe-1", NOON)
    star = Contribution("c2", "inc", "event/a", ContributionKind.STAR, "", "scribe-1", NOON)
    assert counted_contributions((comment, star)) == (star,)
