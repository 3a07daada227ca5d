"""Proposes actions from the leading explanation, the way the failure travelled, and the gaps.

Only what the evidence supports: with no cause named there is nothing to prevent, only blind spots to close; where the
evidence does not separate two explanations, the proposal is to record what would.
"""

from __future__ import annotations

from secondstory.model.actions import ActionItem, ActionKind, ActionsBody, Area, Strength
from secondstory.model.causes import CausesBody, Hop, Hypothesis, Mechanism, Part, Standing, Verdict
from secondstory.model.decision import Decision
from secondstory.model.detection import DetectionBody
from secondstory.model.findings import EvidenceBody
from secondstory.model.gap import Gap, GapReason
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, TimelineBody, TimelineEvent
from secondstory.model.window import wall_time
from secondstory.stages.actions.alerting import replayed_alert, told_alerts
from secondstory.texts import say
from secondstory.texts.durations import between

_BLIND = {
    GapReason.NO_DATA: "actions.gap_title",
    GapReason.FAILED: "actions.gap_title",
    GapReason.REJECTED: "actions.gap_title",
    GapReason.NOT_RECORDED: "actions.gap_not_recorded_title",
    GapReason.UNMAPPED: "actions.gap_unmapped_title",
}
_GUARDS = {
    Mechanism.POOL_EXHAUSTED: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.RESOURCE_EXHAUSTED: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.TRAFFIC: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.LATENCY: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.CRASH: (Area.ARCHITECTURE, Strength.INTERMEDIATE),
    Mechanism.SLOW_DEPENDENCY: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.RETRY_STORM: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.QUEUE_GROWTH: (Area.ARCHITECTURE, Strength.STRONGER),
    Mechanism.CRASH_LOOP: (Area.PROCESS, Strength.STRONGER),
    Mechanism.MEMORY_LEAK: (Area.ARCHITECTURE, Strength.INTERMEDIATE),
    Mechanism.BAD_CONFIGURATION: (Area.PROCESS, Strength.STRONGER),
    Mechanism.ERRORS: (Area.TOOLING, Strength.INTERMEDIATE),
}
_STRENGTHS = tuple(Strength)
_MOST_HOPS = 3
_MOST_GAPS = 8
_MOST_DETAILS = 3


def propose_actions(
    evidence: EvidenceBody,
    timeline: TimelineBody,
    causes: CausesBody,
    time_zone: str,
    detection: DetectionBody | None = None,
    decisions: tuple[Decision, ...] = (),
) -> ActionsBody:
    """What could be done, strongest first, with times on the clocks of `time_zone`.

    Nobody is named as owner: ownership is asked for in the meeting. Where alerts were replayed, the best of them is
    proposed, for its criterion was seen to hold; else one on the first sign. Alerts that people put forward come
    beside them, and in the place of the same rule with another line.
    """
    standing = _standing(causes)
    found = _from_causes(evidence, timeline, causes, time_zone, detection)
    told = told_alerts(decisions, (evidence, detection), standing[0] if standing else None, time_zone)
    items = {item.key: item for item in (*found, *_from_gaps(evidence), *told)}
    ordered = sorted(items.values(), key=lambda item: (_STRENGTHS.index(item.strength), item.key))
    return ActionsBody(tuple(ordered))


def _from_causes(
    evidence: EvidenceBody,
    timeline: TimelineBody,
    causes: CausesBody,
    time_zone: str,
    detection: DetectionBody | None,
) -> list[ActionItem]:
    standing = _standing(causes)
    if not standing:
        return []
    leading = standing[0]
    items = replayed_alert(detection, leading, time_zone) or _alert(evidence, timeline, leading, time_zone)
    if causes.verdict is Verdict.INCONCLUSIVE:
        return [*items, *_separate(causes, standing)]
    items += _guard(leading)
    items += _change_check(timeline, leading)
    for hop in causes.cascade[:_MOST_HOPS]:
        if hop.mechanism is not Mechanism.UNKNOWN:  # what crossed in no way that shows asks for no protection
            items.append(_protection(leading, hop))
    return items


def _standing(causes: CausesBody) -> list[Hypothesis]:
    """The explanations that an action may answer; none where no cause is named."""
    if causes.verdict is Verdict.NONE:
        return []
    return [h for h in causes.hypotheses if h.standing is not Standing.REJECTED and h.part is not Part.TRIGGER]


def _alert(evidence: EvidenceBody, timeline: TimelineBody, leading: Hypothesis, time_zone: str) -> list[ActionItem]:
    onset = timeline.first_sign(leading.service)
    if onset is None:
        return []
    fired = _first_alert(evidence, timeline)
    if fired is not None and fired.moment.earliest <= onset.moment.latest:
        return []
    rising = onset.strength >= 0
    facts = {
        "indicator": onset.indicator,
        "service": leading.service,
        "sign": ">" if rising else "<",
        "threshold": f"{onset.band_high if rising else onset.band_low:.4g}",
        "by": f"{wall_time(onset.moment.latest, time_zone):%H:%M:%S %Z}",
    }
    if fired is None:
        criterion = say("actions.alert_criterion_none", **facts)
    else:
        low_s = (fired.moment.earliest - onset.moment.latest).total_seconds()
        high_s = (fired.moment.latest - onset.moment.earliest).total_seconds()
        criterion = say("actions.alert_criterion", **facts, lead=between(low_s, high_s))
    return [
        ActionItem(
            key=subject_key("action", "detect", leading.service, onset.indicator),
            title=say("actions.alert_title", indicator=f"`{onset.indicator}`", service=leading.service),
            kind=ActionKind.DETECT,
            area=Area.TOOLING,
            strength=Strength.INTERMEDIATE,
            answers=(leading.key,),
            criterion=criterion,
            evidence_ids=_once((onset.evidence_id, *(fired.evidence_ids if fired is not None else ()))),
        )
    ]


