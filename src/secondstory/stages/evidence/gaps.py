"""What is missing, as gaps that say what it means: tables, stretches of time, silent services, unknown changes."""

from __future__ import annotations

from datetime import timedelta

import numpy as np

from secondstory.model.findings import Coverage
from secondstory.model.gap import Gap, GapReason
from secondstory.model.incident import Case
from secondstory.model.signal import Grid
from secondstory.model.subject import subject_key
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window
from secondstory.stages.evidence.plan import Plan
from secondstory.stages.evidence.steps import Activity, Bools, runs
from secondstory.texts import say

_LEAST_SILENCE = 3  # steps; shorter silences are common in any sampled telemetry
_LEAST_SEEN = 5  # steps of the reference with rows; fewer tell nothing of what is usual
_UNLIKELY = 1e-4
_MOST_NAMED = 30  # services in a sentence


def find_gaps(
    case: Case, coverage: tuple[Coverage, ...], plan: Plan, activities: tuple[Activity, ...], entries: tuple[str, ...]
) -> tuple[Gap, ...]:
    """All gaps, those of the import first where keys are equal; sorted by key."""
    found = [
        *_of_tables(case, coverage),
        *_of_services(coverage),
        *_of_time(case, plan),
        *(gap for activity in activities for gap in _of_silence(activity, activities, case.incident.window)),
        *_of_knowledge(case, coverage, entries),
    ]
    by_key = {gap.key: gap for gap in (*found, *case.import_gaps)}
    return tuple(by_key[key] for key in sorted(by_key))


def _of_tables(case: Case, coverage: tuple[Coverage, ...]) -> list[Gap]:
    rows = {table: sum(row.rows for row in coverage if row.table == table) for table in TableName}
    gaps = []
    for table in TableName:
        if not rows[table]:
            detail = say(f"gaps.no_{table.value}")
            gaps.append(Gap(subject_key("gap", table.value), table.value, None, GapReason.NO_DATA, detail))
        unmapped = sum(row.rows for row in coverage if row.table == table and not row.service)
        if unmapped and table is not TableName.OCCURRENCES:  # a chat line or a page belongs to no service
            share = f"{unmapped / rows[table]:.1%}"
            detail = say("gaps.unmapped", rows=f"{unmapped:,}", share=share, table=table.value)
            gaps.append(Gap(subject_key("gap", table.value, "unmapped"), table.value, None, GapReason.UNMAPPED, detail))
    if not any(rows[table] for table in TableName if table is not TableName.OCCURRENCES):
        where = ", ".join(case.incident.recordings)
        detail = say("gaps.nothing", recordings=where)
        gaps.append(Gap(subject_key("gap", "telemetry"), where, None, GapReason.NO_DATA, detail))
    return gaps


def _of_services(coverage: tuple[Coverage, ...]) -> list[Gap]:
    """Services that one table knows and another, which other services fill, does not."""
    measured = [row for row in coverage if row.service and row.table != TableName.OCCURRENCES]
    everyone = {row.service for row in measured}
    gaps = []
    for table in (TableName.METRICS, TableName.SPANS, TableName.LOGS):
        silent = sorted(everyone - {row.service for row in measured if row.table == table})
        if silent and len(silent) < len(everyone):
            detail = say(f"gaps.services_without_{table.value}", services=_named(silent))
            key = subject_key("gap", table.value, "services")
            gaps.append(Gap(key, table.value, None, GapReason.NOT_RECORDED, detail))
    return gaps


def _named(services: list[str]) -> str:
    if len(services) <= _MOST_NAMED:
        return ", ".join(services)
    return say("gaps.and_more", names=", ".join(services[:_MOST_NAMED]), count=len(services) - _MOST_NAMED)


def _of_time(case: Case, plan: Plan) -> list[Gap]:
    gaps: list[Gap] = []
    if plan.recorded is None:
        return gaps
    for number, piece in enumerate(case.incident.window.without(plan.recorded), 1):
        if piece.seconds >= plan.grid.step_s:
            key = subject_key("gap", "window", str(number))
            gaps.append(Gap(key, "telemetry", piece, GapReason.NO_DATA, say("gaps.window_not_recorded")))
    if not plan.reference:
        key = subject_key("gap", "reference")
        gaps.append(Gap(key, "telemetry", None, GapReason.NO_DATA, say("gaps.no_reference")))
    return gaps


def _of_silence(activity: Activity, activities: tuple[Activity, ...], window: Window) -> list[Gap]:
    """Stretches of the window in which nobody, or one service that reported before, has no row."""
    grid, inside, table = activity.grid, activity.grid.mask(window), activity.table
    gaps: list[Gap] = []
    for start, end in runs(~activity.recorded & inside):
        if end - start >= _LEAST_SILENCE:
            key = subject_key("gap", table, "hole", str(len(gaps) + 1))
            detail = say("gaps.table_hole", table=table)
            gaps.append(Gap(key, table, _stretch(grid, start, end), GapReason.NO_DATA, detail))
    for service, present in activity.present:
        silence = _silence(activity.recorded, present, inside)
        if service and silence is not None:
            start, end = silence
            key = subject_key("gap", table, service, "silent")
            detail = _say_silence(activity, activities, service, silence)
            gaps.append(Gap(key, table, _stretch(grid, start, end), GapReason.NO_DATA, detail))
    return gaps


def _say_silence(activity: Activity, activities: tuple[Activity, ...], service: str, silence: tuple[int, int]) -> str:
    start, end = silence
    others = [one.table for one in activities if one is not activity and one.has(service)[start:end].any()]
    if others:
        return say("gaps.service_idle", service=service, table=activity.table, others=" and ".join(others))
    comes_back = activity.has(service)[end:].any()
    sentence = "gaps.service_paused" if comes_back else "gaps.service_stopped"
    return say(sentence, service=service, table=activity.table)


def _silence(recorded: Bools, present: Bools, inside: Bools) -> tuple[int, int] | None:
    """The longest run of steps in the window without a row, where so long a one is out of the ordinary.

    That is: twice as long as any in the reference, and unlikely for a service that has rows as often as this one.
    """
    # A silence that lasts from the beginning or to the end of the recording must not count as usual.
    first, last = int(np.argmax(present)), present.size - int(np.argmax(present[::-1]))
    until_last = recorded & ~inside & (np.arange(present.size) < last)
    seen = np.count_nonzero(present & until_last)
    if seen < _LEAST_SEEN:
        return None
    often = seen / np.count_nonzero(until_last)
    between = until_last & (np.arange(present.size) >= first)
    usual = max((end - start for start, end in runs(between & ~present)), default=0)
    start, end = max(runs(~present & recorded & inside), key=lambda run: (run[1] - run[0], -run[0]), default=(0, 0))
    odd = end - start >= _LEAST_SILENCE and end - start > 2 * usual and (1 - often) ** (end - start) < _UNLIKELY
    return (start, end) if odd else None


def _stretch(grid: Grid, start: int, end: int) -> Window:
    return Window(grid.time(start), grid.time(end - 1) + timedelta(seconds=grid.step_s))


def _of_knowledge(case: Case, coverage: tuple[Coverage, ...], entries: tuple[str, ...]) -> list[Gap]:
    gaps: list[Gap] = []
    if not case.system.changes_known:
        detail = say("gaps.changes_not_known")
        gaps.append(Gap(subject_key("gap", "changes"), "changes", None, GapReason.NOT_RECORDED, detail))
    if coverage and not entries:
        detail = say("gaps.no_entry")
        gaps.append(Gap(subject_key("gap", "entry"), "topology", None, GapReason.NOT_RECORDED, detail))
    return gaps
