"""The end of the document: what was hidden, what is open, what is proposed, the meeting, and how all this was made."""

from __future__ import annotations

from collections import Counter

from secondstory.model.actions import ActionItem
from secondstory.model.causes import Verdict
from secondstory.model.gap import GapReason
from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, Row, Rows, Section
from secondstory.stages.report.claims import fact, frame, hypothesis_title, once
from secondstory.stages.report.held import minutes_section
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.stages.report.story import MEETING_GAP, Story
from secondstory.texts import say

_MOST_GAPS = 40
_ASKED = (GapReason.NO_DATA, GapReason.FAILED, GapReason.REJECTED)  # what people may know or still have


def gaps_section(story: Story) -> Section:
    """What was hidden, why, and what it means for conclusions."""
    gaps = story.gaps[:_MOST_GAPS]
    columns = ("column_source", "column_window", "column_reason", "column_meaning")
    rows = tuple(
        Row(
            (
                clean(gap.source, TITLE_LENGTH),
                say("report.whole_incident")
                if gap.window is None
                else story.dial.stretch(gap.window.start, gap.window.end),
                say(f"report.reason_{gap.reason.value}"),
                clean(gap.detail),
            ),
            (),
            (gap.key,),
            gap.key,
        )
        for gap in gaps
    )
    if not rows:
        return Section("gaps", say("report.section_gaps"), (Paragraph((frame(say("report.no_gaps")),)),))
    blocks: list[Block] = [
        Rows(say("report.caption_gaps"), tuple(say(f"report.{name}") for name in columns), rows, "gaps")
    ]
    if len(story.gaps) > len(gaps):
        blocks.append(Paragraph((frame(say("report.gaps_left_out", count=len(story.gaps) - len(gaps))),), voice="note"))
    return Section("gaps", say("report.section_gaps"), tuple(blocks))


def questions_section(story: Story) -> Section:
    """What nobody can answer from the evidence yet, as questions to people."""
    questions: list[Claim] = []
    for milestone in story.open_milestones:
        question = say(f"report.ask_{milestone.kind.value}")
        questions.append(frame(say("report.ask_milestone", question=question, reason=clean(milestone.reason))))
    if story.causes.verdict is Verdict.INCONCLUSIVE and len(story.rivals) > 1:
        first, second = (hypothesis_title(h) for h in story.rivals[:2])
        questions.append(frame(say("report.ask_rivals", first=first, second=second)))
    if story.leading is not None and story.leading.change_key is None and story.case.system.changes_known:
        questions.append(frame(say("report.ask_trigger", service=clean(story.leading.service, TITLE_LENGTH))))
    if story.leading is not None and not story.case.system.changes_known:
        questions.append(frame(say("report.ask_changes")))
    for gap in story.gaps[:_MOST_GAPS]:
        if gap.reason in _ASKED:
            text = say("report.ask_gap", detail=clean(gap.detail))
            questions.append(frame(text, (gap.key,)))
    if not questions:
        questions.append(frame(say("report.ask_nothing")))
    return Section("questions", say("report.section_questions"), (Bullets(tuple(questions)),))


def actions_section(story: Story) -> Section:
    """What is proposed, what each proposal answers and how one will know that it works."""
    title = say("report.section_actions")
    if not story.actions.items:
        return Section("actions", title, (Paragraph((frame(say("report.no_actions")),)),))
    columns = ("column_action", "column_for", "column_area", "column_strength", "column_answers", "column_criterion")
    rows = tuple(_action(story, item) for item in story.actions.items)
    intro = Paragraph((frame(say("report.actions_intro")),), voice="note")
    table = Rows(say("report.caption_actions"), tuple(say(f"report.{name}") for name in columns), rows, "actions")
    return Section("actions", title, (intro, table))


def meeting_section(story: Story) -> Section:
    """What was settled together, or that nobody has met yet."""
    if story.meeting is None:
        claim = fact(say("gaps.meeting_not_held"), (), (MEETING_GAP,))
        return Section("meeting", say("report.section_meeting"), (Paragraph((claim,)),))
    return minutes_section((story.meeting,), story.case.incident.time_zone)


def making_section(story: Story, before: tuple[Section, ...]) -> Section:
    """How this was made: the ledger of claims, what was taken out for privacy, and the documents by hash."""
    kinds = Counter(claim.kind for section in before for block in section.blocks for claim in _claims(block))
    sentences = [
        frame(
            say(
                "report.ledger",
                facts=kinds[ClaimKind.FACT],
                inferences=kinds[ClaimKind.INFERENCE],
                opinions=kinds[ClaimKind.OPINION],
            )
        ),
        frame(say("report.made_by", code=clean(story.case.code_version, TITLE_LENGTH))),
    ]
    redactions = Counter(dict(story.case.redactions)) | Counter(dict(story.evidence.redactions))
    if redactions:
        what = ", ".join(f"{clean(name, TITLE_LENGTH)} {count:,}" for name, count in sorted(redactions.items()))
        sentences.append(frame(say("report.redacted", what=what)))
    columns = ("column_document", "column_hash")
    rows = tuple(Row((clean(kind, TITLE_LENGTH), digest), (), key=f"document/{kind}") for kind, digest in story.hashes)
    table = Rows(say("report.caption_hashes"), tuple(say(f"report.{name}") for name in columns), rows, "hashes")
    return Section("making", say("report.section_making"), (Paragraph(tuple(sentences)), table))


def _action(story: Story, item: ActionItem) -> Row:
    gap_keys = tuple(key for key in item.answers if key in {gap.key for gap in story.gaps})
    titles = {h.key: hypothesis_title(h) for h in story.causes.hypotheses}
    named = dict.fromkeys(
        titles.get(key) or _gap_source(story, key) or clean(key, TITLE_LENGTH) for key in item.answers
    )
    return Row(
        (
            clean(item.title),
            say(f"report.kind_{item.kind.value}"),
            say(f"report.area_{item.area.value}"),
            say(f"report.strength_{item.strength.value}"),
            "; ".join(named),
            clean(item.criterion),
        ),
        once(item.evidence_ids),
        once(gap_keys),
        item.key,
    )


def _gap_source(story: Story, key: str) -> str | None:
    source = next((gap.source for gap in story.gaps if gap.key == key), None)
    return say("report.gap_in", source=clean(source, TITLE_LENGTH)) if source is not None else None


def _claims(block: Block) -> tuple[Claim, ...]:
    return block.claims if isinstance(block, Paragraph | Bullets) else ()