def _guard(leading: Hypothesis) -> list[ActionItem]:
    if leading.mechanism not in _GUARDS:
        return []
    area, strength = _GUARDS[leading.mechanism]
    facts = {"service": leading.service, "indicator": leading.indicator}
    return [
        ActionItem(
            key=subject_key("action", "prevent", leading.service, leading.mechanism.value),
            title=say(f"actions.prevent_{leading.mechanism.value}_title", **facts),
            kind=ActionKind.PREVENT,
            area=area,
            strength=strength,
            answers=(leading.key,),
            criterion=say(f"actions.prevent_{leading.mechanism.value}_criterion", **facts),
            evidence_ids=_for(leading),
        )
    ]


def _change_check(timeline: TimelineBody, leading: Hypothesis) -> list[ActionItem]:
    change = next((event for event in timeline.events if event.key == leading.change_key), None)
    if change is None:
        return []
    service = change.service or leading.service
    return [
        ActionItem(
            key=subject_key("action", "process", service, "change-check"),
            title=say("actions.change_title", service=service, change=change.title.replace("`", "ʼ")),
            kind=ActionKind.PROCESS,
            area=Area.PROCESS,
            strength=Strength.STRONGER,  # a check that refuses is a forcing function
            answers=(leading.key,),
            criterion=say("actions.change_criterion", service=service),
            evidence_ids=_once((*change.evidence_ids, *_for(leading))),
        )
    ]


def _protection(leading: Hypothesis, hop: Hop) -> ActionItem:
    retries = hop.mechanism is Mechanism.RETRY_STORM
    name = "retries" if retries else "breaker"
    facts = {"caller": hop.caller, "callee": hop.callee}
    return ActionItem(
        key=subject_key("action", "mitigate", name, hop.caller, hop.callee),
        title=say(f"actions.mitigate_{name}_title", **facts),
        kind=ActionKind.MITIGATE,
        area=Area.ARCHITECTURE,
        strength=Strength.STRONGER,
        answers=(leading.key,),
        criterion=say(f"actions.mitigate_{name}_criterion", **facts),
        evidence_ids=_once(hop.evidence_ids),
    )


def _separate(causes: CausesBody, standing: list[Hypothesis]) -> list[ActionItem]:
    if len(standing) < 2 or not causes.separating:
        return []
    rivals = tuple(hypothesis.key for hypothesis in standing[:2])
    return [
        ActionItem(
            key=subject_key("action", "detect", "separate", *rivals),
            title=say("actions.separate_title"),
            kind=ActionKind.DETECT,
            area=Area.TOOLING,
            strength=Strength.INTERMEDIATE,
            answers=rivals,
            criterion=say("actions.separate_criterion", what=causes.separating),
            evidence_ids=_once(tuple(i for hypothesis in standing[:2] for i in _for(hypothesis))),
        )
    ]


def _from_gaps(evidence: EvidenceBody) -> list[ActionItem]:
    """One action a source and reason: ten blind minutes and ten more of one source need one repair."""
    # A stretch without rows may be a symptom as well as a blind spot: people are asked about it first.
    hiding = [
        g for g in evidence.gaps if g.reason in _BLIND and (g.reason is not GapReason.NO_DATA or g.window is None)
    ]
    groups: dict[tuple[str, GapReason], list[Gap]] = {}
    for gap in hiding:
        groups.setdefault((gap.source, gap.reason), []).append(gap)
    return [
        ActionItem(
            key=subject_key("action", "detect", "gap", source, reason.value),
            title=say(_BLIND[reason], source=source),
            kind=ActionKind.DETECT,
            area=Area.TOOLING,
            strength=Strength.INTERMEDIATE,
            answers=tuple(gap.key for gap in gaps),
            criterion=say(
                "actions.gap_criterion", details=" ".join(dict.fromkeys(gap.detail for gap in gaps[:_MOST_DETAILS]))
            ),
            evidence_ids=(),
        )
        for (source, reason), gaps in sorted(groups.items())[:_MOST_GAPS]
    ]


def _first_alert(evidence: EvidenceBody, timeline: TimelineBody) -> TimelineEvent | None:
    alerts = [e for e in timeline.events if e.kind is EventKind.ALERT and evidence.window.holds(e.moment.earliest)]
    firing = [alert for alert in alerts if dict(alert.attributes).get("state") != "resolved"]
    return min(firing, key=lambda event: (event.moment.earliest, event.key), default=None)


def _for(hypothesis: Hypothesis) -> tuple[str, ...]:
    return _once(tuple(i for argument in hypothesis.arguments_for for i in argument.evidence_ids))


def _once(ids: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(ids))
