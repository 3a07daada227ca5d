// Logs as a service does, with nested fields and an error.
const log = require("pino")({ name: "orders", base: { service: "orders", pid: 41 } });
log.info({ user: { id: "user-7" }, req: { method: "POST", url: "/orders" } }, "request 17 begins");
log.warn({ pool: { in_use: 10, size: 10 }, waited_ms: 512.25 }, "waited for a connection");
try {
  throw new Error("pool exhausted");
} catch (err) {
  log.error({ err, trace_id: "5b8efff798038103d269b633813fc60c", span_id: "eee19b7ec3c1b174" }, "request 17 failed");
}
log.debug("never written");
log.info({ tags: ["a", "b"], ok: true, note: 'quote " and back\\slash\nline' }, "request 18 done");
