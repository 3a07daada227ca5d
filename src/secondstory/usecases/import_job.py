"""Imports as jobs: they tell how far they are, can be cancelled, and go on when their process was killed."""

from __future__ import annotations

from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.errors import JobCancelled, SecondStoryError
from secondstory.model.telemetry import Mapping
from secondstory.ports import Job, Progress, World
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path

KIND = "import"


def import_as_job(actor: Actor, world: World, request: ImportRequest, progress: Progress) -> ImportResult:
    """Queue an import and run it, and with it every import that an earlier process left unfinished.

    Raises JobCancelled where it was cancelled, and SecondStoryError with what the job says where it failed.
    """
    require(actor, Verb.IMPORT, None)
    job = world.jobs.submit(KIND, arguments_of(request))
    results: dict[str, ImportResult] = {}

    def run(each: Job, report: Progress) -> None:
        def both(what: str, done: float, total: float) -> None:
            report(what, done, total)
            progress(what, done, total)

        results[each.id] = import_path(actor, world, request_of(each), both)

    world.worker.run_until_idle(((KIND, run),))
    if job.id in results:
        return results[job.id]
    ended = next(each for each in world.jobs.all() if each.id == job.id)
    if ended.state == "cancelled":
        raise JobCancelled(f"The import of {request.path} was cancelled.", "What it had committed is kept.")
    raise SecondStoryError(f"The import of {request.path} {ended.state}: {ended.error}")


def arguments_of(request: ImportRequest) -> tuple[tuple[str, str], ...]:
    """A request as the queue keeps it."""
    mapping = () if request.mapping is None else (("mapping", encode(request.mapping, Mapping).decode()),)
    return (("path", str(request.path.resolve())), ("recording", request.recording), *mapping)


def request_of(job: Job) -> ImportRequest:
    """What `arguments_of` kept."""
    arguments = dict(job.arguments)
    mapping = decode(arguments["mapping"].encode(), Mapping) if "mapping" in arguments else None
    return ImportRequest(Path(arguments["path"]), arguments["recording"], mapping)
