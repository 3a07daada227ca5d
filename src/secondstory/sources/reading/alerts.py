"""Alerts as Alertmanager and Grafana write them to occurrences: one when it began to fire, one when it was resolved.

The same notification is sent again while an alert fires; each beginning and each end is told once. A time in the year 1
stands for "not yet", and an end of an alert that still fires is only when it would expire.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from secondstory.model.telemetry import Mapping, OccurrenceKind, TableName
from secondstory.sources.reading.labels import as_text, split_labels
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import Tables, table_of_rows
from secondstory.sources.reading.times import NO_TIME, micros_of

FIRING, RESOLVED = "firing", "resolved"

GRAFANA_KEYS = frozenset(("silenceURL", "valueString", "values", "panelURL", "dashboardURL"))
"""Keys that Grafana adds to an alert of Alertmanager's shape."""

_BODY = ("summary", "message", "description")
_KEPT = ("fingerprint", "receiver", "valueString")


class AlertRows:
    """The occurrences of a block."""

    def __init__(self, mapping: Mapping, rejects: Rejects) -> None:
        self._mapping, self._rejects = mapping, rejects
        self._rows: dict[tuple[object, ...], None] = {}  # in order, each once

    def add(self, number: int, alert: Any, shared: dict[str, str]) -> None:
        """One alert; `shared` are attributes that its notification tells of all."""
        if not isinstance(alert, dict) or not isinstance(alert.get("labels"), dict):
            self._rejects.add("alert_shape", number)
            return
        labels = _texts(alert["labels"])
        annotations = _texts(alert.get("annotations"))
        name = labels.get("alertname", "")
        for state, field in _moments(alert):
            time = micros_of(as_text(alert.get(field) or ""))
            if time == NO_TIME:
                self._rejects.add("time_unreadable" if alert.get(field) else "time_missing", number)
                continue
            told = {**labels, **_details(alert), **shared, "state": state}
            title = f"{name} {state}".strip()
            body = next((annotations[key] for key in _BODY if annotations.get(key)), "")
            self.put(time, told, (title, body, as_text(alert.get("generatorURL") or "") or None))

    def put(self, time_us: int, told: dict[str, str], texts: tuple[str, str, str | None]) -> None:
        """One occurrence; texts are title, body and URL, `told` labels and attributes."""
        title, body, url = texts
        service, instance, version, environment, rest = split_labels(told, self._mapping)
        who = (service, instance, version, environment, "{}")
        self._rows[time_us, *who, OccurrenceKind.ALERT.value, title, body, None, url, rest] = None

    def tables(self) -> Tables:
        """All of them."""
        return table_of_rows(TableName.OCCURRENCES, list(self._rows))


def alerts_of(record: dict[str, Any]) -> list[Any] | None:
    """The alerts of a notification or a group, or the record itself where it is one; None for something else."""
    alerts = record.get("alerts")
    if isinstance(alerts, list):
        return alerts
    return [record] if "labels" in record and "startsAt" in record else None


def _moments(alert: dict[str, Any]) -> Iterator[tuple[str, str]]:
    """(state, field of its time): a resolved alert tells both ends."""
    yield FIRING, "startsAt"
    if alert.get("status") == RESOLVED:
        yield RESOLVED, "endsAt"


def _details(alert: dict[str, Any]) -> dict[str, str]:
    """What is worth keeping beside the labels."""
    told = {name: as_text(alert[name]) for name in _KEPT if alert.get(name)}
    values = alert.get("values")
    if isinstance(values, dict):
        told["value"] = ", ".join(f"{name}={as_text(value)}" for name, value in sorted(values.items()))
    status = alert.get("status")
    if isinstance(status, dict) and status.get("state") == "suppressed":
        told["suppressed"] = "true"
    runbook = _texts(alert.get("annotations")).get("runbook_url")
    return {**told, "runbook_url": runbook} if runbook else told


def _texts(given: Any) -> dict[str, str]:
    return {str(name): as_text(value) for name, value in given.items()} if isinstance(given, dict) else {}
