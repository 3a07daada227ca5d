"""Writes the opening statement from this incident's facts: harm first, then the process, the path, how people speak.

A fact that is not on record is left out with its sentence; there is never an empty slot.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from secondstory.model.causes import Verdict
from secondstory.model.meeting_plan import Answer, MeetingPlan, Template
from secondstory.model.statement import Length, OpeningStatement, SpokenLine, SpokenPart
from secondstory.model.timeline import EventKind, MilestoneKind
from secondstory.model.window import Window, wall_time
from secondstory.stages.meeting.dossier import Dossier
from secondstory.stages.meeting.facts import fact_sheet
from secondstory.stages.meeting.spoken import claim_words, impact_words, recorded
from secondstory.texts import counted, say

_FEW = 5
_SOON = timedelta(hours=20)
_NIGHT = (22, 6)  # hours on the clocks of the incident between which people would be asleep
_PEOPLE = (EventKind.CHAT, EventKind.COMMAND)


@dataclass(frozen=True)
class _Made:
    """What the statement is fitted to. `begun`: from the true begin to the end by the agenda, once it is on."""

    dossier: Dossier
    plan: MeetingPlan
    begun: Window | None

    @property
    def with_executives(self) -> bool:
        return any(one.is_executive for one in self.plan.invited)

    @property
    def is_small(self) -> bool:
        return 0 < len(self.plan.invited) <= _FEW

    @property
    def is_repeat(self) -> bool:
        """An earlier incident began at the same service by the same mechanism."""
        leading = self.dossier.leading
        if leading is None:
            return False
        signature = leading.service, leading.mechanism
        earlier = (one.leading for one in self.dossier.earlier if one.leading is not None)
        return any((one.service, one.mechanism) == signature for one in earlier)

    @property
    def starts_at(self) -> datetime | None:
        """When it began, or is planned to."""
        return self.begun.start if self.begun is not None else self.plan.starts_at

    @property
    def is_soon(self) -> bool:
        ended, start = self.dossier.milestone(MilestoneKind.RESOLVED), self.starts_at
        return ended is not None and start is not None and timedelta(0) <= start - ended[0].latest < _SOON

    @property
    def was_at_night(self) -> bool:
        at_work = (one.moment.earliest for one in self.dossier.timeline.events if one.kind in _PEOPLE)
        hours = [wall_time(time, self.plan.zone).hour for time in at_work]
        return any(hour >= _NIGHT[0] or hour < _NIGHT[1] for hour in hours)


def statements(dossier: Dossier, plan: MeetingPlan, begun: Window | None = None) -> tuple[OpeningStatement, ...]:
    """All three lengths, the short one first. `begun`: once the meeting is on, from its true begin to its end."""
    made = _Made(dossier, plan, begun)
    fitted = {
        "executives": made.with_executives,
        "small": made.is_small,
        "repeat": made.is_repeat,
        "soon": made.is_soon,
        "night": made.was_at_night,
    }
    told = tuple(say(f"statement.for_{name}") for name, holds in fitted.items() if holds)
    return tuple(OpeningStatement(length, _ordered(_lines(made, length)), told) for length in Length)


def _ordered(lines: Iterator[SpokenLine]) -> tuple[SpokenLine, ...]:
    return tuple(sorted(lines, key=lambda line: list(SpokenPart).index(line.part)))


def _lines(made: _Made, length: Length) -> Iterator[SpokenLine]:
    is_short, part = length is Length.SHORT, SpokenPart
    yield from _harm(made, length)
    yield SpokenLine(part.PROCESS, say("statement.process"))
    yield from _path(made, length)
    yield SpokenLine(part.SPEECH, say("statement.speech_short" if is_short else "statement.speech"))
    yield _first(made)
    if is_short:
        return
    yield SpokenLine(part.ACCOUNTABILITY, say("statement.accountability"))
    yield SpokenLine(part.NOTES, say("statement.notes"))
    yield SpokenLine(part.VOICE, say("statement.voice" if length is Length.MEDIUM else "statement.voice_long"))
    yield from _agenda(made, length)
    if length is Length.LONG:
        yield from _more(made)


def _harm(made: _Made, length: Length) -> Iterator[SpokenLine]:
    told, window = impact_words(made.dossier), made.dossier.impact.window
    part = SpokenPart.HARM
    if told is None or window is None:
        yield SpokenLine(part, say("statement.harm_unknown"))
    else:
        facts = {"impact": told[0], "service": " and ".join(made.dossier.entry_services)}
        times = {"time": made.dossier.dial.time(window.start), "time_b": made.dossier.dial.time(window.end)}
        key = "statement.harm_short" if length is Length.SHORT else "statement.harm"
        yield SpokenLine(part, say(key, **facts, **times), told[1])
    if length is not Length.SHORT:
        yield SpokenLine(part, say("statement.paid_night" if made.was_at_night else "statement.paid"))
    if made.is_repeat:
        yield SpokenLine(part, say("statement.repeat"))


def _path(made: _Made, length: Length) -> Iterator[SpokenLine]:
    part, leading = SpokenPart.PATH, made.dossier.leading
    if made.is_soon:
        yield SpokenLine(part, say("statement.path_soon"))
    elif length is Length.SHORT:
        service = leading.service if leading is not None else ""
        yield SpokenLine(part, say("statement.path_service" if service else "statement.path_short", service=service))
    else:
        yield SpokenLine(part, say("statement.path"))
    if made.is_small and length is not Length.SHORT:
        yield SpokenLine(part, say("statement.small"))


def _agenda(made: _Made, length: Length) -> Iterator[SpokenLine]:
    part, plan = SpokenPart.AGENDA, made.plan
    if made.with_executives:
        yield SpokenLine(part, say("statement.executives"))
    if length is Length.LONG:
        boxes = [box for box in plan.sitting(1) if box.key not in ("opening", "closing")]
        listed = ", ".join(counted("statement.box", box.minutes, title=_small(box.title)) for box in boxes)
        yield SpokenLine(part, say("statement.agenda", listed=listed))
        if plan.open_points:
            key = "statement.open_point" if len(plan.open_points) == 1 else "statement.open_points"
            yield SpokenLine(part, say(key, count=len(plan.open_points)))
        yield SpokenLine(part, say("statement.asked"))
    yield SpokenLine(part, _end(made))
    if plan.template is Template.SPLIT:
        yield SpokenLine(part, say("statement.split"))


def _end(made: _Made) -> str:
    plan = made.plan
    if made.starts_at is None:
        return counted("statement.end_after", sum(box.minutes for box in plan.sitting(1)))
    end = made.begun.end if made.begun is not None else made.starts_at + plan.length(1)
    return say("statement.end", end=f"{wall_time(end, plan.zone):%H:%M}")


def _more(made: _Made) -> Iterator[SpokenLine]:
    """What only the long form has: hindsight, what is safe tonight, what is contested, the break."""
    dossier = made.dossier
    yield SpokenLine(SpokenPart.PATH, say("statement.hindsight"))
    remedy, ended = dossier.remedy, dossier.milestone(MilestoneKind.RESOLVED)
    change = recorded(remedy.title) if remedy is not None else None
    if remedy is not None and ended is not None and change is not None:
        facts = {"change": change, "time": dossier.dial.time(remedy.moment.latest)}
        yield SpokenLine(SpokenPart.HARM, say("statement.safe", **facts), (*remedy.evidence_ids, *ended[1]))
    if dossier.causes.verdict is Verdict.INCONCLUSIVE and len(dossier.rivals) > 1:
        one, other = dossier.rivals[:2]
        ids = tuple(i for each in (one, other) for argument in each.arguments_for for i in argument.evidence_ids)
        facts = {"claim_a": claim_words(one), "claim_b": claim_words(other)}
        yield SpokenLine(SpokenPart.SPEECH, say("statement.contested", **facts), tuple(dict.fromkeys(ids)))
    yield SpokenLine(SpokenPart.SPEECH, say("statement.roles"))


def _first(made: _Made) -> SpokenLine:
    """The first question, to a witness who did not make the change; who said that they come is named first."""
    changer = made.dossier.change.actor if made.dossier.change is not None else None
    coming = {one.token for one in made.plan.invited if one.answer is Answer.ACCEPTED}
    away = {one.token for one in made.plan.attendees if not one.is_in or one.answer is Answer.DECLINED}
    scenes = [scene for scene in fact_sheet(made.dossier).scenes if scene.get("role") and scene.get("role") != changer]
    here = [scene for scene in scenes if scene.get("role") not in away]
    chosen = next((scene for scene in here if scene.get("role") in coming), next(iter(here), None))
    if chosen is None:
        return SpokenLine(SpokenPart.FIRST, say("statement.first_any"))
    return SpokenLine(SpokenPart.FIRST, say("statement.first", role=chosen.get("role")), chosen.evidence_ids)


def _small(title: str) -> str:
    return title[:1].lower() + title[1:]
