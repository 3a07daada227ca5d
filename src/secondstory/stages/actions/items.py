"""Folds what people said of each action: its words, owner, due date and steps, with the history of all four."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from secondstory.model.action_state import ActionState, may_come, refused
from secondstory.model.decision import Decision, DecisionVerb, not_withdrawn
from secondstory.model.plan import ActionStep, FollowUp, Ownership, PlannedAction, Risk
from secondstory.model.plan_said import FOLLOW_UP, ITEM, NOBODY, RISK, ActionSaid, RiskSaid, read_said


@dataclass
class _Building:
    """An action while its decisions are read in order."""

    said: ActionSaid
    due: date
    owner: str = ""
    ownership: Ownership = Ownership.NONE
    verifier: str = ""
    verifying: Ownership = Ownership.NONE
    progress: ActionState = ActionState.OPEN
    history: list[ActionStep] = field(default_factory=list)


def fold_items(decisions: tuple[Decision, ...]) -> tuple[tuple[PlannedAction, ...], set[str]]:
    """The agreed actions in order of agreement, and the ids of decisions that may not be or speak of none.

    Only the owner's own act takes an action on or declines it; only somebody else's verifies it, and who was asked to
    verify it says so too. A step that may not
    follow the one before is not taken, whoever wrote it.
    """
    building: dict[str, _Building] = {}
    unread: set[str] = set()
    for decision in not_withdrawn(decisions):
        if not decision.subject.startswith(ITEM):
            continue
        name, _, about = decision.subject.removeprefix(ITEM).partition("/")
        one = building.get(name)
        step = _write(building, name, decision) if not about else _take(one, about, decision) if one else None
        if step is None:
            unread.add(decision.id)
        else:
            building[name].history.append(step)
    made = tuple(_made(ITEM + name, f"A{place}", one) for place, (name, one) in enumerate(building.items(), start=1))
    return made, unread


def fold_risks(decisions: tuple[Decision, ...]) -> tuple[tuple[Risk, ...], set[str]]:
    """The accepted risks in order of approval."""
    risks: list[Risk] = []
    unread: set[str] = set()
    held = {one.subject: one for one in not_withdrawn(decisions) if one.subject.startswith(RISK)}
    for subject, one in sorted(held.items(), key=lambda pair: (pair[1].at, pair[1].id)):
        said = read_said(one, RiskSaid) if one.verb is DecisionVerb.ADD else None
        if said is not None:
            label = f"R{len(risks) + 1}"
            risks.append(Risk(subject, label, said.answers, said.words, one.actor_id, one.at, said.expires, (one.id,)))
        elif one.verb is not DecisionVerb.REJECT:
            unread.add(one.id)
    return tuple(risks), unread


def fold_follow_up(decisions: tuple[Decision, ...]) -> tuple[FollowUp | None, set[str]]:
    """The day that somebody set for the follow-up meeting; the last one holds."""
    found: FollowUp | None = None
    unread: set[str] = set()
    for one in not_withdrawn(decisions):
        if one.subject != FOLLOW_UP:
            continue
        try:
            found = FollowUp(date.fromisoformat(one.text), one.actor_id, one.why, (one.id,))
        except ValueError:
            unread.add(one.id)
    return found, unread


def _write(building: dict[str, _Building], name: str, decision: Decision) -> ActionStep | None:
    said = read_said(decision, ActionSaid) if decision.verb is DecisionVerb.ADD else None
    if said is None:
        return None
    if name not in building:
        building[name] = _Building(said, said.due)
        return _step(decision, "written", said.title)
    building[name].said = said
    return _step(decision, "edited", said.title)


def _take(one: _Building, about: str, decision: Decision) -> ActionStep | None:
    if about == "owner":
        return _own(one, decision)
    if about == "verifier":
        return _verify(one, decision)
    if about == "due":
        return _move(one, decision)
    return _advance(one, decision) if about == "status" else None


def _own(one: _Building, decision: Decision) -> ActionStep | None:
    if decision.verb is DecisionVerb.MARK:
        one.owner, one.ownership = _asked(decision)
        if one.owner and one.verifier == one.owner:  # who does it does not verify it
            one.verifier, one.verifying = "", Ownership.NONE
        mine = one.ownership is Ownership.ACCEPTED
        return _step(decision, "accepted" if mine else "owner", one.owner)
    answers = {DecisionVerb.ACCEPT: Ownership.ACCEPTED, DecisionVerb.REJECT: Ownership.DECLINED}
    if decision.actor_id != one.owner or decision.verb not in answers:
        return None
    one.ownership = answers[decision.verb]
    return _step(decision, one.ownership.value, one.owner)


def _asked(decision: Decision) -> tuple[str, Ownership]:
    """Who is asked, and how far they are: whoever names themselves says yes by that very act."""
    if decision.text == NOBODY:
        return "", Ownership.NONE
    return decision.text, Ownership.ACCEPTED if decision.actor_id == decision.text else Ownership.PROPOSED


def _verify(one: _Building, decision: Decision) -> ActionStep | None:
    if decision.verb is DecisionVerb.MARK:
        if decision.text == one.owner:
            return None
        one.verifier, one.verifying = _asked(decision)
        mine = one.verifying is Ownership.ACCEPTED
        return _step(decision, "verifier_accepted" if mine else "verifier", one.verifier)
    answers = {DecisionVerb.ACCEPT: Ownership.ACCEPTED, DecisionVerb.REJECT: Ownership.DECLINED}
    if decision.actor_id != one.verifier or decision.verb not in answers:
        return None
    one.verifying = answers[decision.verb]
    return _step(decision, f"verifier_{one.verifying.value}", one.verifier)


def _move(one: _Building, decision: Decision) -> ActionStep | None:
    try:
        one.due = date.fromisoformat(decision.text)
    except ValueError:
        return None
    return _step(decision, "due", decision.text)


def _advance(one: _Building, decision: Decision) -> ActionStep | None:
    if decision.text not in tuple(ActionState):
        return None
    wanted = ActionState(decision.text)
    if refused(one.progress, wanted, one.owner, (decision.actor_id, decision.why)) is not None:
        return None
    one.progress = wanted
    return _step(decision, "status", wanted.value)


def _step(decision: Decision, what: str, text: str) -> ActionStep:
    return ActionStep(decision.id, decision.at, decision.actor_id, what, text, decision.why)


def _made(key: str, label: str, one: _Building) -> PlannedAction:
    said = one.said
    return PlannedAction(
        key=key,
        label=label,
        title=said.title,
        kind=said.kind,
        area=said.area,
        strength=said.strength,
        strength_why=said.strength_why,
        answers=said.answers,
        criterion=said.criterion,
        team=said.team,
        proposal=said.proposal,
        owner=one.owner,
        ownership=one.ownership,
        due=one.due,
        zone=said.zone,
        progress=one.progress,
        next=may_come(one.progress),
        history=tuple(one.history),
        decision_ids=tuple(step.id for step in one.history),
        verifier=one.verifier,
        verifying=one.verifying,
    )
