"""Starts, replaces and ends the shop's processes, and tells each where the others listen."""

import asyncio
import contextlib
import itertools
import json
import random
import signal
import socket
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import httpx

from secondstory.gameday.children import Child, Nursery
from secondstory.gameday.problem import LaboratoryProblem
from secondstory.gameday.shop.instance import Instance, write_instance

Options = Mapping[str, str]


@dataclass(frozen=True)
class Running:
    """One started process and where it listens."""

    instance: Instance
    child: Child
    port: int


class Fleet:
    """The running instances; `template` holds what all share, `on_event` hears of starts and stops, and why."""

    def __init__(self, template: Instance, folder: Path, on_event: Callable[[Instance, str, str], None]) -> None:
        self._template = template
        self._folder = folder
        self._on_event = on_event
        self._draw = random.Random(f"fleet-{template.seed}")
        self._numbers = itertools.count(1)
        self.running: list[Running] = []
        self._nursery = Nursery()
        self._publish()

    async def start(self, role: str, version: str, options: Options, copies: int = 1) -> tuple[Running, ...]:
        """Start `copies` instances of a role and list them once they answer."""
        started = await asyncio.gather(*(self._spawn(role, version, options) for _ in range(copies)))
        self.running += started
        self._publish()
        return tuple(started)

    async def replace(self, role: str, version: str | None, options: Options) -> None:
        """Start new instances beside the old ones, switch traffic, end the old: what a rolling deploy does.

        `version` None keeps the version; `options` are laid over those in force.
        """
        old = self.of(role)
        held = old[0].instance
        new = await self.start(role, version or held.version, {**held.options, **options}, len(old))
        old = [each for each in self.of(role) if each not in new]  # one that died meanwhile may have been started again
        self.running = [each for each in self.running if each not in old]
        self._publish()
        await asyncio.sleep(0.3)  # callers read the directory before each call: let calls that read the old one connect
        for each in old:
            alive = each.child.alive()
            await asyncio.to_thread(each.child.end)
            if alive:
                self._on_event(each.instance, "stopped", "Killing")

    async def revive(self, dead: Running, reason: str, wait_s: float) -> None:
        """Start another process in place of one that died, after a wait; not when it was replaced meanwhile."""
        self._publish()
        self._on_event(dead.instance, "stopped", reason)
        await asyncio.sleep(wait_s)
        if dead not in self.running:
            return
        try:
            born = await self._spawn(dead.instance.role, dead.instance.version, dead.instance.options, "Restarted")
        except LaboratoryProblem:
            return  # it died again before it answered: whoever keeps watch sees the next one
        if dead in self.running:
            self.running[self.running.index(dead)] = born
            self._publish()
        else:
            await asyncio.to_thread(born.child.end)

    def configure(self, role: str, options: Options) -> None:
        """Override options of a role's instances while they run."""
        path = self._template.settings
        known = json.loads(path.read_text()) if path.exists() else {}
        name = self._template.names[role]
        _write_whole(path, {**known, name: {**known.get(name, {}), **options}})

    def of(self, role: str) -> list[Running]:
        """A role's instances."""
        return [each for each in self.running if each.instance.role == role]

    def version(self, role: str) -> str:
        """The version of a role that serves now."""
        return self.of(role)[0].instance.version

    def port(self, role: str) -> int:
        """A port on which a role serves now."""
        return self.of(role)[0].port

    def stop(self) -> None:
        """End every process, all at once, and wait for each."""
        for each in self.running:
            each.child.signal(signal.SIGTERM)
        for each in self.running:
            each.child.end()
        self.running = []
        self._nursery.close()

    async def _spawn(self, role: str, version: str, options: Options, reason: str = "Started") -> Running:
        name = self._template.names[role]
        instance_id = f"{name}-{self._draw.randrange(16**5):05x}-{next(self._numbers)}"
        instance = replace(
            self._template, role=role, name=name, version=version, instance_id=instance_id, options=dict(options)
        )
        settings = self._folder / f"{instance_id}.json"
        write_instance(instance, settings)
        listening = socket.create_server(("127.0.0.1", 0))
        with listening:
            log = self._folder / f"{instance_id}.log"
            child = await asyncio.to_thread(self._nursery.fork, settings, listening, log)
            running = Running(instance, child, listening.getsockname()[1])
        with contextlib.ExitStack() as undo:
            undo.callback(child.end)
            await self._wait_until_healthy(running)
            undo.pop_all()
        self._on_event(instance, "started", reason)
        return running

    async def _wait_until_healthy(self, running: Running) -> None:
        for _ in range(300):
            if not running.child.alive():
                break
            if await _is_healthy(running.port):
                return
            await asyncio.sleep(0.1)
        said = (self._folder / f"{running.instance.instance_id}.log").read_text(errors="replace")
        raise LaboratoryProblem(f"The service {running.instance.name} did not start: {said[-600:]}")

    def _publish(self) -> None:
        ports: dict[str, list[int]] = {}
        for each in self.running:
            if each.child.alive():
                ports.setdefault(each.instance.name, []).append(each.port)
        _write_whole(self._template.directory, ports)


def _write_whole(path: Path, content: Mapping[str, object]) -> None:
    """Put a file in place in one go: those who read it again and again never see half of it."""
    draft = path.with_suffix(".draft")
    draft.write_text(json.dumps(content))
    draft.rename(path)


async def _is_healthy(port: int) -> bool:
    try:
        async with httpx.AsyncClient() as client:
            answer = await client.get(f"http://127.0.0.1:{port}/health", timeout=5)
    except httpx.TransportError:
        return False
    return answer.status_code == 200
