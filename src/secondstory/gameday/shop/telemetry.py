"""Turns what an instance does into OpenTelemetry spans, metrics and log records, sent to the collector."""

import logging
import os
import resource
import sys
import time
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from opentelemetry._logs import SeverityNumber
from opentelemetry.exporter.otlp.proto.http._log_exporter import OTLPLogExporter
from opentelemetry.exporter.otlp.proto.http.metric_exporter import OTLPMetricExporter
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.metrics import CallbackOptions, Counter, Histogram, Meter, Observation, UpDownCounter
from opentelemetry.sdk._logs import LoggerProvider
from opentelemetry.sdk._logs.export import BatchLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import PeriodicExportingMetricReader
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor
from opentelemetry.trace import Tracer

from secondstory.gameday.shop.instance import Instance

# The bounds that the semantic conventions recommend for durations in seconds.
DURATION_BOUNDS_S = (0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1.0, 2.5, 5.0, 7.5, 10.0)


@dataclass(frozen=True)
class Telemetry:
    """The instruments of one process; `close` sends what is still buffered."""

    tracer: Tracer
    meter: Meter
    log: logging.Logger
    served_s: Histogram
    active: UpDownCounter
    retries: Counter
    providers: tuple[TracerProvider, MeterProvider, LoggerProvider]

    def close(self) -> None:
        """Send what is buffered and stop; called once, when the process ends."""
        for provider in self.providers:
            provider.shutdown()


def start_telemetry(instance: Instance) -> Telemetry:
    """Start exporting for `instance`; the collector need not be up yet."""
    described = Resource.create(
        {
            "service.name": instance.name,
            "service.version": instance.version,
            "service.instance.id": instance.instance_id,
            "deployment.environment.name": instance.environment,
            "host.name": "node-1",
        }
    )
    interval_ms = int(instance.export_s * 1000)
    delay_ms = min(5000, 3 * interval_ms)  # the SDK's own delay at most
    url = instance.collector_url
    traces = TracerProvider(resource=described)
    traces.add_span_processor(
        BatchSpanProcessor(
            OTLPSpanExporter(f"{url}/v1/traces"), schedule_delay_millis=delay_ms, max_export_batch_size=2048
        )
    )
    reader = PeriodicExportingMetricReader(OTLPMetricExporter(f"{url}/v1/metrics"), export_interval_millis=interval_ms)
    metrics = MeterProvider([reader], resource=described)
    logs = LoggerProvider(resource=described)
    logs.add_log_record_processor(
        BatchLogRecordProcessor(OTLPLogExporter(f"{url}/v1/logs"), schedule_delay_millis=delay_ms)
    )
    log = logging.getLogger(instance.name)
    log.setLevel(logging.INFO)
    log.addHandler(_LogExport(logs, instance))
    meter = metrics.get_meter(instance.name, instance.version)
    _observe_process(meter)
    return Telemetry(
        tracer=traces.get_tracer(instance.name, instance.version),
        meter=meter,
        log=log,
        served_s=meter.create_histogram(
            "http.server.request.duration",
            "s",
            "Duration of HTTP server requests.",
            explicit_bucket_boundaries_advisory=DURATION_BOUNDS_S,
        ),
        active=meter.create_up_down_counter(
            "http.server.active_requests", "{request}", "Number of active HTTP server requests."
        ),
        retries=meter.create_counter(
            "http.client.request.retries", "{request}", "Requests sent again after a failed attempt."
        ),
        providers=(traces, metrics, logs),
    )


class _LogExport(logging.Handler):
    """Hands log records to OpenTelemetry, with the running span's ids and the stack trace of an exception."""

    def __init__(self, provider: LoggerProvider, instance: Instance) -> None:
        super().__init__()
        self._logger = provider.get_logger(instance.name)
        self._instance = instance

    def emit(self, record: logging.LogRecord) -> None:
        attributes: dict[str, str] = {"code.function.name": record.funcName or ""}
        if record.exc_info and record.exc_info[1] is not None:
            raised = record.exc_info[1]
            attributes["exception.type"] = type(raised).__name__
            attributes["exception.message"] = str(raised)
            attributes["exception.stacktrace"] = _without_install_paths(
                "".join(traceback.format_exception(raised)), self._instance
            )
        self._logger.emit(
            timestamp=int(record.created * 1e9),
            severity_number=_SEVERITIES[record.levelno],
            severity_text=record.levelname,
            body=record.getMessage(),
            attributes=attributes,
        )


_SEVERITIES = {
    logging.DEBUG: SeverityNumber.DEBUG,
    logging.INFO: SeverityNumber.INFO,
    logging.WARNING: SeverityNumber.WARN,
    logging.ERROR: SeverityNumber.ERROR,
    logging.CRITICAL: SeverityNumber.FATAL,
}


def _without_install_paths(trace: str, instance: Instance) -> str:
    # A recording is shipped: it must not tell where it was made, and the shop's own files carry the service's name.
    for prefix in sorted((path for path in sys.path if path), key=len, reverse=True):
        trace = trace.replace(f'"{prefix.rstrip("/")}/', '"')
    trace = trace.replace(f"secondstory/gameday/shop/{instance.role}.py", f"{instance.name}/app.py")
    return trace.replace("secondstory/gameday/shop/", f"{instance.name}/")


def _observe_process(meter: Meter) -> None:
    """Register what the operating system says about this process: processor time and memory."""
    page_bytes = resource.getpagesize()
    processors = os.cpu_count() or 1
    last = {"cpu_s": time.process_time(), "wall_s": time.monotonic()}

    def cpu(_: CallbackOptions) -> Iterable[Observation]:
        cpu_s, wall_s = time.process_time(), time.monotonic()
        ratio = (cpu_s - last["cpu_s"]) / max(wall_s - last["wall_s"], 1e-6) / processors
        last.update(cpu_s=cpu_s, wall_s=wall_s)
        return [Observation(ratio)]

    def memory(_: CallbackOptions) -> Iterable[Observation]:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return [Observation(pages * page_bytes)]

    meter.create_observable_gauge(
        "process.cpu.utilization", [cpu], "1", "Processor time over wall time and number of processors."
    )
    meter.create_observable_up_down_counter(
        "process.memory.usage", [memory], "By", "The amount of physical memory in use."
    )
