"""Error budgets in the document: by part of the response, by window and period, and what each term means."""

from __future__ import annotations

from secondstory.model.budget import PhasePart, Span
from secondstory.model.impact import Burn
from secondstory.model.report import Block, Row, Rows
from secondstory.stages.report.claims import once
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, listed
from secondstory.stages.report.story import Story
from secondstory.texts import say
from secondstory.texts.durations import between, duration
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number

_MOST = 2  # objectives whose budget is told by part; the others stand in the first table with their sums


def budget_blocks(story: Story) -> tuple[Block, ...]:
    """Tables for the objectives that lost most; none where no stretch with harm was measured."""
    impact = story.impact
    blocks: list[Block] = []
    if impact.parts:
        blocks.append(_parts(story))
    worst = sorted(impact.burns, key=lambda burn: (-burn.spent.value, burn.objective))[:_MOST]
    blocks.extend(_phases(burn, impact.parts) for burn in worst if burn.phases)
    if any(burn.windows for burn in worst):
        blocks.append(_windows(story, worst))
    if any(len(burn.periods) > 1 or _is_calendar(burn) for burn in worst):
        blocks.append(_periods(story, worst))
    if any(burn.definitions for burn in worst):
        blocks.append(_terms(worst))
    return tuple(blocks)


def part_name(part: PhasePart) -> str:
    """The phases of a part, in words."""
    names = tuple(say(f"budget.phase_{phase.value}") for phase in part.phases)
    return names[0] if len(names) == 1 else say("budget.unsplit", phases=listed(names))


def objective_name(burn: Burn) -> str:
    """An objective as people call it, with a word where nobody gave it."""
    name = clean(burn.objective, TITLE_LENGTH)
    return say("budget.proposed", objective=name) if burn.proposed else name


def span_text(span: Span, unit: str = "") -> str:
    """A number with its range: 185 (178 to 211)."""
    value = measure(span.value, unit)
    if span.low == span.high:
        return value
    low, high = measure(span.low, unit), measure(span.high, unit)
    return say("budget.value_range", value=value, range=say("durations.range", low=low, high=high))


def _parts(story: Story) -> Rows:
    rows = tuple(
        Row(
            (
                part_name(part),
                story.dial.moment(part.begins),
                story.dial.moment(part.ends),
                between(part.length_s.low, part.length_s.high),
                clean(f"{part.definition} {part.reason}".strip()),
            ),
            once(part.evidence_ids),
            key="part/" + "+".join(part.phases),
        )
        for part in story.impact.parts
    )
    return Rows(say("budget.caption_parts"), _columns("part", "from", "to", "length", "means"), rows, "figures")


def _phases(burn: Burn, parts: tuple[PhasePart, ...]) -> Rows:
    rows = tuple(
        Row(
            (part_name(part), span_text(Span(*map(round, _ends(one.bad)))), span_text(one.spent, "ratio")),
            once((*burn.evidence_ids, *part.evidence_ids)),
            key=f"burn/{burn.objective}/" + "+".join(one.phases),
        )
        for part, one in zip(parts, burn.phases, strict=True)
    )
    caption = say("budget.caption_phases", objective=objective_name(burn))
    return Rows(caption, _columns("part", "bad", "share"), rows, "figures")


def _ends(span: Span) -> tuple[float, float, float]:
    return span.low, span.value, span.high


def _windows(story: Story, burns: list[Burn]) -> Rows:
    rows = tuple(
        Row(
            (
                objective_name(burn),
                _named(window.name, duration(window.length_s)),
                say("budget.times", times=span_text(window.peak)),
                "" if window.threshold is None else say("budget.times", times=number(window.threshold)),
                say("budget.never_crossed") if window.crossed_at is None else story.dial.time(window.crossed_at),
                clean(window.basis),
            ),
            once(burn.evidence_ids),
            key=f"burn/{burn.objective}/{window.name}",
        )
        for burn in burns
        for window in burn.windows
    )
    columns = _columns("objective", "over", "peak", "threshold", "crossed", "basis")
    return Rows(say("budget.caption_windows"), columns, rows, "figures")


def _named(name: str, length: str) -> str:
    return length if name == length else f"{clean(name, TITLE_LENGTH)} ({length})"


def _periods(story: Story, burns: list[Burn]) -> Rows:
    rows = tuple(
        Row(
            (
                objective_name(burn),
                f"{story.dial.day(period.window.start)}–{story.dial.day(period.window.end)}",
                number(round(period.bad)),
                span_text(period.spent, "ratio"),
            ),
            once(burn.evidence_ids),
            key=f"burn/{burn.objective}/{period.window.start:%Y-%m-%d}",
        )
        for burn in burns
        for period in burn.periods
    )
    return Rows(say("budget.caption_periods"), _columns("objective", "period", "bad", "share"), rows, "figures")


def _terms(burns: list[Burn]) -> Rows:
    told = [(burn, say(f"budget.term_{one.term}"), one.sentence) for burn in burns for one in burn.definitions] + [
        (burn, say("budget.term_proposed"), burn.proposed) for burn in burns if burn.proposed
    ]
    rows = tuple(
        Row((objective_name(burn), term, clean(sentence)), once(burn.evidence_ids), key=f"term/{burn.objective}/{term}")
        for burn, term, sentence in told
    )
    return Rows(say("budget.caption_terms"), _columns("objective", "term", "sentence"), rows, "figures")


def _is_calendar(burn: Burn) -> bool:
    return any(period.kind == "calendar" for period in burn.periods)


def _columns(*names: str) -> tuple[str, ...]:
    return tuple(say(f"budget.column_{name}") for name in names)
