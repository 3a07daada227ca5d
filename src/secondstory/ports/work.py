"""The queue of work that outlives its process."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


class Progress(Protocol):
    """How a running job tells how far it is. Raises JobCancelled once a person has asked it to stop."""

    def __call__(self, what: str, done: float, total: float) -> None:
        """`done` of `total`, in the same unit; total 0 = not known."""


@dataclass(frozen=True)
class Job:
    """A piece of work that outlives its process. state: waiting, running, done, failed, cancelled.

    `result` is what it gave, as its handler wrote it; "" = nothing yet, or nothing to tell.
    """

    id: str
    kind: str
    arguments: tuple[tuple[str, str], ...]
    state: str
    step: str
    done: float
    total: float
    error: str
    attempts: int
    submitted_at: datetime | None = None  # unknown of jobs from before this was kept
    result: str = ""


Handler = Callable[[Job, Progress], str | None]
"""Does the work of one kind of job, and gives its result."""


class Jobs(Protocol):
    """The work queue. A job whose process died is taken up again by the next worker."""

    def submit(self, kind: str, arguments: tuple[tuple[str, str], ...]) -> Job:
        """Queue a job durably."""

    def all(self) -> tuple[Job, ...]:
        """Every job, oldest first."""

    def cancel(self, job_id: str) -> None:
        """Ask a waiting or running job to stop."""


class Worker(Protocol):
    """Runs queued jobs in this process."""

    def run_until_idle(self, handlers: tuple[tuple[str, Handler], ...]) -> int:
        """Take up and run jobs until none waits; how many ran. A failing job is marked, with its error, and kept."""
