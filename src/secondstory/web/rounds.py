"""Does the chores of the installation in a thread of the server, for as long as it runs."""

from __future__ import annotations

import logging
import threading
from datetime import datetime

from secondstory.model.actor import Actor
from secondstory.model.audit import DoorName
from secondstory.model.errors import SecondStoryError
from secondstory.ports import World
from secondstory.records.acting import Act, acting
from secondstory.usecases.chores import Chore, chores

_LOOK_EVERY_S = 2.0
_LET_GO_S = 5.0  # a letter half sent is tried again by the next server, as the same letter
_LOG = logging.getLogger(__name__)


class RoundsThread:
    """Goes round the chores from start to stop."""

    def __init__(self, actor: Actor, world: World) -> None:
        self._actor, self._clock = actor, world.clock
        self._due = {chore: world.clock.now() for chore in chores(actor, world)}
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run, name="chores", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End after the chore at hand."""
        self._stop.set()
        self._thread.join(_LET_GO_S)

    def _run(self) -> None:
        while not self._stop.is_set():
            now = self._clock.now()
            for chore in [one for one, due in self._due.items() if due <= now]:
                self._due[chore] = now + chore.every
                try:
                    self._do(chore, now)
                except SecondStoryError as error:
                    _LOG.warning("%s: %s", chore.name, error)
            self._stop.wait(_LOOK_EVERY_S)

    def _do(self, chore: Chore, now: datetime) -> None:
        act = Act(now, self._actor.id, DoorName.JOB, chore.name, "", "", is_written=not chore.is_audited)
        with acting(act):
            chore.run()
