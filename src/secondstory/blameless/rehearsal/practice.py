"""A made-up incident, so that a room can be entered before anything was imported."""

from __future__ import annotations

from secondstory.model.fact_sheet import SLOTS, FactSheet, Scene
from secondstory.texts import say


def practice_sheet() -> FactSheet:
    """Facts of an outage that never was; its scenes have no evidence, for there is none."""
    scenes = tuple(Scene(key, tuple(sorted(facts.items())), ()) for key, facts in _FACTS)
    return FactSheet("", say("rehearsal.made_up_title"), scenes)


_FACTS: tuple[tuple[str, dict[str, str]], ...] = (
    ("change", {"change": "the flag fast-checkout", "time": "10:02", "service": "orders"}),
    ("panel", {"panel": "the pool panel", "signal": "connections in use", "value": "40 of 40", "time": "10:04"}),
    ("edge", {"service": "checkout", "service_b": "orders", "signal": "failed calls", "time": "10:06"}),
    ("alert", {"alert": "the error alert", "signal": "latency", "time": "10:19", "minutes": "15 minutes"}),
    ("runbook", {"runbook": "the failover page", "step": "step 3", "source": "the command log", "time": "10:24"}),
    ("impact", {"impact": "11,600 failed payments", "time": "10:06", "time_b": "10:47"}),
    ("claims", {"claim_a": "the driver keeps connections", "claim_b": "the pool is too small"}),
    ("action", {"action": "a limit on waiting requests", "owner": "the orders lead", "due": "4 December"}),
    ("unknown", {"unknown": "the false alarms of a latency alert", "due": "Thursday"}),
    ("agenda", {"agenda_step": "the timeline"}),
)

PLAYED_SLOTS = SLOTS | frozenset(slot for _, facts in _FACTS for slot in facts)
"""What a line of a room may ask for; the made-up outage also knows of owners, dates and a runbook."""
