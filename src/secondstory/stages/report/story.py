"""Everything that the report is written from, with the look-ups that several sections share."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody, Hypothesis, Part, Standing, Verdict
from secondstory.model.decision import ContributionKind, raised
from secondstory.model.detection import DetectionBody
from secondstory.model.dial import Dial
from secondstory.model.evidence import EvidenceRef
from secondstory.model.findings import EvidenceBody
from secondstory.model.gap import Gap, GapReason
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.incident import Case
from secondstory.model.meeting import MeetingRecord
from secondstory.model.signal import Signal, SignalKind
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, Milestone, MilestoneKind, Onset, TimelineBody, TimelineEvent
from secondstory.model.window import Moment
from secondstory.stages.report.phrases import quoted
from secondstory.texts import say

MEETING_GAP = subject_key("gap", "meeting")
_DECIDED = Verdict.SUPPORTED, Verdict.INCONCLUSIVE


@dataclass(frozen=True, eq=False)
class Story:
    """The documents of an incident, side by side."""

    case: Case
    evidence: EvidenceBody
    timeline: TimelineBody
    impact: ImpactBody
    causes: CausesBody
    actions: ActionsBody
    meeting: MeetingRecord | None
    hashes: tuple[tuple[str, str], ...]
    detection: DetectionBody | None = None  # None: when alerts would have fired was not looked into

    @cached_property
    def dial(self) -> Dial:
        """Writes times in the incident's zone."""
        return Dial.of(self.case.incident.time_zone, self.case.incident.window)

    @cached_property
    def gaps(self) -> tuple[Gap, ...]:
        """What is missing, each once: in the telemetry, at the import, and the meeting."""
        gaps = {gap.key: gap for gap in (*self.evidence.gaps, *self.case.import_gaps)}
        if self.meeting is None:
            gaps[MEETING_GAP] = Gap(
                MEETING_GAP, say("report.source_meeting"), None, GapReason.NOT_HELD, say("gaps.meeting_not_held")
            )
        return tuple(gaps.values())

    @cached_property
    def refs(self) -> tuple[EvidenceRef, ...]:
        """All evidence that any stage asked for, each once."""
        bodies = (self.evidence, self.impact, self.causes, *((self.detection,) if self.detection else ()))
        known = {ref.id: ref for body in bodies for ref in body.evidence}
        return tuple(known.values())

    @cached_property
    def standing(self) -> tuple[Hypothesis, ...]:
        """Hypotheses that nobody has set aside, best first; none where the verdict names no cause."""
        if self.causes.verdict not in _DECIDED:
            return ()
        return tuple(h for h in self.causes.hypotheses if h.standing is not Standing.REJECTED)

    @cached_property
    def rivals(self) -> tuple[Hypothesis, ...]:
        """Standing hypotheses that compete; the change that may have set one off belongs to it."""
        return tuple(h for h in self.standing if h.part is not Part.TRIGGER)

    @cached_property
    def sees_users(self) -> bool:
        """True where failures or latency were recorded at a service that users enter by."""
        telling = SignalKind.ERRORS, SignalKind.LATENCY
        return any(s.kind in telling and s.service in self.evidence.entry_services for s in self.evidence.signals)

    @property
    def leading(self) -> Hypothesis | None:
        """The first hypothesis that stands."""
        return self.rivals[0] if self.rivals else None

    @cached_property
    def overruled(self) -> Hypothesis | None:
        """The hypothesis that the evidence ranks first, where people's decisions let another lead."""
        competing = [h for h in self.causes.hypotheses if h.part is not Part.TRIGGER]
        best = max(competing, key=lambda h: h.score, default=None)
        return best if best is not None and self.leading is not None and self.leading.score < best.score else None

    @cached_property
    def first_sign(self) -> tuple[Moment, tuple[str, ...]] | None:
        """When the leading explanation first showed, and what says so: its onset, or an earlier one of its service."""
        leading = self.leading
        if leading is None:
            return None
        sign = self.timeline.first_sign(leading.service)
        if sign is not None and (leading.onset is None or sign.moment.latest <= leading.onset.latest):
            return sign.moment, (sign.evidence_id,)
        return (leading.onset, leading.arguments_for[0].evidence_ids) if leading.onset is not None else None

    @cached_property
    def trigger(self) -> TimelineEvent | None:
        """The change that the leading hypothesis names."""
        return self.event(self.leading.change_key) if self.leading is not None else None

    @cached_property
    def first_alert(self) -> TimelineEvent | None:
        """The first alert inside the incident's window, resolved ones left out."""
        window = self.case.incident.window
        alerts = [e for e in self.timeline.events if e.kind is EventKind.ALERT and window.holds(e.moment.earliest)]
        firing = [alert for alert in alerts if dict(alert.attributes).get("state") != "resolved"]
        return min(firing, key=lambda e: (e.moment.earliest, e.key), default=None)

    @cached_property
    def starred(self) -> frozenset[str]:
        """Subjects that people starred."""
        return frozenset(raised(self.case.contributions, ContributionKind.STAR))

    @cached_property
    def _onsets(self) -> dict[str, Onset]:
        return {onset.signal_key: onset for onset in self.timeline.onsets}

    @cached_property
    def _events(self) -> dict[str, TimelineEvent]:
        return {event.key: event for event in self.timeline.events}

    def event(self, key: str | None) -> TimelineEvent | None:
        """An entry of the timeline by its key."""
        return self._events.get(key) if key is not None else None

    @cached_property
    def milestones(self) -> tuple[Milestone, ...]:
        """The timeline's milestones; where nobody marked the change, the leading explanation names it."""
        return tuple(self._named(milestone) for milestone in self.timeline.milestones)

    def _named(self, milestone: Milestone) -> Milestone:
        change = self.trigger
        if milestone.kind is not MilestoneKind.CHANGE_BEGAN or milestone.moment is not None or change is None:
            return milestone
        reason = say("report.change_named", change=quoted(change.title))
        return replace(milestone, moment=change.moment, reason=reason, evidence_ids=change.evidence_ids)

    @property
    def open_milestones(self) -> tuple[Milestone, ...]:
        """Milestones that the evidence does not show; none on a quiet day, when nobody was hit or called."""
        told = (MilestoneKind.DETECTED, MilestoneKind.ACKNOWLEDGED, MilestoneKind.MITIGATION_BEGAN)
        called = any(m.moment is not None for m in self.milestones if m.kind in told)
        if self.impact.window is None and not called:
            return ()
        return tuple(m for m in self.milestones if m.moment is None)

    def milestone(self, kind: MilestoneKind) -> Milestone | None:
        """A milestone by its kind."""
        return next((m for m in self.milestones if m.kind is kind), None)

    def onset_of_signal(self, key: str) -> Onset | None:
        """When a signal left its band, if it did."""
        return self._onsets.get(key)

    def unit_of(self, key: str) -> str | None:
        """The unit of a signal, if it has one."""
        return next((signal.unit for signal in self.evidence.signals if signal.key == key), None)

    def signal_of(self, service: str, indicator: str) -> Signal | None:
        """The signal that a hypothesis speaks of: by indicator or bare metric name, one that left its band first."""
        found = [s for s in self.evidence.signals if s.service == service and indicator in (s.indicator, s.name)]
        moved = [s for s in found if s.key in self._onsets]
        return min(moved or found, key=lambda s: (s.indicator != indicator, s.peer or "", s.key), default=None)

    def telling_signals(self, hypothesis: Hypothesis) -> tuple[Signal, ...]:
        """The signal that the hypothesis speaks of, and the first sign of its service."""
        sign = self.timeline.first_sign(hypothesis.service)
        found = [self.signal_of(hypothesis.service, hypothesis.indicator)]
        found += [s for s in self.evidence.signals if sign is not None and s.key == sign.signal_key]
        return tuple({signal.key: signal for signal in found if signal is not None}.values())

    def figure(self, name: str) -> Figure | None:
        """The first figure of the impact with this name, the second part of its key."""
        return next((f for f in self.impact.figures if f.key.split("/")[1:2] == [name]), None)
