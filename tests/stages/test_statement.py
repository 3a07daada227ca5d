"""The opening statement and the facilitator's page: filled with facts or left out, in order, and in our own voice."""

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.stages.meeting_dossier import bare_dossier, outage_dossier

from secondstory.blameless.lint.linter import lint_text
from secondstory.blameless.replies.recognising import moment_named
from secondstory.model.actor import Role
from secondstory.model.causes import Verdict
from secondstory.model.incident import Incident
from secondstory.model.meeting_plan import MeetingPlan
from secondstory.model.meeting_said import Said
from secondstory.model.plan import Plan
from secondstory.model.statement import ALWAYS, Length, OpeningStatement, SpokenPart
from secondstory.model.timeline import MilestoneKind
from secondstory.model.window import Window, wall_time
from secondstory.stages.meeting import Dossier, Earlier
from secondstory.stages.meeting.attending import Around
from secondstory.stages.meeting.briefing import ask_first, brief_facts, contested, likely_moments
from secondstory.stages.meeting.planning import Known, meeting_plan
from secondstory.stages.meeting.statement import statements

MOST = {Length.SHORT: 75, Length.MEDIUM: 160, Length.LONG: 290}
CASES = [outage_dossier(), outage_dossier(fault=False), bare_dossier()]


def planned(dossier: Dossier, members: dict[str, Role] | None = None, hours: float = 48) -> MeetingPlan:
    ended = dossier.milestone(MilestoneKind.RESOLVED)
    starts = ended[0].latest + timedelta(hours=hours) if ended is not None else None
    around = Around((), members or {}, frozenset())
    return meeting_plan(dossier, Known(Said(), around, (), Plan(), "owner", starts, "owner", None))


def text_of(found: tuple[OpeningStatement, ...], length: Length) -> str:
    return next(one.text for one in found if one.length is length)


@pytest.mark.parametrize("dossier", CASES, ids=["outage", "quiet day", "nothing known"])
def test_each_length_keeps_the_order_and_what_must_stay_and_has_no_empty_slot(dossier: Dossier) -> None:
    found = statements(dossier, planned(dossier))
    assert [one.length for one in found] == list(Length)
    order = list(SpokenPart)
    for one in found:
        places = [order.index(line.part) for line in one.lines]
        assert places == sorted(places) and one.lines[0].part is SpokenPart.HARM
        assert set(ALWAYS) <= {line.part for line in one.lines}
        assert one.words <= MOST[one.length]
        assert "{" not in one.text and "None" not in one.text and "  " not in one.text
        assert not [hit.words for hit in lint_text("opening", one.text).findings if hit.severity]
    assert found[0].words < found[1].words < found[2].words
    assert "learning opportunity" not in found[2].text and "never again" not in found[2].text


def test_the_harm_has_its_number_and_its_evidence_and_is_never_made_up() -> None:
    told = statements(outage_dossier(), planned(outage_dossier()))[1].lines[0]
    assert "failed requests" in told.text and told.evidence_ids
    unknown = statements(bare_dossier(), planned(bare_dossier()))[1].lines[0]
    assert "is not measured yet" in unknown.text and not unknown.evidence_ids


def test_it_is_fitted_to_who_comes_when_and_for_which_time() -> None:
    told = outage_dossier()
    crowd = {f"observer-{number}": Role.OBSERVER for number in range(8)}
    plain = statements(told, planned(told, crowd))
    assert plain[1].made_for == ()
    executive = statements(told, planned(told, {**crowd, "executive-1": Role.EXECUTIVE}))
    assert "card with numbers" in text_of(executive, Length.MEDIUM)
    soon = statements(told, planned(told, crowd, hours=3))
    assert "causes come when everybody has slept" in text_of(soon, Length.SHORT)
    before = Incident("old", "Before", told.incident.severity, "UTC", told.incident.window, ("r",))
    again = statements(replace(told, earlier=(Earlier(before, told.leading),)), planned(told, crowd))
    assert "We met on an outage like this before." in text_of(again, Length.SHORT)
    disputed = replace(told, causes=replace(told.causes, verdict=Verdict.INCONCLUSIVE))
    if len(disputed.rivals) > 1:
        assert "Two readings stand" in text_of(statements(disputed, planned(told, crowd)), Length.LONG)


def test_the_first_question_goes_to_a_witness_and_not_to_whom_the_change_belongs() -> None:
    told = outage_dossier()
    changer = told.change.actor if told.change is not None else None
    last = statements(told, planned(told))[0].lines[-1]
    assert last.part is SpokenPart.FIRST and (changer is None or not last.text.startswith(str(changer)))


@pytest.mark.parametrize("dossier", CASES, ids=["outage", "quiet day", "nothing known"])
def test_the_page_says_facts_with_evidence_and_moments_that_have_words(dossier: Dossier) -> None:
    plan = planned(dossier)
    facts, moments = brief_facts(dossier), likely_moments(dossier, plan)
    assert all(one.words and one.evidence_ids for one in facts)
    assert moments and all(moment_named(one.key) is not None and one.why for one in moments)
    lines = [*(one.words for one in facts), *contested(dossier, plan), *(one.why for one in moments)]
    lines += [one.question for one in ask_first(dossier, plan)]
    assert not [hit.words for line in lines for hit in lint_text("brief", line).findings if hit.severity]


def test_the_end_is_reckoned_from_the_true_begin_once_the_meeting_is_on() -> None:
    dossier = outage_dossier()
    plan = planned(dossier)
    assert plan.starts_at is not None
    before = text_of(statements(dossier, plan), Length.MEDIUM)
    late = plan.starts_at + timedelta(minutes=17)
    window = Window(late, late + timedelta(minutes=45))
    on = text_of(statements(dossier, plan, window), Length.MEDIUM)
    planned_end, true_end = (
        f"We end at {wall_time(at, plan.zone):%H:%M}" for at in (plan.starts_at + plan.length(1), window.end)
    )
    assert planned_end in before
    assert true_end in on and planned_end not in on
