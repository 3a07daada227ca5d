"""For each event that matters and each step of the agenda one or two open questions, by what the record lacks."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from secondstory.model.causes import Hop
from secondstory.model.detection import Existed
from secondstory.model.gap import GapReason
from secondstory.model.question import Asked, Question, QuestionKind
from secondstory.model.subject import subject_key
from secondstory.model.timeline import EventKind, MilestoneKind, TimelineEvent
from secondstory.stages.meeting.dossier import Dossier, alert_name
from secondstory.stages.meeting.spoken import claim_words, gap_words, recorded, signal_words
from secondstory.texts import say
from secondstory.texts.questions import QUESTIONS

_MOST_CHATS = 6  # moments of people's own words that are asked about
_LONG_S = 600.0  # a stretch without an act on record that calls for a question
_ASKED_GAPS = (GapReason.NO_DATA, GapReason.FAILED, GapReason.REJECTED)


@dataclass
class _Bank:
    """Takes turns among the questions of a kind, so that two events are not asked in the same words."""

    turns: Counter[str] = field(default_factory=Counter)
    told: set[str] = field(default_factory=set)

    def ask(
        self,
        kind: QuestionKind,
        lacks: str,
        evidence_ids: tuple[str, ...],
        *,
        role: str | None = "",
        name: str = "",
        **facts: str | None,
    ) -> Question | None:
        """The next question of a kind for which all facts are known; None where none is."""
        known = {slot: text for slot, text in facts.items() if text}
        pool = [text for text in QUESTIONS[name or kind.value] if _fits(text, known)]
        turn = self.turns[name or kind.value] % max(len(pool), 1)
        fresh = (text.format(**known) for text in (*pool[turn:], *pool[:turn]))
        text = next((text for text in fresh if text not in self.told), None)
        if text is None:
            return None
        self.turns[name or kind.value] += 1
        self.told.add(text)
        return Question(kind, text, say(f"questions.lacks_{lacks}"), role or "", tuple(dict.fromkeys(evidence_ids)))


def questions(dossier: Dossier) -> tuple[Asked, ...]:
    """The events in order of time, the hops of the cascade, then the steps of the agenda."""
    bank = _Bank()
    found = [
        *(_about_event(dossier, event, bank) for event in _events(dossier)),
        *(_about_hop(dossier, hop, bank) for hop in dossier.causes.cascade),
        *_about_stretches(dossier, bank),
        *_about_steps(dossier, bank),
    ]
    return tuple(asked for asked in found if asked.questions)


def _events(dossier: Dossier) -> Iterator[TimelineEvent]:
    """Changes, alerts, commands and first signs in the window, and the first words of each person."""
    window, chats, signs = dossier.incident.window, 0, set[str]()
    alerts = {event.key for event in dossier.alerts}
    first_sign = dossier.first_sign
    for event in dossier.timeline.events:
        is_change = event is dossier.change
        if not is_change and not window.holds(event.moment.earliest):
            continue
        if event.kind is EventKind.CHANGE or event.kind is EventKind.COMMAND or event.key in alerts:
            yield event
        elif event.kind is EventKind.SIGNAL and first_sign is not None and event.service == first_sign.service:
            if event.service not in signs:
                signs.add(event.service or "")
                yield event
        elif event.kind is EventKind.CHAT and chats < _MOST_CHATS:
            chats += 1
            yield event


def _about_event(dossier: Dossier, event: TimelineEvent, bank: _Bank) -> Asked:
    time, ids, role = dossier.dial.time(event.moment.latest), event.evidence_ids, event.actor
    kind = QuestionKind
    asked: tuple[Question | None, ...]
    if event.kind is EventKind.CHANGE and event is not dossier.change and event is dossier.remedy:
        asked = (bank.ask(kind.RECOVERY, "end", ids, role=role, time=time),)
    elif event.kind is EventKind.CHANGE:
        asked = _about_change(dossier, event, bank)
    elif event.kind is EventKind.ALERT:
        asked = (bank.ask(kind.ALERTS, "lead", ids, alert=alert_name(event)),)
    elif event.kind is EventKind.SIGNAL:
        onset = dossier.first_sign
        signal = signal_words(onset)[0] if onset is not None else None
        asked = (bank.ask(kind.ALERTS, "alert", ids, signal=signal), bank.ask(kind.SURPRISE, "account", ids, time=time))
    elif event.kind is EventKind.COMMAND:
        asked = (
            bank.ask(kind.DECISION, "reason", ids, role=role, time=time),
            bank.ask(kind.RUNBOOK, "reason", ids, role=role, time=time),
        )
    else:
        asked = (
            bank.ask(kind.OBSERVATION, "account", ids, role=role, time=time),
            bank.ask(kind.ASSESSMENT, "reading", ids, role=role, time=time),
        )
    title = recorded(event.title) if event.kind is not EventKind.CHAT else None  # what was said stays where it was said
    return Asked(event.key, title or say(f"report.event_{event.kind.value}"), time, _put(asked))


def _about_change(dossier: Dossier, event: TimelineEvent, bank: _Bank) -> tuple[Question | None, ...]:
    """Were review and tests adequate: asked of the path of the change, never of a person."""
    change, ids = recorded(event.title), event.evidence_ids
    safeguards = dossier.detection.safeguards if dossier.detection is not None and event is dossier.change else ()
    untold = next((one for one in safeguards if one.existed is Existed.UNKNOWN), None)
    if untold is not None:
        safeguard = say(f"detection.safeguard_{untold.kind}")
        first = bank.ask(QuestionKind.REVIEW, "safeguard", ids, name="safeguard", safeguard=safeguard, change=change)
    else:
        first = bank.ask(QuestionKind.REVIEW, "safeguard", ids, change=change)
    no_canary = any(one.kind == "canary" and one.existed is not Existed.YES for one in safeguards)
    lacks = "canary" if no_canary else "safeguard"
    return first, bank.ask(QuestionKind.TESTS, lacks, ids, service=event.service)


def _about_hop(dossier: Dossier, hop: Hop, bank: _Bank) -> Asked:
    facts = {"service": hop.caller, "service_b": hop.callee}
    asked = (bank.ask(QuestionKind.PROTECTIONS, "guard", hop.evidence_ids, **facts),)
    title, time = f"{hop.caller} → {hop.callee}", dossier.dial.time(hop.caller_onset.latest)
    return Asked(subject_key("hop", hop.caller, hop.callee), title, time, _put(asked))


def _about_stretches(dossier: Dossier, bank: _Bank) -> Iterator[Asked]:
    """Long parts of the response: how help was found."""
    for first, second in (
        (MilestoneKind.IMPACT_BEGAN, MilestoneKind.DETECTED),
        (MilestoneKind.DETECTED, MilestoneKind.MITIGATION_BEGAN),
    ):
        begins, ends = dossier.milestone(first), dossier.milestone(second)
        if begins is None or ends is None or (ends[0].earliest - begins[0].latest).total_seconds() < _LONG_S:
            continue
        time, time_b = dossier.dial.time(begins[0].latest), dossier.dial.time(ends[0].earliest)
        asked = (bank.ask(QuestionKind.HELP, "stretch", (*begins[1], *ends[1]), time=time, time_b=time_b),)
        yield Asked(subject_key("milestone", first.value, second.value), f"{time}–{time_b}", time, _put(asked))


def _about_steps(dossier: Dossier, bank: _Bank) -> Iterator[Asked]:
    kind, leading = QuestionKind, dossier.leading
    claim = claim_words(leading) if leading is not None else None
    ids = tuple(i for argument in leading.arguments_for for i in argument.evidence_ids) if leading is not None else ()
    gap = next((one for one in dossier.telemetry_gaps if one.reason in _ASKED_GAPS), None)
    tested = bank.ask(kind.CONTRADICTION, "test", ids, claim=claim)
    missing = bank.ask(
        kind.OBSERVATION, "known", (), name="missing", unknown=gap_words(gap, dossier.dial) if gap else None
    )
    steps = {
        "timeline": (bank.ask(kind.SURPRISE, "view", ()), bank.ask(kind.NORMAL_WORK, "view", ())),
        "causes": (
            tested or bank.ask(kind.CONTRADICTION, "test", (), name="contradiction_open"),
            bank.ask(kind.CONFIDENCE, "test", ids),
        ),
        "factors": (bank.ask(kind.NORMAL_WORK, "view", ()), missing),
        "actions": (bank.ask(kind.CONFIDENCE, "view", (), name="strength"),),
        "open": (bank.ask(kind.LUCK, "view", ()), bank.ask(kind.LUCK, "view", ())),
        "close": (bank.ask(kind.CONFIDENCE, "view", ()),),
    }
    for step, asked in steps.items():
        yield Asked(subject_key("agenda", step), say(f"questions.step_{step}"), "", _put(asked))


def _fits(text: str, known: dict[str, str]) -> bool:
    try:
        text.format(**known)
    except KeyError:
        return False
    return True


def _put(asked: tuple[Question | None, ...]) -> tuple[Question, ...]:
    return tuple(question for question in asked if question is not None)
