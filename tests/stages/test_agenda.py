"""The agenda of a meeting: minutes add up, order is kept, every box says why, and what is contested gets more."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stages.meeting_dossier import bare_dossier, outage_dossier

from secondstory.blameless.lint.linter import lint_text
from secondstory.model.actor import Role
from secondstory.model.assumption import Assumed, IncidentRole
from secondstory.model.causes import Verdict
from secondstory.model.conversation import AgendaStep
from secondstory.model.meeting_plan import SHAPES, MeetingPlan, Pull, Template
from secondstory.model.meeting_said import Said
from secondstory.model.plan import Plan
from secondstory.stages.meeting import Dossier
from secondstory.stages.meeting.agenda import agenda, allot, bounds
from secondstory.stages.meeting.attending import Around, independence, reviewers
from secondstory.stages.meeting.planning import Known, meeting_plan

LENGTHS = {Template.SHORT: (30,), Template.STANDARD: (60,), Template.SOAK: (90,), Template.SPLIT: (60, 30)}
KEYS = sorted({shape.key for shapes in SHAPES.values() for shape in shapes})
PULLS = st.lists(
    st.builds(Pull, st.sampled_from(AgendaStep), st.floats(0, 5, allow_nan=False), st.just("Something is open.")),
    max_size=12,
).map(tuple)
PINS = st.dictionaries(st.sampled_from(KEYS), st.integers(0, 120), max_size=5)


def planned(dossier: Dossier, said: Said | None = None, leader: str = "owner") -> MeetingPlan:
    around = Around((), {}, frozenset())
    return meeting_plan(dossier, Known(said or Said(), around, (), Plan(), leader, None, "", None))


@given(template=st.sampled_from(Template), pulls=PULLS, pins=PINS)
def test_the_minutes_add_up_in_the_guides_order_whatever_pulls_and_is_set(
    template: Template, pulls: tuple[Pull, ...], pins: dict[str, int]
) -> None:
    boxes = agenda(template, pulls, pins, {})
    lengths = [sum(box.minutes for box in boxes if box.sitting == one) for one in (1, 2)]
    assert tuple(filter(None, lengths)) == LENGTHS[template]
    first = [box.step for box in boxes if box.sitting == 1]
    assert first == sorted(first, key=list(AgendaStep).index)
    for box in boxes:
        assert box.minutes >= 1 and box.why and all(box.why) and box.aim and box.title
        assert box.is_set is (box.minutes == pins.get(box.key)) or not box.is_set
        assert box.least <= box.minutes <= box.most or box.is_set


@given(template=st.sampled_from(Template), pulls=PULLS, box=st.sampled_from(KEYS), data=st.data())
def test_whatever_the_bounds_allow_can_be_set(
    template: Template, pulls: tuple[Pull, ...], box: str, data: st.DataObject
) -> None:
    shape = next((one for one in SHAPES[template] if one.key == box), None)
    if shape is None:
        return
    least, most = bounds(SHAPES[template], shape, {})
    minutes = data.draw(st.integers(least, most))
    assert allot(template, pulls, {box: minutes})[box] == minutes


@given(template=st.sampled_from(Template), weight=st.floats(0.5, 3))
def test_minutes_move_towards_what_pulls_and_nothing_falls_below_half(template: Template, weight: float) -> None:
    plain = allot(template, (), {})
    assert plain == {shape.key: shape.minutes for shape in SHAPES[template]}, "without a pull it is the template"
    pulled = allot(template, (Pull(AgendaStep.CAUSES, weight, "x"),), {})
    assert pulled["causes"] > plain["causes"] or template is Template.SHORT
    for shape in SHAPES[template]:
        assert pulled[shape.key] >= shape.least
        assert pulled[shape.key] <= shape.minutes or shape.step is AgendaStep.CAUSES
        assert pulled[shape.key] == shape.minutes or not shape.is_fixed


def test_contested_causes_get_more_minutes_than_the_same_outage_undisputed() -> None:
    told = outage_dossier()
    settled = replace(told, causes=replace(told.causes, verdict=Verdict.SUPPORTED))
    open_one = replace(told, causes=replace(told.causes, verdict=Verdict.INCONCLUSIVE))
    said = Said(template=Template.STANDARD)
    fewer, more = (next(box for box in planned(one, said).boxes if box.key == "causes") for one in (settled, open_one))
    assert more.minutes > fewer.minutes
    assert any("nothing on record separates them" in line for line in more.why)
    assert planned(open_one).template is Template.SOAK, "while causes are open, actions get a break before them"


@pytest.mark.parametrize("dossier", [outage_dossier(), outage_dossier(fault=False), bare_dossier()])
def test_every_sentence_of_a_plan_passes_our_own_linter(dossier: Dossier) -> None:
    plan = planned(dossier)
    lines = [line for box in plan.boxes for line in (box.title, box.aim, *box.why)]
    lines += [*plan.independence.findings, plan.independence.advice, *plan.cautions, plan.template_why]
    lines += [why for one in plan.attendees for why in one.why]
    assert all(line.strip() and "{" not in line for line in lines)
    assert not [one.words for line in lines for one in lint_text("plan", line).findings if one.severity]


def test_who_acted_comes_with_the_reason_and_who_leads_stands_beside_it() -> None:
    told = outage_dossier()
    plan = planned(told)
    assert plan.attendees and all(one.why and one.is_in for one in plan.attendees)
    doer = plan.attendees[0].token
    assert not plan.independence.is_tied
    tied = planned(told, leader=doer).independence
    assert tied.is_tied and doer in tied.findings[0] and "who was not part of it" in tied.advice
    commander = (Assumed(IncidentRole.COMMANDER, "lead-1", told.incident.window.start, None, "", "d1"),)
    assert independence(told, "lead-1", commander).is_tied
    assert all(who != "none" for who, _ in reviewers(told))
    around = Around(commander, {"exec-1": Role.EXECUTIVE}, frozenset({"exec-1"}))
    listed = meeting_plan(told, Known(Said(), around, (), Plan(), "owner", None, "", None)).attendees
    by_token = {one.token: one for one in listed}
    assert by_token["exec-1"].is_executive and by_token["exec-1"].has_address and by_token["lead-1"].why
