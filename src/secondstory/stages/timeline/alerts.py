"""Alerts as they fired and resolved: notifications of one alert put together."""

from __future__ import annotations

from dataclasses import dataclass

from secondstory.model.findings import Occurrence
from secondstory.model.telemetry import OccurrenceKind

_NAMES = ("rule", "alertname", "alert", "name")
_STATES = ("state", "status")
_OVER = ("resolved", "ok", "closed", "inactive", "normal", "recovered")
_FIRING = ("firing", "fired", "alerting", "triggered", "open", "active")


@dataclass(frozen=True)
class FiredAlert:
    """One firing of an alert; `resolved` None: its end is not on record."""

    fired: Occurrence
    resolved: Occurrence | None


def pair_alerts(occurrences: tuple[Occurrence, ...]) -> tuple[FiredAlert, ...]:
    """Every firing with the next end of the same alert on the same service; in order of firing.

    Alerts are told apart by their rule's name, else by their title without its last word (the state). A repeated
    notification of an alert that still fires begins nothing new.
    """
    open_since: dict[tuple[str, str | None], Occurrence] = {}
    pairs: list[FiredAlert] = []
    for occurrence in occurrences:
        if occurrence.kind != OccurrenceKind.ALERT:
            continue
        identity = (_name(occurrence), occurrence.service)
        if not is_over(occurrence):
            open_since.setdefault(identity, occurrence)
        elif identity in open_since:
            pairs.append(FiredAlert(open_since.pop(identity), occurrence))
    pairs += [FiredAlert(fired, None) for fired in open_since.values()]
    return tuple(sorted(pairs, key=lambda pair: (pair.fired.time, pair.fired.key)))


def is_over(alert: Occurrence) -> bool:
    """True for the notification that an alert has ended."""
    return _state(alert) in _OVER


def _name(alert: Occurrence) -> str:
    attributes = dict(alert.attributes)
    words = alert.title.split()
    if words and words[-1].lower() in (*_OVER, *_FIRING):
        words = words[:-1]
    return next((attributes[key] for key in _NAMES if attributes.get(key)), " ".join(words))


def _state(alert: Occurrence) -> str:
    attributes = dict(alert.attributes)
    last_word = (alert.title.split() or [""])[-1]
    return next((attributes[key] for key in _STATES if attributes.get(key)), last_word).lower()
