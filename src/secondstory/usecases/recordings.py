"""Recordings: what each holds, which label means what in it, and reading its files again under another meaning."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode
from secondstory.model.errors import NotFound
from secondstory.model.gap import Gap
from secondstory.model.query import CoverageQuery
from secondstory.model.segment import Recording, Segment
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window, hull
from secondstory.ports import Job, World
from secondstory.usecases.import_job import KIND, import_request
from secondstory.usecases.import_summary import ImportSummary, RowCount
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.jobs import JobView, submit_import
from secondstory.usecases.not_kept import segments_here
from secondstory.usecases.preview_import import LabelUse, ServiceName, corrected


@dataclass(frozen=True)
class SourceItem:
    """A format that can be read."""

    name: str
    summary: str


@dataclass(frozen=True)
class RecordingItem:
    """A recording; `window` null where it holds no rows. `services` are those of the rows that are here."""

    name: str
    rows: tuple[RowCount, ...]
    window: Window | None
    rejected_rows: int
    gaps: tuple[Gap, ...]
    services: tuple[str, ...]
    missing_rows: int = 0  # of `rows`, those that are not kept here any more, or never were


@dataclass(frozen=True)
class Alias:
    """A service's other name."""

    seen: str
    meant: str


@dataclass(frozen=True)
class MappingView:
    """Which labels become what. `labels` and `services` are from the last import that looked; `readable_again`: the
    files are still there. `jobs` read them anew."""

    recording: str
    mapping: Mapping
    labels: tuple[LabelUse, ...]
    services: tuple[ServiceName, ...]
    readable_again: bool
    jobs: tuple[JobView, ...]


@dataclass(frozen=True)
class Correction:
    """Labels of some columns replaced, and aliases added; an alias of a name to itself takes an earlier one back."""

    labels: tuple[tuple[str, tuple[str, ...]], ...]
    aliases: tuple[tuple[str, str], ...]


def list_sources(actor: Actor, world: World) -> tuple[SourceItem, ...]:
    """The formats that can be read from files."""
    require(actor, Verb.IMPORT, None)
    return tuple(SourceItem(source.name, source.summary) for source in world.sources)


def list_recordings(actor: Actor, world: World) -> tuple[RecordingItem, ...]:
    """All recordings, by name."""
    require(actor, Verb.READ, None)
    found = (world.recordings.get(name) for name in world.recordings.names())
    return tuple(_item(world, recording) for recording in found if recording is not None)


def read_mapping(actor: Actor, world: World, name: str) -> MappingView:
    """Which labels become what in a recording. Raises NotFound."""
    require(actor, Verb.READ, None)
    recording = _recording(world, name)
    return _mapping_view(world, recording, ())


def correct_mapping(actor: Actor, world: World, name: str, correction: Correction) -> MappingView:
    """Remember a correction, and read the recording's files again as far as they are still there.

    Raises NotFound, and BadInput on an unknown column or an empty name.
    """
    require(actor, Verb.IMPORT, None)
    recording = _recording(world, name)
    mapping = corrected(recording.mapping, correction.labels, correction.aliases)
    recording = replace(recording, mapping=mapping)
    world.recordings.save(recording)
    jobs = tuple(submit_import(actor, world, ImportRequest(path, name, mapping)) for path in _paths(world, name))
    return _mapping_view(world, recording, jobs)


def _recording(world: World, name: str) -> Recording:
    recording = world.recordings.get(name)
    if recording is None:
        known = ", ".join(world.recordings.names()) or "none yet"
        raise NotFound(f"There is no recording {name!r}.", f"Known recordings: {known}.")
    return recording


def _item(world: World, recording: Recording) -> RecordingItem:
    segments = world.catalogue.segments((recording.name,))
    rows = Counter[str]()
    for segment in segments:
        rows.update({file.table: file.rows for file in segment.files})
    here = segments_here(world, segments)
    stretches = tuple(file.window for segment in segments for file in segment.files)
    window = hull(stretches) if stretches else None
    return RecordingItem(
        name=recording.name,
        rows=tuple(RowCount(table, count) for table, count in sorted(rows.items())),
        window=window,
        rejected_rows=sum(segment.rejected_rows for segment in segments),
        gaps=recording.gaps,
        services=_services(world, recording.name, window, here) if window is not None and here else (),
        missing_rows=sum(file.rows for one in segments if one not in here for file in one.files),
    )


@lru_cache(maxsize=64)
def _services(world: World, name: str, window: Window, segments: tuple[Segment, ...]) -> tuple[str, ...]:
    coverage = world.warehouse.run(CoverageQuery((name,), window), segments)
    return tuple(sorted({service for service in coverage.texts("service") if service}))


def _mapping_view(world: World, recording: Recording, jobs: tuple[JobView, ...]) -> MappingView:
    told = [job.result for job in _imports(world, recording.name) if job.result]
    summaries = [decode(result.encode(), ImportSummary) for result in told[-1:]]
    return MappingView(
        recording=recording.name,
        mapping=recording.mapping,
        labels=summaries[0].labels if summaries else (),
        services=summaries[0].services if summaries else (),
        readable_again=bool(_paths(world, recording.name)),
        jobs=jobs,
    )


def _imports(world: World, name: str) -> tuple[Job, ...]:
    return tuple(job for job in world.jobs.all() if job.kind == KIND and import_request(job).recording == name)


def _paths(world: World, name: str) -> tuple[Path, ...]:
    """Where the recording was imported from, as far as that is still there."""
    paths = dict.fromkeys(import_request(job).path for job in _imports(world, name))
    return tuple(path for path in paths if path.exists())
