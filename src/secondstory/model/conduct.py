"""How an incident's review is conducted: the steps with their times, and the two clocks that say when it is late.

One clock runs from the resolution to the meeting, the other from the end of the meeting to the circulated summary.
Nothing here knows what time it is: `slack` is asked with a time.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from secondstory.model.decision import Decision, standing
from secondstory.model.incident_record import IncidentRecord, Mode
from secondstory.model.policy import Policy, SeverityRule
from secondstory.model.status import Status
from secondstory.model.window import in_utc, parse_time

CONDUCT = "conduct/"
_Times = dict["Step", datetime]
_OPENS, _CLOSES = 10, 16  # hours of the day between which a meeting or a publication is planned, in the incident's zone


class Step(StrEnum):
    """The steps from the end of the outage to the published document, in their order."""

    FREEZE = "freeze"
    DRAFT = "draft"
    INVITE = "invite"  # invitation and pre-briefs
    MEETING = "meeting"
    SUMMARY = "summary"
    REVIEW = "review"
    PUBLISH = "publish"


# What a step usually takes; only the slack is reckoned from it.
_WORK = {
    Step.FREEZE: timedelta(minutes=15),
    Step.DRAFT: timedelta(hours=1),
    Step.INVITE: timedelta(minutes=90),
    Step.MEETING: timedelta(hours=1),
    Step.SUMMARY: timedelta(hours=2),
    Step.REVIEW: timedelta(hours=2),
    Step.PUBLISH: timedelta(minutes=30),
}
_BEFORE_MEETING = (Step.FREEZE, Step.DRAFT, Step.INVITE)


class Off(StrEnum):
    """Why no clock runs."""

    RETROSPECTIVE = "retrospective"
    NOT_ASKED = "not_asked"  # the policy asks for no post-mortem of this severity
    NO_END = "no_end"  # the end of the outage is not known
    CANCELLED = "cancelled"


@dataclass(frozen=True)
class StepState:
    """A step: when it is planned, by when it has to be done, and when it was. By "" = reckoned, or known to be so."""

    step: Step
    planned: datetime | None
    planned_by: str
    due: datetime | None
    done: datetime | None
    done_by: str
    decisions: tuple[str, ...]  # what somebody said of it, to be taken back


@dataclass(frozen=True)
class Clock:
    """A clock: what it waits for, since when, by when, and when that came; `work_s` is what is left to do for it."""

    waits_for: Step
    since: datetime
    due: datetime
    stopped: datetime | None
    work_s: float

    def left_s(self, now: datetime) -> float:
        """Seconds to the deadline, negative when late; of a stopped clock what was left when it stopped."""
        return (self.due - (self.stopped or now)).total_seconds()

    def slack_s(self, now: datetime) -> float:
        """Seconds that may be lost before the deadline is: what is left, without the work that is left."""
        return self.left_s(now) - (0.0 if self.stopped else self.work_s)


@dataclass(frozen=True)
class Conduct:
    """The steps and the clocks of an incident; without clocks `off` says why."""

    steps: tuple[StepState, ...]
    clocks: tuple[Clock, ...]
    off: Off | None
    time_zone: str  # in which days are counted, and times are told

    @property
    def clock(self) -> Clock | None:
        """The clock that runs now: the first that did not stop, else the last."""
        return next((one for one in self.clocks if one.stopped is None), self.clocks[-1] if self.clocks else None)

    def step(self, name: Step) -> StepState:
        """One step."""
        return next(one for one in self.steps if one.step is name)


@dataclass(frozen=True)
class Known:
    """What is known from what happened: when the outage ended, evidence was frozen, the document was published.

    `circulated_at`: the first letter with a published version had been sent.
    """

    resolved_at: datetime | None
    frozen_at: datetime | None
    published_at: datetime | None
    circulated_at: datetime | None = None


@dataclass(frozen=True)
class _Said:
    at: datetime
    by: str
    decision: str


def reckon(record: IncidentRecord, time_zone: str, policy: Policy, known: Known, said: tuple[Decision, ...]) -> Conduct:
    """Steps and clocks of an incident, from the policy, from what happened, and from what people planned and ticked."""
    plans, ticks = dict(_times(said, "planned")), dict(_times(said, "done"))
    off = _why_off(record, policy, known)
    happened = {
        Step.FREEZE: known.frozen_at,
        Step.DRAFT: known.frozen_at,
        Step.SUMMARY: known.circulated_at,
        Step.PUBLISH: known.published_at,
    }
    done = {step: ticks[step].at if step in ticks else happened.get(step) for step in Step}
    due: _Times = {}
    planned: _Times = {}
    if off is None and known.resolved_at is not None:
        days = _Days(policy, policy.of(record.severity), time_zone)
        due, planned = _schedule(days, known.resolved_at, plans, done)
    steps = tuple(
        StepState(
            step=step,
            planned=plans[step].at if step in plans else planned.get(step),
            planned_by=plans[step].by if step in plans else "",
            due=due.get(step),
            done=done[step],
            done_by=ticks[step].by if step in ticks else "",
            decisions=tuple(one[step].decision for one in (plans, ticks) if step in one),
        )
        for step in Step
    )
    return Conduct(steps, tuple(_clocks(known, due, done)), off, time_zone)


def _times(said: tuple[Decision, ...], what: str) -> Iterator[tuple[Step, _Said]]:
    for subject, decision in standing(said).items():
        kind, _, name = subject.removeprefix(CONDUCT).partition("/")
        if not subject.startswith(CONDUCT) or name != what or kind not in tuple(Step):
            continue
        try:
            yield Step(kind), _Said(parse_time(decision.text), decision.actor_id, decision.id)
        except ValueError:  # whoever decides by hand may write anything; what is no time plans nothing
            continue


def _why_off(record: IncidentRecord, policy: Policy, known: Known) -> Off | None:
    if record.mode is Mode.RETROSPECTIVE:
        return Off.RETROSPECTIVE
    if record.status is Status.CANCELLED:
        return Off.CANCELLED
    if not policy.of(record.severity).document:
        return Off.NOT_ASKED
    return Off.NO_END if known.resolved_at is None else None


@dataclass(frozen=True)
class _Days:
    """The rule that holds, and the days on which it is followed."""

    policy: Policy
    rule: SeverityRule
    time_zone: str

    def after(self, start: datetime, days: int) -> datetime:
        return self.policy.working_days_after(start, days, self.time_zone)

    def at_work(self, due: datetime, since: datetime, until: datetime | None = None) -> datetime:
        """The last moment before `due` at which people are at work; where that is before `since` the next one that is
        before `until`, else `due` itself.
        """
        local = due.astimezone(ZoneInfo(self.time_zone))
        evening = local.replace(hour=_CLOSES, minute=0, second=0, microsecond=0)
        if local.hour < _OPENS:
            evening -= timedelta(days=1)
        while self.policy.rests(evening.date()):
            evening -= timedelta(days=1)
        planned = in_utc(min(local, evening))
        if planned > since or until is None:
            return planned if planned > since else due
        morning = local.replace(hour=_OPENS, minute=0, second=0, microsecond=0)
        while self.policy.rests(morning.date()) or morning < local:
            morning += timedelta(days=1)
        return in_utc(morning) if in_utc(morning) < until else due


def _schedule(
    days: _Days, resolved: datetime, plans: dict[Step, _Said], done: dict[Step, datetime | None]
) -> tuple[_Times, _Times]:
    """By when each step is due, and when it is planned unless somebody plans it otherwise."""
    due = {Step.MEETING: days.after(resolved, days.rule.meeting_days)}
    planned = {Step.MEETING: days.at_work(due[Step.MEETING], resolved)}
    meeting = plans[Step.MEETING].at if Step.MEETING in plans else planned[Step.MEETING]
    before = max(meeting - resolved, timedelta(0))
    planned[Step.FREEZE] = resolved + min(timedelta(hours=1), before / 8)
    planned[Step.DRAFT] = resolved + before / 4
    planned[Step.INVITE] = days.at_work(resolved + before / 2, planned[Step.DRAFT], meeting)
    ended = done[Step.MEETING] or meeting + _WORK[Step.MEETING]
    due[Step.SUMMARY] = ended + timedelta(hours=days.policy.summary_hours)
    due[Step.PUBLISH] = days.after(ended, days.rule.publish_days)
    planned[Step.SUMMARY] = ended + timedelta(hours=days.policy.summary_hours) / 6
    planned[Step.PUBLISH] = days.at_work(due[Step.PUBLISH], ended)
    halfway = ended + (planned[Step.PUBLISH] - ended) / 2
    planned[Step.REVIEW] = days.at_work(halfway, planned[Step.SUMMARY], planned[Step.PUBLISH])
    return due, planned


def _clocks(known: Known, due: _Times, done: dict[Step, datetime | None]) -> Iterator[Clock]:
    if known.resolved_at is None or not due:
        return
    held = done[Step.MEETING]
    left = tuple(step for step in _BEFORE_MEETING if done[step] is None)
    yield Clock(Step.MEETING, known.resolved_at, due[Step.MEETING], held, _work(left))
    if held is not None:
        summed_up = done[Step.SUMMARY]
        open_steps = (Step.SUMMARY,) if summed_up is None else ()
        yield Clock(Step.SUMMARY, held, due[Step.SUMMARY], summed_up, _work(open_steps))


def _work(steps: tuple[Step, ...]) -> float:
    return sum((_WORK[step] for step in steps), timedelta(0)).total_seconds()
