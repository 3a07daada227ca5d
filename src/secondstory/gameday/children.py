"""Turns orders into forked instances of the shop, each a child to watch and to end."""

import contextlib
import os
import select
import signal
import socket
import subprocess
import sys
import threading
from pathlib import Path

import secondstory
from secondstory.gameday.problem import LaboratoryProblem


class Child:
    """A running or ended process, held by a descriptor so that its number can never mean another process."""

    def __init__(self, number: int) -> None:
        self.number = number
        try:
            self._held: int | None = os.pidfd_open(number)
        except ProcessLookupError:
            self._held = None

    def alive(self) -> bool:
        """Whether it runs."""
        return not self.wait(0)

    def wait(self, timeout_s: float) -> bool:
        """Whether it has ended within the time."""
        return self._held is None or bool(select.select([self._held], [], [], timeout_s)[0])

    def signal(self, number: signal.Signals) -> None:
        """Send a signal; one that comes too late is nothing to speak of."""
        if self._held is not None:
            with contextlib.suppress(ProcessLookupError):
                signal.pidfd_send_signal(self._held, number)

    def end(self) -> None:
        """Ask it to end, insist after a while, and let go of it."""
        self.signal(signal.SIGTERM)
        if not self.wait(12):
            self.signal(signal.SIGKILL)
            self.wait(12)
        if self._held is not None:
            os.close(self._held)
            self._held = None


class Nursery:
    """The process that children are forked from; without it they end by themselves."""

    def __init__(self) -> None:
        self._channel, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._one_at_a_time = threading.Lock()
        with theirs:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "secondstory.gameday.shop.nursery", str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                pass_fds=[theirs.fileno()],
                # A Ctrl-C in the terminal is for the recorder, which ends its children in order.
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(Path(secondstory.__file__).parents[1])},
            )

    def fork(self, settings: Path, listening: socket.socket, log: Path) -> Child:
        """Start an instance with these settings; waits until the nursery has forked it.

        Raises LaboratoryProblem where the nursery is gone, as after an import that failed in it.
        """
        with self._one_at_a_time, log.open("wb") as written:
            order = str(settings).encode()
            try:
                socket.send_fds(self._channel, [order], [listening.fileno(), written.fileno()])
                number = int.from_bytes(self._channel.recv(4), "big")
            except ConnectionError:
                number = 0
        if not number:
            raise LaboratoryProblem(
                "The process that services are forked from has ended.", "See what it wrote, and record again."
            )
        return Child(number)

    def close(self) -> None:
        """End the nursery itself."""
        self._channel.close()
        try:
            self._process.wait(5)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
