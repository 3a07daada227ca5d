"""What files told of the system, merged into a recording; and its segments to the gaps that they leave."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from operator import attrgetter
from typing import TypeVar

from secondstory.model.errors import Unavailable
from secondstory.model.gap import Gap, GapReason
from secondstory.model.query import TraceShapeQuery
from secondstory.model.segment import Recording, Segment
from secondstory.model.subject import subject_key
from secondstory.model.system import AlertRule, Fact, IncidentSeed, Objective, System
from secondstory.model.telemetry import TableName
from secondstory.model.window import Window, hull
from secondstory.ports import Warehouse
from secondstory.texts import say

_TRACES = "gap/traces"
T = TypeVar("T")
Item = TypeVar("Item", str, tuple[str, str])


def with_facts(recording: Recording, facts: tuple[Fact, ...], path: str) -> Recording:
    """The recording with the `facts` of a file merged in. Merging the same facts again changes nothing.

    A later namesake wins. Alert rules may share a name, such as a warning and a page on one number: those of a file
    replace what the same file told before, and nothing that another one told.
    """
    rules = tuple(replace(fact, origin=path) for fact in facts if isinstance(fact, AlertRule))
    if rules:
        recording = replace(recording, rules=_with_rules(recording.rules, rules, path))
    for fact in facts:
        match fact:
            case System():
                recording = replace(recording, system=_merged(recording.system, fact))
            case Objective():
                recording = replace(recording, objectives=_replaced(recording.objectives, fact, attrgetter("name")))
            case IncidentSeed():
                recording = replace(recording, seeds=_replaced(recording.seeds, fact, attrgetter("id")))
    return recording


def in_clean_words(recording: Recording, clean: Callable[[tuple[str, ...]], tuple[str, ...]]) -> Recording:
    """The recording with the sentences that people wrote into its facts passed through `clean`."""
    titles = iter(clean(tuple(seed.title for seed in recording.seeds)))
    objectives = iter(clean(tuple(objective.name for objective in recording.objectives)))
    rules = iter(clean(tuple(text for rule in recording.rules for text in (rule.name, rule.expression))))
    return replace(
        recording,
        seeds=tuple(replace(seed, title=next(titles)) for seed in recording.seeds),
        objectives=tuple(replace(objective, name=next(objectives)) for objective in recording.objectives),
        rules=tuple(replace(rule, name=next(rules), expression=next(rules)) for rule in recording.rules),
    )


def with_gaps(
    recording: Recording, segments: tuple[Segment, ...], tried: frozenset[str], unread: tuple[Gap, ...]
) -> Recording:
    """The recording with the gaps that its segments leave.

    `tried` are the files of this import and `unread` what of them could not be read, of which a file's first gap is
    kept; gaps of other files stay.
    """
    kept = [gap for gap in recording.gaps if not _is_ours(gap, tried)]
    gaps = {gap.key: gap for gap in (*kept, *reversed(unread), *segment_gaps(segments))}
    return replace(recording, gaps=tuple(gap for _, gap in sorted(gaps.items())))


def unread_gap(source: str, path: str, sentence: str) -> Gap:
    """A file, or a part of one, that could not be read."""
    return Gap(subject_key("gap", "unread", path), source, None, GapReason.FAILED, sentence)


def with_trace_gaps(recording: Recording, segments: tuple[Segment, ...], warehouse: Warehouse) -> Recording:
    """The recording with a gap for each way in which spans do not fit into a trace; rows alone cannot tell."""
    spans = [file for segment in segments for file in segment.files if file.table == TableName.SPANS]
    if not spans:
        return recording
    window = hull(tuple(file.window for file in spans))
    try:
        found = warehouse.run(TraceShapeQuery((recording.name,), window), segments).records()
    except Unavailable as error:
        gaps = [Gap(_TRACES, TableName.SPANS.value, None, GapReason.FAILED, str(error))]
    else:
        gaps = [_trace_gap(str(row["defect"]), row["spans"], row["trace_id"]) for row in found]
    others = [gap for gap in recording.gaps if not gap.key.startswith(_TRACES)]
    return replace(recording, gaps=(*others, *gaps))


def _trace_gap(defect: str, spans: object, trace: object) -> Gap:
    detail = say(f"imports.spans_{defect}", count=spans, trace=trace)
    return Gap(subject_key(_TRACES, defect), TableName.SPANS.value, None, GapReason.REJECTED, detail)


def segment_gaps(segments: tuple[Segment, ...]) -> tuple[Gap, ...]:
    """Rows that could not be read and rows without a service, one gap a file and kind."""
    by_file: dict[tuple[str, str], list[Segment]] = defaultdict(list)
    for segment in sorted(segments, key=lambda segment: segment.first_line):
        by_file[segment.path, segment.source].append(segment)
    gaps = []
    for (path, source), parts in sorted(by_file.items()):
        rejecting = [part for part in parts if part.rejected_reason]
        if rejecting:
            key = subject_key("gap", "rejected", path)
            gaps.append(Gap(key, source, _span(rejecting), GapReason.REJECTED, _told(path, rejecting)))
        unmapped = [part for part in parts if part.unmapped_rows]
        if unmapped:
            count = sum(part.unmapped_rows for part in unmapped)
            sentence = say("imports.unmapped", count=count, path=path, line=unmapped[0].first_line)
            key = subject_key("gap", "unmapped", path)
            gaps.append(Gap(key, source, _span(unmapped), GapReason.UNMAPPED, sentence))
    return tuple(gaps)


def _told(path: str, rejecting: list[Segment]) -> str:
    """Rows that are lost come first; the reason is that of the first block with some."""
    count = sum(part.rejected_rows for part in rejecting)
    first = next((part for part in rejecting if part.rejected_rows), rejecting[0])
    if not count:
        return say("imports.rows_changed", path=path, reason=first.rejected_reason)
    return say("imports.rejected", count=count, path=path, line=first.rejected_line, reason=first.rejected_reason)


def _is_ours(gap: Gap, tried: frozenset[str]) -> bool:
    if gap.key.startswith(("gap/rejected/", "gap/unmapped/")):
        return True
    return gap.key in {subject_key("gap", "unread", path) for path in tried}


def _span(segments: Iterable[Segment]) -> Window | None:
    windows = tuple(file.window for segment in segments for file in segment.files)
    return hull(windows) if windows else None


def _merged(old: System, new: System) -> System:
    windows = tuple(window for window in (old.telemetry, new.telemetry) if window is not None)
    return System(
        edges=_union(old.edges, new.edges),
        entry_services=_union(old.entry_services, new.entry_services),
        slis=_union(old.slis, new.slis),
        probes=_union(old.probes, new.probes),
        metric_step_s=new.metric_step_s if new.metric_step_s is not None else old.metric_step_s,
        changes_known=old.changes_known and new.changes_known,
        telemetry=hull(windows) if windows else None,
    )


def _union(old: tuple[Item, ...], new: tuple[Item, ...]) -> tuple[Item, ...]:
    return tuple(sorted(set(old) | set(new)))


def _with_rules(old: tuple[AlertRule, ...], told: tuple[AlertRule, ...], path: str) -> tuple[AlertRule, ...]:
    kept = (rule for rule in old if rule.origin != path)
    return tuple(sorted((*kept, *dict.fromkeys(told)), key=attrgetter("name", "severity", "expression", "origin")))


def _replaced(old: tuple[T, ...], new: T, key: Callable[[T], str]) -> tuple[T, ...]:
    others = (item for item in old if key(item) != key(new))
    return tuple(sorted((*others, new), key=key))
