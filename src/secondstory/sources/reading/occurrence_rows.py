"""Occurrences as a connector finds them to rows of the table, with rejects and the persons named in them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from secondstory.model.telemetry import Mapping, OccurrenceKind, TableName
from secondstory.ports import Block, Parsed
from secondstory.sources.reading.documents import Unusable
from secondstory.sources.reading.json_objects import Record
from secondstory.sources.reading.labels import json_object
from secondstory.sources.reading.rejects import Rejects
from secondstory.sources.reading.rows import table_of_rows
from secondstory.sources.reading.times import NO_TIME, micros_of


@dataclass(frozen=True)
class Told:
    """One occurrence; `service` is the name as seen. `people` are persons named beside the actor, as in attributes."""

    time: object  # as written: RFC 3339 or an epoch number
    kind: OccurrenceKind
    title: str
    service: str = ""
    version: str | None = None
    environment: str | None = None
    body: str = ""
    actor: str | None = None
    url: str | None = None
    attributes: dict[str, str | None] = field(default_factory=dict)  # without a value: not kept
    people: tuple[str, ...] = ()


class OccurrenceRows:
    """Collects the rows of one block. A record without a time that can be meant is a reject."""

    def __init__(self, block: Block, mapping: Mapping) -> None:
        self.rejects = Rejects(block.path)
        self._mapping = mapping
        self._rows: list[tuple[object, ...]] = []
        self._people: set[str] = set()

    def add(self, place: int, told: Told) -> None:
        """One row, or a reject at `place`."""
        written = time_text(told.time)
        time = micros_of(written) if written else NO_TIME
        if time == NO_TIME:
            self.rejects.add("time_unreadable" if written else "time_missing", place)
            return
        service = self._mapping.service(told.service.strip())
        attributes = {name: value for name, value in told.attributes.items() if value}
        who = (service, None, told.version or None, told.environment or None, "{}")
        what = (told.kind.value, told.title, told.body, told.actor or None, told.url or None)
        self._rows.append((time, *who, *what, json_object(attributes)))
        self._people.update(told.people)

    def read(self, records: Iterable[Record], convert: Callable[[dict[str, Any]], Iterable[Told]]) -> None:
        """What each record tells; where `convert` finds it Unusable, it is a reject."""
        for place, record in records:
            try:
                found = tuple(convert(record))
            except Unusable as problem:
                self.rejects.add("record_unusable", place, problem=problem)
                continue
            for told in found:
                self.add(place, told)

    def parsed(self) -> Parsed:
        """All that was collected."""
        tables = table_of_rows(TableName.OCCURRENCES, self._rows)
        return Parsed(tables=tables, rejects=self.rejects.found(), people=tuple(sorted(self._people)))


def time_text(value: object) -> str:
    """A time of a JSON document as text; "" where there is none."""
    if isinstance(value, str):
        return value.strip()
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else ""
