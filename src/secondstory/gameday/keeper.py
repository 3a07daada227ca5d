"""Turns instances that die or outgrow their memory into restarted ones, as an orchestrator does, and counts them."""

import asyncio
import resource
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.common.v1.common_pb2 import AnyValue, KeyValue
from opentelemetry.proto.metrics.v1.metrics_pb2 import AGGREGATION_TEMPORALITY_CUMULATIVE
from opentelemetry.proto.resource.v1.resource_pb2 import Resource

from secondstory.gameday.fleet import Fleet, Running

LOOK_EVERY_S = 0.2
FIRST_WAIT_S, LONGEST_WAIT_S = 0.5, 8.0  # between death and restart; each death doubles it


class Keeper:
    """Watches the fleet until cancelled. `send` takes its own metric, one export request at a time."""

    def __init__(self, fleet: Fleet, export_s: float, send: Callable[[ExportMetricsServiceRequest], None]) -> None:
        self._fleet = fleet
        self._export_s = export_s
        self._send = send
        self._began_ns = time.time_ns()
        self._restarts: Counter[str] = Counter()
        self._outgrown: set[str] = set()
        self._reviving: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Look at every instance again and again; report after each `export_s`."""
        due_s = time.monotonic()
        try:
            while True:
                for each in tuple(self._fleet.running):
                    self._look_at(each)
                if time.monotonic() >= due_s:
                    due_s += self._export_s
                    self._send(self._counted(time.time_ns()))
                await asyncio.sleep(LOOK_EVERY_S)
        finally:
            for task in self._reviving.values():
                task.cancel()
            await asyncio.gather(*self._reviving.values(), return_exceptions=True)

    def restarts(self, name: str) -> int:
        """How often instances of a service were restarted unbidden."""
        return self._restarts[name]

    def _look_at(self, running: Running) -> None:
        known = running.instance.instance_id
        if running.child.alive():
            if _resident_bytes(running.child.number) > float(running.instance.options["memory.limit_mb"]) * 2**20:
                self._outgrown.add(known)
                running.child.signal(signal.SIGKILL)
            return
        if known in self._reviving and not self._reviving[known].done():
            return
        name = running.instance.name
        wait_s = min(LONGEST_WAIT_S, FIRST_WAIT_S * 2 ** self._restarts[name])
        self._restarts[name] += 1
        reason = "OOMKilled" if known in self._outgrown else "Error" if self._restarts[name] == 1 else "BackOff"
        self._reviving[known] = asyncio.create_task(self._fleet.revive(running, reason, wait_s))

    def _counted(self, now_ns: int) -> ExportMetricsServiceRequest:
        """Restarts by service, in the words of the semantic conventions for Kubernetes."""
        request = ExportMetricsServiceRequest()
        for name in sorted({each.instance.name for each in self._fleet.running}):
            described = request.resource_metrics.add(
                resource=Resource(attributes=[KeyValue(key="service.name", value=AnyValue(string_value=name))])
            )
            metric = described.scope_metrics.add().metrics.add(
                name="k8s.container.restart.count", unit="{restart}", description="Restarts of the container so far."
            )
            metric.sum.aggregation_temporality = AGGREGATION_TEMPORALITY_CUMULATIVE
            metric.sum.data_points.add(
                start_time_unix_nano=self._began_ns, time_unix_nano=now_ns, as_int=self._restarts[name]
            )
        return request


def _resident_bytes(process_id: int) -> int:
    try:
        pages = int(Path(f"/proc/{process_id}/statm").read_text().split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
    return pages * resource.getpagesize()
