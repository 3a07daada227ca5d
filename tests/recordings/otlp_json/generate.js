// Sends a span, a log record and metrics with the JavaScript SDK's OTLP/JSON exporters to a local server that keeps them.
const http = require("http");
const fs = require("fs");
const { NodeTracerProvider, SimpleSpanProcessor } = require("@opentelemetry/sdk-trace-node");
const { OTLPTraceExporter } = require("@opentelemetry/exporter-trace-otlp-http");
const { MeterProvider, PeriodicExportingMetricReader } = require("@opentelemetry/sdk-metrics");
const { OTLPMetricExporter } = require("@opentelemetry/exporter-metrics-otlp-http");
const { LoggerProvider, SimpleLogRecordProcessor } = require("@opentelemetry/sdk-logs");
const { OTLPLogExporter } = require("@opentelemetry/exporter-logs-otlp-http");
const { resourceFromAttributes } = require("@opentelemetry/resources");
const { SpanKind, SpanStatusCode } = require("@opentelemetry/api");

const out = fs.createWriteStream(process.argv[2]);
const server = http.createServer((request, response) => {
  const parts = [];
  request.on("data", (part) => parts.push(part));
  request.on("end", () => {
    out.write(Buffer.concat(parts).toString() + "\n");
    response.setHeader("content-type", "application/json");
    response.end("{}");
  });
});
server.listen(0, "127.0.0.1", async () => {
  const url = `http://127.0.0.1:${server.address().port}/v1/`;
  const resource = resourceFromAttributes({ "service.name": "catalogue", "service.version": "1.4.0", "service.instance.id": "catalogue-1" });
  const traces = new NodeTracerProvider({ resource, spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter({ url: url + "traces" }))] });
  const span = traces.getTracer("shop").startSpan("GET /products/{id}", { kind: SpanKind.SERVER, attributes: { "http.response.status_code": 500, "url.path": "/products/7" } });
  span.recordException(new Error("no such product"));
  span.setStatus({ code: SpanStatusCode.ERROR, message: "no such product" });
  span.end();
  const reader = new PeriodicExportingMetricReader({ exporter: new OTLPMetricExporter({ url: url + "metrics" }), exportIntervalMillis: 3600000 });
  const metrics = new MeterProvider({ resource, readers: [reader] });
  const meter = metrics.getMeter("shop");
  meter.createCounter("requests", { unit: "{request}" }).add(3, { route: "/products" });
  meter.createUpDownCounter("db.client.connection.count").add(4, { state: "used" });
  const latency = meter.createHistogram("latency", { unit: "s", advice: { explicitBucketBoundaries: [0.1, 0.5, 1] } });
  for (const seconds of [0.05, 0.2, 0.7, 3]) latency.record(seconds);
  const logs = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter({ url: url + "logs" }) })] });
  logs.getLogger("shop").emit({ severityNumber: 17, severityText: "ERROR", body: "no such product", attributes: { "product.id": 7 } });
  await traces.forceFlush();
  await logs.forceFlush();
  await metrics.forceFlush();
  await new Promise((done) => setTimeout(done, 300));
  out.end();
  server.closeAllConnections();
  server.close();
});
