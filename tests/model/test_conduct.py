"""The two clocks and the steps: reckoned from policy, zone and what happened, never from the time of day."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from secondstory.model.conduct import Conduct, Known, Off, Step, reckon
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.incident import Incident, Severity
from secondstory.model.incident_record import fold_record
from secondstory.model.policy import DEFAULT_POLICY
from secondstory.model.window import Window, format_time

RESOLVED = datetime(2026, 11, 20, 10, 47, tzinfo=UTC)  # a Friday, 11:47 in Berlin
INCIDENT = Incident(
    "inc-1", "Checkout fails", Severity.SEV1, "Europe/Berlin", Window(RESOLVED - timedelta(hours=1), RESOLVED), ("rec",)
)


def said(number: int, subject: str, text: str) -> Decision:
    at = RESOLVED + timedelta(minutes=number)
    return Decision(f"d{number}", "inc-1", subject, DecisionVerb.MARK, text, "", "responder-1", at)


def conduct(*decisions: Decision, known: Known | None = None) -> Conduct:
    known = known or Known(RESOLVED, RESOLVED + timedelta(minutes=5), None)
    record = fold_record(INCIDENT, decisions, known.resolved_at)
    return reckon(record, INCIDENT.time_zone, DEFAULT_POLICY, known, decisions)


def test_the_first_clock_runs_from_the_resolution_to_the_meeting_in_working_days() -> None:
    held = conduct()
    (clock,) = held.clocks
    assert (clock.waits_for, clock.since, clock.stopped) == (Step.MEETING, RESOLVED, None)
    assert clock.due == datetime(2026, 11, 24, 10, 47, tzinfo=UTC)  # two working days: Monday, Tuesday
    friday_noon = RESOLVED + timedelta(hours=1)
    assert clock.left_s(friday_noon) == timedelta(days=3, hours=23).total_seconds()
    # Evidence and timeline are there; the invitation, an hour and a half, is left to do.
    assert clock.left_s(friday_noon) - clock.slack_s(friday_noon) == 90 * 60
    assert clock.left_s(clock.due + timedelta(hours=3)) == -3 * 3600


def test_the_second_clock_begins_with_the_end_of_the_meeting_and_stops_with_the_summary() -> None:
    ended = datetime(2026, 11, 23, 15, tzinfo=UTC)
    held = conduct(said(1, "conduct/meeting/done", format_time(ended)))
    first, second = held.clocks
    assert first.stopped == ended and first.left_s(ended) > 0 and held.clock is second
    assert (second.since, second.due) == (ended, ended + timedelta(hours=24))
    summed = ended + timedelta(hours=30)
    late = conduct(
        said(1, "conduct/meeting/done", format_time(ended)), said(2, "conduct/summary/done", format_time(summed))
    )
    assert late.clock is late.clocks[1]
    assert late.clocks[1].left_s(RESOLVED) == -6 * 3600  # by what it was late does not depend on when one looks


def test_steps_are_known_from_what_happened_or_said_by_hand() -> None:
    held = conduct(said(1, "conduct/invite/done", format_time(RESOLVED + timedelta(hours=2))))
    assert (held.step(Step.FREEZE).done, held.step(Step.FREEZE).done_by) == (RESOLVED + timedelta(minutes=5), "")
    assert held.step(Step.INVITE).done_by == "responder-1" and held.step(Step.INVITE).decisions == ("d1",)
    assert held.clocks[0].work_s == 0


def test_a_plan_moves_what_depends_on_it() -> None:
    meeting = datetime(2026, 11, 23, 9, tzinfo=UTC)
    held = conduct(said(1, "conduct/meeting/planned", format_time(meeting)))
    assert (held.step(Step.MEETING).planned, held.step(Step.MEETING).planned_by) == (meeting, "responder-1")
    assert held.step(Step.SUMMARY).due == meeting + timedelta(hours=25)
    assert held.step(Step.MEETING).due == conduct().step(Step.MEETING).due


def test_without_a_reason_to_run_no_clock_runs_and_why_is_said() -> None:
    assert conduct(said(1, "incident/mode", "retrospective")).off is Off.RETROSPECTIVE
    assert conduct(said(1, "incident/severity", "SEV4")).off is Off.NOT_ASKED
    assert conduct(known=Known(None, None, None)).off is Off.NO_END
    off = conduct(said(1, "incident/status", "cancelled"))
    assert (off.off, off.clocks, off.clock) == (Off.CANCELLED, (), None)
    assert {one.due for one in off.steps} == {one.planned for one in off.steps} == {None}


@given(st.integers(0, 24 * 400), st.sampled_from([one for one in Severity if DEFAULT_POLICY.of(one).document]))
def test_planned_steps_come_in_order_and_before_they_are_due(hours: int, severity: Severity) -> None:
    resolved = RESOLVED + timedelta(hours=hours)
    known = Known(resolved, None, None)
    record = fold_record(INCIDENT, (said(1, "incident/severity", severity),), resolved)
    held = reckon(record, "Europe/Berlin", DEFAULT_POLICY, known, ())
    times = [one.planned for one in held.steps if one.planned is not None]
    assert len(times) == len(Step) and times == sorted(times) and times[0] > resolved
    assert all(one.planned is not None and one.planned <= one.due for one in held.steps if one.due is not None)


@given(st.sampled_from(list(Step)), st.text(min_size=1).filter(str.strip))
def test_what_is_no_time_plans_nothing(step: Step, text: str) -> None:
    held = conduct(said(1, f"conduct/{step.value}/planned", text), said(2, f"conduct/{step.value}/done", text))
    assert held.steps == conduct().steps
