"""What people agreed on: contributing factors and how it went, then actions with their owners, and accepted risks."""

from __future__ import annotations

from secondstory.model.plan import LessonKind, PlannedAction
from secondstory.model.report import Block, Bullets, Claim, ClaimKind, Paragraph, Row, Rows, Section
from secondstory.stages.report.claims import frame, inference, once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.stages.report.story import Story
from secondstory.texts import say


def factors_section(story: Story) -> Section | None:
    """Factors with the parts they played, what one did to another, and how it went; None where nobody said any."""
    plan = story.actions.plan
    blocks: list[Block] = []
    if plan.factors:
        blocks.append(Paragraph((frame(say("plan.factors_intro")),), voice="note"))
        blocks.append(_factors(story))
    labels = _labels(story)
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
            blocks.append(Bullets(tuple(_claim(story, one.words, one.evidence_ids) for one in said)))
    return Section("factors", say("plan.section_factors"), tuple(blocks)) if blocks else None


def agreed_actions(story: Story) -> tuple[Block, ...]:
    """The actions people agreed on with owner, date and state, and the risks that were accepted."""
    plan = story.actions.plan
    labels = _labels(story)
    blocks: list[Block] = []
    if plan.actions:
        names = ("action", "owner", "due", "stands", "strength", "answers", "criterion")
        rows = tuple(_action(one, labels) for one in plan.actions)
        columns = tuple(say(f"plan.column_{name}") for name in names)
        blocks.append(Rows(say("plan.caption_agreed"), columns, rows, "agreed"))
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
    return tuple(blocks)


def _factors(story: Story) -> Rows:
    rows = tuple(
        Row(
            (one.label, clean(one.words), say(f"report.part_{one.part.value}")),
            _known(story, one.evidence_ids),
            key=one.key,
        )
        for one in story.actions.plan.factors
    )
    columns = tuple(say(f"plan.column_{name}") for name in ("label", "factor", "part"))
    return Rows(say("plan.caption_factors"), columns, rows, "factors")


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
            clean(one.criterion),
        ),
        (),
        key=one.key,
    )


def _claim(story: Story, words: str, evidence_ids: tuple[str, ...]) -> Claim:
    cited = _known(story, evidence_ids)
    return inference(clean(words), cited) if cited else Claim(clean(words), ClaimKind.OPINION)


def _known(story: Story, evidence_ids: tuple[str, ...]) -> tuple[str, ...]:
    """Evidence that is frozen with the incident; what is gone is not cited."""
    known = {ref.id for ref in story.refs}
    return once(tuple(one for one in evidence_ids if one in known))


def _labels(story: Story) -> dict[str, str]:
    plan = story.actions.plan
    return {one.key: one.label for one in plan.factors} | {one.key: one.label for one in plan.lessons}
