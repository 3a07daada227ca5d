"""An example for each request body that brings none of its own, by the name of its schema."""

from __future__ import annotations

from typing import Any

EXAMPLES: dict[str, dict[str, Any]] = {
    "IncidentGiven": {
        "title": "Checkout fails for many customers",
        "recording": "pool-exhaustion",
        "window": {"start": "2026-11-21T10:48:00Z", "end": "2026-11-21T10:55:00Z"},
    },
    "EventEdited": {"event": "event/deploy/orders", "title": "orders 1.8.0 goes out"},
    "EventNamed": {"event": "added/contribution-1"},
    "EventHidden": {"event": "event/deploy/orders", "why": "The same release was recorded twice."},
    "EventsMerged": {"event": "event/deploy/orders", "into": "event/deploy/orders.1.8.0"},
    "EventNoted": {"event": "event/deploy/orders", "text": "The pool was made smaller in this release."},
    "MessageLinked": {"message": "event/chat/1", "subject": "hypothesis/orders/saturation"},
    "MilestoneGiven": {
        "milestone": "resolved",
        "start": "2026-11-21T10:53:30Z",
        "end": "2026-11-21T10:54:20Z",
        "event": "event/deploy/orders",
    },
    "SkewGiven": {"source": "chat", "seconds": -12},
    "ToggleGiven": {"event": "event/deploy/orders", "kind": "star"},
    "AttachedAgain": {"decision": "decision-1", "event": "event/deploy/orders"},
    "WorthGiven": {"amount": "2.50 EUR", "why": "The mean order of the last month."},
    "HypothesisGiven": {"service": "payment", "words": "The bank answered slowly."},
    "CellMark": {"cell": "cell/hypothesis.orders/row.1", "result": "failed", "why": "The trace shows otherwise."},
    "HypothesisJudged": {"hypothesis": "hypothesis/orders/saturation", "standing": "accepted"},
    "VoteGiven": {"hypothesis": "hypothesis/orders/saturation", "vote": "for"},
    "AlertGiven": {"rule": "line/orders/db.client.connection.count"},
    "TextGiven": {"text": "The pool ran full at 10:50, and no alert looks at its fill level.", "name": "draft.md"},
    "EditGiven": {"markdown": "The pool of **orders** ran full."},
    "RestoreGiven": {"version": "analysis"},
    "Typed": {"markdown": "The pool of **orders** ran full."},
    "Played": {"room": "deploy", "answers": ["What did the dashboard show you at that moment?"]},
    "Analysis": {"refresh": False},
    "MappingGiven": {"labels": {"service": ["team"]}, "aliases": [{"seen": "payments", "meant": "payment"}]},
}


def add_examples(schemas: dict[str, Any]) -> None:
    """Write them into the schemas of a description."""
    for name, example in EXAMPLES.items():
        if name in schemas:
            schemas[name].setdefault("examples", [example])
