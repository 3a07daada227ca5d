"""Why it was not caught earlier: the answer, the best rule as a chart, every rule, and the safeguards of the change."""

from __future__ import annotations

from datetime import datetime, timedelta

from secondstory.model.detection import DetectionBody, Outcome, ReplayedRule, Safeguard, Trace
from secondstory.model.report import Block, Bullets, Chart, Mark, Paragraph, Point, Row, Rows, Section
from secondstory.model.timeline import EventKind
from secondstory.model.window import Moment, Window, format_time
from secondstory.stages.report.claims import frame, inference, once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, code
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.texts.measures import measure


def detection_section(story: Story) -> Section | None:
    """What alerts would have told, and what let the change pass; None where the question was not looked into."""
    body = story.detection
    if body is None or not (body.rules or body.safeguards):
        return None
    best = next((one for one in body.rules if one.key == body.best), None)
    rests_on = best.evidence_ids if best is not None else tuple(ref.id for ref in body.evidence)
    blocks: list[Block] = [Paragraph((inference(body.sentence, rests_on),))]
    if best is not None and body.trace is not None:
        blocks.append(_chart(story, body, best, body.trace))
    if body.rules:
        blocks.append(_rules(story, body))
        note = say("detection.basis", step_s=body.step_s, length=duration(body.fault_free_s))
        blocks.append(Paragraph((frame(note),), voice="note"))
    if body.missing:
        blocks.append(Paragraph((frame(say("detection.missing")),), voice="label"))
        blocks.append(Bullets(tuple(frame(one.sentence) for one in body.missing)))
    if body.safeguards:
        blocks.append(_safeguards(body))
    return Section("detection", say("report.section_detection"), tuple(blocks))


def _rules(story: Story, body: DetectionBody) -> Rows:
    columns = ("column_rule", "column_where", "column_fires", "column_sooner", "column_false")
    rows = tuple(
        Row(
            (
                clean(one.rule.title, TITLE_LENGTH),
                say(f"detection.rule_{one.rule.kind.value}"),
                story.dial.moment(one.fires) if one.fires is not None else clean(one.reason, TITLE_LENGTH),
                sooner_words(one),
                say("report.unknown") if one.false_alarms is None else str(one.false_alarms),
            ),
            once(one.evidence_ids),
            key=one.key,
        )
        for one in body.rules
    )
    length = duration(body.fault_free_s)
    names = tuple(say(f"detection.{name}", length=length) for name in columns)
    return Rows(say("detection.caption_rules"), names, rows)


def sooner_words(one: ReplayedRule) -> str:
    """How much sooner than the first notice, or later."""
    if one.outcome is not Outcome.FIRED:
        return say("detection.rule_never")
    if one.sooner_s is None:
        return say("report.unknown")
    low, high = one.sooner_s
    return say("detection.rule_later", later=between(-high, -low)) if high <= 0 else between(low, high)


def _safeguards(body: DetectionBody) -> Rows:
    columns = ("column_safeguard", "column_existed", "column_saw", "column_passed")
    change = say("detection.caption_safeguards_of", change=clean(body.change, TITLE_LENGTH)) if body.change else ""
    return Rows(
        change or say("detection.caption_safeguards"),
        tuple(say(f"detection.{name}") for name in columns),
        tuple(_safeguard(one) for one in body.safeguards),
    )


def _safeguard(one: Safeguard) -> Row:
    cells = (say(f"detection.safeguard_{one.kind}"), say(f"detection.existed_{one.existed.value}"))
    return Row((*cells, clean(one.saw), clean(one.passed)), once(one.evidence_ids), key=one.key)


def _chart(story: Story, body: DetectionBody, best: ReplayedRule, trace: Trace) -> Chart:
    assert best.lever is not None and best.fires is not None  # a trace belongs to a line that was crossed
    wanted: list[tuple[Moment | None, str, str]] = [
        (best.fires, say("detection.mark_fires"), EventKind.ALERT.value),
        (body.noticed, say("detection.mark_noticed"), EventKind.CHAT.value),
    ]
    marks = [
        Mark(_since(trace.window, moment.earliest), _since(trace.window, moment.latest), label, kind)
        for moment, label, kind in wanted
        if moment is not None and trace.window.overlaps(Window(moment.earliest, moment.latest + timedelta(seconds=1)))
    ]
    line = measure(best.lever.value, best.rule.unit)
    return Chart(
        key="chart/detection",
        title=clean(best.rule.title, TITLE_LENGTH),
        summary=say("detection.chart", line=line, when=story.dial.moment(best.fires), rule=code(best.rule.name)),
        unit=best.rule.unit or "",
        start=format_time(trace.window.start),
        length_s=trace.window.seconds,
        points=tuple(Point(point.at_s, point.value) for point in trace.points),
        band_low=None,
        band_high=None,
        limit=best.lever.value,
        marks=tuple(sorted(marks, key=lambda mark: (mark.from_s, mark.kind, mark.label))),
        evidence_ids=once(best.evidence_ids),
    )


def _since(window: Window, time: datetime) -> float:
    return round(min(max((time - window.start).total_seconds(), 0.0), window.seconds), 3)
