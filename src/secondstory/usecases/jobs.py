"""Work that outlives its process: what runs, how far it is, stopping it, and who carries it out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from secondstory.access import Verb, may, require
from secondstory.model.actor import Actor
from secondstory.model.codec import decode, encode
from secondstory.model.errors import NotFound
from secondstory.ports import Handler, Job, Progress, World
from secondstory.texts import say
from secondstory.usecases import import_job
from secondstory.usecases.analyse import analyse, get_incident
from secondstory.usecases.import_summary import ImportSummary
from secondstory.usecases.import_telemetry import ImportRequest
from secondstory.usecases.incident_file import import_incident
from secondstory.usecases.uploads import forget_uploads

ANALYSE = "analyse"
INCIDENT_FILE = "incident file"


@dataclass(frozen=True)
class JobView:
    """A job as people see it; `total` 0 = not known. `subject`: the recording or incident that it is about; `result`
    says where what it gave can be read, below /api/v1."""

    id: str
    kind: str
    subject: str
    state: str
    step: str
    done: float
    total: float
    error: str
    started: datetime | None
    result: str | None


def list_jobs(actor: Actor, world: World) -> tuple[JobView, ...]:
    """The jobs that the actor may see, the newest first."""
    return tuple(_view(job) for job in reversed(world.jobs.all()) if _may_see(actor, job))


def get_job(actor: Actor, world: World, job_id: str) -> JobView:
    """One job. Raises NotFound."""
    return _view(_job(actor, world, job_id))


def cancel_job(actor: Actor, world: World, job_id: str) -> JobView:
    """Ask a job to stop; one that has ended stays as it is. Raises NotFound."""
    job = _job(actor, world, job_id)
    require(actor, Verb.ANALYSE if job.kind == ANALYSE else Verb.IMPORT, _incident_of(job))
    if job.state in ("waiting", "running"):
        world.jobs.cancel(job_id)
    return _view(_job(actor, world, job_id))


def submit_analysis(actor: Actor, world: World, incident_id: str, *, refresh: bool) -> JobView:
    """Queue an analysis. Raises NotFound."""
    require(actor, Verb.ANALYSE, incident_id)
    get_incident(world, incident_id)
    arguments = (("incident", incident_id), ("refresh", "yes" if refresh else ""))
    return _view(world.jobs.submit(ANALYSE, arguments))


def submit_import(actor: Actor, world: World, request: ImportRequest) -> JobView:
    """Queue an import."""
    return _view(import_job.submit_import(actor, world, request))


def submit_incident_file(actor: Actor, world: World, path: Path) -> JobView:
    """Queue reading an incident's file that `keep_upload` kept."""
    require(actor, Verb.OPEN_INCIDENT, None)
    return _view(world.jobs.submit(INCIDENT_FILE, (("path", str(path)),)))


def import_summary(actor: Actor, world: World, job_id: str) -> ImportSummary:
    """What an import job kept and what it did not. Raises NotFound where it has not ended well."""
    job = _job(actor, world, job_id)
    if job.kind != import_job.KIND or not job.result:
        raise NotFound(f"Job {job_id} has no summary: it is {job.state}.", "Look at the job's own state and error.")
    return decode(job.result.encode(), ImportSummary)


def handlers(actor: Actor, world: World) -> tuple[tuple[str, Handler], ...]:
    """Who carries out which kind of job."""

    def run_import(job: Job, progress: Progress) -> str:
        forget_uploads(world)
        return encode(import_job.carry_out(actor, world, job, progress).summary, ImportSummary).decode()

    def run_analysis(job: Job, progress: Progress) -> None:
        given, asked = dict(job.arguments), 0

        def told(_query: str) -> None:
            nonlocal asked
            asked += 1
            progress(say("web.analysing", count=asked), asked, 0)

        progress(say("web.analysing", count=asked), asked, 0)
        analyse(actor, world, given["incident"], refresh=bool(given["refresh"]), progress=told)

    def run_incident_file(job: Job, progress: Progress) -> str:
        forget_uploads(world)
        return import_incident(actor, world, Path(dict(job.arguments)["path"]), progress).incident

    return ((import_job.KIND, run_import), (ANALYSE, run_analysis), (INCIDENT_FILE, run_incident_file))


def _job(actor: Actor, world: World, job_id: str) -> Job:
    job = next((job for job in world.jobs.all() if job.id == job_id and _may_see(actor, job)), None)
    if job is None:
        raise NotFound(f"There is no job {job_id!r}.", "Look at the list of jobs.")
    return job


def _may_see(actor: Actor, job: Job) -> bool:
    return may(actor, Verb.READ, _incident_of(job))


def _incident_of(job: Job) -> str | None:
    return dict(job.arguments).get("incident")


def _view(job: Job) -> JobView:
    given = dict(job.arguments)
    result = None
    if job.state == "done":
        read = f"/incidents/{job.result if job.kind == INCIDENT_FILE else given.get('incident')}"
        result = f"/imports/{job.id}/summary" if job.kind == import_job.KIND else read
    return JobView(
        id=job.id,
        kind=job.kind,
        subject=given.get("incident") or given.get("recording") or "",
        state=job.state,
        step=job.step,
        done=job.done,
        total=job.total,
        error=job.error,
        started=job.submitted_at,
        result=result,
    )
