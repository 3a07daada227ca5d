"""The work queue: jobs with progress, cancel, and restart when their process is gone.

A running job holds a lease that its progress reports extend. When the process is killed the lease runs out and the next
worker takes the job up again; handlers therefore must be safe to run twice. A job that ended its process
`MOST_ATTEMPTS` times, as one does that needs more memory than there is, has failed.
"""

from __future__ import annotations

import json
from datetime import timedelta

import sqlalchemy as sa
from sqlalchemy.engine import Connection, Row

from secondstory.model.errors import JobCancelled, NotFound, SecondStoryError
from secondstory.model.window import format_time, parse_time
from secondstory.ports import Clock, Handler, Ids, Job, Progress
from secondstory.records.database import Database
from secondstory.records.tables import JOBS
from secondstory.texts import say

LEASE = timedelta(seconds=30)
MOST_ATTEMPTS = 3
Handlers = tuple[tuple[str, Handler], ...]


class SqlJobs:
    """`ports.Jobs` and `ports.Worker` in a database."""

    def __init__(self, database: Database, clock: Clock, ids: Ids) -> None:
        self._database = database
        self._clock = clock
        self._ids = ids

    def submit(self, kind: str, arguments: tuple[tuple[str, str], ...]) -> Job:
        """Queue a job durably."""
        job = Job(self._ids.new("job"), kind, arguments, "waiting", "", 0.0, 0.0, "", 0, self._clock.now())
        row = {
            "id": job.id,
            "kind": kind,
            "arguments": json.dumps(arguments).encode(),
            "state": job.state,
            "step": "",
            "done": 0.0,
            "total": 0.0,
            "error": "",
            "attempts": 0,
            "cancel_asked": False,
            "submitted_at": format_time(job.submitted_at) if job.submitted_at else None,
            "result": "",
        }
        with self._database.write() as connection:
            connection.execute(sa.insert(JOBS).values(**row))
        return job

    def all(self) -> tuple[Job, ...]:
        """Every job, oldest first."""
        with self._database.read() as connection:
            return tuple(_job(row) for row in connection.execute(sa.select(JOBS).order_by(JOBS.c.id)))

    def cancel(self, job_id: str) -> None:
        """Ask a job to stop: a waiting one is cancelled at once, a running one at its next progress report."""
        with self._database.write() as connection:
            state = connection.scalar(sa.select(JOBS.c.state).where(JOBS.c.id == job_id))
            if state is None:
                raise NotFound(f"There is no job {job_id}.", "List the jobs with `secondstory doctor`.")
            values: dict[str, object] = {"cancel_asked": True}
            if state == "waiting":
                values["state"] = "cancelled"
            connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(**values))

    def run_until_idle(self, handlers: Handlers) -> int:
        """Take up and run jobs until none waits; how many ran."""
        ran = 0
        while (job := self._take(tuple(kind for kind, _ in handlers))) is not None:
            self._run(job, dict(handlers)[job.kind])
            ran += 1
        return ran

    def _take(self, kinds: tuple[str, ...]) -> Job | None:
        now = format_time(self._clock.now())
        free = sa.or_(JOBS.c.state == "waiting", sa.and_(JOBS.c.state == "running", JOBS.c.lease_until < now))
        query = sa.select(JOBS).where(free, JOBS.c.kind.in_(kinds)).order_by(JOBS.c.id).limit(1)
        with self._database.write() as connection:
            # SQLite's write transaction is exclusive; elsewhere the row is locked and other workers pass it by.
            while (row := connection.execute(query.with_for_update(skip_locked=True)).one_or_none()) is not None:
                if row.attempts < MOST_ATTEMPTS:
                    break
                _end(connection, row.id, "failed", say("jobs.process_ended", times=row.attempts, step=row.step or "–"))
            if row is None:
                return None
            self._update(connection, row.id, state="running", attempts=row.attempts + 1)
            return _job(connection.execute(sa.select(JOBS).where(JOBS.c.id == row.id)).one())

    def _run(self, job: Job, handler: Handler) -> None:
        try:
            result = handler(job, self._progress(job.id))
        except JobCancelled:
            self._finish(job.id, "cancelled", "")
        except KeyboardInterrupt:
            self._finish(job.id, "cancelled", "interrupted from the keyboard")
            raise
        except SecondStoryError as error:
            self._finish(job.id, "failed", str(error))
        except Exception as error:  # noqa: BLE001 - door: a job is run
            self._finish(job.id, "failed", f"{type(error).__name__}: {error}. This is a defect; please report it.")
        else:
            self._finish(job.id, "done", "", result or "")

    def _progress(self, job_id: str) -> Progress:
        def report(what: str, done: float, total: float) -> None:
            with self._database.write() as connection:
                if connection.scalar(sa.select(JOBS.c.cancel_asked).where(JOBS.c.id == job_id)):
                    raise JobCancelled(f"Job {job_id} was cancelled.", "What it had committed is kept.")
                self._update(connection, job_id, step=what, done=done, total=total)

        return report

    def _update(self, connection: Connection, job_id: str, **values: object) -> None:
        lease = format_time(self._clock.now() + LEASE)
        connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(lease_until=lease, **values))

    def _finish(self, job_id: str, state: str, error: str, result: str = "") -> None:
        with self._database.write() as connection:
            _end(connection, job_id, state, error, result)


def _end(connection: Connection, job_id: str, state: str, error: str, result: str = "") -> None:
    ended = {"state": state, "error": error, "result": result, "lease_until": None}
    connection.execute(sa.update(JOBS).where(JOBS.c.id == job_id).values(**ended))


def _job(row: Row[tuple[object, ...]]) -> Job:
    arguments = tuple((str(name), str(value)) for name, value in json.loads(row.arguments))
    submitted_at = parse_time(row.submitted_at) if row.submitted_at else None
    state = (row.state, row.step, row.done, row.total, row.error, row.attempts)
    return Job(row.id, row.kind, arguments, *state, submitted_at, row.result)
