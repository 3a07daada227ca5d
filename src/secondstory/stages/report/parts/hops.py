"""Each hop of the cascade in detail: how the failure travelled, and what a missing protection would have spared."""

from __future__ import annotations

from secondstory.model.cascade import Protection, Spared
from secondstory.model.causes import Hop
from secondstory.model.report import Block, Bullets, Claim, Row, Rows
from secondstory.stages.report.claims import inference, once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, readable
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number


def hop_blocks(story: Story) -> tuple[Block, ...]:
    """The ways in sentences, then the protections as a table; nothing where no hop tells of either."""
    ways = tuple(claim for hop in story.causes.cascade for claim in _ways(hop))
    rows = tuple(_row(hop, one) for hop in story.causes.cascade for one in hop.protections)
    blocks: list[Block] = [Bullets(ways)] if ways else []
    if rows:
        columns = ("call", "protection", "shown", "spared", "assumption")
        heads = tuple(say(f"cascade.column_{name}") for name in columns)
        blocks.append(Rows(say("cascade.caption_protections"), heads, rows))
    return tuple(blocks)


def _ways(hop: Hop) -> list[Claim]:
    return [inference(clean(readable(sign.sentence)), sign.evidence_ids) for sign in hop.signs]


def _row(hop: Hop, one: Protection) -> Row:
    guard = say(f"cascade.guard_{one.guard.value}")
    return Row(
        (
            clean(f"{hop.caller} → {hop.callee}", TITLE_LENGTH),
            say(f"cascade.state_{one.state.value}", guard=guard),
            clean(readable(one.sentence)),
            _spared(one.spared) if one.spared is not None else say("cascade.spared_unknown"),
            clean(one.assumption),
        ),
        once(one.evidence_ids or hop.evidence_ids),
        key=f"protection/{hop.callee}/{hop.caller}/{one.guard.value}",
    )


def _spared(one: Spared) -> str:
    said = [measure(round(value), "s") if one.unit == "s" else number(round(value)) for value in (one.low, one.high)]
    between = said[0] if said[0] == said[1] else say("report.range", low=said[0], high=said[1])
    return say(f"cascade.spared_{one.unit}", between=between)
