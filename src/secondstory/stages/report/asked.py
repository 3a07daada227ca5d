"""A query as a person reads it: what was asked, of what, over which stretch, in the incident's zone and in UTC."""

from __future__ import annotations

import re
from dataclasses import fields

from secondstory.model.dial import Dial
from secondstory.model.evidence import EvidenceRef
from secondstory.model.query import Query
from secondstory.model.window import Window
from secondstory.stages.report.phrases import clean
from secondstory.texts import say

_MOST_SHOWN = 12


def query_title(ref: EvidenceRef) -> str:
    """What the query asks for, in words."""
    return say(f"report.query_{_snake(type(ref.query).__name__)}")


def query_lines(ref: EvidenceRef) -> tuple[str, ...]:
    """The query with every parameter, one a line; times in UTC, as it was asked."""
    given = (f"  {name} = {value}" for name, value in query_parameters(ref.query))
    return (type(ref.query).__name__, *given)


def query_parameters(query: Query) -> tuple[tuple[str, str], ...]:
    """The parameters that were given, as (name, text); times in UTC."""
    named = ((field.name, getattr(query, field.name)) for field in fields(query))
    return tuple((name, _written(value)) for name, value in named if value not in (None, ()))


def query_window(ref: EvidenceRef, zone: str) -> str:
    """The stretch that the query covers, in the incident's zone, which is named, with UTC beside it."""
    window = ref.query.window
    dial = Dial.of(zone, window)
    here = say("report.in_zone", window=dial.stretch(window.start, window.end), zone=dial.zone_name(window.start))
    if dial.is_utc:
        return here
    return say("report.and_utc", window=here, utc=dial.stretch(window.start, window.end, utc=True))


def fetched(ref: EvidenceRef, zone: str) -> str:
    """When the answer was fetched, with its day."""
    dial = Dial(zone, with_day=False)
    at = ref.fetched_at
    return say("report.in_zone", window=f"{dial.day(at)} {dial.time(at)}", zone=dial.zone_name(at))


def _written(value: object) -> str:
    match value:
        case Window():
            return f"{value.start:%Y-%m-%dT%H:%M:%SZ}/{value.end:%Y-%m-%dT%H:%M:%SZ}"
        case tuple():
            shown = ", ".join(_written(item) for item in value[:_MOST_SHOWN])
            return f"{shown}, …" if len(value) > _MOST_SHOWN else shown
        case bool():
            return "yes" if value else "no"
        case _:
            return clean(str(value), 400)


def _snake(name: str) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", name.removesuffix("Query")).lower()
