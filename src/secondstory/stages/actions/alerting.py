"""Proposes alerts whose replay was measured: the best that the machine found, and those that people put forward."""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.actions import ActionItem, ActionKind, Area, Strength
from secondstory.model.causes import Hypothesis
from secondstory.model.decision import Decision, DecisionVerb, standing
from secondstory.model.detection import DetectionBody, ReplayedRule, RuleKind
from secondstory.model.findings import EvidenceBody
from secondstory.model.proposed_alert import ALERT_ACTION, ProposedAlert, alert_in
from secondstory.model.window import wall_time
from secondstory.texts import say
from secondstory.texts.durations import between, duration


def replayed_alert(detection: DetectionBody | None, leading: Hypothesis, time_zone: str) -> list[ActionItem]:
    """The proposed alert that would have told it soonest at the least cost, if any would have told it sooner."""
    if detection is None:
        return []
    best = next((one for one in detection.rules if one.key == detection.best), None)
    if best is None or best.rule.kind is RuleKind.EXISTING or best.fires is None:
        return []
    if best.sooner_s is None or best.sooner_s[1] <= 0:
        return []
    alert = ProposedAlert(
        rule=best.rule,
        watch=best.rule.title,
        fires=best.fires,
        sooner_s=best.sooner_s,
        false_alarms=best.false_alarms,
        fault_free_s=detection.fault_free_s,
        evidence_ids=best.evidence_ids,
    )
    return [_item(alert, leading, _criterion(alert, time_zone), ())]


def told_alerts(
    decisions: tuple[Decision, ...],
    found: tuple[EvidenceBody, DetectionBody | None],
    leading: Hypothesis | None,
    time_zone: str,
) -> list[ActionItem]:
    """The alerts that people put forward and nobody took back, each with what its replay gives.

    Where the detection document holds the same rule, its figures count, so that one document never says two things;
    else those of the day when it was put forward. Evidence that is not frozen with the incident is not cited.
    """
    evidence, detection = found
    known = {ref.id for ref in evidence.evidence} | {ref.id for ref in (detection.evidence if detection else ())}
    ours = tuple(one for one in decisions if one.subject.startswith(ALERT_ACTION) or one.verb is DecisionVerb.WITHDRAW)
    items = []
    for _subject, decision in sorted(standing(ours).items()):
        alert = alert_in(decision)
        if alert is None:
            continue
        now = _as_replayed(alert, detection)
        why = say("actions.told_why", why=decision.why.strip()) if decision.why.strip() else say("actions.told")
        cited = replace(now, evidence_ids=tuple(one for one in now.evidence_ids if one in known))
        items.append(_item(cited, leading, f"{_criterion(now, time_zone)} {why}", (decision.id,)))
    return items


def _as_replayed(alert: ProposedAlert, detection: DetectionBody | None) -> ProposedAlert:
    same = next((one for one in detection.rules if _is_same(one, alert)), None) if detection is not None else None
    if detection is None or same is None or same.fires is None:
        return alert
    return replace(
        alert,
        fires=same.fires,
        sooner_s=same.sooner_s,
        false_alarms=same.false_alarms,
        fault_free_s=detection.fault_free_s,
        evidence_ids=same.evidence_ids,
    )


def _is_same(one: ReplayedRule, alert: ProposedAlert) -> bool:
    return (one.rule.name, one.rule.expression, one.rule.hold_s) == (
        alert.rule.name,
        alert.rule.expression,
        alert.rule.hold_s,
    )


def _item(
    alert: ProposedAlert,
    leading: Hypothesis | None,
    criterion: str,
    decision_ids: tuple[str, ...],
) -> ActionItem:
    title = "actions.moved_title" if alert.rule.kind is RuleKind.EXISTING else "actions.replayed_title"
    return ActionItem(
        key=alert.key,
        title=say(title, watch=alert.watch),
        kind=ActionKind.DETECT,
        area=Area.TOOLING,
        strength=Strength.INTERMEDIATE,
        answers=(leading.key,) if leading is not None else (),
        criterion=criterion,
        evidence_ids=tuple(dict.fromkeys(alert.evidence_ids)),
        decision_ids=decision_ids,
    )


def _criterion(alert: ProposedAlert, time_zone: str) -> str:
    return say(
        "actions.replayed_criterion",
        expression=alert.rule.expression.replace("`", "ʼ"),
        hold=say("actions.held", hold=duration(alert.rule.hold_s)) if alert.rule.hold_s else "",
        by=f"{wall_time(alert.fires.latest, time_zone):%H:%M:%S %Z}",
        sooner=_sooner(alert.sooner_s),
        false=_falsely(alert),
    )


def _sooner(sooner_s: tuple[float, float] | None) -> str:
    if sooner_s is None:
        return say("actions.unnoticed")
    low, high = sooner_s
    if high <= 0:
        return say("actions.later", later=between(-high, -low))
    return say("actions.sooner", sooner=between(low, high))


def _falsely(alert: ProposedAlert) -> str:
    if alert.false_alarms is None or not alert.fault_free_s:
        return say("actions.false_unknown")
    name = {0: "none", 1: "one"}.get(alert.false_alarms, "many")
    return say(f"actions.false_{name}", count=alert.false_alarms, length=duration(alert.fault_free_s))
