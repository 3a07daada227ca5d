"""Milestones become the parts of the response, and what was counted step by step is shared out among them.

A border between two phases is a milestone, so it is an interval. Where it is not known, the phases on both sides stay
one part: the parts always cover the whole stretch in which users were hit, and nothing is guessed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from secondstory.algorithms.burn import shared_out
from secondstory.algorithms.sampling import sampling_range
from secondstory.model.budget import Phase, PhaseBurn, PhasePart, Span
from secondstory.model.timeline import Milestone, MilestoneKind
from secondstory.model.window import Moment, Provenance, Window
from secondstory.stages.impact.tally import Tally
from secondstory.texts import say

_ENDS = (
    (Phase.UNDETECTED, MilestoneKind.DETECTED),
    (Phase.UNACKNOWLEDGED, MilestoneKind.ACKNOWLEDGED),
    (Phase.DIAGNOSING, MilestoneKind.MITIGATION_BEGAN),
)


@dataclass(frozen=True)
class _Border:
    moment: Moment
    note: str  # "" where it lies where it should
    rests_on: tuple[str, ...]


def phase_parts(window: Window, milestones: dict[MilestoneKind, Milestone]) -> tuple[PhasePart, ...]:
    """The parts of `window` in order, each of one phase, or of several that cannot be told apart."""
    began = milestones[MilestoneKind.IMPACT_BEGAN]
    last = _Border(_within(began.moment or Moment.at(window.start, Provenance.MEASURED), window), "", _rests(began))
    parts: list[PhasePart] = []
    waiting: list[Phase] = []
    missing: list[str] = []
    for phase, kind in _ENDS:
        waiting.append(phase)
        milestone = milestones[kind]
        if milestone.moment is None:
            missing.append(milestone.reason)
            continue
        border = _after(last, milestone, milestone.moment, window)
        parts.append(_part(tuple(waiting), last, border, (*missing, border.note)))
        last, waiting, missing = border, [], []
    waiting.append(Phase.MITIGATING)
    resolved = milestones[MilestoneKind.RESOLVED]
    end = resolved.moment
    if end is None:
        border = _Border(Moment.at(window.end, Provenance.MEASURED), resolved.reason, _rests(resolved))
    else:
        border = _after(last, resolved, end, window)
    parts.append(_part(tuple(waiting), last, border, (*missing, border.note)))
    return tuple(parts)


def burn_of_parts(parts: tuple[PhasePart, ...], window: Window, tally: Tally, budget: Span) -> tuple[PhaseBurn, ...]:
    """The bad requests of `tally` by part, and the share of `budget` that they took; the values add up to the whole."""
    cuts = [tuple(_seconds(window, time) for time in _times(part.begins)) for part in parts]
    whole = ((0.0, 0.0, 0.0), *((low, middle, high) for low, middle, high in cuts[1:]))
    end = window.seconds + tally.step_s  # the last step may be cut off by the window's end
    stretches = (*whole, (end, end, end))
    shares = shared_out(tally.starts_s, tally.step_s, tally.bad, stretches)
    variances = shared_out(tally.starts_s, tally.step_s, tally.variance, stretches)
    shares = tuple(_sampled(share, variance) for share, variance in zip(shares, variances, strict=True))
    return tuple(
        PhaseBurn(
            part.phases,
            Span(low, value, high),
            Span(low / budget.high, value / budget.value, high / budget.low),
        )
        for part, (low, value, high) in zip(parts, shares, strict=True)
    )


def _sampled(share: tuple[float, float, float], variance: tuple[float, float, float]) -> tuple[float, float, float]:
    """A count with the range that its borders leave, widened by what sampling leaves open at either end."""
    (low, value, high), (least, _, most) = share, variance
    return sampling_range(low, least)[0], value, sampling_range(high, most)[1]


def _part(phases: tuple[Phase, ...], begins: _Border, ends: _Border, notes: tuple[str, ...]) -> PhasePart:
    first, last = begins.moment, ends.moment
    middle = (last.middle - first.middle).total_seconds()
    low = max(0.0, (last.earliest - first.latest).total_seconds())
    high = max(0.0, (last.latest - first.earliest).total_seconds())
    return PhasePart(
        phases=phases,
        begins=first,
        ends=last,
        length_s=Span(low, min(max(middle, low), high), high),
        definition=" ".join(say(f"impact.phase_{phase.value}_means") for phase in phases),
        reason=" ".join(dict.fromkeys(note for note in notes if note)),
        evidence_ids=tuple(sorted({*begins.rests_on, *ends.rests_on})),
    )


def _after(last: _Border, milestone: Milestone, moment: Moment, window: Window) -> _Border:
    """The milestone as a border that lies in the window and not before the last one; a note where it was moved.

    Of two intervals the later of both ends bound whichever of the two moments came last.
    """
    inside = _within(moment, window)
    before = last.moment
    note = "" if moment.latest >= before.earliest else say("impact.phase_out_of_order", milestone=_name(milestone))
    moved = Moment(max(inside.earliest, before.earliest), max(inside.latest, before.latest), moment.provenance)
    return _Border(moved, note, _rests(milestone))


def _name(milestone: Milestone) -> str:
    return say(f"impact.milestone_{milestone.kind.value}")


def _within(moment: Moment, window: Window) -> Moment:
    return Moment(
        min(max(moment.earliest, window.start), window.end),
        min(max(moment.latest, window.start), window.end),
        moment.provenance,
    )


def _rests(milestone: Milestone) -> tuple[str, ...]:
    return (*milestone.evidence_ids, *milestone.decision_ids)


def _times(moment: Moment) -> tuple[datetime, datetime, datetime]:
    return moment.earliest, moment.middle, moment.latest


def _seconds(window: Window, time: datetime) -> float:
    return (time - window.start).total_seconds()
