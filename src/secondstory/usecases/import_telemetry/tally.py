"""What an import did with each file, to the result that a person sees."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from secondstory.model.gap import Gap
from secondstory.model.segment import Recording, Segment


@dataclass(frozen=True)
class ImportedFile:
    """One file of an import. `source` is None where no source knows it."""

    path: str
    source: str | None
    rows: tuple[tuple[str, int], ...]  # (table, rows added), sorted
    blocks_added: int
    blocks_recognised: int  # already in the recording, or equal to another file of this import
    rejected_rows: int
    unmapped_rows: int
    failures: tuple[str, ...]

    @property
    def was_read(self) -> bool:
        """True where the file gave something: rows now or before, or a whole file of definitions."""
        given = bool(self.rows) or self.blocks_recognised > 0
        return given or (bool(self.source) and not self.failures and not self.rejected_rows)


@dataclass(frozen=True)
class ImportResult:
    """All that an import added; `gaps` are those of the whole recording, earlier imports included."""

    recording: str
    files: tuple[ImportedFile, ...]
    rows: tuple[tuple[str, int], ...]  # (table, rows added), sorted
    redactions: tuple[tuple[str, int], ...]  # (what, how many), sorted
    gaps: tuple[Gap, ...]
    seconds: float

    @property
    def was_read(self) -> bool:
        """True where any file gave something; otherwise there may be no such recording."""
        return any(file.was_read for file in self.files)

    def warnings(self) -> tuple[str, ...]:
        """What this import could not read and what the recording lacks, a sentence each."""
        failures = [failure for file in self.files for failure in file.failures]
        return tuple(dict.fromkeys([*failures, *(gap.detail for gap in self.gaps)]))


@dataclass
class Tally:
    """A file's counts while it is imported."""

    path: str
    source: str | None = None
    rows: Counter[str] = field(default_factory=Counter)
    redactions: Counter[str] = field(default_factory=Counter)
    blocks_added: int = 0
    blocks_recognised: int = 0
    rejected_rows: int = 0
    unmapped_rows: int = 0
    failures: list[str] = field(default_factory=list)

    def add(self, segment: Segment) -> None:
        """Count a segment that became visible."""
        self.rows.update({file.table: file.rows for file in segment.files})
        self.redactions.update(dict(segment.redactions))
        self.blocks_added += 1
        self.rejected_rows += segment.rejected_rows
        self.unmapped_rows += segment.unmapped_rows


def result(recording: Recording, tallies: dict[str, Tally], seconds: float) -> ImportResult:
    """The sum of all files."""
    files = tuple(
        ImportedFile(
            path=tally.path,
            source=tally.source,
            rows=tuple(sorted(tally.rows.items())),
            blocks_added=tally.blocks_added,
            blocks_recognised=tally.blocks_recognised,
            rejected_rows=tally.rejected_rows,
            unmapped_rows=tally.unmapped_rows,
            failures=tuple(tally.failures),
        )
        for tally in tallies.values()
    )
    rows = sum((tally.rows for tally in tallies.values()), Counter[str]())
    redactions = sum((tally.redactions for tally in tallies.values()), Counter[str]())
    return ImportResult(
        recording.name, files, tuple(sorted(rows.items())), tuple(sorted(redactions.items())), recording.gaps, seconds
    )
