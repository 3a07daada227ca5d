"""Collect telemetry from a running server: its slices are fetched to files, and the files imported like any others.

A slice is kept on disk as soon as it is whole, so a collection that was stopped goes on with the next one. What does
not come is a gap of the recording; what came is imported whatever else failed.
"""

from __future__ import annotations

import shutil
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import content_hash
from secondstory.model.errors import BadInput, Unavailable
from secondstory.model.gap import Gap, GapReason
from secondstory.model.segment import Recording
from secondstory.model.subject import subject_key
from secondstory.model.system import System
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window, hull
from secondstory.ports import CollectorExtension, Progress, Remote, Wanted, World
from secondstory.texts import say
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path
from secondstory.usecases.import_telemetry.blocks import Failure, run_source

T = TypeVar("T")


@dataclass(frozen=True)
class Collection:
    """What to collect by what from where, into which recording."""

    collector: CollectorExtension
    server: str  # to tell servers apart by
    remote: Remote
    wanted: Wanted
    recording: str


@dataclass(frozen=True)
class Collected:
    """What came of it; `imported` None = nothing could be fetched."""

    imported: ImportResult | None
    slices: int  # that hold something
    missing: tuple[Gap, ...]


@dataclass(frozen=True)
class _Missed:
    name: str
    window: Window
    reason: str


def collect(actor: Actor, world: World, collection: Collection, progress: Progress) -> Collected:
    """Fetch all slices, then import them; what a server fails to give is a gap.

    Raises BadInput on what the collector cannot ask, and JobCancelled, raised by `progress`, with all slices kept.
    """
    require(actor, Verb.IMPORT, None)
    identity = content_hash([collection.collector.name, collection.server, collection.wanted])[:16]
    folder = world.data_dir / "collected" / identity
    folder.mkdir(parents=True, exist_ok=True)
    missed = list(_fetched(collection, folder, progress))
    missing = _gaps(collection, identity, missed)
    _remember(world, collection, identity, missing)
    for left in folder.glob("*.part"):
        left.unlink()
    count = len(list(folder.iterdir()))
    request = ImportRequest(folder, collection.recording)
    imported = import_path(actor, world, request, progress) if count else None
    shutil.rmtree(folder)
    return Collected(imported, count, missing)


def _fetched(collection: Collection, folder: Path, progress: Progress) -> Iterator[_Missed]:
    """Fetch what is not in the folder yet; what does not come is given back."""
    slices = collection.collector.slices(collection.remote, collection.wanted)
    count = 0
    while (piece := _tried(lambda: next(slices, None))) is not None:
        if isinstance(piece, Failure):
            yield _Missed(collection.server, collection.wanted.window, piece.said)
            return
        count += 1
        progress(say("collecting.fetching", part=piece.name), count, 0)
        path = folder / piece.name
        if path.exists():
            continue
        data = _tried(piece.fetch)
        if isinstance(data, Failure):
            yield _Missed(piece.name, piece.window, data.said)
        elif data:
            _keep(path, data)


def _keep(path: Path, data: bytes) -> None:
    aside = path.with_name(path.name + ".part")
    aside.write_bytes(data)
    aside.replace(path)


def _tried(work: Callable[[], T]) -> T | Failure:
    """What a collector gives, or why it does not. Raises BadInput where the request itself is wrong."""

    def told() -> T | Failure | BadInput:
        try:
            return work()
        except Unavailable as error:
            return Failure(str(error))
        except BadInput as error:
            return error

    done = run_source(told)
    if isinstance(done, BadInput):
        raise done
    return done


def _gaps(collection: Collection, identity: str, missed: list[_Missed]) -> tuple[Gap, ...]:
    """One gap a reason, over all the slices that it cost."""
    by_reason: dict[str, list[_Missed]] = defaultdict(list)
    for miss in missed:
        by_reason[miss.reason].append(miss)
    name = collection.collector.name
    gaps = []
    for number, (reason, misses) in enumerate(by_reason.items(), 1):
        detail = say("collecting.missing", count=len(misses), collector=name, first=misses[0].name, reason=reason)
        window = hull(tuple(miss.window for miss in misses))
        gaps.append(
            Gap(subject_key("gap", "collected", name, identity, str(number)), name, window, GapReason.FAILED, detail)
        )
    return tuple(gaps)


def _remember(world: World, collection: Collection, identity: str, missing: tuple[Gap, ...]) -> None:
    """The recording with the gaps of this collection in place of those of the same one before."""
    known = world.recordings.get(collection.recording) or Recording(collection.recording, Mapping(), System())
    prefix = subject_key("gap", "collected", collection.collector.name, identity) + "/"
    kept = [gap for gap in known.gaps if not gap.key.startswith(prefix)]
    step_s = max(collection.wanted.step_s, known.system.metric_step_s or 0)
    gaps = tuple(sorted((*kept, *missing), key=lambda gap: gap.key))
    world.recordings.save(replace(known, gaps=gaps, system=replace(known.system, metric_step_s=step_s)))
