"""Reads a recording folder back, by the published OTLP messages and with nothing of the laboratory's own code."""

import csv
import gzip
import json
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.message import Message
from opentelemetry.proto.collector.logs.v1.logs_service_pb2 import ExportLogsServiceRequest
from opentelemetry.proto.collector.metrics.v1.metrics_service_pb2 import ExportMetricsServiceRequest
from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest


@dataclass(frozen=True)
class ServerSpan:
    service: str
    instance: str
    ended: datetime
    status: int
    user: str


@dataclass(frozen=True)
class PoolSample:
    service: str
    name: str
    state: str
    at: datetime
    value: int


class Recording:
    """One folder, decoded when asked."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.incident: dict[str, Any] = tomllib.loads((folder / "incident.toml").read_text())
        self.truth: list[dict[str, Any]] = json.loads((folder / "truth.json").read_text())
        with (folder / "occurrences.csv").open(newline="") as rows:
            self.occurrences = list(csv.DictReader(rows))

    def server_spans(self) -> list[ServerSpan]:
        found = []
        for message in self._messages("traces", ExportTraceServiceRequest):
            for resource in message.resource_spans:
                who = texts(resource.resource.attributes)
                for span in (span for scope in resource.scope_spans for span in scope.spans if span.kind == 2):
                    said = texts(span.attributes)
                    found.append(
                        ServerSpan(
                            who["service.name"],
                            who["service.instance.id"],
                            moment(span.end_time_unix_nano),
                            int(said.get("http.response.status_code", "0")),  # none where a stopping process cut it off
                            said.get("enduser.id", ""),
                        )
                    )
        return found

    def pool(self) -> list[PoolSample]:
        return [
            PoolSample(
                service,
                metric.name.removeprefix("db.client.connection."),
                texts(point.attributes).get("db.client.connection.state", ""),
                moment(point.time_unix_nano),
                point.as_int,
            )
            for service, metric in self._metrics()
            if metric.name.startswith("db.client.connection.")
            for point in metric.sum.data_points
        ]

    def cpu_ratios(self, service: str) -> list[float]:
        return [
            point.as_double
            for named, metric in self._metrics()
            if (named, metric.name) == (service, "process.cpu.utilization")
            for point in metric.gauge.data_points
        ]

    def _metrics(self) -> Iterator[tuple[str, Any]]:
        for message in self._messages("metrics", ExportMetricsServiceRequest):
            for resource in message.resource_metrics:
                service = texts(resource.resource.attributes)["service.name"]
                yield from ((service, metric) for scope in resource.scope_metrics for metric in scope.metrics)

    def log_texts(self) -> list[tuple[str, dict[str, str], bytes]]:
        """Body, attributes and trace id of every log record."""
        return [
            (record.body.string_value, texts(record.attributes), record.trace_id)
            for message in self._messages("logs", ExportLogsServiceRequest)
            for resource in message.resource_logs
            for scope in resource.scope_logs
            for record in scope.log_records
        ]

    def _messages(self, kind: str, message: type[Any]) -> Iterator[Any]:
        content = gzip.decompress((self.folder / "telemetry" / f"{kind}.otlp.pb.gz").read_bytes())
        position = 0
        while position < len(content):
            length = int.from_bytes(content[position : position + 4], "big")
            position += 4
            read: Message = message.FromString(content[position : position + length])
            yield read
            position += length


def texts(attributes: Any) -> dict[str, str]:
    return {each.key: str(getattr(each.value, each.value.WhichOneof("value"))) for each in attributes}


def moment(nanoseconds: int) -> datetime:
    return datetime.fromtimestamp(nanoseconds / 1e9, UTC)


@pytest.fixture(scope="session")
def read_recording() -> type[Recording]:
    return Recording
