"""Causes: the explanations side by side, how one failure set off the next, and which methods could speak."""

from __future__ import annotations

from secondstory.model.causes import Argument, Hypothesis, Part, Standing, Verdict
from secondstory.model.report import Block, Bullets, Claim, Paragraph, Row, Rows, Section
from secondstory.stages.report.charts import draw
from secondstory.stages.report.claims import coverage, decided, frame, hypothesis_title, inference, once, opening
from secondstory.stages.report.parts.hops import hop_blocks
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, indicator_words, listed, quoted, readable, weight
from secondstory.stages.report.story import Story
from secondstory.texts import say

MOST_HYPOTHESES = 5
_MOST_ARGUMENTS = 8
_SILENT = ("failed", "no data")


def causes_section(story: Story) -> Section:
    """The verdict in words, then each hypothesis with what speaks for and against it."""
    blocks: list[Block] = [Paragraph((_verdict(story),), voice="lead")]
    shown = story.causes.hypotheses[:MOST_HYPOTHESES] if story.causes.verdict is not Verdict.NONE else ()
    for place, hypothesis in enumerate(shown, start=1):
        blocks.append(Paragraph(_headline(story, hypothesis, place), voice="hypothesis"))
        if hypothesis is story.leading:
            blocks.extend(_leading_chart(story, hypothesis))
        blocks.append(_arguments(hypothesis))
    left = len(story.causes.hypotheses) - len(shown)
    if left and shown:
        blocks.append(Paragraph((frame(say("report.hypotheses_left_out", count=left)),), voice="note"))
    if story.causes.separating and story.causes.verdict is not Verdict.NONE:
        blocks.append(Paragraph((frame(say("report.separating", what=clean(readable(story.causes.separating)))),)))
    blocks.append(Bullets(_methods(story)))
    return Section("causes", say("report.section_causes"), tuple(blocks))


def cascade_section(story: Story) -> Section | None:
    """How one failure set off the next, callee first; None where no hop was seen."""
    if not story.causes.cascade:
        return None
    columns = (
        "column_callee",
        "column_caller",
        "column_mechanism",
        "column_callee_onset",
        "column_caller_onset",
        "column_hop",
    )
    rows = tuple(
        Row(
            (
                clean(hop.callee, TITLE_LENGTH),
                clean(hop.caller, TITLE_LENGTH),
                say(f"report.mechanism_{hop.mechanism.value}"),
                story.dial.moment(hop.callee_onset),
                story.dial.moment(hop.caller_onset),
                clean(readable(hop.sentence)),
            ),
            once(hop.evidence_ids),
            key=f"hop/{hop.callee}/{hop.caller}",
        )
        for hop in story.causes.cascade
    )
    steps = Rows(say("report.caption_cascade"), tuple(say(f"report.{name}") for name in columns), rows, "steps")
    return Section("cascade", say("report.section_cascade"), (steps, *hop_blocks(story)))


def _verdict(story: Story) -> Claim:
    leading = story.leading
    if leading is None:
        key = "report.verdict_none" if story.causes.verdict is Verdict.NONE else "report.verdict_set_aside"
        return inference(say(key), coverage(story), tuple(gap.key for gap in story.evidence.gaps[:1]))
    ids = tuple(i for argument in leading.arguments_for for i in argument.evidence_ids)
    if story.causes.verdict is Verdict.INCONCLUSIVE:
        rivals = "; ".join(hypothesis_title(h) for h in story.rivals[:3])
        return inference(say("report.verdict_inconclusive", rivals=rivals), ids)
    text = say("report.verdict_supported", cause=hypothesis_title(leading))
    return inference(decided(story, leading) or text, ids)


def _headline(story: Story, hypothesis: Hypothesis, place: int) -> tuple[Claim, Claim]:
    ids = tuple(i for argument in hypothesis.arguments_for for i in argument.evidence_ids)
    title = inference(say("report.headline", place=place, cause=opening(hypothesis_title(hypothesis))), ids)
    text = say(
        "report.headline_trigger" if hypothesis.part is Part.TRIGGER else "report.headline_part",
        part=say(f"report.part_{hypothesis.part.value}"),
        share=weight(hypothesis.confidence),
        indicator=indicator_words(hypothesis.indicator) if hypothesis.indicator else say("report.no_indicator"),
    )
    onset = story.first_sign[0] if hypothesis is story.leading and story.first_sign is not None else hypothesis.onset
    if onset is not None:
        facts = {"service": clean(hypothesis.service, TITLE_LENGTH), "when": story.dial.moment(onset)}
        text = f"{text} {say('report.headline_onset', **facts)}"
    change = story.event(hypothesis.change_key)
    if change is not None and hypothesis.part is not Part.TRIGGER:
        when = story.dial.moment(change.moment)
        text = f"{text} {say('report.headline_change', change=quoted(change.title), when=when)}"
    if hypothesis.standing is not Standing.PROPOSED:
        text = f"{text} {say(f'report.standing_{hypothesis.standing.value}')}"
    return title, inference(text, (*ids[:1], *(change.evidence_ids if change is not None else ())))


def _leading_chart(story: Story, hypothesis: Hypothesis) -> tuple[Block, ...]:
    """The signal that shows the mechanism and the one that moved first, where these are two."""
    drawn = (draw(story, signal) for signal in story.telling_signals(hypothesis))
    return tuple(chart for chart in drawn if chart is not None)


def _arguments(hypothesis: Hypothesis) -> Rows:
    rows = [
        *_side(hypothesis.arguments_for, "report.side_for"),
        *_side(hypothesis.arguments_against, "report.side_against"),
    ]
    if not hypothesis.arguments_against:
        rows.append(Row((say("report.side_against"), say("report.nothing_against"), "", ""), ()))
    columns = ("column_side", "column_argument", "column_weight", "column_method")
    return Rows(
        say("report.caption_arguments", cause=hypothesis_title(hypothesis)),
        tuple(say(f"report.{name}") for name in columns),
        tuple(rows),
        "arguments",
    )


def _side(arguments: tuple[Argument, ...], side: str) -> list[Row]:
    rows = [
        Row(
            (say(side), clean(readable(a.sentence)), f"{a.weight:.2f}", clean(a.method, TITLE_LENGTH)),
            once(a.evidence_ids),
        )
        for a in arguments[:_MOST_ARGUMENTS]
    ]
    if len(arguments) > _MOST_ARGUMENTS:
        rest = arguments[_MOST_ARGUMENTS:]
        ids = once(tuple(i for argument in rest for i in argument.evidence_ids))
        rows.append(Row((say(side), say("report.arguments_left_out", count=len(rest)), "", ""), ids))
    return rows


def _methods(story: Story) -> tuple[Claim, ...]:
    ran = tuple(clean(run.name, TITLE_LENGTH) for run in story.causes.methods if run.state not in _SILENT)
    claims = [frame(say("report.methods_ran", names=listed(ran)) if ran else say("report.methods_none"))]
    for run in story.causes.methods:
        if run.state in _SILENT:
            key = "report.method_failed" if run.state == "failed" else "report.method_no_data"
            claims.append(frame(say(key, name=clean(run.name, TITLE_LENGTH), detail=clean(run.detail))))
    return tuple(claims)
