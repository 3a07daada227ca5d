"""Names of things that survive a re-run: built from what a thing is, never from its values."""

from __future__ import annotations

import hashlib
import re

_PLAIN = re.compile(r"[^A-Za-z0-9._{}=,/\-]+")


def subject_key(kind: str, *parts: str | None) -> str:
    """A readable key such as ``hypothesis/orders/db.client.connection.count``.

    A decision points to such a key, so the parts must be the nature of the thing (kind, service, indicator, change
    id). Parts that hold unusual characters get a short digest, so that two different parts never share a key.
    """
    if not kind or not any(parts):
        raise ValueError("a subject needs a kind and at least one part")
    return "/".join([kind, *(_segment(part or "-") for part in parts)])


def digest_id(prefix: str, content_hash: str) -> str:
    """A short id, ``prefix-`` and 12 hex digits of a content hash: the same content, the same id."""
    return f"{prefix}-{content_hash[:12]}"


def _segment(part: str) -> str:
    plain = _PLAIN.sub("_", part).replace("/", ":")
    if plain == part:
        return part
    return f"{plain[:60]}~{hashlib.sha256(part.encode()).hexdigest()[:8]}"
