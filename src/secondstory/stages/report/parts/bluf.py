"""The bottom line up front: what, for whom, how long, the first cause, what ended it, what is uncertain."""

from __future__ import annotations

from secondstory.model.causes import Verdict
from secondstory.model.gap import GapReason
from secondstory.model.report import Claim, ClaimKind, Paragraph, Section
from secondstory.model.timeline import EventKind, MilestoneKind, TimelineEvent
from secondstory.model.window import Moment
from secondstory.stages.report.claims import coverage, decided, fact, frame, hypothesis_title, inference
from secondstory.stages.report.phrases import figure_range, figure_value, listed, quoted, weight
from secondstory.stages.report.presenting import dateline
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.durations import between, duration

_MISSES_TOLD = 3
_TOLD = (  # the figures that the paragraph tells, by name
    ("failed_share", "report.impact_share", False),
    ("requests_failed", "report.impact_failed", True),
    ("users_hit", "report.impact_users", True),
)


def bottom_line(story: Story) -> Section:
    """One paragraph that stands on its own, under a line that says what document this is."""
    sentences = (*_what(story), *_cause(story), *_noticed(story), *_ended(story), _uncertain(story))
    return Section("bluf", say("report.section_bluf"), (_dateline(story), Paragraph(sentences, voice="bluf")))


def _dateline(story: Story) -> Paragraph:
    incident = story.case.incident
    line = dateline(incident, incident.severity.value)
    return Paragraph((frame(line), frame(say("report.roles_only"))), voice="dateline")


def _what(story: Story) -> tuple[Claim, ...]:
    window = story.impact.window
    if window is None:
        key = "report.no_impact" if story.sees_users else "report.impact_unseen"
        return (inference(say(key), coverage(story), tuple(g.key for g in story.evidence.gaps[:1])),)
    first = say(
        "report.impact_window",
        length=duration(window.seconds),
        day=story.dial.day(window.start),
        start=story.dial.time(window.start),
        end=story.dial.time(window.end),
        services=listed(story.evidence.entry_services) or say("report.the_system"),
    )
    ids = tuple(i for f in story.impact.figures for i in f.evidence_ids) or coverage(story)
    claims = [fact(first, ids)]
    for tail, text, bare in _TOLD:
        figure = story.figure(tail)
        if figure is not None:
            span = "" if figure.low == figure.high else f" ({figure_range(figure, bare=bare)})"
            told = say(text, value=figure_value(figure, bare=bare), range=span)
            claims.append(fact(told, figure.evidence_ids))
    return tuple(claims)


def _cause(story: Story) -> tuple[Claim, ...]:
    leading = story.leading
    if leading is None or story.causes.verdict is Verdict.NONE:
        key = "report.bluf_no_cause" if story.causes.verdict is Verdict.NONE else "report.verdict_set_aside"
        return (inference(say(key), coverage(story), tuple(g.key for g in story.evidence.gaps[:1])),)
    ids = leading.arguments_for[0].evidence_ids
    if story.causes.verdict is Verdict.INCONCLUSIVE:
        rivals = tuple(hypothesis_title(h) for h in story.rivals[:2])
        return (inference(say("report.bluf_inconclusive", rivals="; ".join(rivals)), ids),)
    confidence = say(_confidence(leading.confidence), share=weight(leading.confidence))
    text = say("report.bluf_cause", cause=hypothesis_title(leading), confidence=confidence)
    claims = [inference(decided(story, leading) or text, ids)]
    if story.trigger is not None and story.first_sign is not None:
        sign, shown_by = story.first_sign
        low_s, high_s = _apart(story.trigger.moment, sign)
        if high_s > 0:
            text = say("report.bluf_trigger", after=between(low_s, high_s), change=quoted(story.trigger.title))
            claims.append(inference(text, (*story.trigger.evidence_ids, *shown_by)))
    return tuple(claims)


def _confidence(share: float) -> str:
    if share >= 0.75:
        return "report.confidence_clear"
    return "report.confidence_leads" if share >= 0.5 else "report.confidence_narrow"


def _noticed(story: Story) -> tuple[Claim, ...]:
    if story.first_sign is None:
        return ()
    (sign, shown_by), alert = story.first_sign, story.first_alert
    if alert is None:
        return (inference(say("report.bluf_no_alert"), shown_by),) if story.impact.window is not None else ()
    low_s, high_s = _apart(sign, alert.moment)
    if high_s <= 0:
        return ()
    return (fact(say("report.bluf_alert", after=between(low_s, high_s)), (*alert.evidence_ids, *shown_by)),)


def _apart(first: Moment, second: Moment) -> tuple[float, float]:
    """The least and the most seconds from the first moment to the second."""
    return (second.earliest - first.latest).total_seconds(), (second.latest - first.earliest).total_seconds()


def _ended(story: Story) -> tuple[Claim, ...]:
    resolved = story.milestone(MilestoneKind.RESOLVED)
    if resolved is None or resolved.moment is None:
        return (frame(say("report.bluf_no_end")),) if story.impact.window is not None else ()
    when = story.dial.moment(resolved.moment)
    remedy = _remedy(story, resolved.moment)
    if remedy is None:
        return (fact(say("report.bluf_end", when=when), resolved.evidence_ids),)
    text = say("report.bluf_remedy", when=when, change=quoted(remedy.title), began=story.dial.moment(remedy.moment))
    return (inference(text, (*resolved.evidence_ids, *remedy.evidence_ids)),)


def _remedy(story: Story, resolved: Moment) -> TimelineEvent | None:
    """The first change from mitigation on, or else the command that the milestone of mitigation was told by."""
    milestone = story.milestone(MilestoneKind.MITIGATION_BEGAN)
    if milestone is None or milestone.moment is None:
        return None
    began = milestone.moment
    changes = [e for e in story.timeline.events if e.kind is EventKind.CHANGE and e is not story.trigger]
    found = [e for e in changes if began.earliest <= e.moment.earliest <= resolved.latest]
    commands = [e for e in story.timeline.events if e.kind is EventKind.COMMAND and e.moment.earliest == began.earliest]
    return min(found or commands, key=lambda event: (event.moment.earliest, event.key), default=None)


def _uncertain(story: Story) -> Claim:
    misses = []
    if story.meeting is None:
        misses.append(say("report.uncertain_meeting"))
    if len(story.rivals) > 1 and story.causes.verdict is Verdict.INCONCLUSIVE:
        misses.append(say("report.uncertain_rivals"))
    unset = story.open_milestones
    if unset:
        names = tuple(say(f"report.moment_{m.kind.value}") for m in unset[:_MISSES_TOLD])
        misses.append(say("report.uncertain_milestones", names=listed(names)))
    blind = tuple(gap.key for gap in story.gaps if gap.reason is not GapReason.NOT_HELD)
    if blind:
        # That no meeting was held is itself listed among the gaps, so those said here come on top of it.
        besides = "_besides" if story.meeting is None else ""
        one = "_one" if len(blind) == 1 else ""
        misses.append(say(f"report.uncertain_gaps{besides}{one}", count=len(blind)))
    if not misses:
        return frame(say("report.uncertain_nothing"))
    return Claim(say("report.uncertain", what="; ".join(misses)), ClaimKind.FRAME, (), blind[:_MISSES_TOLD])
