"""The contract of a glossary term, and what a term may look at."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from secondstory.model.actions import ActionsBody
from secondstory.model.causes import CausesBody, Hypothesis, Part, Standing, Verdict
from secondstory.model.detection import DetectionBody
from secondstory.model.gap import Gap, GapReason
from secondstory.model.glossary import Absent, Entry, Seen
from secondstory.model.impact import Figure, ImpactBody
from secondstory.model.incident import Incident
from secondstory.model.timeline import TimelineBody
from secondstory.texts import say


@dataclass(frozen=True, eq=False)
class Sight:
    """An incident's documents, and the little beside them that a term may need."""

    incident: Incident
    timeline: TimelineBody
    impact: ImpactBody
    causes: CausesBody
    detection: DetectionBody | None
    actions: ActionsBody
    gaps: tuple[Gap, ...]
    rows: tuple[tuple[str, int], ...]  # (table, rows) of the telemetry that was looked at
    recoveries_s: tuple[float, ...]  # times to recover of all incidents that the reader may see
    trace_id: str  # of a request worth following, "" where none is on record

    @property
    def rivals(self) -> tuple[Hypothesis, ...]:
        """Explanations that stand, best first; none where no cause is named."""
        if self.causes.verdict is Verdict.NONE:
            return ()
        standing = (one for one in self.causes.hypotheses if one.standing is not Standing.REJECTED)
        return tuple(one for one in standing if one.part is not Part.TRIGGER)

    @property
    def telemetry_gaps(self) -> tuple[Gap, ...]:
        """What was not recorded; that no meeting was held is none of it."""
        return tuple(gap for gap in self.gaps if gap.reason is not GapReason.NOT_HELD)

    def figure(self, name: str) -> Figure | None:
        """The first figure or duration of the impact with this name."""
        every = (*self.impact.figures, *self.impact.durations)
        return next((figure for figure in every if figure.key.split("/")[1:2] == [name]), None)


@dataclass(frozen=True)
class Term:
    """One term. `look` finds it in an incident; `place` is its place in the list."""

    name: str
    place: int
    look: Callable[[Sight], Seen | Absent]

    @property
    def title(self) -> str:
        """The term as it is printed."""
        return say(f"glossary.{self.name}")

    @property
    def means(self) -> str:
        """What it means, in two sentences."""
        return say(f"glossary.{self.name}_means")

    @property
    def summary(self) -> str:
        """What the list of extensions says of it."""
        return f"{self.title}: {self.means.partition('. ')[0]}."

    def entry(self, sight: Sight | None) -> Entry:
        """The term in an incident; without documents it is said that nothing was analysed."""
        found = self.look(sight) if sight is not None else Absent(say("glossary.not_analysed"))
        if isinstance(found, Absent):
            return Entry(self.name, self.title, self.means, False, found.sentence, "", (), ())
        rests = tuple(dict.fromkeys(found.evidence_ids))
        return Entry(self.name, self.title, self.means, True, found.sentence, found.page, found.query, rests)
