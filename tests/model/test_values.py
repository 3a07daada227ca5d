"""Values that cannot be wrong: claims without evidence, keys that collide, decisions that get lost."""

from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.causes import Argument
from secondstory.model.decision import Decision, DecisionVerb, orphans, standing
from secondstory.model.errors import EvidenceMismatch
from secondstory.model.evidence import Evidence
from secondstory.model.impact import Figure
from secondstory.model.incident import Incident, Severity
from secondstory.model.query import CoverageQuery
from secondstory.model.report import Claim, ClaimKind
from secondstory.model.subject import subject_key
from secondstory.model.table import Table
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, TimelineEvent
from secondstory.model.window import Moment, Provenance, Window

NOON = datetime(2026, 1, 1, 12, tzinfo=UTC)
MOMENT = Moment.at(NOON, Provenance.RECORDED)
WINDOW = Window(NOON, NOON + timedelta(hours=1))


def decision(number: int, subject: str, verb: DecisionVerb, text: str = "") -> Decision:
    at = NOON + timedelta(seconds=number)
    return Decision(f"decision-{number}", "inc", subject, verb, text, "because", "owner", at)


def test_nothing_that_claims_can_be_built_without_evidence() -> None:
    with pytest.raises(ValueError, match="rests on evidence"):
        Claim("It was the pool.", ClaimKind.FACT)
    with pytest.raises(ValueError, match="no evidence"):
        Figure("users", 1.0, 1.0, 1.0, "users", None, "counted", ())
    with pytest.raises(ValueError, match="rests on evidence"):
        Argument("deviation", "It left its band.", 1.0, ())
    with pytest.raises(ValueError, match="rests on nothing"):
        TimelineEvent("k", MOMENT, EventKind.CHAT, None, "t", "", None, ())
    with pytest.raises(ValueError, match="no evidence"):
        Milestone(MilestoneKind.DETECTED, "k", MOMENT, "first alert", ())


def test_a_figure_must_lie_inside_its_own_range() -> None:
    with pytest.raises(ValueError, match="outside"):
        Figure("users", 5.0, 6.0, 7.0, "users", None, "counted", ("ev-1",))


def test_evidence_that_does_not_match_its_hash_is_refused_with_the_next_step() -> None:
    with pytest.raises(EvidenceMismatch, match="--refresh"):
        Evidence("ev-1", CoverageQuery(("r",), WINDOW), "duckdb", Table(pa.table({"a": [1]})), "0" * 64, NOON)


def test_an_incident_in_a_zone_that_does_not_exist_is_refused() -> None:
    with pytest.raises(Exception, match="Nowhere"):
        Incident("i", "t", Severity.SEV1, "Nowhere/Land", WINDOW, ("r",))


def test_a_reference_inside_the_outage_is_refused() -> None:
    with pytest.raises(ValueError, match="overlaps"):
        Incident("i", "t", Severity.SEV1, "UTC", WINDOW, ("r",), reference=(WINDOW,))


@given(st.lists(st.text(min_size=1), min_size=1, max_size=4), st.lists(st.text(min_size=1), min_size=1, max_size=4))
def test_different_things_have_different_keys(parts: list[str], others: list[str]) -> None:
    assert (subject_key("event", *parts) == subject_key("event", *others)) == (parts == others)


def test_the_last_decision_on_a_subject_holds_whatever_order_they_come_in() -> None:
    accepted, rejected = decision(1, "event/a", DecisionVerb.ACCEPT), decision(2, "event/a", DecisionVerb.REJECT)
    assert standing((rejected, accepted))["event/a"] is rejected


def test_a_withdrawn_decision_uncovers_the_one_before_it() -> None:
    accepted, rejected = decision(1, "event/a", DecisionVerb.ACCEPT), decision(2, "event/a", DecisionVerb.REJECT)
    back = decision(3, "event/a", DecisionVerb.WITHDRAW, rejected.id)
    assert standing((accepted, rejected, back))["event/a"] is accepted


def test_a_decision_whose_subject_is_gone_is_shown_and_an_addition_is_not() -> None:
    gone = decision(1, "event/gone", DecisionVerb.REJECT)
    added = decision(2, "event/new", DecisionVerb.ADD, "We called the bank.")
    assert orphans((gone, added, decision(3, "event/a", DecisionVerb.ACCEPT)), frozenset({"event/a"})) == (gone,)
