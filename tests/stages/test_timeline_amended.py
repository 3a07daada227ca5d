"""What people add, edit, merge, hide, mark, tell and correct, folded into the timeline of the told outage."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import hypothesis.strategies as st
import pytest
from hypothesis import given
from tests.stages.build import at
from tests.stages.outage import PAGED, ROLLED_BACK, outage, outage_case
from tests.stages.test_timeline import milestone, timeline_of

from secondstory.model.amending import Edit, Entry, When
from secondstory.model.codec import canonical_json, encode
from secondstory.model.decision import (
    TAKEN_BACK,
    Contribution,
    ContributionKind,
    Decision,
    DecisionVerb,
    not_withdrawn,
    raised,
)
from secondstory.model.timeline import EventKind, MilestoneKind, TimelineBody, TimelineEvent
from secondstory.model.window import Moment, Provenance, format_time
from secondstory.stages.timeline import fold_timeline

FOUND = timeline_of(outage_case(), outage())
KEYS = {event.title: event.key for event in FOUND.events}
LOOKING, BACK, GET = KEYS["looking"], KEYS["1.7.4"], KEYS["kubectl get deploy"]
ADDED = "added/event-1"


def said(number: int, subject: str, verb: DecisionVerb, text: str = "", actor: str = "scribe-1") -> Decision:
    return Decision(f"dec-{number:03}", "inc-1", subject, verb, text, "because", actor, at(5000 + number))


def entry(title: str = "I had the pool panel open", told_by: str | None = None, second: float = 950) -> str:
    return encode(
        Entry(When(at(second), at(second + 60), "Europe/Berlin"), title, "", "orders", told_by), Entry
    ).decode()


def edit(**fields: object) -> str:
    return encode(Edit(**fields), Edit).decode()  # type: ignore[arg-type]  # the fields are the test's own


def event(body: TimelineBody, key: str) -> TimelineEvent:
    return next(one for one in body.events if one.key == key)


def test_an_account_is_unconfirmed_until_its_teller_confirms_it() -> None:
    told = said(1, ADDED, DecisionVerb.ADD, entry(told_by="responder-2"))
    once = event(fold_timeline(FOUND, (told,)), ADDED)
    assert once.amended is not None and once.amended.unconfirmed
    assert (once.moment, once.actor) == (Moment(at(950), at(1010), Provenance.TOLD), "responder-2")
    for number, (actor, unconfirmed) in enumerate([("responder-1", True), ("responder-2", False)], start=2):
        agreed = said(number, ADDED, DecisionVerb.ACCEPT, actor=actor)
        then = event(fold_timeline(FOUND, (told, agreed)), ADDED)
        assert then.amended is not None and then.amended.unconfirmed is unconfirmed


def test_a_correction_by_the_teller_confirms_and_an_edit_by_another_asks_them_again() -> None:
    told = said(1, ADDED, DecisionVerb.ADD, entry(told_by="responder-2"))
    own = said(2, ADDED, DecisionVerb.REWORD, edit(title="The panel was open, scaled to 5,000"), actor="responder-2")
    other = said(3, ADDED, DecisionVerb.REWORD, edit(body="As told in the meeting."))
    corrected = event(fold_timeline(FOUND, (told, own)), ADDED)
    assert corrected.title == "The panel was open, scaled to 5,000"
    assert corrected.amended is not None and corrected.amended.confirmed
    again = event(fold_timeline(FOUND, (told, own, other)), ADDED)
    assert (again.title, again.body) == (corrected.title, "As told in the meeting.")
    assert again.amended is not None and again.amended.unconfirmed


def test_who_tells_their_own_account_has_confirmed_it() -> None:
    own = said(1, ADDED, DecisionVerb.ADD, entry(told_by="responder-2"), actor="responder-2")
    told = event(fold_timeline(FOUND, (own,)), ADDED)
    assert told.amended is not None and told.amended.confirmed


def test_edits_add_up_and_each_can_be_taken_back() -> None:
    first = said(1, BACK, DecisionVerb.REWORD, edit(title="Orders went back"))
    second = said(2, BACK, DecisionVerb.REWORD, edit(when=When(at(930), at(931), "UTC"), service=""))
    both = event(fold_timeline(FOUND, (first, second)), BACK)
    assert (both.title, both.service, both.moment.provenance) == ("Orders went back", None, Provenance.DECIDED)
    assert both.amended is not None and both.amended.recorded == Moment.at(at(ROLLED_BACK), Provenance.RECORDED)
    without = event(fold_timeline(FOUND, (first, second, said(3, "-", DecisionVerb.WITHDRAW, "dec-002"))), BACK)
    assert (without.title, without.service, without.moment) == ("Orders went back", "orders", event(FOUND, BACK).moment)


def test_a_hidden_entry_keeps_its_edit_and_is_set_aside_with_why() -> None:
    decisions = (said(1, BACK, DecisionVerb.REWORD, edit(title="Orders went back")), said(2, BACK, DecisionVerb.REJECT))
    folded = fold_timeline(FOUND, decisions)
    assert BACK not in {one.key for one in folded.events}
    aside = folded.aside[0]
    assert (aside.event.title, aside.why, aside.actor, aside.into) == ("Orders went back", "because", "scribe-1", None)
    shown = fold_timeline(FOUND, (*decisions, said(3, BACK, DecisionVerb.ACCEPT)))
    assert event(shown, BACK).title == "Orders went back" and shown.aside == ()


def test_merged_entries_are_one_and_merges_never_go_round() -> None:
    there = said(1, GET, DecisionVerb.MERGE, LOOKING)
    merged = fold_timeline(FOUND, (there,))
    stays = event(merged, LOOKING)
    assert GET not in {one.key for one in merged.events}
    assert stays.amended is not None and stays.amended.merged == (GET,)
    assert [(one.event.key, one.into) for one in merged.aside] == [(GET, LOOKING)]
    on = fold_timeline(FOUND, (there, said(2, LOOKING, DecisionVerb.MERGE, BACK)))
    assert {(one.event.key, one.into) for one in on.aside} == {(GET, BACK), (LOOKING, BACK)}
    circle = fold_timeline(FOUND, (there, said(2, LOOKING, DecisionVerb.MERGE, GET)))
    assert circle.orphaned_decisions == ("dec-002",) and circle.events == merged.events


def test_a_linked_message_supports_an_event_or_a_hypothesis() -> None:
    folded = fold_timeline(
        FOUND,
        (
            said(1, LOOKING, DecisionVerb.LINK, BACK),
            said(2, LOOKING, DecisionVerb.LINK, "hypothesis/orders/pool"),
            said(3, LOOKING, DecisionVerb.LINK, "added/gone"),
        ),
    )
    message, shown = event(folded, LOOKING).amended, event(folded, BACK).amended
    assert message is not None and message.supports == (BACK, "hypothesis/orders/pool")
    assert shown is not None and shown.linked == (LOOKING,)
    assert folded.orphaned_decisions == ("dec-003",)


def test_a_remark_stays_with_its_entry_and_redacting_takes_all_words_away() -> None:
    note = said(1, LOOKING, DecisionVerb.NOTE, "This was the first look at the pool.")
    noted = event(fold_timeline(FOUND, (note,)), LOOKING).amended
    assert noted is not None and [one.text for one in noted.notes] == [note.text]
    redact = said(2, LOOKING, DecisionVerb.REDACT)
    late = said(3, LOOKING, DecisionVerb.REWORD, edit(title="secret again"))
    black = event(fold_timeline(FOUND, (note, redact, late)), LOOKING)
    assert b"secret" not in canonical_json(black) and b"first look" not in canonical_json(black)


def test_an_event_marked_as_a_milestone_gives_it_its_interval_and_evidence() -> None:
    text = f"{format_time(at(960))}/{format_time(at(970))} {GET}"
    diagnosed = milestone(
        fold_timeline(FOUND, (said(1, "milestone/diagnosed", DecisionVerb.MARK, text),)), MilestoneKind.DIAGNOSED
    )
    assert diagnosed.moment == Moment(at(960), at(970), Provenance.DECIDED)
    assert (diagnosed.event_key, diagnosed.evidence_ids) == (GET, event(FOUND, GET).evidence_ids)
    assert "kubectl get deploy" in diagnosed.reason and "because" in diagnosed.reason


def test_a_corrected_clock_moves_its_source_alone_and_the_milestones_read_from_it() -> None:
    folded = fold_timeline(FOUND, (said(1, "source/alert", DecisionVerb.MARK, "-40"),))
    for before in FOUND.events:
        after = event(folded, before.key)
        if before.kind is EventKind.ALERT and dict(before.attributes)["occurrence"] == "alert":
            assert after.moment.earliest == before.moment.earliest - timedelta(seconds=40)
            assert after.amended is not None and after.amended.recorded == before.moment
            assert after.amended.correction_s == -40
        else:
            assert after == before
    detected = milestone(folded, MilestoneKind.DETECTED)
    assert detected.moment == Moment.at(at(PAGED - 40), Provenance.RECORDED) and detected.decision_ids == ("dec-001",)
    diagnosed = milestone(folded, MilestoneKind.DIAGNOSED).moment
    assert diagnosed is not None and diagnosed.earliest == at(PAGED - 40)
    assert [one.seconds for one in folded.corrections] == [-40]
    assert folded.onsets == FOUND.onsets


def test_a_corrected_clock_of_signals_moves_onsets_and_impact() -> None:
    folded = fold_timeline(FOUND, (said(1, "source/signals", DecisionVerb.MARK, "10"),))
    assert [one.moment.earliest for one in folded.onsets] == [
        one.moment.earliest + timedelta(seconds=10) for one in FOUND.onsets
    ]
    before, after = (milestone(body, MilestoneKind.IMPACT_BEGAN).moment for body in (FOUND, folded))
    assert before is not None and after is not None and after.earliest == before.earliest + timedelta(seconds=10)


@pytest.mark.parametrize("text", ["late", "nan", "inf", "99999999"])
def test_a_correction_that_is_no_number_of_seconds_is_an_orphan(text: str) -> None:
    folded = fold_timeline(FOUND, (said(1, "source/alert", DecisionVerb.MARK, text),))
    assert folded.orphaned_decisions == ("dec-001",) and folded.events == FOUND.events


def test_a_star_counts_once_for_each_person_until_it_is_taken_back() -> None:
    def star(number: int, actor: str, text: str = "") -> Contribution:
        return Contribution(f"c-{number}", "inc-1", BACK, ContributionKind.STAR, text, actor, at(number))

    given = (star(1, "a"), star(2, "a"), star(3, "b"))
    assert raised(given, ContributionKind.STAR) == {BACK: frozenset({"a", "b"})}
    assert raised((*given, star(4, "b", TAKEN_BACK)), ContributionKind.STAR) == {BACK: frozenset({"a"})}
    assert raised(given, ContributionKind.DIG_HERE) == {}


SUBJECTS = st.sampled_from([LOOKING, BACK, GET, ADDED, "occurrence/gone", "milestone/diagnosed", "source/alert"])
TEXTS = st.sampled_from(
    [
        *(LOOKING, BACK, GET, ADDED, "-40", "words", entry(), entry(told_by="responder-2"), edit(title="new")),
        *(edit(when=When(at(1), at(2), "UTC")), f"{format_time(at(960))}/{format_time(at(970))} {GET}", "{}"),
    ]
)
VERBS = st.sampled_from([verb for verb in DecisionVerb if verb is not DecisionVerb.WITHDRAW])


@st.composite
def ledgers(draw: st.DrawFn) -> tuple[Decision, ...]:
    given = draw(st.lists(st.tuples(SUBJECTS, VERBS, TEXTS, st.sampled_from(["scribe-1", "responder-2"])), max_size=12))
    decisions = [said(n, *one) for n, one in enumerate(given)]
    back = draw(st.lists(st.sampled_from([one.id for one in decisions]), max_size=4)) if decisions else []
    return (*decisions, *(said(100 + n, "-", DecisionVerb.WITHDRAW, text) for n, text in enumerate(back)))


@given(ledgers(), st.randoms(use_true_random=False))
def test_in_whatever_order_decisions_arrive_the_fold_is_the_same(ledger: tuple[Decision, ...], chance: object) -> None:
    shuffled = sorted(ledger, key=lambda _: chance.random())  # type: ignore[attr-defined]  # hypothesis gives a Random
    assert fold_timeline(FOUND, tuple(shuffled)) == fold_timeline(FOUND, ledger)


@given(ledgers())
def test_a_withdrawn_decision_leaves_no_trace_and_nothing_is_lost(ledger: tuple[Decision, ...]) -> None:
    folded = fold_timeline(FOUND, ledger)
    assert folded == fold_timeline(FOUND, not_withdrawn(ledger))
    everywhere = {one.key for one in folded.events} | {one.event.key for one in folded.aside}
    assert everywhere >= {one.key for one in FOUND.events}
    resting = {i for one in folded.events for i in one.decision_ids} | {one.decision_id for one in folded.aside}
    assert resting | set(folded.orphaned_decisions) <= {one.id for one in ledger}


@given(ledgers())
def test_saying_everything_twice_changes_no_word_and_no_time(ledger: tuple[Decision, ...]) -> None:
    again = tuple(replace(one, id=f"{one.id}-again") for one in not_withdrawn(ledger))
    once, twice = fold_timeline(FOUND, not_withdrawn(ledger)), fold_timeline(FOUND, (*not_withdrawn(ledger), *again))
    assert [(one.key, one.title, one.moment) for one in twice.events] == [
        (one.key, one.title, one.moment) for one in once.events
    ]
