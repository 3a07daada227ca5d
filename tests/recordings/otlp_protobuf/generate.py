"""Writes the OTLP protobuf samples of this folder with the real OpenTelemetry SDK: `python generate.py DIR`."""

import logging
import sys
from pathlib import Path

from google.protobuf.message import Message
from opentelemetry.exporter.otlp.proto.common._log_encoder import encode_logs
from opentelemetry.exporter.otlp.proto.common.metrics_encoder import encode_metrics
from opentelemetry.exporter.otlp.proto.common.trace_encoder import encode_spans
from opentelemetry.sdk._logs import LoggerProvider, LoggingHandler
from opentelemetry.sdk._logs.export import InMemoryLogRecordExporter, SimpleLogRecordProcessor
from opentelemetry.sdk.metrics import MeterProvider
from opentelemetry.sdk.metrics.export import InMemoryMetricReader
from opentelemetry.sdk.metrics.view import (
    ExplicitBucketHistogramAggregation,
    ExponentialBucketHistogramAggregation,
    View,
)
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import Link, SpanKind, Status, StatusCode

RESOURCE = Resource.create(
    {
        "service.name": "orders",
        "service.version": "2.4.1",
        "service.instance.id": "orders-1",
        "deployment.environment.name": "laboratory",
        "host.name": "node-1",
    }
)


def framed(*messages: Message) -> bytes:
    """Messages as the Collector's file exporter puts them into a file."""
    bodies = [message.SerializeToString() for message in messages]
    return b"".join(len(body).to_bytes(4, "big") + body for body in bodies)


def spans() -> bytes:
    kept = InMemorySpanExporter()
    provider = TracerProvider(resource=RESOURCE)
    provider.add_span_processor(SimpleSpanProcessor(kept))
    tracer = provider.get_tracer("shop")
    with tracer.start_as_current_span("nightly", kind=SpanKind.CONSUMER) as nightly:
        link = Link(nightly.get_span_context(), {"why": "batch"})
    with tracer.start_as_current_span(
        "POST /orders",
        kind=SpanKind.SERVER,
        links=[link],
        attributes={"enduser.id": "user-7", "http.request.size": 120},
    ) as server:
        with tracer.start_as_current_span("SELECT orders", kind=SpanKind.CLIENT) as client:
            client.set_attribute("db.system.name", "postgresql")
            client.set_attribute("tags", ["a", "b"])
            client.record_exception(TimeoutError("no connection within 5 s"))
            client.set_status(Status(StatusCode.ERROR, "pool exhausted"))
        server.set_status(Status(StatusCode.OK))
    first, *rest = kept.get_finished_spans()
    return framed(encode_spans([first]), encode_spans(rest))


def logs() -> bytes:
    kept = InMemoryLogRecordExporter()
    provider = LoggerProvider(resource=RESOURCE)
    provider.add_log_record_processor(SimpleLogRecordProcessor(kept))
    logger = logging.Logger("orders")
    logger.addHandler(LoggingHandler(logger_provider=provider))
    logger.info("listening on port %d", 8080)
    logger.warning({"pool": {"in_use": 10, "size": 10}})
    try:
        {}["connection"]
    except KeyError:
        logger.exception("request 17 failed", extra={"attempt": 3})
    return framed(encode_logs(kept.get_finished_logs()))


def metrics() -> bytes:
    reader = InMemoryMetricReader()
    views = [
        View(instrument_name="latency", aggregation=ExplicitBucketHistogramAggregation((0.1, 0.5, 1.0))),
        View(instrument_name="size", aggregation=ExponentialBucketHistogramAggregation(max_scale=1)),
    ]
    meter = MeterProvider([reader], resource=RESOURCE, views=views).get_meter("shop")
    meter.create_counter("requests", "{request}").add(5, {"route": "/orders"})
    meter.create_up_down_counter("db.client.connection.count").add(10, {"state": "used"})
    meter.create_gauge("queue.length").set(2.5)
    latency, size = meter.create_histogram("latency", "s"), meter.create_histogram("size", "By")
    for seconds in (0.05, 0.1, 0.2, 0.7, 3.0):
        latency.record(seconds)
    for count in (0, 1, 2, 3, 4, 100):
        size.record(count)
    return framed(encode_metrics(reader.get_metrics_data()))


if __name__ == "__main__":
    folder = Path(sys.argv[1])
    for name, data in (("traces", spans()), ("logs", logs()), ("metrics", metrics())):
        (folder / f"{name}.otlp.pb").write_bytes(data)
    one = spans()
    size = int.from_bytes(one[:4], "big")
    (folder / "one-request.pb").write_bytes(one[4 : 4 + size])
