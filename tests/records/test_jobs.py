"""Jobs: progress, cancel, failure that is told, and restart when their process was killed."""

import subprocess
import sys
from datetime import UTC, datetime, timedelta

import pytest

from secondstory.model.errors import BadInput, NotFound
from secondstory.ports import Job, Progress
from secondstory.records.database import Database
from secondstory.records.jobs import LEASE, SqlJobs


class HandClock:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.time = datetime(2026, 1, 1, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time


class Counter:
    """Ids in order."""

    def __init__(self) -> None:
        self.count = 0

    def new(self, prefix: str) -> str:
        self.count += 1
        return f"{prefix}-{self.count:03}"


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def jobs(database: Database, clock: HandClock) -> SqlJobs:
    return SqlJobs(database, clock, Counter())


def test_a_job_runs_once_and_tells_how_far_it_came(jobs: SqlJobs) -> None:
    seen: list[tuple[str, str]] = []

    def handle(job: Job, progress: Progress) -> None:
        seen.extend(job.arguments)
        progress("reading", 3, 10)

    jobs.submit("import", (("path", "x"), ("name", "é")))
    assert jobs.run_until_idle((("import", handle),)) == 1
    assert jobs.run_until_idle((("import", handle),)) == 0
    assert seen == [("path", "x"), ("name", "é")]
    (job,) = jobs.all()
    assert (job.state, job.step, job.done, job.total, job.attempts) == ("done", "reading", 3.0, 10.0, 1)


def test_jobs_run_in_the_order_they_came_and_unknown_kinds_wait(jobs: SqlJobs) -> None:
    ran: list[str] = []
    for kind in ("b", "a", "unknown", "b"):
        jobs.submit(kind, ())
    handlers = tuple((kind, lambda job, _progress: ran.append(job.id)) for kind in ("a", "b"))
    assert jobs.run_until_idle(handlers) == 3
    assert ran == ["job-001", "job-002", "job-004"]
    assert [job.state for job in jobs.all()] == ["done", "done", "waiting", "done"]


def test_a_failing_job_keeps_its_error_and_stops_no_other(jobs: SqlJobs) -> None:
    def fail(job: Job, _progress: Progress) -> None:
        raise {"job-001": BadInput("Line 7 is no JSON.", "Mend it."), "job-002": ZeroDivisionError("x")}[job.id]

    jobs.submit("fails", ())
    jobs.submit("fails", ())
    assert jobs.run_until_idle((("fails", fail),)) == 2
    first, second = jobs.all()
    assert (first.state, first.error) == ("failed", "Line 7 is no JSON. Mend it.")
    assert second.error == "ZeroDivisionError: x. This is a defect; please report it."


def test_a_running_job_stops_at_its_next_report_once_it_is_cancelled(jobs: SqlJobs) -> None:
    steps: list[int] = []

    def handle(job: Job, progress: Progress) -> None:
        for step in range(5):
            progress("step", step, 5)
            steps.append(step)
            if step == 1:
                jobs.cancel(job.id)

    jobs.submit("long", ())
    jobs.run_until_idle((("long", handle),))
    assert steps == [0, 1]
    assert jobs.all()[0].state == "cancelled"


def test_a_waiting_job_is_cancelled_at_once_and_a_missing_one_is_named(jobs: SqlJobs) -> None:
    job = jobs.submit("long", ())
    jobs.cancel(job.id)
    assert jobs.all()[0].state == "cancelled"
    with pytest.raises(NotFound, match="no job job-999"):
        jobs.cancel("job-999")


class Killed(BaseException):
    """Ends a process before the queue hears of it."""


def test_a_job_that_ends_its_process_three_times_has_failed_and_others_go_on(jobs: SqlJobs, clock: HandClock) -> None:
    def end(_job: Job, progress: Progress) -> None:
        progress("reading huge.json", 1, 2)
        raise Killed

    jobs.submit("import", ())
    for _ in range(3):
        with pytest.raises(Killed):
            jobs.run_until_idle((("import", end),))
        clock.time += LEASE + timedelta(seconds=1)
    jobs.submit("import", ())
    assert jobs.run_until_idle((("import", lambda _job, _progress: None),)) == 1
    first, second = jobs.all()
    assert (first.state, second.state) == ("failed", "done")
    assert "ended 3 times" in first.error and "reading huge.json" in first.error


def test_a_job_whose_process_was_killed_runs_again_when_its_lease_is_over(
    jobs: SqlJobs, clock: HandClock, database_url: str
) -> None:
    program = (
        "import os, signal, sys\n"
        "from datetime import UTC, datetime\n"
        "from secondstory.records.database import Database\n"
        "from secondstory.records.jobs import SqlJobs\n"
        "class Clock:\n"
        "    def now(self): return datetime(2026, 1, 1, tzinfo=UTC)\n"
        "class Ids:\n"
        "    def new(self, prefix): return prefix + '-killed'\n"
        "def handle(job, progress):\n"
        "    progress('half', 1, 2)\n"
        "    os.kill(os.getpid(), signal.SIGKILL)\n"
        "jobs = SqlJobs(Database(sys.argv[1]), Clock(), Ids())\n"
        "jobs.submit('import', ())\n"
        "jobs.run_until_idle((('import', handle),))\n"
    )
    killed = subprocess.run([sys.executable, "-c", program, database_url], check=False)
    assert killed.returncode == -9
    handlers = (("import", lambda _job, progress: progress("whole", 2, 2)),)
    clock.time += LEASE - timedelta(seconds=1)
    assert jobs.run_until_idle(handlers) == 0
    clock.time += timedelta(seconds=2)
    assert jobs.run_until_idle(handlers) == 1
    (job,) = jobs.all()
    assert (job.state, job.step, job.attempts) == ("done", "whole", 2)
