"""Import telemetry: files below a path become segments of a recording, what they told of the system becomes facts.

Blocks are read and stored by a few threads, a bounded number ahead, and made visible in the order of the file. A block
that the catalogue knows is not read again, so an import that was killed or cancelled goes on where it stopped.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.gap import Gap
from secondstory.model.person import person_key
from secondstory.model.segment import Privacy, Recording, Segment
from secondstory.model.system import System
from secondstory.model.telemetry import Mapping
from secondstory.ports import Progress, World
from secondstory.texts import say
from secondstory.usecases.import_telemetry.blocks import (
    Broken,
    Done,
    Sourced,
    Task,
    beside_of,
    cut,
    persons_in,
    read_and_store,
    recognised,
    stored,
)
from secondstory.usecases.import_telemetry.chain import Known, anew_id, reading, segment_id
from secondstory.usecases.import_telemetry.facts import (
    in_clean_words,
    unread_gap,
    with_facts,
    with_gaps,
    with_trace_gaps,
)
from secondstory.usecases.import_telemetry.files import FoundFile, Reading, found_files
from secondstory.usecases.import_telemetry.tally import ImportedFile, ImportResult, Tally, result
from secondstory.usecases.not_kept import segments_here

__all__ = ["ImportRequest", "ImportResult", "ImportedFile", "import_path"]

# Two threads beside the one that cuts keep two cores busy. Memory is the blocks in flight, whatever the size of the
# import: 10 million log lines peak at 600 MB, 240 of them loaded libraries. Arrow's own pool stays below 100 MB, and
# mimalloc (its default), jemalloc and the system's allocator come out alike, so none is forced.
_THREADS = 2
_BLOCKS_AHEAD = 3
_TELL_EVERY = timedelta(seconds=0.3)


@dataclass(frozen=True)
class ImportRequest:
    """What to import into which recording. `mapping` None = the recording's own, or the usual labels."""

    path: Path
    recording: str
    mapping: Mapping | None = None


def import_path(actor: Actor, world: World, request: ImportRequest, progress: Progress) -> ImportResult:
    """Import a file or all files below a folder; what cannot be read is in the result and a gap of the recording.

    Raises BadInput where the path cannot be read, and JobCancelled, raised by `progress`, with all that was made
    visible until then kept.
    """
    require(actor, Verb.IMPORT, None)
    began = world.clock.now()
    files = found_files(request.path)
    work = _Import(world, request, progress, files)
    try:
        work.run()
    finally:
        recording = work.settle_gaps()
    return result(recording, work.tallies, (world.clock.now() - began).total_seconds())


