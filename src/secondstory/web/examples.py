"""An example for each request body that brings none of its own: written here by the name of its schema, else made."""

from __future__ import annotations

from typing import Any

_TIMES = {"date-time": "2026-11-21T10:53:30Z", "date": "2026-11-21"}
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
    "StepGiven": {"state": "approved", "why": "Read by all who were there."},
    "OverrideGiven": {"check": "blame", "why": "The sentence quotes the alert."},
    "PublishGiven": {"note": "First version."},
    "CirculateGiven": {"to": ["responder-2"]},
    "Analysis": {"refresh": False},
    "MappingGiven": {"labels": {"service": ["team"]}, "aliases": [{"seen": "payments", "meant": "payment"}]},
}


def add_examples(described: dict[str, Any]) -> None:
    """Write them into the schemas of a description; a body for which none was written gets what its schema asks for."""
    schemas = described["components"]["schemas"]
    for name, example in EXAMPLES.items():
        if name in schemas:
            schemas[name].setdefault("examples", [example])
    for operations in described["paths"].values():
        for operation in operations.values():
            content = operation.get("requestBody", {}).get("content", {}).get("application/json", {})
            name = content.get("schema", {}).get("$ref", "").rsplit("/", 1)[-1]
            if name:
                schemas[name].setdefault("examples", [_made(schemas[name], schemas)])


def _made(schema: dict[str, Any], schemas: dict[str, Any]) -> Any:
    """The least that fits a schema."""
    if "$ref" in schema:
        return _made(schemas[schema["$ref"].rsplit("/", 1)[-1]], schemas)
    for given in ("enum", "examples"):
        if given in schema:
            return schema[given][0]
    if "anyOf" in schema:
        return _made(schema["anyOf"][0], schemas)
    if schema.get("type") == "object":
        return {name: _made(schema["properties"][name], schemas) for name in schema.get("required", ())}
    return _plain(schema)


def _plain(schema: dict[str, Any]) -> Any:
    if schema.get("format") in _TIMES:
        return _TIMES[schema["format"]]
    kinds: dict[str, Any] = {"array": [], "boolean": True, "number": 1.0, "null": None}
    if schema.get("type") == "integer":
        return schema.get("minimum", 1)
    return kinds.get(schema.get("type", ""), "words")
