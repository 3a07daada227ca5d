"""Jobs: what runs, how far it is, and stopping it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Path, Request
from pydantic import BaseModel, ConfigDict, StrictBool
from starlette.responses import Response

from secondstory.model.codec import canonical_json
from secondstory.usecases.import_summary import ImportSummary
from secondstory.usecases.jobs import JobView, cancel_job, get_job, import_summary, list_jobs, submit_analysis
from secondstory.web.answers import JSON, json_answer
from secondstory.web.declared import CHANGES, FINDS, READS, gives
from secondstory.web.routes.incidents import IncidentId
from secondstory.web.visit import Changing, Reading

ROUTER = APIRouter(tags=["jobs"])
JobId = Annotated[str, Path(max_length=200, description="The job's id.")]


@dataclass(frozen=True)
class JobList:
    """Jobs, the newest first."""

    jobs: tuple[JobView, ...]


@dataclass(frozen=True)
class Submitted:
    """The job that was queued."""

    job: JobView


class Analysis(BaseModel):
    """How to analyse: `refresh` asks the warehouse anew for evidence that is frozen already."""

    model_config = ConfigDict(extra="forbid")

    refresh: StrictBool = False


@ROUTER.get("/jobs", responses=gives(JobList, READS))
def jobs(request: Request, visit: Reading) -> Response:
    """All jobs, the newest first."""
    return json_answer(request, JobList(list_jobs(visit.actor, visit.world)))


@ROUTER.get("/jobs/{job}", responses=gives(JobView, FINDS))
def job(request: Request, visit: Reading, job: JobId) -> Response:
    """One job."""
    return json_answer(request, get_job(visit.actor, visit.world, job))


@ROUTER.delete("/jobs/{job}", status_code=202, responses=gives(JobView, CHANGES, 202, "It was asked to stop."))
def cancel(visit: Changing, job: JobId) -> Response:
    """Ask a job to stop. What it had committed is kept; a job that has ended stays as it is."""
    return Response(canonical_json(cancel_job(visit.actor, visit.world, job)), 202, media_type=JSON)


@ROUTER.post(
    "/incidents/{incident}/analyse", status_code=202, responses=gives(Submitted, CHANGES, 202, "The job is queued.")
)
def analyse(request: Request, visit: Changing, incident: IncidentId, how: Analysis) -> Response:
    """Analyse an incident, as a job."""
    return submitted(request, submit_analysis(visit.actor, visit.world, incident, refresh=how.refresh))


@ROUTER.get("/imports/{job}/summary", responses=gives(ImportSummary, FINDS))
def summary(request: Request, visit: Reading, job: JobId) -> Response:
    """What an import kept and what it did not, file by file."""
    return json_answer(request, import_summary(visit.actor, visit.world, job))


def submitted(request: Request, view: JobView) -> Response:
    """The answer to what is done later; the queue is woken."""
    request.app.state.wake()
    return Response(canonical_json(Submitted(view)), 202, {"Location": f"/api/v1/jobs/{view.id}"}, media_type=JSON)