class _Import:
    """One run of an import; the database is touched by the calling thread alone."""

    def __init__(self, world: World, request: ImportRequest, progress: Progress, files: tuple[FoundFile, ...]) -> None:
        self._world, self._progress, self._files = world, progress, files
        self._name = request.recording
        known = world.recordings.get(self._name)
        mapping = request.mapping or (known.mapping if known else Mapping())
        self._mapping = mapping
        self._recording = replace(known, mapping=mapping) if known else Recording(self._name, mapping, System())
        # What was given up is read again like what was never here.
        self._known = Known(segments_here(world, world.catalogue.segments((self._name,))))
        self._kept = False
        self._claimed: set[str] = set()
        self._beside: dict[str, tuple[bytes, ...]] = {}
        self._unread: list[Gap] = []
        self._bytes_before, self._bytes_total = 0, sum(file.length for file in files)
        self._reading: Reading | None = None
        self._told: datetime | None = None
        self.tallies = {file.name: Tally(file.name) for file in files}

    def run(self) -> None:
        """Read all files, those that name persons first, and these only once all their names are known."""
        sourced = []
        for file in self._files:
            self._tell(file.name)
            sourced.append(recognised(file, self._world.sources, self._mapping))
        self._beside = beside_of(sourced)
        telling = [item for item in sourced if item.tells_people]
        for item in telling:
            self._tell(item.file.name)
            for people in persons_in(item, self._name, self._mapping):
                self._seal(people)
        self._import_files(telling)
        self._import_files([item for item in sourced if not item.tells_people])
        self._take_out_new_names()

    def settle_gaps(self) -> Recording:
        """Save the recording with the gaps that are left as of now; where nothing was ever read there is none."""
        segments = self._world.catalogue.segments((self._name,))
        tried = frozenset(self.tallies)
        if any(tally.rows["spans"] or tally.blocks_recognised for tally in self.tallies.values()):
            here = segments_here(self._world, segments)
            self._recording = with_trace_gaps(self._recording, here, self._world.warehouse)
        recording = with_gaps(self._recording, segments, tried, tuple(self._unread))
        self._recording = self._in_clean_words(recording)  # by now more persons may be known than when it was told
        if segments or self._world.recordings.get(self._name) is not None:
            self._world.recordings.save(self._recording)
        return self._recording

    def _import_files(self, files: list[Sourced]) -> None:
        privacy = self._privacy()
        waiting: deque[tuple[Task, Future[Done | Broken]]] = deque()
        with ThreadPoolExecutor(_THREADS, "import") as pool, ExitStack() as leaving:
            leaving.callback(pool.shutdown, cancel_futures=True)  # what waits is not begun once an import is stopped
            for task in self._tasks(files):
                work = pool.submit(read_and_store, task, self._mapping, self._world.warehouse, privacy)
                waiting.append((task, work))
                if len(waiting) >= _BLOCKS_AHEAD:
                    self._settle(*waiting.popleft())
            while waiting:
                self._settle(*waiting.popleft())

    def _tasks(self, files: list[Sourced]) -> Iterator[Task]:
        for sourced in files:
            self._reading = Reading(sourced.file)
            self._tell(sourced.file.name)
            if sourced.source is None or sourced.error:
                self._refuse(sourced)
            else:
                yield from self._tasks_of(sourced, self._reading)
            self._bytes_before += sourced.file.length
            self._reading = None

    def _tasks_of(self, sourced: Sourced, progressing: Reading) -> Iterator[Task]:
        source, name = sourced.source, sourced.file.name
        assert source is not None
        tally = self.tallies[name]
        tally.source = source.name
        beside = self._beside.get(name, ())
        read_as = reading(source.name, self._mapping, self._world.code_version, beside)
        for piece in cut(sourced, source, progressing, self._name):
            self._tell(name)
            if isinstance(piece, Broken):
                self._break(sourced, piece)
                continue
            block, place = piece
            ident = segment_id(place, read_as)
            if ident in self._claimed or self._known.has(place, ident):
                tally.blocks_recognised += 1
                continue
            self._claimed.add(ident)
            yield Task(sourced, source, replace(block, beside=beside), place, ident)

    def _settle(self, task: Task, work: Future[Done | Broken]) -> None:
        while not wait((work,), timeout=_TELL_EVERY.total_seconds()).done:
            self._tell(task.sourced.file.name)
        done = work.result()
        if isinstance(done, Broken):
            self._break(task.sourced, done)
            return
        if done.segment is None:
            self._seal(done.people)
            done = stored(task, done, self._world.warehouse, self._privacy())
        if done.segment is not None:
            self._commit(task, done, done.segment)

    def _commit(self, task: Task, done: Done, segment: Segment) -> None:
        if done.facts:  # before the segment, which says that the block is dealt with
            self._recording = self._in_clean_words(with_facts(self._recording, done.facts, segment.path))
            self._world.recordings.save(self._recording)
        elif not self._kept:  # segments are of a recording that is known, also where the process ends here
            self._world.recordings.save(self._recording)
        self._kept = True
        known = self._known
        replaced = known.same(task.place) or known.shorter(task.place, task.block.data, segment.source, segment.path)
        self._world.catalogue.commit(self._name, segment, replaced.id if replaced else None)
        known.add(segment, replaced)
        if replaced is not None:
            self._world.files.remove(tuple(file.path for file in replaced.files))
        self.tallies[segment.path].add(segment)

    def _take_out_new_names(self) -> None:
        """What was stored when fewer persons were known, by this import or an earlier one, may still name them."""
        privacy = self._privacy()
        for segment in segments_here(self._world, self._world.catalogue.segments((self._name,))):
            if segment.people_known == len(privacy.people):
                continue
            self._tell(segment.path)
            anew = self._world.redactor.anew(segment, anew_id(segment, len(privacy.people)), privacy)
            self._world.catalogue.commit(self._name, anew, segment.id)
            if anew.id != segment.id:
                self._world.files.remove(tuple(file.path for file in segment.files))

    def _refuse(self, sourced: Sourced) -> None:
        name, source = sourced.file.name, sourced.source.name if sourced.source else "import"
        key = "imports.unreadable" if sourced.error else "imports.not_recognised"
        self._fail(name, source, say(key, path=name, error=sourced.error))

    def _break(self, sourced: Sourced, broken: Broken) -> None:
        name, source = sourced.file.name, sourced.source.name if sourced.source else "import"
        sentence = say("imports.source_failed", source=source, path=name, line=broken.line, error=broken.error)
        self._fail(name, source, sentence)

    def _fail(self, name: str, source: str, sentence: str) -> None:
        self.tallies[name].failures.append(sentence)
        self._unread.append(unread_gap(source, name, sentence))

    def _seal(self, people: tuple[str, ...]) -> None:
        known = {person_key(name) for name, _ in self._world.sealed.people()}
        for person in people:
            if person_key(person) not in known:
                self._world.sealed.token(person, "responder")
                known.add(person_key(person))

    def _in_clean_words(self, recording: Recording) -> Recording:
        privacy = self._privacy()
        return in_clean_words(recording, lambda texts: self._world.redactor.sentences(texts, privacy))

    def _privacy(self) -> Privacy:
        return Privacy(self._world.sealed.people(), self._world.sealed.user_key())

    def _tell(self, name: str) -> None:
        now = self._world.clock.now()
        if self._told is not None and now - self._told < _TELL_EVERY:
            return
        self._told = now
        done = self._bytes_before + (self._reading.done if self._reading else 0)
        self._progress(say("imports.reading", path=name), done, self._bytes_total)
