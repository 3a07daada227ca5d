"""The incident as people keep it, folded from decisions."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.assumption import IncidentRole, Spell, spell_text
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.incident import Incident, Severity
from secondstory.model.incident_record import Field, IncidentRecord, Mode, fold_record
from secondstory.model.status import Status, may_follow
from secondstory.model.window import Window

NOON = datetime(2026, 11, 17, 12, tzinfo=UTC)
INCIDENT = Incident("inc-1", "Checkout fails", Severity.SEV2, "UTC", Window(NOON, NOON + timedelta(hours=1)), ("rec",))


def said(number: int, subject: str, text: str, verb: DecisionVerb = DecisionVerb.MARK) -> Decision:
    at = NOON + timedelta(minutes=number)
    return Decision(f"d{number}", "inc-1", subject, verb, text, f"why {number}", "responder-1", at)


def fold(*decisions: Decision) -> IncidentRecord:
    return fold_record(INCIDENT, decisions, None)


def test_what_was_said_last_holds_and_the_history_keeps_what_held_before() -> None:
    held = fold(said(1, "incident/title", "Nobody can pay"), said(2, "incident/severity", "SEV1"))
    assert (held.title, held.severity) == ("Nobody can pay", Severity.SEV1)
    assert [(one.field, one.before, one.value, one.why) for one in held.changes] == [
        ("severity", "SEV2", "SEV1", "why 2"),
        ("title", "Checkout fails", "Nobody can pay", "why 1"),
    ]


def test_what_is_taken_back_holds_no_longer() -> None:
    first, second = said(1, "incident/title", "A"), said(2, "incident/title", "B")
    held = fold(first, second, said(3, "incident/-", "d2", DecisionVerb.WITHDRAW))
    assert (held.title, len(held.changes)) == ("A", 1)


def test_the_first_status_follows_from_the_evidence() -> None:
    assert fold().status is Status.INVESTIGATING
    resolved = fold_record(INCIDENT, (), NOON)
    assert (resolved.status, resolved.status_by) == (Status.RESOLVED, "")
    assert resolved.next[0] is Status.LEARNING
    assert fold(said(1, "incident/status", "learning")).status_by == "responder-1"


def test_every_status_can_be_left_and_reached() -> None:
    assert {after for one in Status for after in may_follow(one)} == set(Status)
    assert all(may_follow(one) and one not in may_follow(one) for one in Status)


def test_services_are_those_that_people_named() -> None:
    assert fold().services is None
    assert fold(said(1, "incident/services", '["orders","postgres"]')).services == ("orders", "postgres")


@given(st.sampled_from(list(Field)), st.text(min_size=1).filter(str.strip))
def test_whatever_somebody_decides_by_hand_the_incident_can_be_shown(field: Field, text: str) -> None:
    held = fold(said(1, f"incident/{field.value}", text), said(2, "incident/role/commander", text))
    assert held.severity in Severity and held.mode in Mode and held.roles == ()


def role(number: int, name: str, who: str, since: int, until: int | None = None) -> Decision:
    end = NOON + timedelta(minutes=until) if until is not None else None
    return said(number, f"incident/role/{name}", spell_text(Spell(who, NOON + timedelta(minutes=since), end)))


def test_who_takes_a_role_ends_the_time_of_whoever_had_it() -> None:
    held = fold(role(1, "commander", "responder-1", 0), role(2, "commander", "responder-2", 20))
    assert [(one.who, one.until) for one in held.roles] == [
        ("responder-1", NOON + timedelta(minutes=20)),
        ("responder-2", None),
    ]
    assert held.holder(IncidentRole.COMMANDER) == "responder-2"


def test_a_time_told_afterwards_takes_its_place_in_the_order() -> None:
    held = fold(role(1, "scribe", "responder-2", 20), role(2, "scribe", "responder-1", 5))
    assert [(one.who, one.until) for one in held.roles] == [
        ("responder-1", NOON + timedelta(minutes=20)),
        ("responder-2", None),
    ]


def test_several_experts_help_at_a_time_and_a_role_can_be_left() -> None:
    held = fold(role(1, "expert", "responder-1", 0), role(2, "expert", "responder-2", 5))
    assert [one.until for one in held.roles] == [None, None]
    left = fold(role(1, "commander", "responder-1", 0), role(2, "commander", "responder-1", 0, 30))
    assert [(one.who, one.until) for one in left.roles] == [("responder-1", NOON + timedelta(minutes=30))]
    assert left.holder(IncidentRole.COMMANDER) is None
