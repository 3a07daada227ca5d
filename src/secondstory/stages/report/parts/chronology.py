"""The timeline as it is read: milestones as intervals with their provenance, then what happened in order."""

from __future__ import annotations

from secondstory.model.report import Block, Paragraph, Row, Rows, Section
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import EventKind, Milestone, Onset, TimelineEvent
from secondstory.model.window import Provenance
from secondstory.stages.report.claims import frame, once
from secondstory.stages.report.phrases import clean, indicator_words, readable
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.measures import measure

MOST_EVENTS = 120
_SPOKEN = (EventKind.CHAT, EventKind.COMMAND, EventKind.STATUS)
_FELT = (SignalKind.SATURATION, SignalKind.ERRORS, SignalKind.LATENCY)
_TITLE = 160
_BODY = 220
_ORDER = (
    EventKind.ADDED,
    EventKind.CHANGE,
    EventKind.CODE,
    EventKind.ALERT,
    EventKind.COMMAND,
    EventKind.STATUS,
    EventKind.CHAT,
    EventKind.ORCHESTRATOR,
    EventKind.SIGNAL,
)


def timeline_section(story: Story) -> Section:
    """Milestones and events; what was left out is counted and said."""
    zone = story.dial.zone_name(story.case.incident.window.start)
    blocks: list[Block] = [Paragraph((frame(say("report.times_in", zone=zone)),), voice="note")]
    if story.milestones:
        blocks.append(_milestones(story))
    chosen, chat, rest = chosen_events(story)
    if chosen:
        blocks.append(_events(story, chosen))
    notes = []
    if chat:
        notes.append(frame(say("report.chat_left_out_one" if chat == 1 else "report.chat_left_out", count=chat)))
    if rest:
        notes.append(frame(say("report.events_left_out", count=rest)))
    if story.timeline.orphaned_decisions:
        notes.append(frame(say("report.orphans", count=len(story.timeline.orphaned_decisions))))
    if notes:
        blocks.append(Paragraph(tuple(notes), voice="note"))
    return Section("timeline", say("report.section_timeline"), tuple(blocks))


def chosen_events(story: Story) -> tuple[tuple[TimelineEvent, ...], int, int]:
    """The events that the document shows, in order, and how many chat lines and others it leaves out.

    Words said in chat are the raw talk of a bad hour. One is shown where a milestone rests on it, or where a person
    starred or added it; the rest stays in the timeline, from which the meeting tells it.
    """
    told = [e for e in story.timeline.events if e.kind is not EventKind.CHAT or _carries(story, e)]
    telling = [e for e in told if e.kind is not EventKind.SIGNAL or _is_telling(story, e)]
    ranked = sorted(telling, key=lambda e: (e.key not in story.starred, _ORDER.index(e.kind), e.moment.earliest, e.key))
    chosen = sorted(ranked[:MOST_EVENTS], key=lambda e: (e.moment.earliest, e.key))
    return tuple(chosen), len(story.timeline.events) - len(told), len(told) - len(chosen)


def _carries(story: Story, event: TimelineEvent) -> bool:
    return event.key in story.starred or bool(event.decision_ids) or any(_tells(m, event) for m in story.milestones)


def _is_telling(story: Story, event: TimelineEvent) -> bool:
    """A service's first sign, and what users or limits feel; that processors then work more adds nothing."""
    onset = _onset(story, event)
    first = next(e for e in story.timeline.events if e.kind is EventKind.SIGNAL and e.service == event.service)
    return event is first or onset is None or onset.kind in _FELT or event.key in story.starred


def _onset(story: Story, event: TimelineEvent) -> Onset | None:
    return story.onset_of_signal(dict(event.attributes).get("signal", ""))


def _tells(milestone: Milestone, event: TimelineEvent) -> bool:
    moment = milestone.moment
    if moment is None or moment.provenance is not Provenance.SAID:
        return False
    return event.moment.earliest == moment.latest


def _milestones(story: Story) -> Rows:
    columns = ["column_milestone", "column_time", "column_known"]
    if not story.dial.is_utc:
        columns.insert(2, "column_utc")
    rows = tuple(
        Row(
            (
                say(f"report.milestone_{milestone.kind.value}"),
                *_times(story, milestone),
                _known(milestone),
            ),
            once(milestone.evidence_ids),
            key=milestone.key,
        )
        for milestone in story.milestones
    )
    return Rows(say("report.caption_milestones"), tuple(say(f"report.{n}") for n in columns), rows, "milestones")


def _known(milestone: Milestone) -> str:
    reason = clean(readable(milestone.reason))
    if milestone.moment is None:
        return reason
    return f"{say(f'report.provenance_{milestone.moment.provenance.value}')}: {reason}"


def _times(story: Story, milestone: Milestone) -> tuple[str, ...]:
    if milestone.moment is None:
        return (say("report.not_shown"),) if story.dial.is_utc else (say("report.not_shown"), "")
    here = story.dial.moment(milestone.moment)
    return (here,) if story.dial.is_utc else (here, story.dial.moment(milestone.moment, utc=True))


def _events(story: Story, events: tuple[TimelineEvent, ...]) -> Rows:
    columns = ["column_time", "column_kind", "column_service", "column_event"]
    if not story.dial.is_utc:
        columns.insert(1, "column_utc")
    rows = tuple(
        Row(
            (
                story.dial.moment(event.moment),
                *(() if story.dial.is_utc else (story.dial.time(event.moment.earliest, utc=True),)),
                say(f"report.event_{event.kind.value}"),
                clean(event.service or "", _TITLE),
                _told(story, event),
            ),
            once(event.evidence_ids),
            key=event.key,
        )
        for event in events
    )
    return Rows(say("report.caption_events"), tuple(say(f"report.{n}") for n in columns), rows, "events")


def _told(story: Story, event: TimelineEvent) -> str:
    named = f"{event.service}: "  # the service has its own column
    title, body = clean(event.title.removeprefix(named), _TITLE), clean(event.body, _BODY)
    onset = _onset(story, event)
    if onset is not None and not event.decision_ids:
        unit = story.unit_of(onset.signal_key)
        before, during = measure(onset.before, unit), measure(onset.during, unit)
        body = say("report.moved", name=indicator_words(onset.indicator), before=before, during=during)
    text = title if not body or body == title else say("report.title_body", title=title, body=body)
    if event.amended is not None and event.amended.told_by is not None:
        sentence = "report.told_unconfirmed" if event.amended.unconfirmed else "report.told_by"
        return say(sentence, text=text, role=clean(event.amended.told_by, _TITLE))
    if event.kind is EventKind.ADDED or event.decision_ids:
        text = say("report.by_decision", text=text)
    # Who made a change says nothing of what let it pass, and points at a person on the causal path.
    if event.actor is None or event.kind not in _SPOKEN:
        return text
    return say("report.by_role", text=text, role=clean(event.actor, _TITLE))
