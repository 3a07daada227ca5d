"""What people agreed on, folded: nobody is made an owner, nobody verifies their own work, each factor is answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.stages.report_documents import causes_body

from secondstory.model.action_state import ActionState, may_come
from secondstory.model.causes import CausesBody, Part, Standing
from secondstory.model.codec import encode
from secondstory.model.counted import folded
from secondstory.model.decision import Decision, DecisionVerb
from secondstory.model.plan import LessonKind, LinkKind, Ownership, Plan
from secondstory.model.plan_said import NOBODY, ActionSaid, FactorSaid, LessonSaid, LinkSaid, RiskSaid, factor_of
from secondstory.model.remedy import ActionKind, Area, Strength
from secondstory.stages.actions import fold_plan, unanswered, warnings

NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)
TODAY = date(2026, 12, 1)
ITEM = "action/item/a"
POOL = ActionSaid(
    "The release check refuses `release_on_cancel=false`.",
    ActionKind.PREVENT,
    Area.PROCESS,
    Strength.STRONGER,
    date(2026, 12, 15),
    "UTC",
    answers=("factor/x",),
    criterion="The old setting is planted once; the check refuses it.",
)
Line = tuple[str, DecisionVerb, object, str, str]


def ledger(*lines: Line) -> tuple[Decision, ...]:
    """Decisions a minute apart from (subject, verb, text or value, why, actor)."""
    return tuple(
        Decision(f"d{place}", "i", subject, verb, text(said), why, actor, NOON + timedelta(minutes=place))
        for place, (subject, verb, said, why, actor) in enumerate(lines)
    )


def text(said: object) -> str:
    return said if isinstance(said, str) else encode(said, type(said)).decode()


def added(subject: str, said: object) -> Line:
    return subject, DecisionVerb.ADD, said, "", "facilitator-1"


def marked(about: str, said: str, why: str = "", actor: str = "facilitator-1") -> Line:
    return f"{ITEM}/{about}", DecisionVerb.MARK, said, why, actor


def planned(*lines: Line, causes: CausesBody | None = None) -> Plan:
    return fold_plan(causes or causes_body(), ledger(*lines))


def accepted() -> CausesBody:
    body = causes_body()
    first = replace(body.hypotheses[0], standing=Standing.ACCEPTED)
    return replace(body, hypotheses=(first, *body.hypotheses[1:]))


def test_an_accepted_hypothesis_is_a_factor_and_its_part_can_be_said() -> None:
    causes = accepted()
    key = factor_of(causes.hypotheses[0].key)
    (machine,) = planned(causes=causes).factors
    assert (machine.key, machine.label, machine.part) == (key, "F1", causes.hypotheses[0].part)
    assert machine.evidence_ids
    said = FactorSaid("The pool ran dry.", Part.AMPLIFYING, causes.hypotheses[0].key)
    (told,) = planned(added(key, said), causes=causes).factors
    assert (told.words, told.part) == ("The pool ran dry.", Part.AMPLIFYING)
    assert not planned((key, DecisionVerb.REJECT, "", "", "x"), causes=causes).factors
    assert not planned(added(key, said)).factors  # nobody accepts the hypothesis any more


def test_the_initiating_factor_comes_first_and_links_name_factors_that_exist() -> None:
    plan = planned(
        added("factor/x", FactorSaid("Retries without a limit.", Part.AMPLIFYING)),
        added("factor/y", FactorSaid("The setting came back.", Part.INITIATING)),
        added("factor/link/xy", LinkSaid("factor/x", "factor/y", LinkKind.AMPLIFIED, "threefold")),
        added("factor/link/xz", LinkSaid("factor/x", "factor/z", LinkKind.HID)),
    )
    assert [(one.label, one.key) for one in plan.factors] == [("F1", "factor/y"), ("F2", "factor/x")]
    assert [(one.source, one.kind) for one in plan.links] == [("factor/x", LinkKind.AMPLIFIED)]
    assert plan.unread == ("d3",)


def test_only_the_owner_takes_an_action_on_or_declines_it() -> None:
    asked = [added(ITEM, POOL), marked("owner", "responder-2")]
    (one,) = planned(*asked).actions
    assert (one.owner, one.ownership) == ("responder-2", Ownership.PROPOSED)
    other = planned(*asked, (f"{ITEM}/owner", DecisionVerb.ACCEPT, "", "", "responder-1"))
    assert other.actions[0].ownership is Ownership.PROPOSED
    assert other.unread == ("d2",)
    own = planned(*asked, (f"{ITEM}/owner", DecisionVerb.ACCEPT, "", "", "responder-2"))
    assert own.actions[0].is_owned
    away = planned(*asked, (f"{ITEM}/owner", DecisionVerb.REJECT, "", "on leave", "responder-2"))
    assert away.actions[0].ownership is Ownership.DECLINED
    assert [step.what for step in away.actions[0].history] == ["written", "owner", "declined"]
    volunteered = planned(added(ITEM, POOL), marked("owner", "responder-2", actor="responder-2"))
    assert volunteered.actions[0].is_owned


def test_who_verifies_is_not_the_owner_and_says_so_themselves() -> None:
    asked = planned(added(ITEM, POOL), marked("owner", "responder-1"), marked("verifier", "responder-2"))
    (one,) = asked.actions
    assert (one.verifier, one.verifying) == ("responder-2", Ownership.PROPOSED)
    assert "verifier" in rules(asked)
    for_another = (f"{ITEM}/verifier", DecisionVerb.ACCEPT, "", "", "facilitator-1")
    own = (f"{ITEM}/verifier", DecisionVerb.ACCEPT, "", "", "responder-2")
    told = planned(added(ITEM, POOL), marked("verifier", "responder-2"), for_another, own)
    assert (told.actions[0].verifying, told.unread) == (Ownership.ACCEPTED, ("d2",))
    assert "verifier" not in rules(told)
    same = planned(added(ITEM, POOL), marked("owner", "responder-1"), marked("verifier", "responder-1"))
    assert (same.actions[0].verifier, same.unread) == ("", ("d2",))
    later = planned(added(ITEM, POOL), marked("verifier", "responder-2"), marked("owner", "responder-2"))
    assert (later.actions[0].owner, later.actions[0].verifier) == ("responder-2", "")


def test_who_was_asked_is_asked_no_more_once_it_is_taken_back() -> None:
    said = [added(ITEM, POOL), marked("owner", "responder-1"), marked("verifier", "responder-2")]
    yes = ((f"{ITEM}/{what}", DecisionVerb.ACCEPT, "", "", who) for what, who in (("owner", "responder-1"),))
    back = planned(*said, *yes, marked("verifier", NOBODY), marked("owner", NOBODY))
    (one,) = back.actions
    assert (one.owner, one.ownership) == ("", Ownership.NONE) and not one.is_owned
    assert (one.verifier, one.verifying) == ("", Ownership.NONE)
    assert [(step.what, step.text) for step in one.history[-2:]] == [("verifier", ""), ("owner", "")]
    assert "owner" in rules(back) and "verifier" not in rules(back)
    late = planned(*said, marked("verifier", NOBODY), (f"{ITEM}/verifier", DecisionVerb.ACCEPT, "", "", "responder-2"))
    assert (late.actions[0].verifying, late.unread) == (Ownership.NONE, ("d4",))


def test_implemented_is_not_verified_and_the_owner_does_not_verify() -> None:
    mine = (added(ITEM, POOL), marked("owner", "responder-2", actor="responder-2"))
    steps = (*mine, marked("status", "in_progress"), marked("status", "implemented", "", "responder-2"))
    by_owner = planned(*steps, marked("status", "verified", "it works", "responder-2"))
    assert (by_owner.actions[0].progress, by_owner.unread) == (ActionState.IMPLEMENTED, ("d4",))
    unseen = planned(*steps, marked("status", "verified"))
    assert unseen.actions[0].progress is ActionState.IMPLEMENTED
    skipped = planned(*mine, marked("status", "effective", "surely"))
    assert skipped.actions[0].progress is ActionState.OPEN
    seen = planned(*steps, marked("status", "verified", "the planted setting was refused", "responder-1"))
    assert seen.actions[0].progress is ActionState.VERIFIED
    assert seen.actions[0].history[-1].why == "the planted setting was refused"


def test_a_withdrawn_step_is_not_taken_and_an_edit_keeps_owner_and_date() -> None:
    lines = (added(ITEM, POOL), marked("due", "2026-12-20", "a holiday"), marked("status", "in_progress"))
    edited = planned(*lines, added(ITEM, replace(POOL, title="Another title with `x`.")))
    assert (edited.actions[0].title, edited.actions[0].due) == ("Another title with `x`.", date(2026, 12, 20))
    assert edited.actions[0].progress is ActionState.IN_PROGRESS
    back = planned(*lines, ("-", DecisionVerb.WITHDRAW, "d2", "", "facilitator-1"))
    assert back.actions[0].progress is ActionState.OPEN


def test_each_factor_and_what_went_badly_or_by_luck_is_answered_or_told() -> None:
    lines = (
        added("factor/x", FactorSaid("The setting came back.", Part.INITIATING)),
        added("lesson/a", LessonSaid(LessonKind.LUCKY, "It was a quiet hour.")),
        added("lesson/b", LessonSaid(LessonKind.WELL, "The page was read at once.")),
        added("lesson/c", LessonSaid(LessonKind.BADLY, "Support heard it from customers.")),
    )
    assert [one.key for one in unanswered(planned(*lines), TODAY)] == ["factor/x", "lesson/c", "lesson/a"]
    risk = RiskSaid(("lesson/a", "lesson/c"), "A new pager comes in spring.", date(2027, 3, 31))
    answered = planned(*lines, added(ITEM, POOL), added("risk/a", risk))
    assert not unanswered(answered, TODAY)
    assert [one.key for one in unanswered(answered, date(2027, 4, 1))] == ["lesson/c", "lesson/a"]
    cancelled = planned(*lines, added(ITEM, POOL), marked("status", "cancelled", "not worth it"))
    assert "factor/x" in {one.key for one in unanswered(cancelled, TODAY)}


def rules(plan: Plan) -> set[str]:
    return {one.rule for one in warnings(plan, TODAY)}


def test_a_plan_is_warned_about_owners_criteria_vague_words_late_dates_and_weak_plans() -> None:
    weak = replace(POOL, title="Improve monitoring", strength=Strength.WEAKER, criterion="", due=date(2026, 11, 1))
    assert rules(planned(added(ITEM, weak))) == {"owner", "criterion", "vague", "overdue", "strength"}
    assert rules(planned(added(ITEM, POOL), marked("owner", "responder-2", actor="responder-2"))) == set()


def test_one_team_that_carries_most_is_warned_about_with_the_whole_in_view() -> None:
    teams = ("orders", "orders", "orders", "checkout")
    plan = planned(*(added(f"action/item/{n}", replace(POOL, team=team)) for n, team in enumerate(teams)))
    (told,) = [one for one in warnings(plan, TODAY) if one.rule == "one team"]
    assert told.words == "orders carries 3 of 4 actions."
    shared = planned(*(added(f"action/item/{n}", replace(POOL, team=t)) for n, t in enumerate(teams[1:])))
    assert "one team" not in {one.rule for one in warnings(shared, TODAY) if one.words.startswith("checkout")}


def test_an_edit_of_an_action_is_nothing_that_other_stages_fold() -> None:
    said = ledger(
        added(ITEM, POOL), ("-", DecisionVerb.WITHDRAW, "d0", "", "x"), ("event/e", DecisionVerb.REJECT, "", "", "x")
    )
    assert [one.id for one in folded("plan", said)] == ["d0", "d1"]
    assert folded("actions", said) == ()
    assert [one.id for one in folded("timeline", said)] == ["d2"]
    assert folded("causes", said) == ()


@given(st.lists(st.tuples(st.sampled_from(ActionState), st.sampled_from(["a", "b"]), st.sampled_from(["", "seen"]))))
def test_whatever_is_written_each_step_taken_follows_the_one_before(steps: list[tuple[ActionState, str, str]]) -> None:
    lines = [added(ITEM, POOL), marked("owner", "a", actor="a")]
    lines += [marked("status", wanted.value, why, who) for wanted, who, why in steps]
    plan = planned(*lines)
    now = ActionState.OPEN
    for step in plan.actions[0].history[2:]:
        wanted = ActionState(step.text)
        assert wanted in may_come(now)
        assert wanted not in (ActionState.VERIFIED, ActionState.EFFECTIVE) or (step.actor != "a" and step.why)
        now = wanted
    assert plan.actions[0].progress is now
    assert len(plan.unread) + len(plan.actions[0].history) == len(lines)


@pytest.mark.parametrize("step", ActionState)
def test_no_step_leads_to_itself(step: ActionState) -> None:
    assert may_come(step)
    assert step not in may_come(step)
