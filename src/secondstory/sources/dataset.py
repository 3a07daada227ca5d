"""A dataset folder (metrics, spans, logs and events as Parquet, dataset.json, incidents.json) to rows and facts.

A Parquet file is told by its columns, so that a renamed or lone table is read as well. `pod` and `version` of the
attributes become instance and version; what a dataset does not know (kinds, statuses) stays null.
"""

from __future__ import annotations

from codecs import BOM_UTF8
from collections.abc import Iterator
from functools import partial
from pathlib import PurePosixPath
from typing import Any

import orjson

from secondstory.model.errors import BadInput
from secondstory.model.system import Fact, IncidentSeed, System
from secondstory.model.telemetry import Mapping
from secondstory.model.window import Window, parse_time
from secondstory.ports import Block, FileHead, Parsed, SourceExtension
from secondstory.sources.reading.cutting import LARGEST_BYTES, cut_whole
from secondstory.sources.reading.parquet import parse_parquet
from secondstory.sources.reading.rejects import Rejects
from secondstory.texts import say

FACT_FILES = ("dataset.json", "incidents.json")


def recognise(head: FileHead) -> bool:
    """True for Parquet files and for the two JSON files of the layout."""
    name = PurePosixPath(head.path).name
    # Other tools' exports are called incidents.json too; ours hold windows.
    facts = name in FACT_FILES and (name != "incidents.json" or b'"window"' in head.head)
    return head.head[:4] == b"PAR1" or facts


def parse(block: Block, mapping: Mapping) -> Parsed:
    """One file. Raises BadInput on a file that is neither readable Parquet nor readable JSON."""
    if block.data[:4] == b"PAR1":
        return parse_parquet(block, mapping)
    try:
        document = orjson.loads(block.data.removeprefix(BOM_UTF8))
    except orjson.JSONDecodeError as error:
        raise _bad("json_document", block, problem=error) from error
    rejects = Rejects(block.path)
    if PurePosixPath(block.path).name == "dataset.json":
        facts = _system(document, block, rejects)
    else:
        facts = _incidents(document, block, rejects)
    return Parsed(facts=facts, rejects=rejects.found())


def _system(document: object, block: Block, rejects: Rejects) -> tuple[Fact, ...]:
    if not isinstance(document, dict):
        raise _bad("json_document", block, problem="an object is needed")
    sampling = document.get("sampling")
    step = sampling.get("metrics_s") if isinstance(sampling, dict) else None
    system = System(
        edges=tuple(sorted(set(_pairs(document, "topology", rejects)))),
        entry_services=tuple(_texts(document, "entry_services", rejects)),
        slis=tuple(_pairs(document, "slis", rejects)),
        probes=tuple(_texts(document, "probes", rejects)),
        metric_step_s=int(step) if isinstance(step, int | float) and step >= 1 else None,
    )
    return (system,)


def _pairs(document: dict[str, Any], part: str, rejects: Rejects) -> Iterator[tuple[str, str]]:
    for item in _list(document, part, rejects):
        match item:
            case [str(first), str(second)]:
                yield first, second
            case _:
                rejects.tell("dataset_part", 1, part=part, path="dataset.json", problem=f"{item!r} is no pair of names")


def _texts(document: dict[str, Any], part: str, rejects: Rejects) -> Iterator[str]:
    for item in _list(document, part, rejects):
        if isinstance(item, str):
            yield item
        else:
            rejects.tell("dataset_part", 1, part=part, path="dataset.json", problem=f"{item!r} is no name")


def _list(document: dict[str, Any], part: str, rejects: Rejects) -> list[Any]:
    given = document.get(part)
    if given is None or isinstance(given, list):
        return given or []
    rejects.tell("dataset_part", 1, part=part, path="dataset.json", problem="a list is needed")
    return []


def _incidents(document: object, block: Block, rejects: Rejects) -> tuple[Fact, ...]:
    if not isinstance(document, list):
        raise _bad("json_document", block, problem="a list is needed")
    facts: list[Fact] = []
    for number, item in enumerate(document, start=1):
        try:
            facts.append(_seed(item))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            rejects.tell("dataset_part", number, part=f"incident {number}", path=block.path, problem=repr(error))
    # What one incident does not know is not known of the recording: better an honest "unknown" than a wrong "none".
    if any(isinstance(item, dict) and item.get("changes_known") is False for item in document):
        facts.append(System(changes_known=False))
    return tuple(facts)


def _seed(item: dict[str, Any]) -> IncidentSeed:
    alarm = item.get("alarm") or {}
    identity = str(item["id"])
    return IncidentSeed(
        id=identity,
        title=str(item.get("title") or identity),
        severity="SEV3",
        time_zone="UTC",
        window=_window(item["window"]),
        reference=tuple(sorted(_window(piece) for piece in item.get("reference") or ())),
        alarm_time=alarm.get("time"),
        alarm_service=alarm.get("service"),
        alarm_indicator=alarm.get("indicator"),
        alarm_attributes=tuple(sorted((str(k), str(v)) for k, v in (alarm.get("attributes") or {}).items())),
        hint_time=item.get("onset_hint"),
        hint_kind=item.get("onset_hint_kind"),
    )


def _window(given: dict[str, str]) -> Window:
    return Window(parse_time(given["start"]), parse_time(given["end"]))


def _bad(key: str, block: Block, **facts: object) -> BadInput:
    return BadInput(say(f"sources.{key}", path=block.path, **facts), say("sources.document_next"))


EXTENSION = SourceExtension(
    name="dataset",
    summary="Folders of recorded incidents: Parquet tables with dataset.json and incidents.json",
    recognise=recognise,
    cut=partial(cut_whole, most_bytes=LARGEST_BYTES),
    parse=parse,
)
