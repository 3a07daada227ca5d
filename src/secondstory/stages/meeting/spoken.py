"""Findings as words that can be said aloud: a signal by what it counts, a cost, a gap, what people recorded."""

from __future__ import annotations

from secondstory.model.causes import Hypothesis
from secondstory.model.dial import Dial
from secondstory.model.gap import Gap
from secondstory.model.impact import Figure
from secondstory.model.signal import SignalKind
from secondstory.model.timeline import Onset
from secondstory.stages.meeting.dossier import Dossier
from secondstory.texts import say
from secondstory.texts.durations import duration
from secondstory.texts.measures import measure
from secondstory.texts.numbers import number

# What OpenTelemetry counts at a pool, and what we count from spans; of others only the kind can be said.
_METRICS = (
    ("db.client.connection.count", "connections"),
    ("db.client.connection.pending_requests", "pending"),
    ("db.client.connection.wait_time", "connection_wait"),
)
_DERIVED = {
    "error_ratio": "errors",
    "latency_p95_ms": "latency",
    "request_rate": "traffic",
    "call_error_ratio": "calls_errors",
    "call_latency_p95_ms": "calls_latency",
    "call_rate": "calls_traffic",
}
_BY_KIND = {SignalKind.SATURATION: "saturation", SignalKind.RESOURCE: "resource"}
_MOST_LETTERS = 80  # of recorded words; longer ones cannot be said in a breath


def signal_words(onset: Onset) -> tuple[str, str]:
    """A signal by what it counts, and the panel that shows it."""
    known = (name for metric, name in _METRICS if onset.indicator.startswith(metric))
    name = _DERIVED.get(onset.indicator) or next(known, _BY_KIND.get(onset.kind, "other"))
    facts = {"service": onset.service, "peer": onset.peer}
    return say(f"meeting.signal_{name}", **facts), say(f"meeting.panel_{name}", **facts)


def is_derived(onset: Onset) -> bool:
    """True for what we count ourselves from all requests of a service, or all of its calls."""
    return onset.indicator in _DERIVED


def claim_words(hypothesis: Hypothesis) -> str:
    """An explanation as a clause, such as: the connection pool of orders runs out."""
    return say(f"report.explains_{hypothesis.mechanism.value}", service=hypothesis.service)


def figure_words(figure: Figure, *, bare: bool = True) -> str:
    """A number with its range, where it has one; `bare` leaves the unit to the sentence."""

    def told(value: float) -> str:
        return number(value) if bare else measure(value, figure.unit)

    if figure.low == figure.high:
        return told(figure.value)
    return say("meeting.figure_range", value=told(figure.value), low=told(figure.low), high=told(figure.high))


def impact_words(dossier: Dossier) -> tuple[str, tuple[str, ...]] | None:
    """What it cost, as a noun, with its evidence; None where no harm to users was measured."""
    window = dossier.impact.window
    if window is None or not dossier.entry_services:
        return None
    failed, users = dossier.figure("requests_failed"), dossier.figure("users_hit")
    parts = []
    if failed is not None and failed.value:
        parts.append(say("meeting.impact_failed", failed=figure_words(failed)))
    if users is not None and users.value:
        parts.append(say("meeting.impact_users", users=figure_words(users)))
    ids = tuple(i for figure in (failed, users) if figure is not None for i in figure.evidence_ids)
    if len(parts) == 2:
        return say("meeting.impact_both", first=parts[0], second=parts[1]), ids
    if parts:
        return parts[0], ids
    reach = next(one for one in dossier.impact.reach if one.hops_from_entry == 0)
    lasted = say("meeting.impact_lasted", minutes=duration(window.seconds), service=reach.service)
    return lasted, reach.evidence_ids


def gap_words(gap: Gap, dial: Dial) -> str:
    """What is missing, as a noun that follows `not known`."""
    if gap.window is None:
        return say("meeting.unknown_gap", source=gap.source)
    facts = {"time": dial.time(gap.window.start), "time_b": dial.time(gap.window.end)}
    return say("meeting.unknown_stretch", source=gap.source, **facts)


def recorded(text: str) -> str | None:
    """Words as somebody recorded them, in one line without a closing full stop; None where they are too long to say."""
    line = " ".join(text.split()).removesuffix(".").replace("→", "to").replace("`", "")
    return line if line and line.isprintable() and len(line) <= _MOST_LETTERS else None
