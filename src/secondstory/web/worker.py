"""Runs queued jobs in a thread of the server, one after the other."""

from __future__ import annotations

import threading

from secondstory.model.actor import Actor
from secondstory.model.audit import DoorName
from secondstory.ports import Handler, Job, Progress, World
from secondstory.records.acting import Act, acting
from secondstory.usecases.jobs import handlers

_LOOK_EVERY_S = 2.0  # for jobs that another process left behind; our own wake the thread at once
_LET_GO_S = 20.0


class Stopping(BaseException):
    """Ends a running job without ending it for good: the next server takes it up when its lease is over."""


class QueueThread:
    """Takes up jobs from start to stop."""

    def __init__(self, actor: Actor, world: World) -> None:
        self._worker = world.worker
        self._actor, self._clock = actor, world.clock
        self._handlers = tuple((kind, self._leaving(handler)) for kind, handler in handlers(actor, world))
        self._wake, self._stop = threading.Event(), threading.Event()
        self._thread = threading.Thread(target=self._run, name="jobs", daemon=True)

    def start(self) -> None:
        """Begin to take up jobs."""
        self._thread.start()

    def wake(self) -> None:
        """A job was submitted."""
        self._wake.set()

    def stop(self) -> None:
        """Leave the running job to the next server, at its next report of progress."""
        self._stop.set()
        self._wake.set()
        self._thread.join(_LET_GO_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            try:
                self._worker.run_until_idle(self._handlers)
            except Stopping:
                return
            self._wake.wait(_LOOK_EVERY_S)
            self._wake.clear()

    def _leaving(self, handler: Handler) -> Handler:
        def run(job: Job, progress: Progress) -> str | None:
            def report(what: str, done: float, total: float) -> None:
                if self._stop.is_set():
                    raise Stopping
                progress(what, done, total)

            given = dict(job.arguments)
            incident, on = given.get("incident", ""), given.get("recording", "")
            with acting(Act(self._clock.now(), self._actor.id, DoorName.JOB, job.kind, incident, on)):
                return handler(job, report)

        return run
