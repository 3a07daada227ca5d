"""Blast radius and cost in the document: what was hit when, failures over time, and amounts by values people gave."""

from __future__ import annotations

from secondstory.model.blast import BlastRadius, Touched
from secondstory.model.report import Block, Chart, Paragraph, Point, Row, Rows
from secondstory.model.window import format_time
from secondstory.model.worth import Cost
from secondstory.stages.report.claims import fact, once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.numbers import number


def blast_blocks(story: Story) -> tuple[Block, ...]:
    """A sentence on the widest moment, the series, and what was touched; none without a blast radius."""
    blast = story.impact.blast
    if blast is None:
        return ()
    blocks: list[Block] = [Paragraph((fact(_widest(story, blast), blast.evidence_ids),))]
    for name, values in (
        ("failed", [step.failed for step in blast.steps]),
        ("users", [step.users_failed for step in blast.steps]),
    ):
        if any(value for value in values):
            blocks.append(_series(story, blast, name, values))
    if blast.touched:
        blocks.append(_touched(story, blast.touched))
    return tuple(blocks)


def cost_blocks(story: Story) -> tuple[Block, ...]:
    """What it cost by each value that a person gave; none where nobody gave one."""
    if not story.impact.costs:
        return ()
    given = {one.decision_id: one for one in story.impact.assumptions}
    rows = []
    for cost in story.impact.costs:
        one = given[cost.decision_ids[0]]
        by = say("budget.given_by", actor=clean(one.actor_id, 80), day=story.dial.day(one.at), why=clean(one.why, 200))
        name = say(f"budget.unit_{cost.unit.value}")
        rows.append(Row((name, amount(cost), clean(cost.basis), by), once(cost.evidence_ids), key=cost.key))
    columns = tuple(say(f"budget.column_{name}") for name in ("what", "amount", "basis", "given"))
    return (Rows(say("budget.caption_costs"), columns, tuple(rows), "figures"),)


def amount(cost: Cost) -> str:
    """An amount of money or a number of customers, as a range."""
    low, high = number(cost.amount.low), number(cost.amount.high)
    key = "budget.amount_one" if low == high else "budget.amount"
    return say(key, low=low, high=high, currency=cost.currency).strip()


def _widest(story: Story, blast: BlastRadius) -> str:
    step = blast.steps[blast.widest]
    endpoints = ""
    if step.endpoints is not None and blast.endpoints_known:
        endpoints = say("budget.widest_endpoints", endpoints=step.endpoints, known=blast.endpoints_known)
    return say(
        "budget.widest",
        time=story.dial.time(step.time),
        services=step.services,
        known=blast.services_known,
        endpoints=endpoints,
    )


def _series(story: Story, blast: BlastRadius, name: str, values: list[float | None] | list[int | None]) -> Chart:
    known = [(value, at) for at, value in enumerate(values) if value is not None]
    most, at = max(known, key=lambda one: (one[0], -one[1]))
    facts = {"most": number(most), "step_s": blast.step_s, "time": story.dial.time(blast.steps[at].time)}
    summary = (
        say("budget.chart_summary_users", **facts)  # one user may be in several steps, so these do not add up
        if name == "users"
        else say("budget.chart_summary", **facts, total=number(sum(value for value, _ in known)))
    )
    points = tuple(
        Point(float(place * blast.step_s), None if value is None else float(value))
        for place, value in enumerate(values)
    )
    return Chart(
        key=f"chart/blast/{name}",
        title=say(f"budget.chart_{name}", step_s=blast.step_s),
        summary=summary,
        unit="requests" if name == "failed" else "users",
        start=format_time(blast.steps[0].time),
        length_s=float(len(blast.steps) * blast.step_s),
        points=points,
        band_low=None,
        band_high=None,
        limit=None,
        marks=(),
        evidence_ids=blast.evidence_ids,
    )


def _touched(story: Story, touched: tuple[Touched, ...]) -> Rows:
    rows = tuple(
        Row(
            (
                clean(one.name, TITLE_LENGTH),
                say(f"budget.kind_{one.kind}", service=clean(one.service, TITLE_LENGTH)),
                story.dial.time(one.first),
                story.dial.time(one.last),
                _failed(one),
            ),
            once(one.evidence_ids),
            key=f"blast/{one.kind}/{one.service}/{one.name}",
        )
        for one in touched
    )
    columns = tuple(say(f"budget.column_{name}") for name in ("what", "kind", "first", "last", "failed"))
    return Rows(say("budget.caption_blast"), columns, rows, "reach")


def _failed(one: Touched) -> str:
    if one.failed is None or one.requests is None:
        return say("report.unknown")
    return say("budget.of", part=number(round(one.failed)), whole=number(round(one.requests)))
