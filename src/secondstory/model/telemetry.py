"""The telemetry tables, after OpenTelemetry: their names and columns, the same for every source and engine."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

_TIME = pa.timestamp("us", tz="UTC")
_COMMON = [
    pa.field("time", _TIME, nullable=False),
    pa.field("service", pa.string(), nullable=False),  # "" = no service could be told
    pa.field("instance", pa.string()),
    pa.field("version", pa.string()),
    pa.field("environment", pa.string()),
    pa.field("resource", pa.string(), nullable=False),  # JSON object of the remaining resource attributes
]
_ATTRIBUTES = pa.field("attributes", pa.string(), nullable=False)  # JSON object, keys sorted


class TableName(StrEnum):
    """The four tables."""

    LOGS = "logs"
    METRICS = "metrics"
    SPANS = "spans"
    OCCURRENCES = "occurrences"


SCHEMAS: dict[TableName, pa.Schema] = {
    TableName.LOGS: pa.schema(
        [
            *_COMMON,
            pa.field("severity_number", pa.int8()),  # OpenTelemetry 1..24, 0 = unset
            pa.field("body", pa.string(), nullable=False),
            pa.field("trace_id", pa.string()),  # 32 lower-case hex digits
            pa.field("span_id", pa.string()),  # 16 lower-case hex digits
            _ATTRIBUTES,
        ]
    ),
    TableName.METRICS: pa.schema(
        [
            *_COMMON,
            pa.field("name", pa.string(), nullable=False),
            pa.field("kind", pa.string(), nullable=False),  # gauge, sum, histogram, summary
            pa.field("temporality", pa.string()),  # delta, cumulative; null for gauges
            pa.field("start_time", _TIME),
            pa.field("value", pa.float64()),  # gauges and sums
            pa.field("count", pa.int64()),  # histograms
            pa.field("sum", pa.float64()),
            pa.field("bounds", pa.list_(pa.float64())),  # n upper bounds
            pa.field("buckets", pa.list_(pa.int64())),  # n + 1 counts, not cumulative over bounds
            pa.field("unit", pa.string()),
            _ATTRIBUTES,
        ]
    ),
    TableName.SPANS: pa.schema(
        [
            *_COMMON,
            pa.field("duration", pa.int64(), nullable=False),  # microseconds
            pa.field("name", pa.string(), nullable=False),
            pa.field("kind", pa.string()),  # server, client, producer, consumer, internal
            pa.field("status", pa.string()),  # ok, error, unset
            pa.field("status_message", pa.string()),
            pa.field("trace_id", pa.string(), nullable=False),
            pa.field("span_id", pa.string(), nullable=False),
            pa.field("parent_span_id", pa.string()),  # null = root
            pa.field("events", pa.string(), nullable=False),  # JSON array
            pa.field("links", pa.string(), nullable=False),  # JSON array
            pa.field("sample_weight", pa.float64(), nullable=False),  # how many requests this span stands for
            _ATTRIBUTES,
        ]
    ),
    TableName.OCCURRENCES: pa.schema(
        [
            *_COMMON,
            pa.field("kind", pa.string(), nullable=False),
            pa.field("title", pa.string(), nullable=False),
            pa.field("body", pa.string(), nullable=False),
            pa.field("actor", pa.string()),  # a role token or `automation` once written, never a name
            pa.field("url", pa.string()),
            _ATTRIBUTES,
        ]
    ),
}


def in_schema(name: TableName, rows: pa.Table) -> pa.Table:
    """`rows` with exactly the columns of the table's schema. Raises KeyError or ArrowInvalid where they differ."""
    schema = SCHEMAS[name]
    return rows.select(schema.names).cast(schema)


class OccurrenceKind(StrEnum):
    """What an occurrence is."""

    DEPLOY = "deploy"
    CONFIG = "config"
    FLAG = "flag"
    ALERT = "alert"
    PAGE = "page"
    CHAT = "chat"
    STATUS = "status"
    COMMAND = "command"
    ORCHESTRATOR = "orchestrator"
    CODE = "code"  # merged or committed; it is a deploy that brings it to users


class ChangeAttribute(StrEnum):
    """Attributes of a change that tell what let it pass; one that is missing is unknown."""

    REQUEST = "change.request"
    URL = "change.url"
    REVIEWERS = "change.reviewers"  # joined by ", "
    CHECKS = "change.checks"
    TESTS = "change.tests"
    COMMIT = "change.commit"  # full hash; joins a deploy with the code that it brought


CHANGES = (OccurrenceKind.DEPLOY, OccurrenceKind.CONFIG, OccurrenceKind.FLAG)

MACHINE_KINDS = (OccurrenceKind.ALERT, OccurrenceKind.ORCHESTRATOR)
"""Occurrences that a machine reports by itself: whoever acts in them is a person only if known as one elsewhere."""

AUTOMATION = "automation"
"""The actor of what a program did by itself."""

REPLICA_ATTRIBUTES = ("pod", "version", "instance", "node", "host", "container")
"""Attributes that tell replicas of one service apart; signals are means over them."""

USER_ATTRIBUTES = (
    *(f"{whose}.{what}" for whose in ("user", "customer") for what in ("id", "name", "email", "full_name", "login")),
    "enduser.id",
    "enduser.pseudo.id",
    "member.id",
    "account.holder",
    "username",
)
"""Attributes that identify a user; they become keyed pseudonyms at import.

Each is meant in every spelling (`user.id`, `user_id`, `user-id`, `userId`, `userIds`), after any prefix (`app.user.id`)
and as nested objects (`{"user": {"id": 7}}`).
"""


@dataclass(frozen=True)
class Mapping:
    """Which label becomes what, and which names mean the same service; first label present wins.

    Names with underscores are those of OpenTelemetry as Prometheus and Loki write them.
    """

    service_labels: tuple[str, ...] = (
        "service.name",
        "service_name",
        "service",
        "app",
        "job",
        "container",
        "k8s.deployment.name",
        "k8s_deployment_name",
        "k8s.statefulset.name",
        "k8s.daemonset.name",
    )
    instance_labels: tuple[str, ...] = (
        "service.instance.id",
        "service_instance_id",
        "instance",
        "pod",
        "k8s.pod.name",
        "k8s_pod_name",
        "host.name",
        "host",
    )
    version_labels: tuple[str, ...] = ("service.version", "service_version", "version")
    environment_labels: tuple[str, ...] = (
        "deployment.environment.name",
        "deployment_environment_name",
        "deployment.environment",
        "deployment_environment",
        "environment",
        "env",
    )
    aliases: tuple[tuple[str, str], ...] = ()  # (seen, meant), sorted

    def service(self, seen: str) -> str:
        """The service that a seen name means."""
        return dict(self.aliases).get(seen, seen)
