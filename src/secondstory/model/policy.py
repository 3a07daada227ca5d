"""What a severity asks of the post-mortem: who qualifies, how soon the meeting, how long the actions may take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from secondstory.model.incident import Severity

_SATURDAY = 5
_LONGEST = 366
_LONGEST_SPRINT = 12  # weeks


@dataclass(frozen=True)
class SeverityRule:
    """What holds for incidents of one severity. Days are working days but `action_days`, which are calendar days."""

    severity: Severity
    qualifies: str  # in words, for whoever has to choose
    document: bool  # False: no post-mortem is asked for, so no clock runs
    meeting_days: int  # from the resolution to the meeting
    publish_days: int  # from the meeting to the published document
    action_days: int  # from the day an action is agreed to the day it is due

    def __post_init__(self) -> None:
        for name in ("meeting_days", "publish_days", "action_days"):
            if not 0 < getattr(self, name) <= _LONGEST:
                raise ValueError(f"{name} of {self.severity.value} is {getattr(self, name)}, not 1 to {_LONGEST}")
        if not self.qualifies.strip():
            raise ValueError(f"{self.severity.value} does not say what qualifies")


@dataclass(frozen=True)
class AlertWord:
    """What alerts say of themselves when they are this bad, such as critical or P1."""

    word: str
    severity: Severity

    def __post_init__(self) -> None:
        if not self.word or self.word != self.word.strip().lower():
            raise ValueError(f"{self.word!r} is no word in lower case")


_USUAL_WORDS = {
    Severity.SEV1: ("critical", "emergency", "fatal", "p1", "sev1"),
    Severity.SEV2: ("error", "high", "major", "page", "p2", "sev2"),
    Severity.SEV3: ("minor", "p3", "sev3", "warn", "warning"),
    Severity.SEV4: ("info", "low", "p4", "sev4"),
    Severity.SEV5: ("p5", "sev5"),
}
ALERT_WORDS = tuple(AlertWord(word, severity) for severity, words in _USUAL_WORDS.items() for word in words)
"""What the senders that we know call their alerts."""


@dataclass(frozen=True)
class Sprint:
    """How an organisation cuts its time: one sprint ends on `ends`, and every `weeks` before and after it another."""

    ends: date
    weeks: int

    def __post_init__(self) -> None:
        if not 0 < self.weeks <= _LONGEST_SPRINT:
            raise ValueError(f"a sprint of {self.weeks} weeks is not one of 1 to {_LONGEST_SPRINT}")


@dataclass(frozen=True)
class Policy:
    """The rules of an organisation, the worst severity first. On `holidays` nobody is expected to work.

    `alert_words`: what alerts call a severity, in lower case; a word that is not there means `unnamed`. `sprint`: None
    where nobody told; what is due by the end of one is then asked.
    """

    rules: tuple[SeverityRule, ...]
    summary_hours: int = 24  # from the end of the meeting to the circulated summary, nights and weekends included
    holidays: tuple[date, ...] = ()
    remind_days: int = 3  # how long before an action is due its owner is reminded, in calendar days
    follow_up_days: int = 14  # from the last action's day to the follow-up meeting, in calendar days
    alert_words: tuple[AlertWord, ...] = ALERT_WORDS
    unnamed: Severity = Severity.SEV2
    sprint: Sprint | None = None

    def __post_init__(self) -> None:
        if tuple(rule.severity for rule in self.rules) != tuple(Severity):
            raise ValueError(f"a policy has one rule for each of {', '.join(Severity)}, in this order")
        for name in ("summary_hours", "remind_days", "follow_up_days"):
            if not 0 < getattr(self, name) <= _LONGEST:
                raise ValueError(f"{name} is {getattr(self, name)}, not 1 to {_LONGEST}")
        words = [one.word for one in self.alert_words]
        if len(set(words)) < len(words):
            twice = next(word for word in words if words.count(word) > 1)
            raise ValueError(f"{twice!r} means more than one severity")

    def of(self, severity: Severity) -> SeverityRule:
        """The rule for a severity."""
        return next(rule for rule in self.rules if rule.severity is severity)

    def severity_of(self, urgency: str) -> Severity:
        """How bad an incident is that an alert opened, by what the alert calls itself."""
        word = urgency.strip().lower()
        return next((one.severity for one in self.alert_words if one.word == word), self.unnamed)

    def working_days_after(self, start: datetime, days: int, time_zone: str) -> datetime:
        """The same wall time `days` working days later, counted in the zone where the work is done."""
        zone = ZoneInfo(time_zone)
        local = start.astimezone(zone)
        left = days
        while left > 0:
            local += timedelta(days=1)
            left -= not self.rests(local.date())
        return local.astimezone(start.tzinfo)

    def action_due(self, severity: Severity, agreed: date) -> date:
        """The day an action of such an incident is due; one that falls on a day of rest moves to the next."""
        return self._working(agreed + timedelta(days=self.of(severity).action_days))

    def follow_up(self, last: date) -> date:
        """The day of the follow-up meeting, the last action being due on `last`."""
        return self._working(last + timedelta(days=self.follow_up_days))

    def sprint_ends(self, today: date) -> tuple[date, date] | None:
        """The last working days of the sprint that runs today and of the next one; None where nobody told."""
        if self.sprint is None:
            return None
        length = timedelta(weeks=self.sprint.weeks)
        since = (today - self.sprint.ends) % length
        end = today if not since else today + length - since
        if self._worked(end) < today:  # it ended before the holidays that we are in
            end += length
        return self._worked(end), self._worked(end + length)

    def _worked(self, day: date) -> date:
        while self.rests(day):
            day -= timedelta(days=1)
        return day

    def _working(self, day: date) -> date:
        while self.rests(day):
            day += timedelta(days=1)
        return day

    def rests(self, day: date) -> bool:
        """True if nobody is expected to work on this day."""
        return day.weekday() >= _SATURDAY or day in self.holidays


DEFAULT_POLICY = Policy(
    (
        SeverityRule(Severity.SEV1, "Most users cannot do what they came for, or data is lost.", True, 2, 5, 14),
        SeverityRule(
            Severity.SEV2, "Many users are hit, or an important part does not work for anybody.", True, 3, 5, 30
        ),
        SeverityRule(Severity.SEV3, "Some users are hit and can work around it.", True, 5, 10, 60),
        SeverityRule(Severity.SEV4, "Users hardly notice; the system came close to worse.", False, 10, 10, 90),
        SeverityRule(Severity.SEV5, "Nobody outside the team was hit.", False, 10, 10, 90),
    )
)
"""What holds until an organisation says otherwise."""
