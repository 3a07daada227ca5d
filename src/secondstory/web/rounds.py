"""Does the chores of the installation in a thread of the server, for as long as it runs."""

from __future__ import annotations

import logging
import threading

from secondstory.model.actor import Actor
from secondstory.model.errors import SecondStoryError
from secondstory.ports import World
from secondstory.usecases.chores import chores

_LOOK_EVERY_S = 2.0
_LET_GO_S = 5.0  # a letter half sent is tried again by the next server, as the same letter
_LOG = logging.getLogger(__name__)


class RoundsThread:
    """Goes round the chores from start to stop."""

    def __init__(self, actor: Actor, world: World) -> None:
        self._chores = chores(actor, world)
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
            for name, chore in self._chores:
                try:
                    chore()
                except SecondStoryError as error:
                    _LOG.warning("%s: %s", name, error)
            self._stop.wait(_LOOK_EVERY_S)
