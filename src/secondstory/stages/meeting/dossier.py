"""The documents that a meeting speaks from, side by side, with the look-ups that facts, cards and questions share."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody, Hypothesis, Part, Standing, Verdict
from secondstory.model.detection import DetectionBody, ReplayedRule
from secondstory.model.dial import Dial
from secondstory.model.gap import Gap, GapReason
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.incident import Incident
from secondstory.model.timeline import EventKind, MilestoneKind, Onset, TimelineBody, TimelineEvent
from secondstory.model.window import Moment

_AUTOMATION = "automation"


@dataclass(frozen=True)
class Earlier:
    """An incident before this one with what its own analysis put first; None where it names no cause."""

    incident: Incident
    leading: Hypothesis | None


@dataclass(frozen=True, eq=False)
class Dossier:
    """All that was written about an incident. `detection` None: when alerts would have fired was not looked into.

    `document_due` is when the written summary is due by the clock of the incident; None where no clock runs.
    """

    incident: Incident
    timeline: TimelineBody
    impact: ImpactBody
    causes: CausesBody
    detection: DetectionBody | None
    actions: ActionsBody
    gaps: tuple[Gap, ...]
    earlier: tuple[Earlier, ...] = ()
    document_due: datetime | None = None

    @cached_property
    def dial(self) -> Dial:
        """Writes times in the incident's zone."""
        return Dial.of(self.incident.time_zone, self.incident.window)

    @cached_property
    def rivals(self) -> tuple[Hypothesis, ...]:
        """Explanations that nobody has set aside, best first; none where no cause is named."""
        return rivals_of(self.causes)

    @property
    def leading(self) -> Hypothesis | None:
        """The first explanation that stands."""
        return self.rivals[0] if self.rivals else None

    @cached_property
    def change(self) -> TimelineEvent | None:
        """The change that the leading explanation names."""
        key = self.leading.change_key if self.leading is not None else None
        return next((event for event in self.timeline.events if event.key == key), None)

    @cached_property
    def entry_services(self) -> tuple[str, ...]:
        """Services that users enter by and that were reached."""
        return tuple(reach.service for reach in self.impact.reach if reach.hops_from_entry == 0)

    @cached_property
    def alerts(self) -> tuple[TimelineEvent, ...]:
        """Alerts that fired in the window, in order; of each the first time, without pages and ends."""
        found: dict[str, TimelineEvent] = {}
        for event in self.timeline.events:
            told = dict(event.attributes)
            is_alert = event.kind is EventKind.ALERT and told.get("occurrence") == "alert"
            if is_alert and told.get("state") != "resolved" and self.incident.window.holds(event.moment.earliest):
                found.setdefault(alert_name(event), event)
        return tuple(found.values())

    @cached_property
    def first_sign(self) -> Onset | None:
        """The first signal of the leading explanation's service to leave its band."""
        return self.timeline.first_sign(self.leading.service) if self.leading is not None else None

    @cached_property
    def best_rule(self) -> ReplayedRule | None:
        """The replayed alert that would have helped most."""
        rules = self.detection.rules if self.detection is not None else ()
        best = self.detection.best if self.detection is not None else None
        return next((rule for rule in rules if rule.key == best and rule.fires is not None), None)

    @cached_property
    def roles(self) -> tuple[str, ...]:
        """Role tokens of people on the record: who made the change first, then who acted, then who spoke."""
        order = (EventKind.CHANGE, EventKind.COMMAND, EventKind.CHAT, EventKind.STATUS)
        events = [event for kind in order for event in self.timeline.events if event.kind is kind]
        if self.change is not None:
            events.insert(0, self.change)
        return tuple(dict.fromkeys(one.actor for one in events if one.actor and one.actor != _AUTOMATION))

    def milestone(self, kind: MilestoneKind) -> tuple[Moment, tuple[str, ...]] | None:
        """When it was, and what shows it; None where nothing does."""
        found = next((one for one in self.timeline.milestones if one.kind is kind), None)
        if found is None or found.moment is None:
            if kind is MilestoneKind.CHANGE_BEGAN and self.change is not None:
                return self.change.moment, self.change.evidence_ids
            return None
        return found.moment, found.evidence_ids

    def figure(self, name: str) -> Figure | None:
        """The first figure or duration of the impact with this name, the second part of its key."""
        every = (*self.impact.figures, *self.impact.durations)
        return next((figure for figure in every if figure.key.split("/")[1:2] == [name]), None)

    @cached_property
    def remedy(self) -> TimelineEvent | None:
        """The change after which it ended: the first of the leading service once mitigation had begun."""
        began, ended = self.milestone(MilestoneKind.MITIGATION_BEGAN), self.milestone(MilestoneKind.RESOLVED)
        if began is None or ended is None or self.leading is None:
            return None
        for event in self.timeline.events:
            is_ours = event.kind is EventKind.CHANGE and event.service == self.leading.service
            if is_ours and began[0].earliest <= event.moment.earliest <= ended[0].latest:
                return event
        return None

    @cached_property
    def telemetry_gaps(self) -> tuple[Gap, ...]:
        """Gaps of what was recorded; that no meeting was held is none of them."""
        return tuple(gap for gap in self.gaps if gap.reason is not GapReason.NOT_HELD)


def rivals_of(causes: CausesBody) -> tuple[Hypothesis, ...]:
    """The explanations of an analysis that compete and that nobody has set aside, best first."""
    if causes.verdict is Verdict.NONE:
        return ()
    standing = [one for one in causes.hypotheses if one.standing is not Standing.REJECTED]
    return tuple(one for one in standing if one.part is not Part.TRIGGER)


def alert_name(event: TimelineEvent) -> str:
    """The name of the alert that an event tells of."""
    return dict(event.attributes).get("rule") or event.title.removesuffix(" firing")
