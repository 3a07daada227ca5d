"""The report with what people agreed on in its places: factors and how it went, actions with owners, accepted risks.

The plan is the people's and no finding, so it is not part of the stored document: it is set in whenever that is read.
"""

from __future__ import annotations

from dataclasses import replace

from secondstory.model.plan import LessonKind, Ownership, Plan, PlannedAction
from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, ReportBody, Row, Rows, Section
from secondstory.stages.report.claims import frame, inference, once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.texts import say

_AGREED, _FACTORS = "agreed", "factors"
FROM_PLAN = (_AGREED, _FACTORS)
"""Looks of the tables that come from the plan."""
_COLUMNS = ("action", "owner", "due", "stands", "strength", "answers", "criterion")
_MOVING = ("owner", "due", "stands")
_BEHIND = ("detection", "gaps", "questions", "actions")  # the factors stand before the first of these


def with_plan(report: ReportBody, plan: Plan) -> ReportBody:
    """The report with the plan in its places; proposals that no action was made from are told as left over."""
    if plan == Plan(unread=plan.unread):
        return report
    known = frozenset(ref.id for ref in report.evidence)
    sections = [_actions(one, plan) if one.key == "actions" else one for one in report.sections]
    factors = _factors_section(plan, known)
    if factors is not None:
        place = next((at for at, one in enumerate(sections) if one.key in _BEHIND), len(sections))
        sections.insert(place, factors)
    return replace(report, sections=tuple(sections))


def agreed_rows(report: ReportBody) -> tuple[dict[str, str], ...]:
    """The agreed actions that a document tells, each as column to text."""
    return tuple(
        dict(zip(_COLUMNS, row.cells, strict=True))
        for section in report.sections
        for block in section.blocks
        if isinstance(block, Rows) and block.look == _AGREED
        for row in block.rows
    )


def without_moves(section: Section) -> Section:
    """The section without what moves by itself once a plan is agreed: who took an action on, until when, how far."""
    kept = [place for place, name in enumerate(_COLUMNS) if name not in _MOVING]
    return replace(section, blocks=tuple(_still(block, kept) for block in section.blocks))


def _still(block: Block, kept: list[int]) -> Block:
    if not isinstance(block, Rows) or block.look != _AGREED:
        return block
    rows = tuple(replace(row, cells=tuple(row.cells[place] for place in kept)) for row in block.rows)
    return replace(block, rows=rows)


def _actions(section: Section, plan: Plan) -> Section:
    """What was agreed, then the proposals that are left."""
    agreed = _agreed(plan)
    if not agreed:
        return section
    taken = {one.proposal for one in plan.actions}
    title = say("plan.section_actions")
    tables = (block for block in section.blocks if isinstance(block, Rows) and block.look == "actions")
    left = [replace(table, rows=tuple(row for row in table.rows if row.key not in taken)) for table in tables]
    left = [table for table in left if table.rows]
    told = (Paragraph((frame(say("plan.left_over")),), voice="note"),) if left else ()
    return replace(section, title=title, blocks=(*agreed, *told, *left))


def _factors_section(plan: Plan, known: frozenset[str]) -> Section | None:
    """Factors with the parts they played, what one did to another, and how it went; None where nobody said any."""
    blocks: list[Block] = []
    if plan.factors:
        blocks.append(Paragraph((frame(say("plan.factors_intro")),), voice="note"))
        blocks.append(_factors(plan, known))
    labels = _labels(plan)
    if plan.links:
        told = (
            say(
                "plan.link",
                source=labels[one.source],
                did=say(f"plan.link_{one.kind.value}"),
                target=labels[one.target],
                words=f": {clean(one.words)}" if one.words else "",
            )
            for one in plan.links
        )
        blocks.append(Bullets(tuple(Claim(text, ClaimKind.OPINION) for text in told)))
    for kind in LessonKind:
        said = [one for one in plan.lessons if one.kind is kind]
        if said:
            blocks.append(Paragraph((frame(say(f"plan.lessons_{kind.value}")),), voice="label"))
            blocks.append(Bullets(tuple(_claim(one.words, one.evidence_ids, known) for one in said)))
    return Section("factors", say("plan.section_factors"), tuple(blocks)) if blocks else None


def _agreed(plan: Plan) -> tuple[Block, ...]:
    """The actions people agreed on with owner, date and state, and the risks that were accepted."""
    labels = _labels(plan)
    blocks: list[Block] = []
    if plan.actions:
        rows = tuple(_action(one, labels) for one in plan.actions)
        columns = tuple(say(f"plan.column_{name}") for name in _COLUMNS)
        blocks.append(Rows(say("plan.caption_agreed"), columns, rows, _AGREED))
    if plan.risks:
        blocks.append(Paragraph((frame(say("plan.risks")),), voice="label"))
        told = (
            say(
                "plan.risk",
                answers=", ".join(labels.get(key, clean(key, TITLE_LENGTH)) for key in one.answers),
                words=clean(one.words),
                approver=clean(one.approver, TITLE_LENGTH),
                day=one.expires.isoformat(),
            )
            for one in plan.risks
        )
        blocks.append(Bullets(tuple(Claim(text, ClaimKind.OPINION) for text in told)))
    if plan.follow_up is not None:
        day = say("plan.follow_up", day=plan.follow_up.day.isoformat())
        blocks.append(Paragraph((frame(day),), voice="note"))
    return tuple(blocks)


def _factors(plan: Plan, known: frozenset[str]) -> Rows:
    rows = tuple(
        Row(
            (one.label, clean(one.words), say(f"report.part_{one.part.value}")),
            _known(one.evidence_ids, known),
            key=one.key,
        )
        for one in plan.factors
    )
    columns = tuple(say(f"plan.column_{name}") for name in ("label", "factor", "part"))
    return Rows(say("plan.caption_factors"), columns, rows, _FACTORS)


def _action(one: PlannedAction, labels: dict[str, str]) -> Row:
    owner = clean(one.owner, TITLE_LENGTH) if one.owner else say("plan.nobody")
    return Row(
        (
            f"{one.label} {clean(one.title)}",
            owner if one.is_owned or not one.owner else say(f"plan.ownership_{one.ownership.value}", owner=owner),
            one.due.isoformat(),
            say(f"plan.progress_{one.progress.value}"),
            say(f"report.strength_{one.strength.value}"),
            ", ".join(labels.get(key, "") for key in one.answers if key in labels),
            " ".join(part for part in (clean(one.criterion), _looks(one)) if part),
        ),
        (),
        key=one.key,
    )


def _looks(one: PlannedAction) -> str:
    """Who looks whether it works; nothing of who declined."""
    told = {Ownership.ACCEPTED: "plan.looks", Ownership.PROPOSED: "plan.looks_asked"}.get(one.verifying)
    return say(told, verifier=clean(one.verifier, TITLE_LENGTH)) if told else ""


def _claim(words: str, evidence_ids: tuple[str, ...], known: frozenset[str]) -> Claim:
    cited = _known(evidence_ids, known)
    return inference(clean(words), cited) if cited else Claim(clean(words), ClaimKind.OPINION)


def _known(evidence_ids: tuple[str, ...], known: frozenset[str]) -> tuple[str, ...]:
    """Evidence that the document rests on; what is gone is not cited."""
    return once(tuple(one for one in evidence_ids if one in known))


def _labels(plan: Plan) -> dict[str, str]:
    return {one.key: one.label for one in plan.factors} | {one.key: one.label for one in plan.lessons}
