"""Records of a forge, many of which may speak of one deployment, to its deploys and merges."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Generic, Protocol, TypeVar

from secondstory.model.telemetry import Mapping
from secondstory.ports import Block, Parsed
from secondstory.sources.reading.change_records import with_previous
from secondstory.sources.reading.documents import Unusable
from secondstory.sources.reading.json_objects import json_objects
from secondstory.sources.reading.occurrence_rows import OccurrenceRows, Told


class Note(Protocol):
    """What one record says of a deployment."""

    @property
    def deployment(self) -> str:
        """The same for all records of one deployment, and for no other."""


N = TypeVar("N", bound=Note)


@dataclass(frozen=True)
class Forge(Generic[N]):
    """How the records of one forge are read; each raises Unusable on a record that lacks what it must have."""

    note: Callable[[dict[str, Any], int], N | None]  # (record, place); None where it is of no deployment
    merge: Callable[[dict[str, Any]], Told | None]
    deploy: Callable[[list[N]], tuple[int, Told]]  # all notes of one deployment -> (place, deploy)


def parse_forge(block: Block, mapping: Mapping, forge: Forge[N]) -> Parsed:
    """All deployments and merges. Raises BadInput where the file holds no JSON object."""
    rows = OccurrenceRows(block, mapping)
    notes: dict[str, list[N]] = defaultdict(list)
    for place, record in json_objects(block, rows.rejects):
        try:
            note = forge.note(record, place)
            merge = None if note else forge.merge(record)
        except Unusable as problem:
            rows.rejects.add("record_unusable", place, problem=problem)
            continue
        if note is not None:
            notes[note.deployment].append(note)
        elif merge is not None:
            rows.add(place, merge)
    for place, deploy in with_previous(forge.deploy(group) for group in notes.values()):
        rows.add(place, deploy)
    return rows.parsed()
