"""Starts, replaces and ends the shop's processes, and tells each where the others listen."""

import asyncio
import contextlib
import itertools
import json
import os
import random
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

import secondstory
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.shop.instance import Instance, write_instance

Options = Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """One started process and where it listens."""

    instance: Instance
    process: subprocess.Popen[bytes]
    port: int


class Fleet:
    """The running instances; `template` holds what all of them share, `on_event` hears of starts and stops."""

    def __init__(self, template: Instance, folder: Path, on_event: Callable[[Instance, str], None]) -> None:
        self._template = template
        self._folder = folder
        self._on_event = on_event
        self._draw = random.Random(f"fleet-{template.seed}")
        self._numbers = itertools.count(1)
        self.running: list[Running] = []
        self._publish()

    async def start(self, role: str, version: str, options: Options, copies: int = 1) -> None:
        """Start `copies` instances of a role and list them once they answer."""
        started = await asyncio.gather(*(self._spawn(role, version, options) for _ in range(copies)))
        self.running += started
        self._publish()

    async def replace(self, role: str, version: str | None, options: Options) -> None:
        """Start new instances beside the old ones, switch traffic, end the old: what a rolling deploy does.

        `version` None keeps the version; `options` are laid over those in force.
        """
        old = [each for each in self.running if each.instance.role == role]
        held = old[0].instance
        await self.start(role, version or held.version, {**held.options, **options}, len(old))
        self.running = [each for each in self.running if each not in old]
        self._publish()
        await asyncio.sleep(0.3)  # callers read the directory before each call: let calls that read the old one connect
        for each in old:
            await asyncio.to_thread(self._end, each)
            self._on_event(each.instance, "stopped")

    def version(self, role: str) -> str:
        """The version of a role that serves now."""
        return next(each.instance.version for each in self.running if each.instance.role == role)

    def port(self, role: str) -> int:
        """A port on which a role serves now."""
        return next(each.port for each in self.running if each.instance.role == role)

    def stop(self) -> None:
        """End every process by its id and wait for each."""
        for each in self.running:
            with contextlib.suppress(ProcessLookupError):
                each.process.send_signal(signal.SIGTERM)
        for each in self.running:
            self._end(each)
        self.running = []

    async def _spawn(self, role: str, version: str, options: Options) -> Running:
        name = self._template.names[role]
        instance_id = f"{name}-{self._draw.randrange(16**5):05x}-{next(self._numbers)}"
        instance = replace(
            self._template, role=role, name=name, version=version, instance_id=instance_id, options=dict(options)
        )
        settings = self._folder / f"{instance_id}.json"
        write_instance(instance, settings)
        listening = socket.create_server(("127.0.0.1", 0))
        with listening, (self._folder / f"{instance_id}.log").open("wb") as log:
            process = subprocess.Popen(
                [sys.executable, "-m", "secondstory.gameday.shop.process", str(settings), str(listening.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[listening.fileno()],
                # A Ctrl-C in the terminal is for the recorder, which ends its children in order.
                start_new_session=True,
                env={**os.environ, "PYTHONPATH": str(Path(secondstory.__file__).parents[1])},
            )
            running = Running(instance, process, listening.getsockname()[1])
        with contextlib.ExitStack() as undo:
            undo.callback(self._end, running)
            await self._wait_until_healthy(running)
            undo.pop_all()
        self._on_event(instance, "started")
        return running

    async def _wait_until_healthy(self, running: Running) -> None:
        for _ in range(300):
            if running.process.poll() is not None:
                break
            if await _is_healthy(running.port):
                return
            await asyncio.sleep(0.1)
        said = (self._folder / f"{running.instance.instance_id}.log").read_text(errors="replace")
        raise LaboratoryProblem(f"The service {running.instance.name} did not start: {said[-600:]}")

    @staticmethod
    def _end(running: Running) -> None:
        if running.process.poll() is None:
            running.process.send_signal(signal.SIGTERM)
        try:
            running.process.wait(12)
        except subprocess.TimeoutExpired:
            running.process.kill()
            running.process.wait()

    def _publish(self) -> None:
        ports: dict[str, list[int]] = {}
        for each in self.running:
            ports.setdefault(each.instance.name, []).append(each.port)
        draft = self._folder / "directory.draft"
        draft.write_text(json.dumps(ports))
        draft.rename(self._template.directory)


async def _is_healthy(port: int) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{port}/health", timeout=5)
    except httpx.TransportError:
        return False
    return answer.status_code == 200
