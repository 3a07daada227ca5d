"""Imports as jobs: they tell how far they are, can be cancelled, and go on when their process was killed."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from secondstory.access import Verb, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.errors import BadInput, JobCancelled, SecondStoryError
from secondstory.model.telemetry import Mapping
from secondstory.ports import Job, Progress, World
from secondstory.usecases.import_summary import ImportSummary, summed_up
from secondstory.usecases.import_telemetry import ImportRequest, ImportResult, import_path
from secondstory.usecases.open_incident import open_seeds
from secondstory.usecases.preview_import import preview_import
from secondstory.usecases.uploads import is_upload

KIND = "import"


def import_as_job(actor: Actor, world: World, request: ImportRequest, progress: Progress) -> ImportResult:
    """Queue an import and run it, and with it every import that an earlier process left unfinished.

    Raises JobCancelled where it was cancelled, and SecondStoryError with what the job says where it failed.
    """
    require(actor, Verb.IMPORT, None)
    job = world.jobs.submit(KIND, arguments_of(request))
    results: dict[str, ImportResult] = {}

    def run(each: Job, report: Progress) -> str:
        def both(what: str, done: float, total: float) -> None:
            report(what, done, total)
            progress(what, done, total)

        done = carry_out(actor, world, each, both)
        results[each.id] = done.result
        return encode(done.summary, ImportSummary).decode()

    world.worker.run_until_idle(((KIND, run),))
    if job.id in results:
        return results[job.id]
    ended = next(each for each in world.jobs.all() if each.id == job.id)
    if ended.state == "cancelled":
        raise JobCancelled(f"The import of {request.path} was cancelled.", "What it had committed is kept.")
    raise SecondStoryError(f"The import of {request.path} {ended.state}: {ended.error}")


@dataclass(frozen=True)
class Imported:
    """What an import gave: to the caller, and to be kept with the job."""

    result: ImportResult
    summary: ImportSummary


def submit_import(actor: Actor, world: World, request: ImportRequest) -> Job:
    """Queue an import for whoever works the queue."""
    require(actor, Verb.IMPORT, None)
    return world.jobs.submit(KIND, arguments_of(request))


def carry_out(actor: Actor, world: World, job: Job, progress: Progress) -> Imported:
    """Run an import job: import, open the incidents that it describes, and sum up what was kept and what was not."""
    request = import_request(job)
    preview = preview_import(actor, world, request, progress) if is_upload(world, request.path) else None
    result = import_path(actor, world, request, progress)
    try:
        incidents, note = open_seeds(actor, world, request.recording) if result.was_read else (), ""
    except BadInput as error:  # what was read is kept; a person decides about the incident
        incidents, note = (), f"{error.what} {error.next_step}"
    return Imported(result, summed_up(world, result, incidents, note, preview))


def arguments_of(request: ImportRequest) -> tuple[tuple[str, str], ...]:
    """A request as the queue keeps it."""
    named = (("path", str(request.path.resolve())), ("recording", request.recording))
    if request.mapping is None:
        return named
    return (*named, ("mapping", encode(request.mapping, Mapping).decode()))


def import_request(job: Job) -> ImportRequest:
    """What an import job was asked."""
    arguments = dict(job.arguments)
    given = arguments.get("mapping")
    mapping = decode(given.encode(), Mapping) if given else None
    return ImportRequest(Path(arguments["path"]), arguments["recording"], mapping)
