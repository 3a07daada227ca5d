"""The timeline stage on a told outage with a known truth, and people's decisions folded into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from tests.stages.build import Told, at, evidence_of, happened
from tests.stages.outage import DEPLOYED, HARM, NAMES, PAGED, ROLLED_BACK, WELL, outage, outage_case

from secondstory.model.codec import canonical_json
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.evidence import Answers
from secondstory.model.findings import Occurrence
from secondstory.model.incident import Case
from secondstory.model.query import Ask, OccurrenceQuery
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance
from secondstory.stages.timeline import find_timeline, fold_timeline
from secondstory.stages.timeline.events import occurrence_events

OTHER_NAMES = {"gateway": "edge", "checkout": "till", "orders": "buchung", "catalogue": "shelf"}


def timeline_of(case: Case, told: Told) -> TimelineBody:
    found = find_timeline(case, evidence_of(case, told), Answers({}))
    assert not isinstance(found, Ask)
    return found


def milestone(body: TimelineBody, kind: MilestoneKind) -> Milestone:
    return next(one for one in body.milestones if one.kind is kind)


def holds(moment: Moment | None, second: float) -> bool:
    return moment is not None and moment.earliest <= at(second) <= moment.latest


def decided(subject: str, verb: DecisionVerb, text: str = "", number: int = 1) -> Decision:
    return Decision(f"dec-{number}", "inc-1", subject, verb, text, "seen in the log", "owner", at(5000 + number))


def test_onsets_hold_the_truth_in_their_order() -> None:
    onsets = {onset.signal_key: onset for onset in timeline_of(outage_case(), outage()).onsets}
    pool = onsets["signal/orders/db.client.connection.count{state=used}"]
    assert holds(pool.moment, DEPLOYED + 10)
    assert holds(pool.recovered, WELL)
    for service in ("orders", "checkout", "gateway"):
        failures = onsets[f"signal/{service}/error_ratio"]
        assert holds(failures.moment, HARM) and holds(failures.recovered, WELL)
        assert pool.moment.latest < failures.moment.earliest
    assert not any(key.startswith("signal/catalogue/") for key in onsets)


def test_without_a_fault_nothing_leaves_its_band() -> None:
    body = timeline_of(outage_case(), outage(fault=False))
    assert body.onsets == ()
    assert [event.kind for event in body.events] == [EventKind.CHANGE]
    assert milestone(body, MilestoneKind.IMPACT_BEGAN).moment is None


def test_milestones_are_intervals_around_the_truth() -> None:
    body = timeline_of(outage_case(), outage())
    moments = {one.kind: one.moment for one in body.milestones}
    assert holds(moments[MilestoneKind.IMPACT_BEGAN], HARM)
    assert moments[MilestoneKind.DETECTED] == Moment.at(at(PAGED), Provenance.RECORDED)
    assert moments[MilestoneKind.ACKNOWLEDGED] == Moment.at(at(PAGED + 20), Provenance.SAID)
    assert moments[MilestoneKind.DIAGNOSED] == Moment(at(PAGED), at(ROLLED_BACK - 2), Provenance.RECORDED)
    assert moments[MilestoneKind.MITIGATION_BEGAN] == Moment.at(at(ROLLED_BACK - 2), Provenance.RECORDED)
    assert holds(moments[MilestoneKind.RESOLVED], WELL)
    assert holds(moments[MilestoneKind.RESOLVED], WELL + 50)
    assert [one.kind for one in body.milestones] == list(MilestoneKind)


def test_a_missing_milestone_says_why() -> None:
    told = outage()
    told.rows[OccurrenceQuery] = []
    missing = {one.kind: one for one in timeline_of(outage_case(), told).milestones if one.moment is None}
    assert missing.keys() >= {MilestoneKind.DETECTED, MilestoneKind.ACKNOWLEDGED, MilestoneKind.MITIGATION_BEGAN}
    assert all(one.reason for one in missing.values())


def test_without_an_alert_the_first_message_after_the_harm_bounds_its_detection() -> None:
    told = outage()
    told.rows[OccurrenceQuery] = [row for row in told.rows[OccurrenceQuery] if row["kind"] not in ("alert", "page")]
    detected = milestone(timeline_of(outage_case(), told), MilestoneKind.DETECTED).moment
    assert detected is not None
    assert (detected.latest, detected.provenance) == (at(PAGED + 20), Provenance.SAID)
    assert detected.earliest <= at(HARM)


def test_a_rollback_without_a_command_is_told_as_a_change_taken_back() -> None:
    told = outage()
    told.rows[OccurrenceQuery] = [row for row in told.rows[OccurrenceQuery] if row["kind"] != "command"]
    begun = milestone(timeline_of(outage_case(), told), MilestoneKind.MITIGATION_BEGAN)
    assert begun.moment == Moment.at(at(ROLLED_BACK), Provenance.RECORDED)
    assert "taken back" in begun.reason


def test_alerts_know_when_they_ended_and_repeated_firings_are_one() -> None:
    told = outage()
    state = {"rule": "ErrorsHigh", "state": "firing"}
    happened(told, at(PAGED + 30), "alert", "ErrorsHigh firing", "gateway", attributes=state)
    events = timeline_of(outage_case(), told).events
    ended = [event for event in events if dict(event.attributes).get("resolved_at")]
    assert [event.moment.earliest for event in ended] == [at(PAGED)]


def test_a_kind_of_occurrence_nobody_knows_is_not_lost() -> None:
    told = outage()
    happened(told, at(900), "weather", "thunderstorm over the data centre")
    titles = {event.title: event.kind for event in timeline_of(outage_case(), told).events}
    assert titles["thunderstorm over the data centre"] is EventKind.STATUS


def test_signals_are_told_once_for_each_service_and_kind() -> None:
    body = timeline_of(outage_case(), outage())
    told = [event for event in body.events if event.kind is EventKind.SIGNAL]
    assert len({event.key for event in told}) == len(told) < len(body.onsets)
    latency = next(event for event in told if event.key == "event/signal/gateway/latency")
    assert "rose from" in latency.body and " ms" not in latency.body.replace("_ms", "")
    failures = next(event for event in told if event.key == "event/signal/gateway/errors")
    assert "rose from 0 % to" in failures.body


def test_everything_is_in_order_and_rows_in_any_order_give_the_same() -> None:
    body = timeline_of(outage_case(), outage())
    assert list(body.events) == sorted(body.events, key=lambda event: (event.moment.earliest, event.key))
    shuffled = outage()
    for rows in shuffled.rows.values():
        rows.reverse()
    assert canonical_json(timeline_of(outage_case(), shuffled)) == canonical_json(body)


@pytest.mark.parametrize("shift_s", [3600.0, -86_400.0 * 200, 0.25])
def test_a_shift_in_time_shifts_every_moment_and_nothing_else(shift_s: float) -> None:
    plain = timeline_of(outage_case(), outage())
    moved = timeline_of(outage_case(shift_s=shift_s), outage(shift_s=shift_s))
    by = timedelta(seconds=shift_s)

    def shifted(moment: Moment | None) -> Moment | None:
        return moment and Moment(moment.earliest + by, moment.latest + by, moment.provenance)

    assert [one.moment for one in moved.milestones] == [shifted(one.moment) for one in plain.milestones]
    assert [replace(one, evidence_id="") for one in moved.onsets] == [
        replace(one, evidence_id="", moment=shifted(one.moment) or one.moment, recovered=shifted(one.recovered))
        for one in plain.onsets
    ]


def test_other_names_for_services_change_only_the_names() -> None:
    plain = timeline_of(outage_case(), outage())
    renamed = timeline_of(outage_case(OTHER_NAMES), outage(OTHER_NAMES))
    back = {other: NAMES[role] for role, other in OTHER_NAMES.items()}
    assert {(back[one.service], one.indicator, one.moment, one.strength) for one in renamed.onsets} == {
        (one.service, one.indicator, one.moment, one.strength) for one in plain.onsets
    }
    assert [one.moment for one in renamed.milestones] == [one.moment for one in plain.milestones]


def test_decisions_reject_reword_redact_add_and_mark() -> None:
    found = timeline_of(outage_case(), outage())
    by_title = {event.title: event.key for event in found.events}
    folded = fold_timeline(
        found,
        (
            decided(by_title["looking"], DecisionVerb.REJECT, number=1),
            decided(by_title["1.7.4"], DecisionVerb.REWORD, "Orders went back to 1.7.4", number=2),
            decided(by_title["kubectl get deploy"], DecisionVerb.REDACT, number=3),
            decided("event/added/1", DecisionVerb.ADD, f"{at(950).isoformat()} The database was looked at", number=4),
            decided("milestone/diagnosed", DecisionVerb.MARK, f"{at(960).isoformat()}/{at(970).isoformat()}", number=5),
        ),
    )
    titles = [event.title for event in folded.events]
    assert "looking" not in titles and "kubectl get deploy" not in titles
    reworded = next(event for event in folded.events if event.title == "Orders went back to 1.7.4")
    assert reworded.decision_ids == ("dec-2",) and ("recorded_title", "1.7.4") in reworded.attributes
    added = next(event for event in folded.events if event.kind is EventKind.ADDED)
    assert added.moment == Moment.at(at(950), Provenance.TOLD)
    diagnosed = milestone(folded, MilestoneKind.DIAGNOSED)
    assert diagnosed.moment == Moment(at(960), at(970), Provenance.DECIDED)
    assert diagnosed.decision_ids == ("dec-5",)
    assert folded.orphaned_decisions == ()
    assert folded.onsets == found.onsets


def test_decisions_whose_subject_or_time_is_missing_are_orphans_and_those_of_others_are_left_alone() -> None:
    found = timeline_of(outage_case(), outage())
    folded = fold_timeline(
        found,
        (
            decided("occurrence/deploy/orders/gone", DecisionVerb.ACCEPT, number=1),
            decided("event/added/1", DecisionVerb.ADD, "yesterday it was odd", number=2),
            decided("milestone/resolved", DecisionVerb.MARK, "soon", number=3),
            decided("hypothesis/orders/pool", DecisionVerb.ACCEPT, number=4),
        ),
    )
    assert folded.orphaned_decisions == ("dec-1", "dec-2", "dec-3")
    assert (folded.events, folded.milestones) == (found.events, found.milestones)


def test_a_withdrawn_decision_counts_no_more() -> None:
    found = timeline_of(outage_case(), outage())
    key = found.events[0].key
    rejected = decided(key, DecisionVerb.REJECT, number=1)
    taken_back = decided(key, DecisionVerb.WITHDRAW, "dec-1", number=2)
    assert fold_timeline(found, (rejected, taken_back)).events == found.events


def test_a_decision_survives_a_re_run_with_more_evidence() -> None:
    more = outage()
    happened(more, at(720), "chat", "1.8.0 is live", actor="responder-2")
    reject = decided("event/signal/checkout/latency", DecisionVerb.REJECT)
    folded = fold_timeline(timeline_of(outage_case(), more), (reject,))
    assert folded.orphaned_decisions == ()
    assert reject.subject not in {event.key for event in folded.events}


def entry(number: int, time: datetime) -> TimelineEvent:
    moment = Moment.at(time, Provenance.RECORDED)
    return TimelineEvent(f"occurrence/chat/-/{number}", moment, EventKind.CHAT, None, "x", "", None, ("ev-1",))


def test_ten_thousand_entries_fold_and_keep_every_decision() -> None:
    found = TimelineBody(tuple(entry(n, at(n)) for n in range(10_000)), (), ())
    folded = fold_timeline(
        found, tuple(decided(f"occurrence/chat/-/{n}", DecisionVerb.REJECT, number=n) for n in range(500))
    )
    assert len(folded.events) == 9_500


def change(kind: str, time: float, **attributes: str) -> Occurrence:
    told = tuple(sorted((name.replace("_", "."), value) for name, value in attributes.items()))
    return Occurrence(f"occurrence/{kind}/{time}", at(time), kind, "orders", "1.8.0", "", None, None, told, "ev-1")


def body_of(*occurrences: Occurrence) -> str:
    return next(event.body for event in occurrence_events(occurrences, ()) if event.kind is EventKind.CHANGE)


def test_a_deploy_says_what_let_it_pass_or_that_this_is_unknown() -> None:
    assert body_of(change("deploy", 0)) == "Change request, reviewers, checks and tests: unknown."
    told = {"change_request": "#12", "change_reviewers": "responder-1, responder-2", "change_checks": "3 of 3 passed"}
    assert body_of(change("deploy", 0, **told)) == (
        "Change request #12; 2 reviewers; checks: 3 of 3 passed; tests: unknown."
    )
    assert body_of(change("deploy", 0, change_reviewers="none", change_checks="unit tests passed")) == (
        "Change request: unknown; no reviewer; checks: unit tests passed."
    )


def test_a_deploy_takes_what_it_does_not_say_from_the_code_of_its_commit() -> None:
    deploy = change("deploy", 60, change_commit="2f0d8f1c3d5b", change_request="#12")
    code = change("code", 0, change_commit="2f0d8f1c", change_reviewers="responder-1", change_request="#11")
    other = change("code", 0, change_commit="aaaaaaaa", change_tests="4 of 4 passed")
    assert body_of(other, code, deploy) == "Change request #12; 1 reviewer; checks: unknown; tests: unknown."
