"""Where an imported incident comes from, and its role tokens: they are of people there, whoever has them here."""

from __future__ import annotations

import re
from collections.abc import Iterable

import orjson

from secondstory.ports import World

ORIGIN = "origin"
"""Kind of the stored document that says where an imported incident comes from."""
_TOKEN = re.compile(rb"(?<![A-Za-z0-9_-])[a-z][a-z_]*-[0-9]{1,6}(?![A-Za-z0-9_-])")


def tokens_in(texts: Iterable[bytes]) -> frozenset[str]:
    """All that looks like a role token in these texts; what only looks like one is nobody's and does no harm."""
    return frozenset(found.decode() for text in texts for found in _TOKEN.findall(text))


def origin_of(manifest: bytes, tokens: frozenset[str]) -> bytes:
    """The document: the file's manifest, and the tokens that came in it."""
    return orjson.dumps({**orjson.loads(manifest), "tokens": sorted(tokens)}, option=orjson.OPT_SORT_KEYS)


def came_without_telemetry(world: World, incident_id: str) -> bool:
    """True for an imported incident whose rows stayed where it comes from."""
    came = world.documents.latest(incident_id, ORIGIN)
    return came is not None and not orjson.loads(came.data).get("telemetry", True)


def origin_tokens(world: World, incident_id: str) -> frozenset[str]:
    """The tokens that came with an imported incident: they name people elsewhere, and nobody here."""
    came = world.documents.latest(incident_id, ORIGIN)
    return frozenset(orjson.loads(came.data).get("tokens", ())) if came is not None else frozenset()
