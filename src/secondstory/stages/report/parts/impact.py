"""Impact: figures with their ranges, what was reached along the calls, and what it took from the error budget."""

from __future__ import annotations

from secondstory.model.impact import Burn, Figure, ServiceReach
from secondstory.model.report import Block, Bullets, Chart, Paragraph, Row, Rows, Section
from secondstory.model.signal import SignalKind
from secondstory.stages.report.charts import draw
from secondstory.stages.report.claims import coverage, frame, inference, once
from secondstory.stages.report.parts.blast import blast_blocks, cost_blocks
from secondstory.stages.report.parts.budget import budget_blocks, objective_name
from secondstory.stages.report.phrases import TITLE_LENGTH, clean, figure_range, figure_value, indicator_words
from secondstory.stages.report.story import Story
from secondstory.texts import catalogue, say
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number

_DRAWN = (SignalKind.ERRORS, SignalKind.LATENCY)
_FIRST_TOLD = ("failed_share", "requests_failed", "users_hit", "latency_p95_during")
_FIRST_DRAWN = ("error_ratio", "latency_p95_ms")


def impact_section(story: Story) -> Section:
    """How much, how many, how far, at what cost; what could not be counted is said last."""
    impact = story.impact
    blocks: list[Block] = []
    if impact.window is None:
        key = "report.no_impact_long" if story.sees_users else "report.impact_unseen"
        blocks.append(Paragraph((inference(say(key), coverage(story)),)))
    if impact.figures:
        ordered = sorted(impact.figures, key=_place)
        blocks.append(_figures(say("report.caption_figures"), tuple(ordered)))
    blocks.extend(entry_charts(story))
    if impact.durations:
        blocks.append(_figures(say("report.caption_durations"), impact.durations))
    if impact.reach:
        blocks.append(_reach(story))
    blocks.extend(blast_blocks(story))
    if impact.burns:
        blocks.append(_burns(impact.burns))
    blocks.extend(budget_blocks(story))
    blocks.extend(cost_blocks(story))
    if impact.unknowns:
        blocks.append(Paragraph((frame(say("report.not_counted")),), voice="label"))
        blocks.append(Bullets(tuple(frame(sentence) for sentence in impact.unknowns)))
    return Section("impact", say("report.section_impact"), tuple(blocks))


def entry_charts(story: Story) -> tuple[Chart, ...]:
    """Errors and latency where users enter: of each, the signal that moved most."""
    charts = []
    for kind in _DRAWN:
        signals = [s for s in story.evidence.signals if s.kind is kind and s.service in story.evidence.entry_services]
        ranked = sorted(
            signals,
            key=lambda s: (
                s.peer is not None,
                s.indicator not in _FIRST_DRAWN,
                -abs(onset.strength) if (onset := story.onset_of_signal(s.key)) else 0.0,
                s.key,
            ),
        )
        chart = next((drawn for s in ranked if (drawn := draw(story, s)) is not None), None)
        if chart is not None:
            charts.append(chart)
    return tuple(charts)


def figure_title(figure: Figure) -> str:
    """A figure's name, from the second part of its key; what follows says of what: a service, a limit."""
    name, *of = [*figure.key.split("/"), ""][1:]
    key = f"report.figure_{name}"
    title = say(key) if key in catalogue() else clean(name.replace("_", " ").capitalize(), TITLE_LENGTH)
    what = clean(", ".join(part for part in of if part), TITLE_LENGTH)
    return say("report.figure_of", title=title, what=what) if what else title


def _place(figure: Figure) -> int:
    name = [*figure.key.split("/"), ""][1]
    return _FIRST_TOLD.index(name) if name in _FIRST_TOLD else len(_FIRST_TOLD)


def _figures(caption: str, figures: tuple[Figure, ...]) -> Rows:
    rows = tuple(
        Row((figure_title(f), figure_value(f), figure_range(f), _basis(f)), once(f.evidence_ids), key=f.key)
        for f in figures
    )
    columns = ("column_figure", "column_value", "column_range", "column_basis")
    return Rows(caption, tuple(say(f"report.{name}") for name in columns), rows, "figures")


def _basis(figure: Figure) -> str:
    basis = clean(figure.basis)
    return basis if figure.sample_size is None else say("report.basis_of", basis=basis, count=f"{figure.sample_size:,}")


def _reach(story: Story) -> Rows:
    columns = ("column_service", "column_signal", "column_left_band", "column_errors", "column_hops")
    rows = tuple(
        Row(
            (
                clean(reach.service, TITLE_LENGTH),
                indicator_words(reach.indicator),
                story.dial.moment(reach.moment),
                _errors(reach),
                say("report.unknown") if reach.hops_from_entry is None else str(reach.hops_from_entry),
            ),
            once(reach.evidence_ids),
            key=f"reach/{reach.service}",
        )
        for reach in story.impact.reach
    )
    return Rows(say("report.caption_reach"), tuple(say(f"report.{name}") for name in columns), rows, "reach")


def _errors(reach: ServiceReach) -> str:
    if reach.error_ratio_before is None or reach.error_ratio_during is None:
        return say("report.unknown")
    before, during = measure(reach.error_ratio_before, "ratio"), measure(reach.error_ratio_during, "ratio")
    return say("report.before_during", before=before, during=during)


def _burns(burns: tuple[Burn, ...]) -> Rows:
    columns = ("column_objective", "column_target", "column_bad", "column_spent", "column_rate")
    rows = tuple(
        Row(
            (
                f"{objective_name(burn)} ({clean(burn.service, TITLE_LENGTH)})",
                say("report.target", target=f"{burn.target_ratio * 100:.6g}", days=number(burn.period_days)),
                say("report.bad_of", bad=f"{burn.bad:,}", total=f"{burn.total:,}"),
                say("report.value_range", value=figure_value(burn.spent), range=figure_range(burn.spent)),
                say("report.times", times=number(burn.burn_rate)),
            ),
            once((*burn.evidence_ids, *burn.spent.evidence_ids)),
            key=f"burn/{burn.objective}",
        )
        for burn in burns
    )
    return Rows(say("report.caption_burn"), tuple(say(f"report.{name}") for name in columns), rows, "burns")
