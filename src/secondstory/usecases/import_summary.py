"""What an import kept and what it did not, file by file, as it is kept with its job."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.gap import Gap
from secondstory.model.incident import Incident
from secondstory.model.segment import Segment
from secondstory.model.telemetry import Mapping
from secondstory.ports import World
from secondstory.usecases.import_telemetry import ImportedFile, ImportResult
from secondstory.usecases.preview_import import ImportPreview, LabelUse, ServiceName


@dataclass(frozen=True)
class RowCount:
    """Rows of a table."""

    table: str
    rows: int


@dataclass(frozen=True)
class RejectedRows:
    """Rows that could not be read: where the first of them is, why, how many."""

    line: int
    reason: str
    count: int


@dataclass(frozen=True)
class FileSummary:
    """One file. `source` null = no source knows it; `known_blocks` were in the recording already."""

    path: str
    source: str | None
    rows: tuple[RowCount, ...]
    kept: int
    known_blocks: int
    rejects: tuple[RejectedRows, ...]
    unmapped_rows: int
    failures: tuple[str, ...]


@dataclass(frozen=True)
class FoundIncident:
    """An incident that the files describe."""

    id: str
    title: str


@dataclass(frozen=True)
class ImportSummary:
    """An import as a whole. `labels` and `services` say which label became what, where the files were looked at first;
    `note` why an incident that they describe could not be opened."""

    recording: str
    files: tuple[FileSummary, ...]
    gaps: tuple[Gap, ...]
    redactions: tuple[tuple[str, int], ...]
    mapping: Mapping
    labels: tuple[LabelUse, ...]
    services: tuple[ServiceName, ...]
    incidents: tuple[FoundIncident, ...]
    note: str
    seconds: float


def summed_up(
    world: World, result: ImportResult, incidents: tuple[Incident, ...], note: str, preview: ImportPreview | None
) -> ImportSummary:
    """The summary of an import that has ended."""
    segments = world.catalogue.segments((result.recording,))
    recording = world.recordings.get(result.recording)
    return ImportSummary(
        recording=result.recording,
        files=tuple(_file(file, segments) for file in result.files),
        gaps=result.gaps,
        redactions=result.redactions,
        mapping=recording.mapping if recording is not None else Mapping(),
        labels=preview.labels if preview else (),
        services=preview.services if preview else (),
        incidents=tuple(FoundIncident(incident.id, incident.title) for incident in incidents),
        note=note,
        seconds=result.seconds,
    )


def _file(file: ImportedFile, segments: tuple[Segment, ...]) -> FileSummary:
    rejecting = [each for each in segments if each.path == file.path and each.rejected_reason]
    return FileSummary(
        path=file.path,
        source=file.source,
        rows=tuple(RowCount(table, rows) for table, rows in file.rows),
        kept=sum(rows for _, rows in file.rows),
        known_blocks=file.blocks_recognised,
        rejects=tuple(
            RejectedRows(each.rejected_line, each.rejected_reason, each.rejected_rows)
            for each in sorted(rejecting, key=lambda each: each.first_line)
        ),
        unmapped_rows=file.unmapped_rows,
        failures=file.failures,
    )
