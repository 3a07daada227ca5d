"""The minutes of the meetings in the document: set in whenever it is read, without another analysis."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from secondstory.model.dial import Dial
from secondstory.model.gap import GapReason
from secondstory.model.meeting import MeetingRecord, PollHeld
from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report.claims import frame
from secondstory.stages.report.phrases import clean
from secondstory.stages.report.story import MEETING_GAP
from secondstory.texts import counted, say


def with_meetings(body: ReportBody, held: tuple[MeetingRecord, ...]) -> ReportBody:
    """The report with the minutes in their place, and without the gap that no meeting was held."""
    if not held:
        return body
    sections = tuple(
        minutes_section(held, body.time_zone) if one.key == "meeting" else _without_gap(one, body)
        for one in body.sections
    )
    gaps = tuple(gap for gap in body.gaps if gap.key != MEETING_GAP)
    labels = tuple(pair for pair in body.labels if pair[0] != MEETING_GAP)
    return replace(body, sections=sections, gaps=gaps, labels=labels)


def minutes_section(held: tuple[MeetingRecord, ...], zone: str) -> Section:
    """The minutes of one or several meetings, the first one first."""
    blocks: list[Block] = []
    for record in held:
        if len(held) > 1:
            blocks.append(Paragraph((frame(say("minutes.several", number=record.number)),), voice="label"))
        blocks.extend(_minutes(record, zone))
    return Section("meeting", say("report.section_meeting"), tuple(blocks))


def held_sentence(record: MeetingRecord, zone: str) -> str:
    """When and how long it was, and who was there, as roles."""
    dial = Dial(zone, with_day=False)
    start, end = record.held.start, record.held.end
    facts = {
        "day": dial.day(start),
        "start": dial.time(start)[:5],
        "end": dial.time(end)[:5],
        "zone": dial.zone_name(start),
    }
    minutes = max(round((end - start).total_seconds() / 60), 1)
    if not record.present:
        return counted("minutes.held_bare", minutes, **facts)
    return counted("minutes.held", minutes, **facts, present=", ".join(record.present))


def minutes_text(held: tuple[MeetingRecord, ...], title: str, zone: str) -> str:
    """The minutes as Markdown that reads as plain text, for the terminal and for a file of their own."""
    parts = [f"# {say('minutes.title', title=title)}"]
    for block in minutes_section(held, zone).blocks:
        if isinstance(block, Rows):
            parts.append(f"## {block.caption}")
            parts.append("\n".join(_line(block.columns, row.cells) for row in block.rows))
        elif isinstance(block, Bullets):
            parts.append("\n".join(f"- {claim.text}" for claim in block.claims))
        elif isinstance(block, Paragraph):
            text = " ".join(claim.text for claim in block.claims)
            parts.append(f"## {text}" if block.voice == "label" else text)
    return "\n\n".join(parts) + "\n"


def _line(columns: tuple[str, ...], cells: tuple[str, ...]) -> str:
    """A row as a sentence: its first cell, then what else there is, named."""
    told = (f"{column}: {cell}" for column, cell in zip(columns[1:], cells[1:], strict=True) if cell)
    return f"- {cells[0]} ({'; '.join(told)})"


def _minutes(record: MeetingRecord, zone: str) -> Iterator[Block]:
    yield Paragraph((frame(held_sentence(record, zone)),), voice="note")
    if record.agenda:
        rows = tuple(
            Row(
                (
                    clean(box.title),
                    say("minutes.minutes", count=box.planned_min) if box.planned_min else "",
                    say("minutes.minutes", count=round(box.spent_min)),
                ),
                (),
            )
            for box in record.agenda
        )
        columns = tuple(say(f"minutes.column_{name}") for name in ("box", "planned", "spent"))
        yield Rows(say("minutes.caption_agenda"), columns, rows)
    decisions = record.decisions or (say("minutes.no_decisions"),)
    yield from _listed("decisions", decisions)
    told = (say("minutes.account", text=one.text, by=one.by) if one.by else one.text for one in record.accounts)
    yield from _listed("accounts", tuple(told))
    yield from _listed("hypotheses", record.hypotheses)
    yield from _listed("factors", record.factors)
    yield from _actions(record)
    asked = (
        say("minutes.evidence_asked", text=one.text, who=one.asked) if one.asked else one.text
        for one in record.evidence_called
    )
    yield from _listed("evidence", tuple(asked))
    polls = (say("minutes.poll", question=one.question, answers=_answers(one)) for one in record.polls)
    yield from _listed("polls", tuple(polls))
    yield from _listed("parking", record.parking_lot)
    if record.notes.strip():
        yield Paragraph((frame(say("minutes.notes")),), voice="label")
        lines = (line.strip(" -·*#") for line in record.notes.splitlines())
        yield Bullets(tuple(_said(line) for line in lines if line))


def _answers(poll: PollHeld) -> str:
    return "; ".join(_counted(answer) for answer in poll.answers) or say("minutes.poll_few")


def _counted(answer: tuple[str, int]) -> str:
    return say("minutes.poll_answer", choice=answer[0], count=answer[1])


def _actions(record: MeetingRecord) -> Iterator[Block]:
    if not record.actions:
        return
    rows = tuple(
        Row(
            (
                clean(one.text),
                say(f"minutes.owner_{one.ownership}", owner=one.owner),
                one.due.isoformat() if one.due is not None else say("minutes.no_due"),
                one.verifier,
            ),
            (),
        )
        for one in record.actions
    )
    columns = tuple(say(f"minutes.column_{name}") for name in ("action", "owner", "due", "verifier"))
    yield Rows(say("minutes.caption_actions"), columns, rows)


def _listed(title: str, sentences: tuple[str, ...]) -> Iterator[Block]:
    if sentences:
        yield Paragraph((frame(say(f"minutes.{title}")),), voice="label")
        yield Bullets(tuple(_said(one) for one in sentences))


def _said(text: str) -> Claim:
    return Claim(clean(text), ClaimKind.OPINION)


def _without_gap(section: Section, body: ReportBody) -> Section:
    """A section without the row of that gap, and without the words that nobody has confirmed this in a meeting."""
    return replace(section, blocks=tuple(_block(block, body) for block in section.blocks))


def _block(block: Block, body: ReportBody) -> Block:
    if isinstance(block, Rows) and block.look == "gaps":
        return replace(block, rows=tuple(row for row in block.rows if row.key != MEETING_GAP))
    if isinstance(block, Paragraph):
        return replace(block, claims=tuple(_claim(claim, body) for claim in block.claims))
    return block


def _claim(claim: Claim, body: ReportBody) -> Claim:
    """The sentence on what is uncertain, made anew: it names the missing meeting first, then what else is open."""
    lead = say("report.uncertain_meeting")
    if lead not in claim.text or claim.kind is not ClaimKind.FRAME:
        return claim
    alone = say("report.uncertain", what=lead)
    text = say("report.uncertain_nothing") if claim.text == alone else claim.text.replace(f"{lead}; ", "")
    blind = sum(gap.reason is not GapReason.NOT_HELD for gap in body.gaps)
    for one in ("", "_one"):
        besides = say(f"report.uncertain_gaps_besides{one}", count=blind)
        text = text.replace(besides, say(f"report.uncertain_gaps{one}", count=blind))
    return replace(claim, text=text)
